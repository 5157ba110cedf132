"""What others may ask: the library, its branches, and their calendar in the branch's own time zone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet, Value

from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered
from lumbung.organization.models import (
    Branch,
    BranchGroup,
    Closure,
    Library,
    Location,
    Offering,
    OpeningHours,
    Period,
    StudyProgramme,
)

HORIZON = timedelta(days=400)
"""How far ahead an open day is looked for: longer than the longest closure that can be announced."""


WORKING_BRANCH = "working_branch"
"""The name under which a session keeps the branch its user works at."""


@remembered()
def library() -> Library:
    """The library of this installation; before it is set up, one without a key (``pk`` is None) and with an empty name."""
    return Library.objects.first() or Library(pk=None, name="")


@remembered()
def branches() -> tuple[Branch, ...]:
    """Every branch, by name."""
    return tuple(Branch.objects.all())


def public_branches() -> tuple[Branch, ...]:
    """The branches that the public is led to and may choose from, by name. One that is nothing but a code waits until somebody gives it a
    name, an address or opening hours; where there is no other, all are shown."""
    known = tuple(each for each in branches() if not each.is_only_a_code or calendar_of(each).has_hours)
    return known or branches()


def front_branch() -> Branch | None:
    """The branch to offer while nothing else is known: of those that are part of no other, the one entered first."""
    return min(branches(), key=lambda branch: (branch.parent_id is not None, branch.pk), default=None)


def working_branch(session: Mapping[str, Any]) -> Branch | None:
    """The branch whoever has this session chose to work at, kept as ``WORKING_BRANCH``; the only one there is; else None."""
    there = branches()
    return there[0] if len(there) == 1 else next((each for each in there if each.pk == session.get(WORKING_BRANCH)), None)


def branch_of(key: int) -> Branch:
    """The branch of this key. Raises ``Branch.DoesNotExist``."""
    for branch in branches():
        if branch.pk == key:
            return branch
    return Branch.objects.get(pk=key)


@remembered()
def services() -> tuple[Offering, ...]:
    """The services the public sees, by kind, in their order."""
    return tuple(Offering.objects.filter(is_published=True))


@remembered(seconds=60.0)
def faculties_of_programmes() -> dict[int, int | None]:
    """Study programme → its faculty, by their keys."""
    return dict(StudyProgramme.objects.order_by().values_list("pk", "faculty"))


def faculty_of(programme: int | None) -> int | None:
    """The key of the faculty a study programme belongs to."""
    return None if programme is None else faculties_of_programmes().get(programme)


def lineage(branch: int) -> tuple[int, ...]:
    """The key of a branch and of those it is part of (faculty, campus), nearest first."""
    above = {each.pk: each.parent_id for each in branches()}
    line: list[int] = []
    each: int | None = branch
    while each is not None and each not in line:
        line.append(each)
        each = above.get(each)
    return tuple(line)


@remembered()
def branch_groups() -> dict[int, tuple[str, frozenset[int]]]:
    """Every group of branches by its key: what it is called, and the branches (keys) that are named in it."""
    found: dict[int, tuple[str, frozenset[int]]] = {}
    for key, name, branch in BranchGroup.objects.order_by("name").values_list("pk", "name", "branches"):
        found[key] = (name, found.get(key, (name, frozenset()))[1] | ({branch} if branch is not None else set()))
    return found


def groups_of(line: Iterable[int]) -> list[int]:
    """The groups (keys) to which the branch with this ``line`` (itself and what it is part of, as ``lineage`` tells) belongs."""
    return [key for key, (_name, branches) in branch_groups().items() if not branches.isdisjoint(line)]


def locations(branch: Branch) -> QuerySet[Location]:
    return Location.objects.filter(branch=branch)


@dataclass(frozen=True)
class Hours:
    """A spell of opening: from ``opens`` to ``closes`` in the branch's time."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Closed:
    """A closure, by its key; first and last day included."""

    key: int
    first_day: date
    last_day: date
    reason: str


Week = tuple[tuple[Hours, ...], ...]
"""The spells of each weekday, Monday first."""
Spell = tuple[date | None, date | None, int, Hours]
"""Hours on a weekday, from the first day they held to the last; None on either side for no such day."""
UNKNOWN: Week = tuple(() for _ in range(7))


@dataclass(frozen=True)
class Weeks:
    """The weeks that held one after another."""

    spells: tuple[Spell, ...] = ()

    def on(self, day: date) -> Week:
        """The week that holds on ``day``; ``UNKNOWN`` where nobody entered any hours for then."""
        week: list[list[Hours]] = [[] for _ in range(7)]
        for since, until, weekday, hours in self.spells:
            if (since is None or since <= day) and (until is None or day <= until):
                week[weekday].append(hours)
        return tuple(map(tuple, week))


@dataclass(frozen=True)
class Stretch:
    """A period of the year, first and last day included, with the opening hours it has of its own, if any."""

    kind: str
    name: str
    first_day: date
    last_day: date
    weeks: Weeks = Weeks()

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class Calendar:
    """When one branch is open, and which periods of the year its days belong to."""

    def __init__(self, weeks: Weeks, closures: tuple[Closed, ...], periods: tuple[Stretch, ...] = ()) -> None:
        self.weeks, self.closures, self.periods = weeks, closures, periods
        self._hours: dict[date, tuple[Hours, ...]] = {}
        self._known: dict[date, bool] = {}

    @property
    def week(self) -> Week:
        """The usual week that holds until further notice."""
        return self.weeks.on(date.max)

    @property
    def has_hours(self) -> bool:
        return any(self.week)

    def closure_on(self, day: date) -> Closed | None:
        return next((each for each in self.closures if each.first_day <= day <= each.last_day), None)

    def periods_on(self, day: date) -> tuple[Stretch, ...]:
        return tuple(each for each in self.periods if each.covers(day))

    def week_on(self, day: date) -> Week:
        """The week by which ``day`` is open: that of a period which has hours of its own goes before the usual one."""
        for period in self.periods:
            if period.covers(day) and any(own := period.weeks.on(day)):
                return own
        return self.weeks.on(day)

    def hours_on(self, day: date) -> tuple[Hours, ...]:
        if day not in self._hours:
            week = self.week_on(day)
            self._known[day] = any(week)
            self._hours[day] = () if self.closure_on(day) else week[day.weekday()]
        return self._hours[day]

    def is_open_on(self, day: date) -> bool:
        """Whether it opens at all that day. Where no hours are known, every day counts as open that no closure covers."""
        hours = self.hours_on(day)
        return bool(hours) if self._known[day] else self.closure_on(day) is None


@remembered()
def calendars() -> dict[int | None, Calendar]:
    """The calendar of every branch that has hours, closures or periods of its own; under None that of all others."""
    usual: dict[int | None, list[Spell]] = defaultdict(list)
    special: dict[tuple[int | None, int], list[Spell]] = defaultdict(list)
    for row in OpeningHours.objects.order_by("branch_id", "weekday", "opens"):
        spell = (row.since, row.until, row.weekday, Hours(row.opens, row.closes))
        (special[row.branch_id, row.period_id] if row.period_id else usual[row.branch_id]).append(spell)
    closures: dict[int | None, list[Closed]] = defaultdict(list)
    periods: dict[int | None, list[tuple[int, Stretch]]] = defaultdict(list)
    for branch, period, kind, said, first_day, last_day, key in _days_with_a_name():
        if period:
            periods[branch].append((key, Stretch(kind, said, first_day, last_day)))
        else:
            closures[branch].append(Closed(key, first_day, last_day, said))
    keys = {*usual, *closures, *periods, *(branch for branch, _ in special), None}
    return {key: _calendar(key, usual[key], special, closures, periods) for key in keys}


def _calendar(
    key: int | None,
    usual: list[Spell],
    special: dict[tuple[int | None, int], list[Spell]],
    closures: dict[int | None, list[Closed]],
    periods: dict[int | None, list[tuple[int, Stretch]]],
) -> Calendar:
    """The calendar of one branch: what is its own, then what is everybody's."""
    everywhere = (None,) if key is None else (key, None)
    own = (
        replace(stretch, weeks=Weeks(tuple(special[key, period])))
        for branch in everywhere
        for period, stretch in periods[branch]
    )
    return Calendar(Weeks(tuple(usual)), tuple(each for branch in everywhere for each in closures[branch]), tuple(own))


def _days_with_a_name() -> Iterable[tuple[int | None, bool, str, str, date, date, int]]:
    """Closures and periods in one statement: branch, whether it is a period, kind, what it is called, first and last day, key."""
    closures = Closure.objects.annotate(period=Value(0), key=F("pk")).order_by()
    periods = Period.objects.annotate(period=Value(1), key=F("pk")).order_by()
    columns = ("branch", "period", "kind")
    rows = closures.values_list(*columns, "reason", "first_day", "last_day", "key").union(
        periods.values_list(*columns, "name", "first_day", "last_day", "key"), all=True
    )
    return ((branch, bool(period), *rest) for branch, period, *rest in rows.order_by("first_day", "key"))


def calendar_of(branch: Branch) -> Calendar:
    known = calendars()
    return known.get(branch.pk) or known[None]


def weeks_in(period: Period) -> dict[int, Week]:
    """The opening hours that branches have of their own in the period, by the key of the branch."""
    spells: dict[int, list[Spell]] = defaultdict(list)
    for row in period.opening_hours.filter(until=None):
        spells[row.branch_id].append((row.since, row.until, row.weekday, Hours(row.opens, row.closes)))
    return {branch: Weeks(tuple(each)).on(date.max) for branch, each in spells.items()}


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
    while left and each < last and each < date.max:
        each += timedelta(days=1)
        left -= calendar.is_open_on(each)
    return day + timedelta(days=count) if left else each


def previous_open_day(branch: Branch, day: date) -> date:
    """The last open day up to ``day``, itself included; ``day`` itself when there is none within 400 days."""
    calendar = calendar_of(branch)
    for back in range(HORIZON.days):
        if calendar.is_open_on(day - timedelta(days=back)):
            return day - timedelta(days=back)
    return day


def closed_days_between(branch: Branch, after: date, until: date) -> int:
    """How many days after ``after``, up to and with ``until``, the branch does not open."""
    calendar = calendar_of(branch)
    days = ((after + timedelta(days=each)) for each in range(1, (until - after).days + 1))
    return sum(not calendar.is_open_on(day) for day in days)


def period_kinds_on(branch: Branch, day: date) -> frozenset[str]:
    """The kinds of period that the day belongs to at the branch."""
    return frozenset(period.kind for period in calendar_of(branch).periods_on(day))


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
