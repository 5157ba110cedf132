"""Periods of the year: semesters, exams, Ramadan, closed service. Days gone by keep the periods they belonged to."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization import queries
from lumbung.organization.events import PeriodAdded, PeriodChanged, PeriodRemoved
from lumbung.organization.models import Branch, Period
from lumbung.organization.refusals import (
    NAME_EMPTY,
    PERIOD_BACKWARDS,
    PERIOD_BEGAN,
    PERIOD_IN_THE_PAST,
    PERIOD_TOO_LONG,
)

LONGEST = timedelta(days=400)


@transaction.atomic
def add_period(
    *,
    kind: Period.Kinds | str,
    name: str,
    first_day: date,
    last_day: date,
    by: events.Actor | None,
    branch: Branch | None = None,
) -> Period:
    """Name a stretch of the year, of one branch or of all; it may have begun already.

    Refuses an empty name, an end before the start or before today, and more than 400 days.
    """
    period = Period(kind=kind, name=name.strip(), first_day=first_day, last_day=last_day, branch=branch)
    reasons = _faults(period)
    if last_day < _today(period):
        reasons.append(PERIOD_IN_THE_PAST())
    if reasons:
        raise Refused(reasons)
    period.save(force_insert=True)
    queries.calendars.changed()
    events.record(
        PeriodAdded(stretch=period.pk, branch=period.branch_id, kind=period.kind, first_day=first_day, last_day=last_day), by=by
    )
    return period


@transaction.atomic
def change_period(period: Period, *, by: events.Actor | None, **changes: Any) -> Period:
    """Change name, kind, branch or days of a period.

    Refuses as ``add_period`` does. One that began keeps its first day, kind and branch, and ends yesterday at the earliest.
    """
    period = Period.objects.select_for_update(of=("self",)).select_related("branch").get(pk=period.pk)
    today, began, was_last = _today(period), period.first_day <= _today(period), period.last_day
    changed = set_changed(period, changes, allowed={"kind", "name", "first_day", "last_day", "branch"})
    reasons = _faults(period)
    yesterday = today - timedelta(days=1)
    if began and (
        set(changed) - {"name", "last_day"} or ("last_day" in changed and min(period.last_day, was_last) < yesterday)
    ):
        reasons.append(PERIOD_BEGAN())
    if reasons:
        raise Refused(reasons)
    if changed:
        period.save(update_fields=changed)
        queries.calendars.changed()
        events.record(PeriodChanged(stretch=period.pk, fields=changed), by=by)
    return period


@transaction.atomic
def remove_period(period: Period, *, by: events.Actor | None) -> None:
    """Call off a period that has not begun, with its opening hours."""
    period = Period.objects.select_for_update(of=("self",)).select_related("branch").get(pk=period.pk)
    if period.first_day <= _today(period):
        raise Refused(PERIOD_BEGAN())
    key = period.pk
    period.delete()
    queries.calendars.changed()
    events.record(PeriodRemoved(stretch=key), by=by)


def _today(period: Period) -> date:
    return clock.today(period.branch.zone if period.branch else queries.library().zone)


def _faults(period: Period) -> list[Reason]:
    reasons: list[Reason] = []
    if not period.name:
        reasons.append(NAME_EMPTY())
    if period.last_day < period.first_day:
        reasons.append(PERIOD_BACKWARDS())
    if period.last_day - period.first_day > LONGEST:
        reasons.append(PERIOD_TOO_LONG(days=LONGEST.days))
    return reasons
