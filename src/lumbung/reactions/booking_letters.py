"""What is booked for days to come: tell the member that it is, on the eve of the day, and when it is not theirs any more."""

from typing import Any

from django.db import IntegrityError

from lumbung.circulation.domain.bookings import cancel_all
from lumbung.circulation.models import Booking
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.rooms import belongs_to
from lumbung.members.models import ClearanceApplication
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import branches, open_day_after
from lumbung.reactions.letters import write_to


def booked_letter(entry: JournalEntry) -> None:
    """Once for each time it is booked or changed; not for one that is for other days by now, or over."""
    _write(
        entry, "booking_made", state=Booking.States.BOOKED, first_day=entry.data["first_day"], last_day=entry.data["last_day"]
    )


def not_fetched_letter(entry: JournalEntry) -> None:
    _write(entry, "booking_not_fetched", state=Booking.States.EXPIRED)


def cancelled_letter(entry: JournalEntry) -> None:
    """Not to who cancelled it themselves."""
    told = Booking.objects.filter(pk=entry.data["booking"]).values_list("member__user", flat=True).first()
    if entry.actor_id is None or entry.actor_id != told:
        _write(entry, "booking_cancelled", state=Booking.States.CANCELLED)


def cancel_after_clearance(entry: JournalEntry) -> None:
    """Who leaves with a letter of clearance borrows no more: what they booked goes to others."""
    application = ClearanceApplication.objects.select_related("member").get(pk=entry.data["application"])
    cancel_all(application.member, by=None)


@belongs_to("circulation")
def remind_of_bookings() -> int:
    """On the last open day before a booking begins, say so; returns how many letters. Asked again the same night it writes none twice."""
    written = 0
    for branch in branches():
        today = clock.today(branch.zone)
        near = _told().open().filter(branch=branch, first_day__gt=today, first_day__lte=open_day_after(branch, today, count=1))
        for booking in list(near.order_by("first_day", "pk")):
            written += _once(booking, "booking_tomorrow", f"booking:{booking.pk}:on:{booking.first_day.isoformat()}")
    return written


def _write(entry: JournalEntry, code: str, **stands: Any) -> None:
    if (booking := _told().filter(pk=entry.data["booking"], member__isnull=False, **stands).first()) is not None:
        _once(booking, code, f"booking:{entry.pk}")


def _once(booking: Booking, code: str, occasion: str) -> bool:
    if not unspoken([occasion]):
        return False
    facts = {
        "title": booking.record.title_told,
        "branch": booking.branch.name,
        "first_day": booking.first_day,
        "last_day": booking.last_day,
        "fetch_until": booking.fetch_until,
    }
    try:
        return write_to(booking.booker, code, facts, occasions=[occasion]) is not None
    except IntegrityError:
        return False  # another worker wrote it between our question and our letter


def _told() -> Any:
    return Booking.objects.select_related("record", "member__user", "branch").defer("record__marc", "record__findable")
