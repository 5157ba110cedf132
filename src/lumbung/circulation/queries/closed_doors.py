"""What serving with the doors closed would change, and which closed doors there are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from lumbung.circulation.models import ClosedDoors, Hold
from lumbung.circulation.queries.due_dates import due_between
from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered
from lumbung.organization.models import Branch
from lumbung.organization.queries import branches, library, next_open_day

HORIZON = timedelta(days=7)


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
