"""What of a loss comes back with the item, and what reminders cost."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lumbung.circulation.domain.fines import charge_reminder, report_lost, withdraw_loss
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.models import Fee, FeeAccount, Loan
from lumbung.circulation.queries import policy_words
from lumbung.circulation.queries.term_words import words_of
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.periods import add_period
from lumbung.organization.models import Period

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Jakarta"))


def lent(member, at, by, **terms) -> Loan:
    add_rule(name="Semua", loan_days=7, **terms, by=by)
    with clock.stopped_at(MONDAY):
        return check_out(ItemFactory(branch=at, price=80_000), to=member, at=at, by=by)


@pytest.mark.parametrize(
    ("terms", "paid", "open_fees", "credit"),
    [
        ({}, 90_000, {}, 90_000),
        ({"lost_return": "unpaid"}, 0, {}, 0),
        ({"lost_return": "unpaid"}, 30_000, {}, 10_000),
        ({"lost_return": "unpaid", "processing_return": "unpaid"}, 30_000, {}, 0),
        ({"lost_return": "unpaid"}, 90_000, {}, 10_000),
        ({"lost_return": "nothing"}, 0, {"lost": 80_000}, 0),
        ({"processing_return": "nothing"}, 90_000, {}, 80_000),
        ({"lost_return": "nothing", "processing_return": "nothing"}, 30_000, {"lost": 60_000}, 0),
        ({"lost_return": "fine", "fine": 500}, 0, {"overdue": 1500}, 0),
        ({"lost_return": "all", "fine": 500}, 0, {}, 0),
    ],
)
def test_the_price_and_the_work_come_back_as_the_terms_have_it(sari, ani, pusat, terms, paid, open_fees, credit):
    loan = lent(ani, pusat, sari, processing_fee=10_000, **terms)
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        charged = report_lost(loan, by=sari)
        if paid:
            fees = sorted(charged, key=lambda fee: fee.amount)
            take_payment(ani, paid, method="cash", at=pusat, fees=fees, by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=10)):
        check_in(loan.item, at=pusat, by=sari)
    assert {fee.kind: fee.left for fee in Fee.objects.open()} == open_fees
    assert FeeAccount.objects.get(member=ani).credit == credit


@pytest.mark.parametrize(
    ("terms", "paid", "asked_again"),
    [
        ({"lost_return": "unpaid"}, 30_000, 50_000),
        ({"lost_return": "unpaid"}, 80_000, 0),
        ({"lost_return": "unpaid"}, 0, 80_000),
        ({"lost_return": "all"}, 30_000, 80_000),
        ({"lost_return": "nothing"}, 30_000, 50_000),
    ],
)
def test_what_was_paid_for_a_loss_and_kept_is_not_asked_for_again_when_it_is_lost_again(
    sari, ani, pusat, terms, paid, asked_again
):
    loan = lent(ani, pusat, sari, **terms)
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        charged = report_lost(loan, by=sari)
        if paid:
            take_payment(ani, paid, method="cash", at=pusat, fees=charged, by=sari)
    for number in (3, 4):  # found and lost twice more
        with clock.stopped_at(MONDAY + timedelta(days=number)):
            withdraw_loss(loan, by=sari)
            report_lost(loan, by=sari)
            assert sum(fee.left for fee in Fee.objects.open()) == asked_again


def test_who_pays_for_a_loss_that_no_more_comes_back_pays_no_fine_for_the_same_days(sari, ani, pusat):
    loan = lent(ani, pusat, sari, lost_return="fine", refund_days=5, fine=500)
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        report_lost(loan, by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=10)):
        check_in(loan.item, at=pusat, by=sari)
    assert [(fee.kind, fee.left) for fee in Fee.objects.open()] == [("lost", 80_000)]


def test_what_does_not_come_back_stands_also_when_the_member_finds_it(sari, ani, pusat):
    loan = lent(ani, pusat, sari, lost_return="nothing")
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        report_lost(loan, by=sari)
        assert withdraw_loss(loan, by=sari) == 0
    assert [(fee.kind, fee.left) for fee in Fee.objects.open()] == [("lost", 80_000)]


def test_a_reminder_costs_what_its_terms_say_once_for_each(sari, ani, pusat):
    loan = lent(ani, pusat, sari, reminder_fees=[[1, 0], [2, 2000], [4, 5000]])
    assert policy_words(loan.terms)[-1] == "biaya pengingat: Rp2.000 sejak yang ke-2, Rp5.000 sejak yang ke-4"
    with clock.stopped_at(MONDAY + timedelta(days=14)):
        for number in (1, 2, 2, 3, 4):
            charge_reminder(loan, number, by=None)
    told = Fee.objects.order_by("pk").values_list("kind", "amount", "note")
    assert list(told) == [
        ("reminder", 2000, "Pengingat ke-2"),
        ("reminder", 2000, "Pengingat ke-3"),
        ("reminder", 5000, "Pengingat ke-4"),
    ]


def test_what_is_back_or_not_late_is_charged_no_reminder(sari, ani, pusat):
    loan = lent(ani, pusat, sari, reminder_fees=[[1, 2000]])
    with clock.stopped_at(MONDAY + timedelta(days=7)):
        assert charge_reminder(loan, 1, by=None) is None
    with clock.stopped_at(MONDAY + timedelta(days=9)):
        check_in(loan.item, at=pusat, by=sari)
        assert charge_reminder(loan, 1, by=None) is None


def test_in_a_time_of_amnesty_a_reminder_costs_nothing(sari, ani, pusat):
    loan = lent(ani, pusat, sari, reminder_fees=[[1, 2000]])
    late = MONDAY + timedelta(days=9)
    with clock.stopped_at(MONDAY):
        add_period(kind=Period.Kinds.AMNESTY, name="Pekan bebas denda", first_day=late.date(), last_day=late.date(), by=sari)
    with clock.stopped_at(late):
        assert charge_reminder(loan, 1, by=None) is None
    with clock.stopped_at(late + timedelta(days=1)):
        assert charge_reminder(loan, 1, by=None).amount == 2000


def test_prices_of_reminders_are_steps(sari):
    with pytest.raises(Refused, match="fine_steps_wrong"):
        add_rule(loan_days=7, reminder_fees=[[2, 1000], [1, 500]], by=sari)
    assert words_of({"reminder_fees": ((2, 2000),), "lost_return": "unpaid"}) == [
        "biaya pengingat: Rp2.000 sejak yang ke-2",
        "harga yang hilang lalu kembali: yang belum dibayar dihapus, yang sudah dibayar tidak kembali",
    ]
