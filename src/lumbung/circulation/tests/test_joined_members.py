"""Loans, holds and money when somebody was registered twice: nothing is lost, nobody pays twice, and all of it can be taken back."""

from datetime import timedelta

import pytest

from lumbung.accounts.models import User
from lumbung.circulation.domain import pins
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.holds import place_hold, set_aside
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.models import Fee, FeeAccount, Hold, Loan, Payment
from lumbung.circulation.queries import accounts_that_disagree
from lumbung.circulation.queries import standing as account_of
from lumbung.circulation.tests.factories import BookingFactory, HoldFactory, ItemFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.domain.merging import choosing, mergers
from lumbung.members.models import Member, MemberMerger
from lumbung.members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(ani: Member) -> Member:
    """Ani once more, without an account."""
    return MemberFactory(name="Ani", barcode="M-TWICE", category=ani.category)


def merge(gone: Member, kept: Member, by: User) -> MemberMerger:
    gone, kept = (Member.objects.select_related("user").get(pk=each.pk) for each in (gone, kept))
    usual, seen = choosing.usual(gone, kept), choosing.seen(gone, kept)
    return mergers.merge_members(gone, into=kept, taken=usual, looked_at=seen, by=by)


def undo(merger: MemberMerger, by: User) -> Member:
    return mergers.undo_merger(MemberMerger.objects.get(pk=merger.pk), by=by)


def money(member: Member) -> tuple[int, int]:
    account = account_of(Member.objects.get(pk=member.pk))
    return account.owed, account.credit


def test_open_loans_and_history_follow_and_go_back(ani, twice, sari, pusat, rule):
    item, other = ItemFactory(), ItemFactory()
    loan = check_out(item, to=twice, at=pusat, by=sari)
    past = LoanFactory(member=twice, item=other, returned_at=clock.now() + timedelta(hours=1))
    merger = merge(twice, ani, sari)
    assert set(Loan.objects.filter(member=ani)) == {loan, past}
    check_in(item, at=pusat, by=sari)
    back = undo(merger, sari)
    assert set(Loan.objects.filter(member=back)) == {loan, past}


def test_a_desk_that_still_has_the_old_page_is_told_and_nothing_is_lent(ani, twice, sari, pusat, rule):
    merge(twice, ani, sari)
    with pytest.raises(Refused) as refused:
        check_out(ItemFactory(), to=twice, at=pusat, by=sari)
    assert refused.value.codes == ["member_gone"]


def test_of_two_holds_on_one_title_one_stays_at_the_earlier_place(ani, twice, budi, sari, pusat, rule):
    record, other = ItemFactory().record, ItemFactory().record
    early = HoldFactory(record=record, member=twice, placed_at=clock.now() - timedelta(days=3))
    HoldFactory(record=record, member=budi, placed_at=clock.now() - timedelta(days=2))
    late, alone = place_hold(record, member=ani, pickup_branch=pusat, by=None), HoldFactory(record=other, member=twice)
    merger = merge(twice, ani, sari)
    assert set(Hold.objects.open().filter(member=ani)) == {early, alone}
    assert [each.member for each in Hold.objects.waiting().filter(record=record)] == [ani, budi]
    back = undo(merger, sari)
    assert set(Hold.objects.open().filter(member=back)) == {early, alone}
    assert list(Hold.objects.open().filter(member=ani)) == [late]


def test_a_copy_set_aside_for_the_hold_that_goes_passes_to_the_next(ani, twice, budi, sari, pusat, rule):
    record = RecordFactory()
    first, second = ItemFactory(record=record), ItemFactory(record=record)
    holds = [
        HoldFactory(record=record, member=member, pickup_branch=pusat, placed_at=clock.now() + timedelta(minutes=minutes))
        for minutes, member in enumerate((ani, twice, budi))
    ]
    for hold, item in zip(holds[:2], (first, second), strict=True):
        set_aside(hold, item, at=pusat, by=sari)
    merge(twice, ani, sari)
    held = {each.member: each.item for each in Hold.objects.set_aside()}
    assert held == {ani: first, budi: second}


def test_what_is_owed_and_paid_is_one_account_and_two_again(ani, twice, sari, pusat):
    charge(ani, Fee.Kinds.OTHER, 5000, by=sari, branch=pusat, note="Kartu")
    charge(twice, Fee.Kinds.DAMAGED, 20000, by=sari, branch=pusat, note="Sampul")
    take_payment(twice, 8000, method=Payment.Methods.CASH, at=pusat, by=sari)
    assert (money(ani), money(twice)) == ((5000, 0), (12000, 0))
    merger = merge(twice, ani, sari)
    assert (money(ani), ani.payments.count(), FeeAccount.objects.count()) == ((17000, 0), 1, 1)
    take_payment(ani, 17000, method=Payment.Methods.CASH, at=pusat, by=sari)
    back = undo(merger, sari)
    assert (money(ani), money(back), list(accounts_that_disagree())) == ((0, 0), (0, 0), [])


def test_bookings_follow_and_go_back(ani, twice, sari):
    theirs, own = BookingFactory(member=twice), BookingFactory(member=ani)
    merger = merge(twice, ani, sari)
    theirs.refresh_from_db()
    assert (theirs.member, theirs.state, theirs.days.count()) == (ani, "booked", 1)
    back = undo(merger, sari)
    theirs.refresh_from_db()
    own.refresh_from_db()
    assert (theirs.member, own.member) == (back, ani)


def test_the_longer_suspension_counts(ani, twice, sari):
    until = clock.now().date() + timedelta(days=9)
    FeeAccount.objects.create(member=twice, suspended_until=until)
    merger = merge(twice, ani, sari)
    assert FeeAccount.objects.get(member=ani).suspended_until == until
    back = undo(merger, sari)
    assert [FeeAccount.objects.get(member=each).suspended_until for each in (ani, back)] == [None, until]


def test_the_pin_of_who_stays_stays_and_without_one_the_others_serves(ani, twice, budi, sari):
    for member, pin in ((ani, "135790"), (twice, "246801")):
        pins.set_pin(member, pin, by=None)
    merger = merge(twice, ani, sari)
    pins.check_pin(ani, "135790")
    with pytest.raises(Refused):
        pins.check_pin(ani, "246801")
    back = undo(merger, sari)
    pins.check_pin(back, "246801")
    with pytest.raises(Refused):
        pins.check_pin(budi, "246801")
    merge(back, budi, sari)
    pins.check_pin(budi, "246801")


@pytest.mark.django_db(transaction=True)
def test_a_loan_and_a_merger_at_once_lose_nothing(ani, sari, pusat, rule):
    for n in range(3):
        twice, item = MemberFactory(name="Ani", barcode=f"M-T{n}", category=ani.category), ItemFactory()
        won, refused = race(
            lambda twice=twice, item=item: check_out(item, to=twice, at=pusat, by=sari),
            lambda twice=twice: merge(twice, ani, sari),
        )
        assert len(won) + len(refused) == 2
        lent = [each for each in won if isinstance(each, Loan)]
        assert [each.member for each in Loan.objects.open().filter(item=item)] == [ani] * len(lent)
        assert refused in ([], [["member_gone"]])
        check_in(item, at=pusat, by=sari) if lent else None


@pytest.mark.django_db(transaction=True)
def test_of_two_librarians_who_merge_the_same_pair_one_wins_in_either_direction(ani, budi, sari):
    won, refused = race(lambda: merge(ani, budi, sari), lambda: merge(budi, ani, sari))
    assert (len(won), refused) == (1, [["member_gone"]])
    assert Member.objects.count() == 1
