"""Money: received once, with numbers that follow one another, allocated to what is owed; and the drawer counted."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.circulation.domain.cash import close_cash, open_cash
from lumbung.circulation.domain.fees import charge, take_back, waive
from lumbung.circulation.domain.payments import (
    cancel_payment,
    pay_out,
    reject_payment,
    take_payment,
    tell_of_payment,
    verify_payment,
)
from lumbung.circulation.models import Fee, Payment
from lumbung.circulation.queries import (
    cash_book,
    cash_in_drawer,
    cash_taken,
    open_shift,
    payments_to_verify,
    payments_visible_to,
)
from lumbung.circulation.tests.test_fees import owed, refused
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
OVERDUE, LOST = Fee.Kinds.OVERDUE, Fee.Kinds.LOST
NOON = datetime(2026, 12, 31, 5, tzinfo=UTC)  # noon in Jakarta


def lefts() -> list[int]:
    return [fee.left for fee in Fee.objects.order_by("id")]


def test_part_of_what_is_owed_settles_the_oldest_first(sari, ani, pusat):
    for amount in (1000, 2000, 500):
        charge(ani, OVERDUE, amount, by=sari)
    take_payment(ani, 1500, method="cash", at=pusat, by=sari)
    assert (lefts(), owed(ani)) == ([0, 1500, 500], (2000, 0))


def test_chosen_fees_are_settled_in_their_order(sari, ani, pusat):
    first, second, third = (charge(ani, OVERDUE, 1000, by=sari) for _ in range(3))
    take_payment(ani, 1500, method="qris", at=pusat, by=sari, fees=[third, second])
    assert lefts() == [1000, 500, 0]
    assert refused(lambda: take_payment(ani, 600, method="cash", at=pusat, by=sari, fees=[second])) == ["amount_over_owed"]
    assert first.left == 1000


def test_more_than_is_owed_and_nothing_are_refused(sari, ani, pusat):
    charge(ani, OVERDUE, 1000, by=sari)
    assert refused(lambda: take_payment(ani, 1001, method="cash", at=pusat, by=sari)) == ["amount_over_owed"]
    assert refused(lambda: take_payment(ani, 0, method="cash", at=pusat, by=sari)) == ["amount_wrong"]
    assert refused(lambda: take_payment(ani, 2000, method="credit", at=pusat, by=sari)) == [
        "amount_over_owed",
        "amount_over_credit",
    ]
    assert not Payment.objects.exists()


def test_receipt_numbers_follow_one_another_and_begin_anew_with_the_year_of_the_branch(sari, ani, pusat):
    charge(ani, OVERDUE, 9000, by=sari)
    numbers = []
    for moment in (NOON, NOON, NOON + timedelta(hours=12)):  # the last is after midnight in Jakarta, still December in UTC
        with clock.stopped_at(moment):
            numbers.append(take_payment(ani, 1000, method="cash", at=pusat, by=sari).receipt_number)
    assert numbers == ["2026-000001", "2026-000002", "2027-000001"]


def test_one_form_sent_twice_pays_once(sari, ani, pusat):
    charge(ani, OVERDUE, 9000, by=sari)
    first, again = (take_payment(ani, 4000, method="cash", at=pusat, by=sari, once="form:abc") for _ in range(2))
    assert (first, owed(ani)) == (again, (5000, 0))


def test_a_transfer_waits_until_somebody_saw_it_arrive(sari, ani, budi, pusat):
    charge(ani, LOST, 80_000, by=sari)
    told = tell_of_payment(ani, 80_000, method="transfer", at=pusat, by=ani.user, proof="proofs/a.jpg", reference="BRI 123")
    assert (owed(ani), told.receipt_number, list(payments_to_verify())) == ((80_000, 0), None, [told])
    assert refused(lambda: tell_of_payment(ani, 1, method="transfer", at=pusat, by=ani.user)) == ["amount_over_owed"]
    assert (list(payments_visible_to(ani.user)), list(payments_visible_to(budi.user))) == ([told], [])
    received = verify_payment(told, by=sari)
    assert (owed(ani), received.state, received.receipt_number is not None) == ((0, 0), "received", True)
    assert refused(lambda: verify_payment(told, by=sari)) == ["payment_not_waiting"]


def test_a_transfer_nobody_found_is_rejected_with_a_reason(sari, ani, pusat):
    charge(ani, LOST, 80_000, by=sari)
    told = tell_of_payment(ani, 80_000, method="transfer", at=pusat, by=ani.user)
    assert refused(lambda: reject_payment(told, reason="", by=sari)) == ["reason_missing"]
    assert reject_payment(told, reason="tidak ada di mutasi", by=sari).state == "rejected"
    assert owed(ani) == (80_000, 0)


def test_a_slip_is_cancelled_and_its_number_stays_used(sari, ani, pusat):
    charge(ani, OVERDUE, 3000, by=sari)
    slip = take_payment(ani, 3000, method="cash", at=pusat, by=sari)
    cancel_payment(slip, reason="salah anggota", by=sari)
    assert (lefts(), owed(ani)) == ([3000], (3000, 0))
    assert refused(lambda: cancel_payment(slip, reason="lagi", by=sari)) == ["payment_not_received"]
    right = take_payment(ani, 3000, method="cash", at=pusat, by=sari)
    assert int(right.receipt_number[-6:]) == int(slip.receipt_number[-6:]) + 1


def test_money_that_moved_on_is_not_cancelled(sari, ani, pusat):
    fee = charge(ani, LOST, 3000, by=sari)
    paid = take_payment(ani, 3000, method="cash", at=pusat, by=sari)
    take_back(fee, reason="ditemukan", by=sari)
    assert refused(lambda: cancel_payment(paid, reason="x", by=sari)) == ["payment_used"]


def test_credit_is_given_back_in_cash(sari, ani, pusat):
    fee = charge(ani, LOST, 3000, by=sari)
    take_payment(ani, 3000, method="cash", at=pusat, by=sari)
    take_back(fee, reason="ditemukan", by=sari)
    assert refused(lambda: pay_out(ani, 3001, method="cash", at=pusat, by=sari)) == ["amount_over_credit"]
    back = pay_out(ani, 2000, method="cash", at=pusat, by=sari, once="form:1")
    assert pay_out(ani, 2000, method="cash", at=pusat, by=sari, once="form:1") == back
    assert (owed(ani), cash_in_drawer(pusat)) == ((0, 1000), 1000)


def test_the_cash_book_of_a_day_has_what_moved_at_the_branch(sari, ani, pusat, teknik):
    charge(ani, OVERDUE, 9000, by=sari)
    with clock.stopped_at(NOON):
        take_payment(ani, 1000, method="cash", at=pusat, by=sari)
        take_payment(ani, 2000, method="qris", at=pusat, by=sari)
        take_payment(ani, 500, method="cash", at=teknik, by=sari)
        slip = take_payment(ani, 100, method="cash", at=pusat, by=sari)
        cancel_payment(slip, reason="salah", by=sari)
    with clock.stopped_at(NOON + timedelta(hours=12)):
        take_payment(ani, 300, method="cash", at=pusat, by=sari)
    book = cash_book(pusat, NOON.date())
    assert ([each.amount for each in book.payments], book.sums, book.total) == (
        [1000, 2000, 100],
        {"Tunai": 1000, "QRIS": 2000},
        3000,
    )
    assert cash_taken(pusat, since=NOON, until=NOON + timedelta(hours=1), by=sari.pk) == 1000


def test_the_drawer_is_counted_and_what_is_left_begins_the_next_day(sari, ani, pusat):
    charge(ani, OVERDUE, 9000, by=sari)
    paid = take_payment(ani, 4000, method="cash", at=pusat, by=sari)
    assert refused(lambda: close_cash(pusat, 3500, left=4000, by=sari)) == ["left_more_than_counted", "note_for_difference"]
    closing = close_cash(pusat, 3500, left=500, note="uang kembali kurang", by=sari)
    assert (closing.expected, closing.difference, closing.handed_over, cash_in_drawer(pusat)) == (4000, -500, 3000, 500)
    assert refused(lambda: cancel_payment(paid, reason="x", by=sari)) == ["payment_counted"]
    take_payment(ani, 1000, method="cash", at=pusat, by=sari)
    assert close_cash(pusat, 1500, by=sari).expected == 1500


def test_a_waiver_after_part_was_paid_leaves_the_payment(sari, ani, pusat):
    fee = charge(ani, OVERDUE, 3000, by=sari)
    take_payment(ani, 1000, method="cash", at=pusat, by=sari)
    waive(fee, reason="amnesti", by=sari)
    assert (owed(ani), cash_in_drawer(pusat)) == ((0, 0), 1000)


def test_a_shift_begins_with_the_drawer_counted_and_what_was_found_is_what_it_is_reckoned_from(sari, ani, pusat, teknik):
    charge(ani, OVERDUE, 9000, by=sari)
    take_payment(ani, 4000, method="cash", at=pusat, by=sari)
    close_cash(pusat, 4000, left=1000, by=sari)
    assert refused(lambda: open_cash(pusat, 900, by=sari)) == ["note_for_difference"]
    shift = open_cash(pusat, 900, note="seratus dipakai memfotokopi", by=sari)
    assert (shift.expected, shift.difference, cash_in_drawer(pusat), cash_in_drawer(teknik)) == (1000, -100, 900, 0)
    assert refused(lambda: open_cash(pusat, 900, by=sari)) == ["shift_open"]
    assert refused(lambda: open_cash(pusat, -1, by=sari)) == ["shift_open", "amount_wrong", "note_for_difference"]
    take_payment(ani, 2000, method="cash", at=pusat, by=sari)
    closing = close_cash(pusat, 2900, left=900, by=sari)
    assert (closing.expected, closing.opening) == (2900, shift)
    assert (open_shift(pusat), cash_in_drawer(pusat), open_cash(pusat, 900, by=sari).difference) == (None, 900, 0)
    kept = JournalEntry.objects.filter(name="CashOpened").order_by("pk").first()
    assert kept.data == {"opening": shift.pk, "branch": pusat.pk, "expected": 1000, "counted": 900}
