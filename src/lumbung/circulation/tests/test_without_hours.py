"""A branch whose opening hours nobody entered, and a clock that jumped: dates fall where they fall, and nobody pays twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.models import Fee, Hold, Loan
from lumbung.circulation.queries.fines import days_late, fine_of
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.circulation.tests.test_fees import refused
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)  # ten in the morning in Jakarta


def after(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def test_without_hours_every_day_of_lateness_counts_also_where_the_terms_leave_closed_days_out(ani, pusat):
    loan = LoanFactory(member=ani, item=ItemFactory(branch=pusat), lent_at=after(-7), due_at=MONDAY)
    loan.policy |= {"fine": 500, "count_closed_days": False}
    assert (days_late(loan, after(3)), fine_of(loan, after(3))) == (3, 1500)


def test_without_hours_a_hold_is_kept_on_the_shelf_for_its_days(sari, ani, budi, pusat, rule):
    item = ItemFactory(branch=pusat)
    with clock.stopped_at(MONDAY):
        check_out(item, to=ani, at=pusat, by=sari)
        hold = place_hold(item.record, member=budi, pickup_branch=pusat, by=sari)
        check_in(item, at=pusat, by=sari)
    hold.refresh_from_db()
    assert (hold.state, hold.ready_until) == (Hold.States.READY, date(2026, 3, 5))


def test_without_hours_what_is_lent_by_the_hour_or_on_site_has_its_end_too(sari, ani, pusat):
    LoanRuleFactory(category=ani.category, loan_days=None, loan_hours=3)
    with clock.stopped_at(MONDAY):
        due = [
            check_out(ItemFactory(branch=pusat), to=ani, at=pusat, by=sari, kind=kind).due_at for kind in ("hourly", "on_site")
        ]
    assert due == [MONDAY + timedelta(hours=3), datetime(2026, 3, 2, 16, 59, 59, tzinfo=UTC)]


def test_a_clock_set_back_between_lending_and_bringing_back_ends_the_loan_where_it_began_and_costs_nothing(
    sari, ani, budi, pusat, rule
):
    item = ItemFactory(branch=pusat)
    with clock.stopped_at(MONDAY):
        loan = check_out(item, to=ani, at=pusat, by=sari)
    with clock.stopped_at(after(-3)):
        assert refused(lambda: renew(loan, by=sari)) == ["renewal_gains_nothing"]
        done = check_in(item, at=pusat, by=sari)
        assert done.loan is not None
        assert check_out(item, to=budi, at=pusat, by=sari).lent_at == after(-3)
    loan.refresh_from_db()
    assert (loan.returned_at, done.overdue_days, Fee.objects.count()) == (loan.lent_at, 0, 0)
    assert Loan.objects.open().get().member == budi


def test_a_clock_that_was_a_year_ahead_for_an_hour_leaves_a_loan_that_still_comes_back_and_charges_nothing(
    sari, ani, pusat, rule
):
    item = ItemFactory(branch=pusat)
    ani.expires_on = date(2028, 3, 2)
    ani.save()
    with clock.stopped_at(after(365)):
        loan = check_out(item, to=ani, at=pusat, by=sari)
    with clock.stopped_at(MONDAY):
        check_in(item, at=pusat, by=sari)
        again = check_out(item, to=ani, at=pusat, by=sari)
    loan.refresh_from_db()
    assert (loan.returned_at, again.due_at.date(), Fee.objects.count()) == (loan.lent_at, date(2026, 3, 9), 0)
