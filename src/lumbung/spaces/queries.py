"""What others may ask: who may see which visits, today's count, and figures of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from lumbung.accounts.domain.permissions import may
from lumbung.kernel import clock
from lumbung.organization.models import Branch
from lumbung.spaces.models import Gate, Visit, VisitPurpose
from lumbung.spaces.permissions import SEE

HOURS = range(24)


def visits_visible_to(viewer: object) -> QuerySet[Visit]:
    """All visits for staff who may see them; for anybody else, those that are known to be their own."""
    if may(viewer, SEE):
        return Visit.objects.all()
    key = getattr(viewer, "pk", None)
    return Visit.objects.filter(member__user=key) if key else Visit.objects.none()


def gates() -> QuerySet[Gate]:
    return Gate.objects.select_related("branch")


def gate_at(address: str) -> Gate | None:
    """The gate in use whose screen has this secret address."""
    return gates().filter(address=address, is_active=True).first() if address else None


def purposes() -> QuerySet[VisitPurpose]:
    """The purposes that are offered, in their order."""
    return VisitPurpose.objects.filter(is_active=True)


def people_today(gate: Gate) -> int:
    """How many came through this gate today, in the branch's time."""
    today = clock.today(gate.branch.zone)
    found = Visit.objects.filter(gate=gate, branch=gate.branch_id, day=today).aggregate(n=Sum("people"))
    return found["n"] or 0


def inside(gate: Gate, at: datetime) -> QuerySet[Visit]:
    """The visits of those who count as inside at that moment, the first to have come first."""
    came = Visit.objects.filter(gate=gate, came_at__gt=at - timedelta(minutes=gate.stay_minutes), came_at__lte=at)
    return came.order_by("came_at", "pk")


def people_inside(gate: Gate) -> int | None:
    """How many count as inside now; None for a gate without a limit, which asks nothing of the database."""
    if gate.capacity is None:
        return None
    return inside(gate, clock.now()).aggregate(n=Sum("people"))["n"] or 0


@dataclass(frozen=True)
class Period:
    """First and last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Figures:
    """What is told of a period: people in all, by day, by weekday and hour (seven rows of 24), and by other facts, most first."""

    total: int
    by_day: Sequence[tuple[date, int]]
    heat: Sequence[Sequence[int]]
    by_purpose: Sequence[tuple[str, int]]
    by_category: Sequence[tuple[str, int]]
    by_kind: Sequence[tuple[str, int]]
    by_gate: Sequence[tuple[str, int]]
    by_unit: Sequence[tuple[str, int]]
    by_institution: Sequence[tuple[str, int]]

    @property
    def days_open(self) -> int:
        """Days on which anybody came."""
        return sum(1 for _, people in self.by_day if people)


def figures(period: Period, branch: Branch | None = None) -> Figures:
    """The figures of a period, of one branch or of all."""
    rows = visits_in(period, branch)
    return Figures(
        total=rows.aggregate(n=Coalesce(Sum("people"), 0))["n"],
        by_day=_by_day(rows, period),
        heat=_heat(rows),
        by_purpose=_by(rows.filter(purpose__isnull=False), "purpose__name"),
        by_category=_by(rows.filter(category__isnull=False), "category__name"),
        by_kind=[(str(Visit.Kinds(kind).label), people) for kind, people in _by(rows, "kind")],
        by_gate=[(f"{branch_name}: {gate}", people) for (branch_name, gate), people in _by_pair(rows)],
        by_unit=_by(rows.exclude(unit=""), "unit"),
        by_institution=_by(rows.exclude(institution=""), "institution"),
    )


def visits_in(period: Period, branch: Branch | None = None) -> QuerySet[Visit]:
    """The visits of a period, of one branch or of all."""
    rows = Visit.objects.filter(day__gte=period.first, day__lte=period.last).order_by()
    return rows.filter(branch=branch) if branch else rows


def by_month(last: date, *, months: int = 12, branch: Branch | None = None) -> list[tuple[date, int, int]]:
    """The first day of each of the last ``months`` months up to that of ``last``, with its visits and its people, oldest first."""
    firsts = [last.replace(day=1)]
    while len(firsts) < months:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    rows = visits_in(Period(firsts[-1], last), branch).annotate(month=TruncMonth("day")).values("month")
    found = {row["month"]: (row["n"], row["people"]) for row in rows.annotate(n=Count("pk"), people=Sum("people"))}
    return [(first, *found.get(first, (0, 0))) for first in reversed(firsts)]


def _by(rows: QuerySet[Visit], field: str, *, most: int = 20) -> list[tuple[Any, int]]:
    grouped = rows.values(field).annotate(people=Sum("people")).order_by("-people", field)
    return [(row[field], row["people"]) for row in grouped[:most]]


def _by_pair(rows: QuerySet[Visit]) -> list[tuple[tuple[str, str], int]]:
    grouped = rows.values("branch__name", "gate__name").annotate(people=Sum("people")).order_by("-people", "gate__name")
    return [((row["branch__name"], row["gate__name"]), row["people"]) for row in grouped]


def _by_day(rows: QuerySet[Visit], period: Period) -> list[tuple[date, int]]:
    found = dict(rows.values_list("day").annotate(people=Sum("people")))
    days = (period.first + timedelta(days=n) for n in range(period.days))
    return [(day, found.get(day, 0)) for day in days]


def _heat(rows: QuerySet[Visit]) -> list[list[int]]:
    heat = [[0] * len(HOURS) for _ in range(7)]
    for day, hour, people in rows.values_list("day", "hour").annotate(people=Sum("people")):
        heat[day.weekday()][hour] += people
    return heat
