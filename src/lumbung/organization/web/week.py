"""The opening hours of a week, in a few lines: days with the same hours stand together."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lumbung.kernel.ui.words import weekday
from lumbung.organization.models import Branch
from lumbung.organization.queries import Hours, Week, calendar_of


@dataclass(frozen=True)
class Line:
    """Neighbouring days with the same hours: "Senin–Kamis", and the spells; no spells means closed."""

    days: str
    spells: tuple[Hours, ...]


def week_of(branch: Branch) -> list[Line]:
    """The week of a branch, Monday first; empty when nobody entered its hours."""
    calendar = calendar_of(branch)
    return list(lines_of(calendar.week)) if calendar.has_hours else []


def lines_of(week: Week) -> Iterator[Line]:
    """The lines of a week that is known."""
    for spells, group in groupby(range(7), key=week.__getitem__):
        days = list(group)
        first, last = weekday(days[0]), weekday(days[-1])
        yield Line(first if first == last else f"{first}–{last}", spells)
