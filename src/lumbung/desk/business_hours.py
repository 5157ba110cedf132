"""Time as the desk counts it: minutes in which a branch is open, by its calendar. Where no hours are known, every minute counts."""

from datetime import datetime, timedelta

from lumbung.organization import queries as organization
from lumbung.organization.models import Branch

HORIZON = 400
Spell = tuple[datetime, datetime]


def moment_after(branch: Branch, at: datetime, minutes: int) -> datetime:
    """The moment at which ``minutes`` of opening hours have gone by since ``at``."""
    left = timedelta(minutes=minutes)
    for day in range(HORIZON):
        for opens, closes in _spells(branch, at, day):
            begins = max(opens, at)
            if begins < closes and left <= closes - begins:
                return begins + left
            left -= max(closes - begins, timedelta())
    return at + timedelta(minutes=minutes)


def minutes_between(branch: Branch, after: datetime, until: datetime) -> int:
    """How many minutes of opening hours lie between the two."""
    days = min((until.astimezone(branch.zone).date() - after.astimezone(branch.zone).date()).days, HORIZON)
    told = timedelta()
    for day in range(days + 1):
        for opens, closes in _spells(branch, after, day):
            told += max(min(closes, until) - max(opens, after), timedelta())
    return int(told.total_seconds() // 60)


def _spells(branch: Branch, at: datetime, days: int) -> list[Spell]:
    """When the branch is open on the day of ``at`` or so many days later."""
    day = at.astimezone(branch.zone).date() + timedelta(days=days)
    calendar = organization.calendar_of(branch)
    midnight, next_midnight = (
        datetime.combine(each, datetime.min.time(), branch.zone) for each in (day, day + timedelta(days=1))
    )
    if not calendar.has_hours:
        return [] if calendar.closure_on(day) else [(midnight, next_midnight)]
    return [
        (datetime.combine(day, hours.opens, branch.zone), datetime.combine(day, hours.closes, branch.zone))
        for hours in calendar.hours_on(day)
    ]
