"""Opening hours of the week and days of closure. The past is never changed: due dates were counted by it."""

from collections.abc import Collection, Iterable
from datetime import date, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format

from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.turns import wait_for_turn
from lumbung.organization import queries
from lumbung.organization.events import ClosureAnnounced, ClosureShortened, ClosureWithdrawn, OpeningHoursSet
from lumbung.organization.models import Branch, Closure, OpeningHours, Period
from lumbung.organization.refusals import (
    CLOSURE_ANNOUNCED,
    CLOSURE_BACKWARDS,
    CLOSURE_BEGAN,
    CLOSURE_IN_THE_PAST,
    CLOSURE_NOT_SHORTER,
    CLOSURE_TOO_LONG,
    PERIOD_OVER,
    REASON_EMPTY,
    SPELL_BACKWARDS,
    SPELLS_OVERLAP,
    WEEKDAY_UNKNOWN,
)

LONGEST_CLOSURE = timedelta(days=366)
LAST_WEEKDAY = 6
TURN = "organization.closures"
"""Whoever announces what is not announced yet looks at the others first."""


class Spell(NamedTuple):
    """A stretch of a weekday (0 is Monday) in which the branch is open; ``closes`` is the first moment it no longer is."""

    weekday: int
    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{time_format(self.opens)}–{time_format(self.closes)}"


@transaction.atomic
def set_opening_hours(
    branch: Branch, week: Iterable[tuple[int, time, time]], *, by: events.Actor | None, period: Period | None = None
) -> None:
    """Replace the opening hours of the week from today on; days gone by keep the hours they had.

    ``week`` has (weekday, opens, closes) for each spell, Monday being 0. With ``period`` it is the week of those days alone. No spells
    at all means that nobody knows the hours (of a period: that the usual ones hold), not that it never opens. The first hours a branch
    is given are taken to have held before. Refuses unknown weekdays, spells that end before they begin, spells of a day that overlap,
    and a period that is over.
    """
    spells, today = [Spell(*each) for each in week], _today(branch)
    reasons = _faults(spells)
    if period and period.last_day < today:
        reasons.append(PERIOD_OVER())
    if reasons:
        raise Refused(reasons)
    Branch.objects.select_for_update().get(pk=branch.pk)
    rows = OpeningHours.objects.filter(branch=branch, period=period)
    rows.filter(until=None, since__gte=today).delete()
    held_before = rows.exists() or (period is not None and period.first_day < today)
    rows.filter(until=None).update(until=today - timedelta(days=1))
    OpeningHours.objects.bulk_create(
        OpeningHours(
            branch=branch,
            period=period,
            weekday=each.weekday,
            opens=each.opens,
            closes=each.closes,
            since=today if held_before else None,
        )
        for each in sorted(spells)
    )
    queries.calendars.changed()
    events.record(OpeningHoursSet(branch=branch.pk, stretch=period.pk if period else None), by=by)


@transaction.atomic
def announce_closure(
    *,
    first_day: date,
    last_day: date,
    reason: str,
    by: events.Actor | None,
    branch: Branch | None = None,
    kind: Closure.Kinds = Closure.Kinds.OWN,
) -> Closure:
    """Close a branch, or without one every branch, from ``first_day`` to ``last_day``, both included.

    Refuses a start before today, an end before the start, more than 366 days, an empty reason, and what is announced already.
    """
    wait_for_turn(TURN)
    closure = Closure(branch=branch, kind=kind, first_day=first_day, last_day=last_day, reason=reason.strip())
    reasons = []
    if last_day < first_day:
        reasons.append(CLOSURE_BACKWARDS())
    if first_day < _today(branch):
        reasons.append(CLOSURE_IN_THE_PAST())
    if last_day - first_day >= LONGEST_CLOSURE:
        reasons.append(CLOSURE_TOO_LONG(days=LONGEST_CLOSURE.days))
    if not closure.reason:
        reasons.append(REASON_EMPTY())
    same = Closure.objects.filter(branch=branch, first_day=first_day, last_day=last_day, reason=closure.reason)
    if same.exists():
        reasons.append(CLOSURE_ANNOUNCED())
    if reasons:
        raise Refused(reasons)
    closure.save(force_insert=True)
    queries.calendars.changed()
    events.record(ClosureAnnounced(closure=closure.pk, branch=closure.branch_id, first_day=first_day, last_day=last_day), by=by)
    return closure


@transaction.atomic
def shorten_closure(closure: Closure, *, last_day: date, by: events.Actor | None) -> Closure:
    """Open again after ``last_day``: earlier than announced, not before its first day, and not before yesterday."""
    closure = Closure.objects.select_for_update(of=("self",)).select_related("branch").get(pk=closure.pk)
    earliest = max(closure.first_day, _today(closure.branch) - timedelta(days=1))
    if not earliest <= last_day < closure.last_day:
        raise Refused(CLOSURE_NOT_SHORTER(last_day=f"{closure.last_day:%d/%m/%Y}"))
    closure.last_day = last_day
    closure.save(update_fields=["last_day"])
    queries.calendars.changed()
    events.record(ClosureShortened(closure=closure.pk, branch=closure.branch_id, last_day=last_day), by=by)
    return closure


@transaction.atomic
def withdraw_closure(closure: Closure, *, by: events.Actor | None) -> None:
    """Call off a closure that has not begun."""
    closure = Closure.objects.select_for_update(of=("self",)).select_related("branch").get(pk=closure.pk)
    if closure.first_day <= _today(closure.branch):
        raise Refused(CLOSURE_BEGAN())
    withdrawn = ClosureWithdrawn(
        closure=closure.pk, branch=closure.branch_id, first_day=closure.first_day, last_day=closure.last_day
    )
    closure.delete()
    queries.calendars.changed()
    events.record(withdrawn, by=by)


def _today(branch: Branch | None) -> date:
    return clock.today(branch.zone if branch else ZoneInfo(queries.library().time_zone))


def _faults(spells: Collection[Spell]) -> list[Reason]:
    known = sorted(each for each in spells if 0 <= each.weekday <= LAST_WEEKDAY)
    reasons = [WEEKDAY_UNKNOWN(weekday=each.weekday) for each in spells if each not in known]
    reasons += [
        SPELL_BACKWARDS(day=WEEKDAYS[each.weekday], opens=time_format(each.opens), closes=time_format(each.closes))
        for each in known
        if each.closes <= each.opens
    ]
    reasons += [
        SPELLS_OVERLAP(day=WEEKDAYS[first.weekday], first=str(first), second=str(second))
        for first, second in pairwise(known)
        if first.weekday == second.weekday and second.opens < first.closes
    ]
    return reasons
