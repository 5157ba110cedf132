"""Loans and holds when two titles become one: nobody loses a place, nobody has two, and all of it can be taken back."""

from datetime import timedelta

import pytest

from lumbung.catalogue.domain.field_choices import together, usual_choice
from lumbung.catalogue.domain.mergers import merge_records, undo_merger
from lumbung.catalogue.models import Record
from lumbung.circulation.domain.holds import cancel_hold, place_hold, set_aside
from lumbung.circulation.domain.joined_titles import bookings_told, told
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import BookingFactory, BranchFactory, ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.tests.factories import CategoryFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pusat():
    return BranchFactory(code="PUSAT")


@pytest.fixture
def category(pusat):
    made = CategoryFactory()
    LoanRuleFactory(category=made)
    return made


@pytest.fixture
def members(category):
    return [MemberFactory(category=category, barcode=f"M-{n}") for n in range(3)]


@pytest.fixture
def kept():
    return ItemFactory(record=RecordFactory(title="Bumi manusia"), barcode="B-KEPT").record


@pytest.fixture
def gone():
    return ItemFactory(record=RecordFactory(title="Bumi Manusia"), barcode="B-GONE").record


def merge(gone, kept):
    gone.refresh_from_db()
    kept.refresh_from_db()
    made = together(kept.marc_record, gone.marc_record, usual_choice(kept.marc_record, gone.marc_record))
    return merge_records(gone, into=kept, made=made, versions=(gone.version, kept.version), by=None)


def hold(record, member, pusat, minutes=0):
    with clock.stopped_at(clock.now() + timedelta(minutes=minutes)):
        return place_hold(record, member=member, pickup_branch=pusat, by=None)


def now(*rows):
    for row in rows:
        row.refresh_from_db()
    return rows


def test_a_loan_goes_on_with_its_copy(gone, kept, members, pusat):
    item = gone.items.get()
    loan = check_out(item, to=members[0], at=pusat, by=None)
    merger = merge(gone, kept)
    now(item, loan)
    assert (item.record, loan.returned_at) == (kept, None)
    back = undo_merger(merger, by=None)
    now(item, loan)
    assert (item.record, loan.item.record) == (back, back)
    check_in(item, at=pusat, by=None)
    assert not Loan.objects.open().exists()


def test_those_who_wait_for_either_wait_in_one_queue_in_the_order_they_came(gone, kept, members, pusat):
    first, second = hold(gone, members[0], pusat), hold(kept, members[1], pusat, 5)
    third = hold(gone, members[2], pusat, 10)
    merger = merge(gone, kept)
    assert list(Hold.objects.waiting().filter(record=kept)) == [first, second, third]
    back = undo_merger(merger, by=None)
    assert list(Hold.objects.waiting().filter(record=back)) == [first, third]
    assert list(Hold.objects.waiting().filter(record=kept)) == [second]


def test_a_member_who_waits_for_both_waits_once_at_the_earlier_place(gone, kept, members, pusat):
    ani, budi, _ = members
    early, budis, late = hold(gone, ani, pusat), hold(kept, budi, pusat, 5), hold(kept, ani, pusat, 10)
    assert told(gone, kept) == [
        "1 pesanan pindah.",
        "1 anggota memesan keduanya: satu pesanannya tinggal, dengan tempat antrean yang lebih awal.",
    ]
    merger = merge(gone, kept)
    now(early, late)
    assert (early.state, early.record, late.state) == ("waiting", kept, "cancelled")
    assert list(Hold.objects.waiting()) == [early, budis]
    entry = JournalEntry.objects.get(name="HoldCancelled")
    assert entry.data == {"hold": late.pk, "record": kept.pk, "member": ani.pk}
    back = undo_merger(merger, by=None)
    now(early, late)
    assert [(each.state, each.record) for each in (early, late)] == [("waiting", back), ("waiting", kept)]
    assert late.closed_at is None


def test_a_copy_set_aside_for_the_hold_that_is_closed_goes_to_the_next(gone, kept, members, pusat):
    ani, budi, _ = members
    anis, on_kept, budis = hold(gone, ani, pusat), hold(kept, ani, pusat, 5), hold(gone, budi, pusat, 10)
    set_aside(anis, gone.items.get(), at=pusat, by=None)
    copy = kept.items.get()
    set_aside(on_kept, copy, at=pusat, by=None)
    merge(gone, kept)
    now(anis, on_kept, budis)
    assert (anis.state, anis.item.barcode) == ("ready", "B-GONE")
    assert on_kept.state == "cancelled"
    assert (budis.state, budis.item, on_kept.item) == ("ready", copy, None)


def test_a_copy_nobody_waits_for_stays_marked_on_the_pickup_shelf(gone, kept, members, pusat):
    ani = members[0]
    anis, on_kept = hold(gone, ani, pusat), hold(kept, ani, pusat, 5)
    set_aside(anis, gone.items.get(), at=pusat, by=None)
    set_aside(on_kept, kept.items.get(), at=pusat, by=None)
    merge(gone, kept)
    assert list(Hold.objects.left_on_shelf()) == [on_kept]


def test_a_member_may_have_the_one_on_loan_and_wait_for_the_other(gone, kept, members, pusat):
    ani = members[0]
    loan = check_out(gone.items.get(), to=ani, at=pusat, by=None)
    waiting = hold(kept, ani, pusat)
    assert "1 anggota meminjam yang satu dan memesan yang lain; keduanya tetap." in told(gone, kept)
    merge(gone, kept)
    now(loan, waiting)
    assert (loan.returned_at, waiting.state, waiting.record) == (None, "waiting", kept)


def test_a_hold_that_got_a_copy_meanwhile_goes_where_its_copy_is(gone, kept, members, pusat):
    anis = hold(gone, members[0], pusat)
    merger = merge(gone, kept)
    now(anis)
    set_aside(anis, kept.items.get(barcode="B-KEPT"), at=pusat, by=None)
    back = undo_merger(merger, by=None)
    now(anis)
    assert (anis.record, anis.item.record) == (kept, kept)
    assert not Hold.objects.filter(record=back).exists()


def test_a_hold_its_member_gave_up_meanwhile_is_not_opened_again(gone, kept, members, pusat):
    early, late = hold(gone, members[0], pusat), hold(kept, members[0], pusat, 5)
    merger = merge(gone, kept)
    now(early)
    cancel_hold(early, by=None)
    undo_merger(merger, by=None)
    now(early, late)
    assert (early.state, late.state) == ("cancelled", "cancelled")


def test_holds_of_the_past_follow_their_title(gone, kept, members, pusat):
    closed = hold(gone, members[0], pusat)
    cancel_hold(closed, by=None)
    merger = merge(gone, kept)
    now(closed)
    assert closed.record == kept
    back = undo_merger(merger, by=None)
    now(closed)
    assert closed.record == back


def test_a_hold_placed_on_a_title_that_just_went_lands_on_the_other(gone, kept, members, pusat):
    seen = Record.objects.get(pk=gone.pk)
    merge(gone, kept)
    assert hold(seen, members[0], pusat).record == kept


def test_a_booking_follows_with_its_copy_and_its_days_and_goes_back(gone, kept, members):
    booking = BookingFactory(item=gone.items.get(), member=members[0])
    own = BookingFactory(item=kept.items.get(), member=members[1])
    days = list(booking.days.values_list("item", "day"))
    assert bookings_told(gone, kept) == ["1 pesanan bertanggal pindah."]
    merger = merge(gone, kept)
    now(booking, own)
    assert (booking.record, own.record, booking.state) == (kept, kept, "booked")
    assert list(booking.days.values_list("item", "day")) == days
    back = undo_merger(merger, by=None)
    now(booking, own)
    assert (booking.record, own.record) == (back, kept)
    assert list(booking.days.values_list("item", "day")) == days


def test_a_booking_made_of_the_joined_title_goes_where_its_copy_goes(gone, kept, members):
    copy = gone.items.get()
    merger = merge(gone, kept)
    kept.refresh_from_db()
    booking = BookingFactory(item=copy, record=kept, member=members[0])
    back = undo_merger(merger, by=None)
    now(booking)
    assert booking.record == back
