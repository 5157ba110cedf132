"""Bookings from the system that a library leaves: many at a time, and out again. Whoever calls has looked at the rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lumbung.circulation.events import ItemBooked
from lumbung.circulation.models import BookedDay, Booking
from lumbung.circulation.refusals import BOOKED_THIS_MOMENT
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of, open_day_after


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingBooking:
    """Record, item, member and branch are primary keys; ``closed_at`` is told of what is over, and ``member`` may be None then."""

    record: int
    item: int
    member: int | None
    branch: int
    first_day: date
    last_day: date
    booked_at: datetime
    state: str
    closed_at: datetime | None


@transaction.atomic
def bring_in_bookings(bookings: Sequence[ArrivingBooking], *, by: events.Actor | None) -> list[int | Reason]:
    """Store bookings; for each its key, or why it has none: the copy is booked on one of its days."""
    return [_bring_in(each, by) for each in bookings]


def _bring_in(each: ArrivingBooking, by: events.Actor | None) -> int | Reason:
    booking = Booking(
        record_id=each.record,
        item_id=each.item,
        any_copy=False,
        member_id=each.member,
        branch_id=each.branch,
        first_day=each.first_day,
        last_day=each.last_day,
        blocked_from=each.first_day,
        blocked_until=each.last_day,
        fetch_until=_fetch_until(each, branch_of(each.branch)),
        booked_at=each.booked_at,
        state=each.state,
        closed_at=each.closed_at,
    )
    days = booking.blocked_days if booking.is_open else []
    if BookedDay.objects.filter(item=each.item, day__in=days).exists():
        return BOOKED_THIS_MOMENT()
    booking.save()
    BookedDay.objects.bulk_create(BookedDay(booking=booking, item_id=each.item, day=day) for day in days)
    if each.member is not None and booking.is_open:
        facts = {"record": each.record, "item": each.item, "member": each.member}
        events.record(ItemBooked(booking=booking.pk, **facts, first_day=each.first_day, last_day=each.last_day), by=by)
    return booking.pk


def _fetch_until(each: ArrivingBooking, at: Branch) -> date:
    """What has begun there may be fetched to its end: here it was never awaited."""
    return min(each.last_day, max(open_day_after(at, each.first_day, count=1), each.first_day))


@transaction.atomic
def take_out_bookings(keys: Collection[int]) -> None:
    """Remove bookings, as though they had never been."""
    Booking.objects.filter(pk__in=keys).delete()
