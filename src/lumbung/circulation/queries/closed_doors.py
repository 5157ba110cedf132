"""What serving with the doors closed would change, and which closed doors there are now."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from lumbung.catalogue.models import Item
from lumbung.circulation.models import ClosedDoors, Handover, Hold, Loan, Renewal, Rest
from lumbung.circulation.queries.due_dates import due_between
from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered
from lumbung.organization.models import Branch
from lumbung.organization.queries import branches, library, next_open_day

HORIZON, ONE_DAY = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True)
class Effects:
    """How many loans would be due later, how many holds wait longer, and the first open day of each branch afterwards."""

    loans: int
    holds: int
    opens: Sequence[tuple[Branch, date]]


def effects_of(first_day: date, last_day: date, branch: Branch | None) -> Effects:
    """What closing the doors would change. Nothing is written."""
    places = branches() if branch is None else (branch,)
    return Effects(
        loans=due_between(first_day, last_day, branch).count(),
        holds=pickups_between(first_day, last_day, branch).count(),
        opens=[(each, next_open_day(each, last_day + timedelta(days=1))) for each in places],
    )


def pickups_between(first_day: date, last_day: date, branch: Branch | None) -> QuerySet[Hold]:
    """Holds ready to be collected whose last day falls within these days."""
    found = Hold.objects.filter(state=Hold.States.READY, ready_until__gte=first_day, ready_until__lte=last_day)
    return found.filter(pickup_branch=branch) if branch else found


def closed_doors() -> QuerySet[ClosedDoors]:
    return ClosedDoors.objects.select_related("branch")


@remembered()
def announced() -> tuple[ClosedDoors, ...]:
    """Those the public should know of: they have not ended, and begin within a week."""
    today = clock.today(library().zone)
    coming = closed_doors().filter(opened_at=None, last_day__gte=today, first_day__lte=today + HORIZON)
    return tuple(coming.order_by("first_day"))


@dataclass(frozen=True)
class Slot:
    """A time at which books may be fetched, and for how many more."""

    starts_at: datetime
    left: int


def slots_of(closed: ClosedDoors, branch: Branch) -> list[Slot]:
    """Every bookable time to come, in order; none where none is offered."""
    if not closed.slot_limit or closed.slot_from is None or closed.slot_until is None:
        return []
    taken = Handover.objects.filter(closed_doors=closed, branch=branch, kind=Handover.Kinds.PICKUP, state=Handover.States.ASKED)
    counts = Counter(taken.values_list("starts_at", flat=True))
    now, step = clock.now(), timedelta(minutes=closed.slot_minutes)
    slots, day = [], max(closed.first_day, clock.today(branch.zone))
    while day <= closed.last_day:
        at = datetime.combine(day, closed.slot_from, branch.zone)
        end = datetime.combine(day, closed.slot_until, branch.zone)
        while str(day.isoweekday()) in closed.slot_days and at + step <= end:
            if at > now:
                slots.append(Slot(at, max(closed.slot_limit - counts[at.astimezone(UTC)], 0)))
            at += step
        day += timedelta(days=1)
    return slots


def closed_at(branch: Branch) -> ClosedDoors | None:
    """The closed doors of the branch today, if its doors are closed."""
    today = clock.today(branch.zone)
    return next(
        (each for each in announced() if each.branch_id in (None, branch.pk) and each.first_day <= today <= each.last_day), None
    )


def opens_again(branch: Branch) -> date | None:
    """The day on which the branch opens again, while its doors are closed today; None when they are not."""
    closed = closed_at(branch)
    return next_open_day(branch, closed.last_day + timedelta(days=1)) if closed is not None else None


@remembered()
def rests_until() -> date | None:
    """The last day on which any copy rests: while there is none, nobody need ask."""
    last: date | None = Rest.objects.aggregate(last=Max("until"))["last"]
    return last


def resting_today() -> QuerySet[Rest]:
    """The rests that last today, by the library's own clock."""
    return Rest.objects.filter(until__gte=clock.today(library().zone))


def rest_of(item: Item, day: date) -> date | None:
    """Until when the copy rests; None when it does not that day."""
    last = rests_until()
    if last is None or last < day:
        return None
    return Rest.objects.filter(item=item, until__gte=day).values_list("until", flat=True).first()


@dataclass(frozen=True)
class Count:
    """One thing counted before the doors closed, while they were, and since: in as many days each (since: up to now)."""

    name: str
    before: int
    during: int
    since: int


def report_of(closed: ClosedDoors) -> list[Count]:
    """What was done in the days of the closure, in as many before, and in as many since."""
    days = closed.last_day - closed.first_day + ONE_DAY
    spans = [(closed.first_day - days, closed.first_day), (closed.first_day, closed.last_day + ONE_DAY)]
    spans.append((closed.last_day + ONE_DAY, closed.last_day + ONE_DAY + days))
    zone = closed.branch.zone if closed.branch else library().zone
    moments = [tuple(datetime.combine(day, time(), zone) for day in span) for span in spans]
    at = {"lent_from": closed.branch} if closed.branch else {}
    of_loan = {"loan__lent_from": closed.branch} if closed.branch else {}
    held = {"pickup_branch": closed.branch} if closed.branch else {}
    counted: list[tuple[str, QuerySet[Any], str]] = [
        (_("Dipinjam"), Loan.objects.filter(**at), "lent_at"),
        (_("Kembali"), Loan.objects.filter(**at), "returned_at"),
        (_("Diperpanjang"), Renewal.objects.filter(**of_loan), "renewed_at"),
        (_("Dipesan"), Hold.objects.filter(**held), "placed_at"),
    ]
    return [
        Count(name, *(rows.filter(**{f"{field}__gte": start, f"{field}__lt": end}).count() for start, end in moments))
        for name, rows, field in counted
    ]
