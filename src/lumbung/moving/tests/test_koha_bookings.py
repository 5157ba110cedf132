"""Bookings of Koha: those to come are promised here, those that are over are history, and the proof counts them all."""

from datetime import date

import pytest

from lumbung.circulation.models import BookedDay, Booking
from lumbung.moving.domain.undoing import undo
from lumbung.moving.tests.test_koha import dump, table

pytestmark = pytest.mark.django_db


def bookings(*rows: dict[str, object]) -> str:
    columns = ("booking_id", "patron_id", "biblio_id", "item_id", "start_date", "end_date", "pickup_library_id", "status")
    usual = {"patron_id": 51, "biblio_id": 2, "item_id": 13, "pickup_library_id": "CPL", "status": "new"}
    return table("bookings", [{**usual, **row} for row in rows], columns=columns)


COMING = {"booking_id": 1, "start_date": "2099-03-02 00:00:00", "end_date": "2099-03-03 23:59:59"}


def test_a_booking_to_come_keeps_its_copy_and_the_proof_counts_it(moved):
    move = moved(dump() + bookings(COMING), source="koha")
    booking = Booking.objects.get()
    assert (booking.state, booking.item.barcode, booking.any_copy) == ("booked", "39999000013", False)
    assert list(BookedDay.objects.values_list("day", flat=True)) == [date(2099, 3, 2), date(2099, 3, 3)]
    [row] = [each for each in move.proof["rows"] if each["entity"] == "booking"]
    assert (row["source"], row["arrived"], row["rejected"], row["missing"]) == (1, 1, 0, 0)
    assert (move.proof["differences"], move.proof["whole"]) == ([], True)


def test_what_is_over_is_history_and_two_that_meet_are_told(moved):
    rows = (
        COMING,
        {**COMING, "booking_id": 2, "status": "cancelled"},
        {"booking_id": 3, "start_date": "2024-01-02 00:00:00", "end_date": "2024-01-03 23:59:59", "status": "completed"},
        {**COMING, "booking_id": 4, "start_date": "2099-03-03 00:00:00"},
        {**COMING, "booking_id": 5, "item_id": 777},
    )
    move = moved(dump() + bookings(*rows), source="koha")
    assert list(Booking.objects.order_by("pk").values_list("state", "member__barcode")) == [
        ("booked", "23529000051"),
        ("cancelled", "23529000051"),
        ("fetched", None),
    ]
    refused = move.findings.filter(rehearsal=False, entity="booking", refused=True).order_by("source_id")
    assert list(refused.values_list("source_id", "code")) == [("4", "booking_taken"), ("5", "copy_missing")]


def test_undone_they_are_gone_with_the_days_they_kept(moved):
    undo(moved(dump() + bookings(COMING), source="koha"), by=None)
    assert (Booking.objects.count(), BookedDay.objects.count()) == (0, 0)
