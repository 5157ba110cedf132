"""What circulation says before and after a clearance letter."""

from datetime import UTC, datetime

import pytest

from lumbung.circulation.domain.clearance import fees_against, loans_against
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.models import Fee
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.domain.clearance.applying import apply
from lumbung.members.domain.clearance.doubts import letters_in_doubt
from lumbung.members.domain.clearance.letters import issue
from lumbung.members.tests.factories import ClearanceConditionFactory

ADDRESS = "https://perpus.example/verify"
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def no_loans():
    return ClearanceConditionFactory(
        kind="automatic", check_code="circulation.no_loans", name="Tidak ada pinjaman", verifier_role=""
    ).purpose


@pytest.mark.django_db
def test_each_open_loan_is_named_with_its_day_and_returned_ones_are_not(ani, budi, django_assert_num_queries):
    lent, due = datetime(2026, 11, 24, 3, 0, tzinfo=UTC), datetime(2026, 12, 1, 16, 59, tzinfo=UTC)
    LoanFactory(member=ani, item=ItemFactory(record__title="Bumi manusia"), lent_at=lent, due_at=due)
    back = LoanFactory(member=budi)
    check_in(back.item, at=back.lent_from, by=None)
    loans_against([ani.pk])
    with django_assert_num_queries(1):
        assert loans_against([ani.pk, budi.pk]) == {ani.pk: ["Bumi manusia, jatuh tempo 1 Desember 2026"]}


@pytest.mark.django_db
def test_what_is_owed_stands_against_a_member_until_it_is_paid(ani, budi, sari):
    charge(ani, Fee.Kinds.OVERDUE, 12_500, by=sari)
    assert fees_against([ani.pk, budi.pk]) == {ani.pk: ["Rp12.500 belum diselesaikan"]}
    take_payment(ani, 12_500, by=sari, method="cash", at=ani.branch)
    assert fees_against([ani.pk, budi.pk]) == {}


@pytest.mark.django_db
def test_a_loan_keeps_the_letter_away_and_one_after_the_letter_is_named(ani, sari):
    LoanRuleFactory()
    loan = LoanFactory(member=ani, item=ItemFactory(record__title="Bumi manusia"))
    application = apply(no_loans(), ani, by=ani.user)
    with pytest.raises(Refused) as refused:
        issue(application, address=ADDRESS, by=sari)
    assert "Bumi manusia" in str(refused.value.reasons[0])
    check_in(loan.item, at=loan.lent_from, by=sari)
    letter = issue(application, address=ADDRESS, by=sari)
    with pytest.raises(Refused) as refused:
        check_out(loan.item, to=ani, at=loan.lent_from, by=sari)
    assert refused.value.codes == ["membership_expired"]
    LoanFactory(member=ani, item=ItemFactory(record__title="Kimia dasar"))
    (doubt,) = letters_in_doubt()
    assert doubt.letter == letter
    assert [said.partition(",")[0] for _condition, told in doubt.because for said in told] == ["Kimia dasar"]


@pytest.mark.django_db(transaction=True)
def test_a_letter_and_a_loan_at_the_same_moment_are_never_both_given(ani, sari):
    application = apply(no_loans(), ani, by=ani.user)
    LoanRuleFactory()
    item = ItemFactory()
    with clock.stopped_at(NOW):
        done, refused = race(
            lambda: issue(application, address=ADDRESS, by=sari),
            lambda: check_out(item, to=ani, at=item.branch, by=sari),
        )
    assert len(done) == 1
    assert refused in ([["membership_expired"]], [["condition_unmet"]])
