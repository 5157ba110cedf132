"""The copies of a title day by day: free, kept for somebody, lent; week by week, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item
from lumbung.circulation.models import BookedDay, Booking
from lumbung.circulation.queries.bookings import Diary
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import is_open_on

WEEKS = 4
FARTHEST = 104
"""How many weeks ahead a calendar may be leafed to."""


class DayStates(models.TextChoices):
    """What a copy is on one day; the value is also the class of its place in the table."""

    FREE = "free", _("bebas")
    OWN = "own", _("pesanan Anda")
    BOOKED = "booked", _("dipesan")
    KEPT = "kept", _("dijaga sebelum atau sesudah pesanan")
    LENT = "lent", _("dipinjam")
    CLOSED = "closed", _("tutup")
    PAST = "past", _("sudah lewat")


@dataclass(frozen=True)
class Cell:
    """One copy on one day, with the booking that has it then, if any."""

    day: date
    state: DayStates
    booking: Booking | None = None


@dataclass(frozen=True)
class Row:
    """One copy in one week."""

    item: Item
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Week:
    """One week, from Monday, with a row for each copy."""

    days: Sequence[date]
    rows: Sequence[Row]


def calendar(copies: Sequence[Item], at: Branch, first: date, reader: Member | None = None) -> list[Week]:
    """The weeks from the one that ``first`` is in, for these copies of the branch; in two statements, however many they are. What
    ``reader`` booked is told apart from what others did."""
    monday = first - timedelta(days=first.weekday())
    days = [monday + timedelta(days=each) for each in range(7 * WEEKS)]
    kept = BookedDay.objects.filter(item__in=[each.pk for each in copies], day__gte=days[0], day__lte=days[-1])
    booked = {(each.item_id, each.day): each.booking for each in kept.select_related("booking__member")}
    lent, today = Diary(copies).lent_until, clock.today(at.zone)

    def cell(item: Item, day: date) -> Cell:
        booking = booked.get((item.pk, day))
        if booking is not None:
            if not booking.first_day <= day <= booking.last_day:
                return Cell(day, DayStates.KEPT, booking)
            is_own = reader is not None and booking.member_id == reader.pk
            return Cell(day, DayStates.OWN if is_own else DayStates.BOOKED, booking)
        if day < today:
            return Cell(day, DayStates.PAST)
        if lent.get(item.pk, date.min) >= day:
            return Cell(day, DayStates.LENT)
        return Cell(day, DayStates.FREE if is_open_on(at, day) else DayStates.CLOSED)

    return [
        Week(week, [Row(item, [cell(item, day) for day in week]) for item in copies])
        for week in (days[start : start + 7] for start in range(0, len(days), 7))
    ]


def first_shown(asked: str, today: date) -> date:
    """The day a calendar begins with: the one asked for, where it is one and near enough, else today."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today
    return day if today <= day <= today + timedelta(weeks=FARTHEST) else today
