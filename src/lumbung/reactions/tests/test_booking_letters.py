"""What is booked for days to come, told: when it is, on its eve, when it was not fetched, when somebody else cancelled it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from lumbung.circulation.domain.bookings import book_item, cancel_booking, change_booking, expire_bookings
from lumbung.circulation.models import Booking
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.clearance.applying import apply
from lumbung.members.domain.clearance.letters import issue
from lumbung.members.tests.factories import ClearancePurposeFactory
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import open_on
from lumbung.reactions.booking_letters import (
    booked_letter,
    cancel_after_clearance,
    cancelled_letter,
    not_fetched_letter,
    remind_of_bookings,
)

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 12, 14)


def at(day: date):
    return clock.stopped_at(datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))


@pytest.fixture
def booking(ani) -> Booking:
    LoanRuleFactory(category=ani.category, booking_limit=2)
    item = ItemFactory(record=RecordFactory(title="Proyektor"), branch=open_on(ani.branch))
    with at(date(2026, 12, 1)):
        return book_item(item.record, member=ani, at=ani.branch, first_day=MONDAY, last_day=MONDAY, by=ani.user)


def _entry(name: str) -> JournalEntry:
    return JournalEntry.objects.filter(name=name).latest("pk")


def test_who_books_is_told_once_where_and_until_when(booking):
    entry = _entry("ItemBooked")
    booked_letter(entry)
    booked_letter(entry)
    letter = Delivery.objects.get()
    assert (letter.code, letter.subject) == ("booking_made", "Dipesan untuk Senin, 14 Desember 2026")
    assert "  Proyektor\n  Senin, 14 Desember 2026\n" in letter.body
    assert "Ambillah paling lambat Senin, 14 Desember 2026" in letter.body


def test_days_that_were_changed_before_the_letter_are_not_told(booking, ani):
    with at(date(2026, 12, 1)):
        change_booking(booking, first_day=date(2026, 12, 15), last_day=date(2026, 12, 16), by=ani.user)
    booked_letter(_entry("ItemBooked"))
    assert Delivery.objects.count() == 0
    booked_letter(_entry("BookingChanged"))
    assert "  Selasa, 15 Desember 2026 – Rabu, 16 Desember 2026\n" in Delivery.objects.get().body


def test_on_the_last_open_day_before_it_begins_a_member_is_reminded_once(booking):
    with at(date(2026, 12, 10)):
        assert remind_of_bookings() == 0
    with at(date(2026, 12, 11)):  # a Friday
        assert (remind_of_bookings(), remind_of_bookings()) == (1, 0)
    assert Delivery.objects.get().subject == "Pesanan Anda mulai Senin, 14 Desember 2026"


def test_who_did_not_fetch_it_is_told(booking):
    with at(date(2026, 12, 15)):
        expire_bookings()
        not_fetched_letter(_entry("BookingExpired"))
    assert Delivery.objects.get().subject == "Pesanan Anda untuk Senin, 14 Desember 2026 tidak diambil"


def test_what_staff_cancel_is_told_and_what_one_cancels_oneself_is_not(booking, ani, sari):
    cancel_booking(booking, by=ani.user)
    cancelled_letter(_entry("BookingCancelled"))
    assert Delivery.objects.count() == 0
    JournalEntry.objects.filter(name="BookingCancelled").update(actor_id=sari.pk)
    cancelled_letter(_entry("BookingCancelled"))
    assert Delivery.objects.get().subject == "Pesanan Anda untuk Senin, 14 Desember 2026 dibatalkan"


def test_a_letter_of_clearance_is_not_held_up_by_a_booking_and_cancels_it(booking, ani, sari):
    letter = issue(apply(ClearancePurposeFactory(), ani, by=ani.user), address="https://perpus.example/verify", by=sari)
    assert letter.revoked_at is None
    cancel_after_clearance(_entry("ClearanceIssued"))
    booking.refresh_from_db()
    assert (booking.state, booking.days.count()) == ("cancelled", 0)
    cancelled_letter(_entry("BookingCancelled"))
    assert Delivery.objects.filter(code="booking_cancelled").count() == 1
