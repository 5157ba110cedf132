"""What lateness and loss cost, once each; and due dates moved and moved back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lumbung.circulation.domain.clearance import loans_against
from lumbung.circulation.domain.due_dates import move_back, move_due_dates
from lumbung.circulation.domain.fines import (
    accrue_fines,
    declare_lost,
    end_settled_losses,
    lift_suspension,
    replace_lost,
    report_lost,
    withdraw_loss,
)
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.models import DueDateShift, Fee, Loan
from lumbung.circulation.queries import due_between, overdue_loans, standing
from lumbung.circulation.queries.fines import days_late, fine_of
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.circulation.tests.test_fees import owed, refused
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Member
from lumbung.organization.domain.calendar import announce_closure
from lumbung.organization.domain.periods import add_period
from lumbung.organization.tests.factories import open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 3, tzinfo=UTC)  # ten in the morning in Jakarta
DUE = datetime(2026, 3, 2, 16, 59, 59, tzinfo=UTC)  # the end of that Monday


def after(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def lent(member: Member, **policy) -> Loan:
    item = ItemFactory(price=60_000)
    terms = {"loan_days": 7, "renewal_limit": 2, **policy}
    return LoanFactory(item=item, member=member, lent_at=after(-7), due_at=DUE, policy=terms)


@pytest.mark.parametrize(
    ("policy", "days", "cost"),
    [
        ({}, 9, 0),
        ({"fine": 500}, 0, 0),
        ({"fine": 500}, 3, 1500),
        ({"fine": 500, "grace_days": 2}, 2, 0),
        ({"fine": 500, "grace_days": 2}, 3, 1500),
        ({"fine": 500, "grace_days": 2, "grace_deducts": True}, 3, 500),
        ({"fine": 500, "count_closed_days": False}, 7, 2500),
        ({"fine": 500, "fine_cap": 2000}, 9, 2000),
        ({"fine": 50_000, "cap_at_price": True}, 9, 60_000),
        ({"fine": 5000, "fine_per": "once"}, 9, 5000),
        ({"fine": 5000, "fine_per": "week"}, 8, 10_000),
        ({"fine": 100, "fine_per": "hour"}, 1, 1100),
        ({"fine_steps": [[1, 500], [3, 1000], [5, 0]]}, 9, 3000),
    ],
)
def test_what_lateness_costs_follows_the_terms_of_the_loan(ani, pusat, policy, days, cost):
    with clock.stopped_at(after(-30)):
        open_on(pusat)
    assert fine_of(lent(ani, **policy), after(days)) == cost


def test_days_of_closed_service_are_never_fined_and_closures_only_where_the_terms_say_so(sari, ani, pusat):
    loan = lent(ani, fine=500)
    with clock.stopped_at(MONDAY):
        add_period(kind="closed_service", name="Banjir", first_day=date(2026, 3, 4), last_day=date(2026, 3, 5), by=sari)
        announce_closure(first_day=date(2026, 3, 6), last_day=date(2026, 3, 6), reason="Listrik", by=sari)
    assert days_late(loan, after(5)) == 3
    loan.policy["count_closed_days"] = False
    assert days_late(loan, after(5)) == 2


def test_the_branch_it_was_lent_from_counts_the_days_wherever_it_comes_back(sari, ani, pusat, teknik):
    with clock.stopped_at(after(-1)):
        announce_closure(first_day=date(2026, 3, 3), last_day=date(2026, 3, 4), reason="Pusat tutup", branch=pusat, by=sari)
    loan = lent(ani, fine=500, count_closed_days=False)
    with clock.stopped_at(after(3)):
        check_in(loan.item, at=teknik, by=sari)
    assert owed(ani) == (500, 0)


def test_night_and_desk_charge_the_same_lateness_once(sari, ani, pusat):
    loan = lent(ani, fine=500)
    for days in (1, 1, 3):
        with clock.stopped_at(after(days)):
            assert accrue_fines() == 1
    with clock.stopped_at(after(4)):
        check_in(loan.item, at=pusat, by=sari)
        check_in(loan.item, at=pusat, by=sari)
    with clock.stopped_at(after(9)):
        assert accrue_fines() == 0
    assert (owed(ani), Fee.objects.count()) == ((2000, 0), 1)


def test_a_clock_that_jumps_back_takes_nothing_off_and_charges_nothing_twice(sari, ani, pusat):
    loan = lent(ani, fine=500)
    for days in (5, 1, 5):
        with clock.stopped_at(after(days)):
            accrue_fines()
    with clock.stopped_at(after(2)):
        check_in(loan.item, at=pusat, by=sari)
    assert owed(ani) == (2500, 0)


def test_a_renewal_after_due_charges_the_old_due_date_once(sari, ani, pusat):
    loan = lent(ani, fine=500)
    with clock.stopped_at(after(2)):
        renew(loan, by=sari, waive={"loan_overdue"}, waive_reason="sakit")
        assert owed(ani) == (1000, 0)
    with clock.stopped_at(after(12)):  # three days after the new due date
        check_in(loan.item, at=pusat, by=sari)
    assert [(fee.amount, fee.once[-10:]) for fee in Fee.objects.order_by("id")] == [(1000, "2026-03-02"), (1500, "2026-03-11")]


def test_what_comes_back_in_an_amnesty_costs_nothing_more_and_what_was_charged_is_waived(sari, ani, pusat):
    loan = lent(ani, fine=500, suspension_days=1)
    with clock.stopped_at(after(3)):
        accrue_fines()
        add_period(kind="amnesty", name="Bebas denda", first_day=after(4).date(), last_day=after(6).date(), by=sari)
    with clock.stopped_at(after(5)):
        accrue_fines()
        check_in(loan.item, at=pusat, by=sari)
    assert owed(ani) == (0, 0)
    assert [line.kind for line in Fee.objects.get().entries.all()] == ["charge", "waiver"]
    assert standing(ani).suspended_until is None


def test_lateness_may_cost_days_instead_of_money_one_after_another(sari, ani, pusat, rule):
    loans = [lent(ani, suspension_days=2, suspension_cap=5) for _ in range(2)]
    with clock.stopped_at(after(3)):
        for loan in loans:
            check_in(loan.item, at=pusat, by=sari)
        ani = Member.objects.get(pk=ani.pk)
        assert standing(ani).suspended_until == date(2026, 3, 15)  # two times five days
        item = ItemFactory()
        assert refused(lambda: check_out(item, to=ani, at=pusat, by=sari)) == ["member_suspended"]
        lift_suspension(ani, by=sari)
        lift_suspension(ani, by=sari)
        assert check_out(item, to=ani, at=pusat, by=sari).member == ani


def test_reporting_a_loss_stops_the_clock_and_charges_the_replacement_once(sari, ani, pusat):
    loan = lent(ani, fine=500, lost_percent=200, processing_fee=10_000)
    with clock.stopped_at(after(2)):
        charged = report_lost(loan, by=sari)
        assert refused(lambda: report_lost(loan, by=sari)) == ["reported_lost"]
    loan.item.refresh_from_db()
    assert (loan.item.status, [fee.amount for fee in charged], owed(ani)) == ("lost", [120_000, 10_000], (131_000, 0))
    with clock.stopped_at(after(9)):
        accrue_fines()
        assert list(overdue_loans(clock.now())) == []
    assert owed(ani) == (131_000, 0)


def test_a_lost_item_that_comes_back_after_it_was_paid_gives_the_price_back_and_keeps_the_fine(sari, ani, pusat):
    loan = lent(ani, fine=500, processing_fee=10_000)
    with clock.stopped_at(after(2)):
        report_lost(loan, by=sari)
        take_payment(ani, 71_000, method="cash", at=pusat, by=sari)
    with clock.stopped_at(after(20)):
        assert check_in(loan.item, at=pusat, by=sari).was_lost
        check_in(loan.item, at=pusat, by=sari)
    loan.refresh_from_db()
    assert (owed(ani), loan.returned_at is not None) == ((0, 70_000), True)


def test_a_lost_item_that_comes_back_too_late_stays_paid(sari, ani, pusat):
    loan = lent(ani, refund_days=30)
    with clock.stopped_at(after(0)):
        report_lost(loan, by=sari)
        take_payment(ani, 60_000, method="cash", at=pusat, by=sari)
    with clock.stopped_at(after(31)):
        check_in(loan.item, at=pusat, by=sari)
    assert owed(ani) == (0, 0)


def test_due_dates_are_moved_for_a_closure_looked_at_before_and_moved_back(sari, ani, budi, pusat, teknik):
    mine, later = lent(ani), LoanFactory(member=budi, lent_at=after(-3), due_at=after(10))
    away = LoanFactory(member=budi, item=ItemFactory(branch=teknik), lent_from=teknik, lent_at=after(-3), due_at=DUE)
    with clock.stopped_at(after(-1)):
        assert list(due_between(date(2026, 3, 1), date(2026, 3, 5), pusat)) == [mine]
        days = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 5)}
        assert refused(lambda: move_due_dates(**days, to=date(2026, 3, 1), reason="", by=sari)) == [
            "reason_missing",
            "move_backwards",
        ]
        move = move_due_dates(**days, to=date(2026, 3, 9), reason="Abu vulkanik", branch=pusat, by=sari)
        assert refused(lambda: move_due_dates(**days, to=date(2026, 3, 9), reason="x", branch=pusat, by=sari)) == [
            "nothing_to_move"
        ]
    for each in (mine, later, away):
        each.refresh_from_db()
    assert (mine.due_at, later.due_at, away.due_at) == (DUE + timedelta(days=7), after(10), DUE)
    with clock.stopped_at(after(1)):
        assert move_back(move, by=sari) == 1
        assert refused(lambda: move_back(move, by=sari)) == ["move_undone"]
    mine.refresh_from_db()
    assert mine.due_at == DUE + timedelta(days=1)  # never in the past
    assert DueDateShift.objects.get().was_due_at == DUE


def test_a_suspension_is_lifted_on_the_page_of_fees_by_who_may_waive(client, signed_in, with_role, sari, ani, pusat, rule):
    with clock.stopped_at(after(3)):
        check_in(lent(ani, suspension_days=2).item, at=pusat, by=sari)
    address = f"/staff/members/{ani.pk}/suspension/end"
    assert signed_in(client, with_role("circulation")).post(address).status_code == 403
    assert standing(Member.objects.get(pk=ani.pk)).suspended_until is not None
    assert signed_in(client, sari).post(address)["Location"] == f"/staff/members/{ani.pk}/fees"
    assert standing(Member.objects.get(pk=ani.pk)).suspended_until is None


def test_a_lost_copy_is_replaced_by_as_many_of_the_title_as_the_terms_ask_for_and_the_loan_is_over(sari, ani, pusat):
    loan = lent(ani, processing_fee=10_000, lost_copies=2)
    assert refused(lambda: replace_lost(loan, ["N1"], at=pusat, by=sari)) == ["not_reported_lost", "copies_asked"]
    report_lost(loan, by=sari)
    take_payment(ani, 30_000, method="cash", at=pusat, by=sari)
    one, two = replace_lost(loan, ["N1", "N2"], at=pusat, by=sari)
    loan.refresh_from_db()
    assert [(copy.record_id, copy.status, copy.call_number) for copy in (one, two)] == [
        (loan.item.record_id, "in_process", loan.item.call_number)
    ] * 2
    assert (loan.returned_to, loan.was_replaced, owed(ani)) == (pusat, True, (10_000, 30_000))
    kept = JournalEntry.objects.get(name="LossReplaced").data
    assert (kept["copies"], kept["credit"]) == ([one.pk, two.pk], 30_000)
    assert refused(lambda: replace_lost(loan, ["N3", "N4"], at=pusat, by=sari)) == ["loan_closed"]


def test_a_barcode_that_is_taken_or_terms_that_ask_for_money_alone_replace_nothing(sari, ani, pusat):
    loan = lent(ani)
    report_lost(loan, by=sari)
    assert refused(lambda: replace_lost(loan, [loan.item.barcode], at=pusat, by=sari)) == ["barcode_taken_by_item"]
    Loan.objects.filter(pk=loan.pk).update(policy={**loan.policy, "lost_copies": 0})
    assert refused(lambda: replace_lost(loan, ["N1"], at=pusat, by=sari)) == ["not_by_copies"]
    loan.refresh_from_db()
    assert (loan.returned_at, owed(ani)) == (None, (60_000, 0))


def test_what_is_lost_takes_no_place_among_the_loans_and_once_settled_keeps_no_letter_away(sari, ani, pusat):
    LoanRuleFactory(category=ani.category, loan_limit=1, overdue_limit=1)
    loan, other = lent(ani), ItemFactory(branch=pusat)
    assert refused(lambda: check_out(other, to=ani, at=pusat, by=sari)) == ["loan_limit_reached"]
    report_lost(loan, by=sari)
    assert list(loans_against([ani.pk])) == [ani.pk]
    take_payment(ani, 60_000, method="cash", at=pusat, by=sari)
    assert loans_against([ani.pk]) == {}
    check_out(other, to=Member.objects.get(pk=ani.pk), at=pusat, by=sari)


def test_a_loss_that_is_paid_ends_its_loan_once_nothing_would_be_given_back(sari, ani, pusat):
    loan, unpaid = lent(ani, refund_days=30), lent(ani, refund_days=30)
    with clock.stopped_at(after(5)):
        report_lost(loan, by=sari)
        report_lost(unpaid, by=sari)
        take_payment(ani, 60_000, method="cash", at=pusat, by=sari, fees=list(Fee.objects.filter(loan=loan)))
    with clock.stopped_at(after(35)):
        assert end_settled_losses() == 0
    with clock.stopped_at(after(36)):
        assert (end_settled_losses(), end_settled_losses()) == (1, 0)
    loan.refresh_from_db()
    assert (loan.returned_at, loan.returned_to, loan.was_replaced) == (after(36), loan.lent_from, True)
    assert JournalEntry.objects.get(name="LossSettled").data["loan"] == loan.pk
    assert Loan.objects.open().get() == unpaid
    assert check_in(loan.item, at=pusat, by=sari).was_lost is True


def test_a_loss_nobody_could_price_stands_against_the_letter_and_ends_no_loan(sari, ani, budi, pusat, rule):
    rule.lost_after_days = 30
    rule.save()
    with clock.stopped_at(MONDAY):
        said = check_out(ItemFactory(price=None), to=ani, at=pusat, by=sari)
        check_out(ItemFactory(price=None), to=budi, at=pusat, by=sari)
        report_lost(said, by=sari)
    with clock.stopped_at(after(38)):
        assert declare_lost() == 1
    with clock.stopped_at(after(90)):
        assert (end_settled_losses(), Fee.objects.count()) == (0, 0)
    assert sorted(loans_against([ani.pk, budi.pk])) == [ani.pk, budi.pk]


@pytest.mark.parametrize(("refund_days", "owes"), [(0, 60_000), (30, 0)])
def test_what_staff_said_is_found_is_not_declared_lost_again_until_it_is_due_anew(sari, ani, pusat, refund_days, owes):
    loan = lent(ani, lost_after_days=30, refund_days=refund_days)
    with clock.stopped_at(after(31)):
        assert declare_lost() == 1
    with clock.stopped_at(after(33)):
        withdraw_loss(loan, by=sari)
    with clock.stopped_at(after(34)):
        assert (declare_lost(), owed(ani)) == (0, (owes, 0))
        renew(loan, by=sari, waive={"loan_overdue"}, waive_reason="Ditemukan")
    with clock.stopped_at(after(72)):
        assert (declare_lost(), owed(ani)) == (1, (60_000, 0))
