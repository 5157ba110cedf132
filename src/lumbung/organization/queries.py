"""What others may ask: the library, its branches, and their calendar in the branch's own time zone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered
from lumbung.organization.models import Branch, Closure, Library, Location, OpeningHours, Service

HORIZON = timedelta(days=400)
"""How far ahead an open day is looked for: longer than the longest closure that can be announced."""


@remembered()
def library() -> Library:
    """The library of this installation; before it is set up, one without a key (``pk`` is None) and with an empty name."""
    return Library.objects.first() or Library(pk=None, name="")


@remembered()
def branches() -> tuple[Branch, ...]:
    """Every branch, by name."""
    return tuple(Branch.objects.all())


def branch_of(key: int) -> Branch:
    """The branch of this key. Raises ``Branch.DoesNotExist``."""
    for branch in branches():
        if branch.pk == key:
            return branch
    return Branch.objects.get(pk=key)


def services() -> list[Service]:
    """The services the public sees, by kind, in their order."""
    return list(Service.objects.filter(is_published=True))


def locations(branch: Branch) -> QuerySet[Location]:
    return Location.objects.filter(branch=branch)


@dataclass(frozen=True)
class Hours:
    """A spell of opening: from ``opens`` to ``closes`` in the branch's time."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Closed:
    """A closure, first and last day included."""

    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True)
class Calendar:
    """When one branch is open. ``week`` has the spells of each weekday, Monday first."""

    week: tuple[tuple[Hours, ...], ...]
    closures: tuple[Closed, ...]

    @property
    def has_hours(self) -> bool:
        return any(self.week)

    def closure_on(self, day: date) -> Closed | None:
        return next((each for each in self.closures if each.first_day <= day <= each.last_day), None)

    def hours_on(self, day: date) -> tuple[Hours, ...]:
        return () if self.closure_on(day) else self.week[day.weekday()]

    def is_open_on(self, day: date) -> bool:
        """Whether it opens at all that day. Where no hours are known, every day counts as open that no closure covers."""
        return bool(self.hours_on(day)) if self.has_hours else self.closure_on(day) is None


@remembered()
def calendars() -> dict[int | None, Calendar]:
    """The calendar of every branch that has hours or closures of its own; under None that of all others."""
    hours: dict[int, list[list[Hours]]] = defaultdict(lambda: [[] for _ in range(7)])
    for row in OpeningHours.objects.order_by("branch_id", "weekday", "opens"):
        hours[row.branch_id][row.weekday].append(Hours(row.opens, row.closes))
    closures: dict[int | None, list[Closed]] = defaultdict(list)
    for closure in Closure.objects.order_by("first_day", "id"):
        closures[closure.branch_id].append(Closed(closure.first_day, closure.last_day, closure.reason))
    everywhere = tuple(closures[None])
    unknown = tuple(() for _ in range(7))
    return {
        key: Calendar(
            week=tuple(tuple(day) for day in hours[key]) if key in hours else unknown,
            closures=everywhere if key is None else (*closures[key], *everywhere),
        )
        for key in {*hours, *closures, None}
    }


def calendar_of(branch: Branch) -> Calendar:
    known = calendars()
    return known.get(branch.pk) or known[None]


def is_open_on(branch: Branch, day: date) -> bool:
    """Whether the branch opens that day, by its weekly hours and the closures announced."""
    return calendar_of(branch).is_open_on(day)


def next_open_day(branch: Branch, day: date) -> date:
    """The first open day from ``day`` on, itself included; ``day`` itself when there is none within 400 days."""
    return open_day_after(branch, day - timedelta(days=1), count=1)


def open_day_after(branch: Branch, day: date, *, count: int) -> date:
    """The ``count``-th open day after ``day``. Where too few open days are found in 400 days, days are counted as they come."""
    calendar, last = calendar_of(branch), day + HORIZON
    each, left = day, count
    while left and each < last:
        each += timedelta(days=1)
        left -= calendar.is_open_on(each)
    return day + timedelta(days=count) if left else each


def hours_today(branch: Branch) -> tuple[Hours, ...]:
    """Today's spells of opening, in the branch's time; none when it is closed today or its hours are unknown."""
    return calendar_of(branch).hours_on(clock.today(branch.zone))


@dataclass(frozen=True)
class Status:
    """Whether a branch is open at this moment.

    ``until`` is when the present spell ends; ``opens_at`` is when it opens next (None while open, or when no opening is known);
    both aware, in the branch's zone. ``closed_because`` is the reason of a closure of today. ``zone`` is WIB, WITA, WIT …
    """

    is_open: bool
    hours_known: bool
    zone: str
    until: datetime | None = None
    opens_at: datetime | None = None
    closed_because: str = ""


def status_now(branch: Branch) -> Status:
    """Open or closed at this moment, and until when."""
    now, calendar = clock.now().astimezone(branch.zone), calendar_of(branch)
    closure = calendar.closure_on(now.date())
    zone, reason = now.tzname() or "", closure.reason if closure else ""
    for spell in calendar.hours_on(now.date()):
        if spell.opens <= now.time() < spell.closes:
            return Status(True, True, zone, until=datetime.combine(now.date(), spell.closes, branch.zone))
    return Status(False, calendar.has_hours, zone, opens_at=_next_opening(calendar, now), closed_because=reason)


def branches_without_hours() -> list[Branch]:
    """Branches whose opening hours nobody entered: their due dates cannot skip closed days."""
    return [branch for branch in branches() if not calendar_of(branch).has_hours]


def coming_closures(branch: Branch | None = None) -> QuerySet[Closure]:
    """Closures not yet over; with ``branch`` those that close it."""
    zone = branch.zone if branch else ZoneInfo(library().time_zone)
    coming = Closure.objects.filter(last_day__gte=clock.today(zone)).select_related("branch")
    if branch is None:
        return coming
    return coming.filter(branch=branch) | coming.filter(branch=None)


def _next_opening(calendar: Calendar, now: datetime) -> datetime | None:
    if not calendar.has_hours:
        return None
    for days in range(HORIZON.days):
        day = now.date() + timedelta(days=days)
        for spell in calendar.hours_on(day):
            opens = datetime.combine(day, spell.opens, now.tzinfo)
            if opens > now:
                return opens
    return None
