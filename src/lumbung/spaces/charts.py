"""Visits as pictures: a column for each day, a field for each hour of the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lumbung.kernel.ui.words import weekday

TALL = 56
SHADES = 5
FIRST_HOUR, LAST_HOUR = 7, 20


@dataclass(frozen=True)
class Column:
    """One day: where its column stands in the picture, and how tall it is."""

    day: date
    people: int
    x: int
    top: int
    drawn: int


@dataclass(frozen=True)
class Field:
    """One hour of one weekday; ``shade`` from 0 (nobody) to 5 (as many as ever)."""

    hour: int
    people: int
    shade: int


def columns(by_day: Sequence[tuple[date, int]]) -> list[Column]:
    """Columns ten apart, the tallest 56 high; whoever came at all is seen."""
    most = max((people for _, people in by_day), default=0)
    tall = [max(2, round(people * TALL / most)) if people else 0 for _, people in by_day]
    return [
        Column(day, people, n * 10, TALL - high, high) for n, ((day, people), high) in enumerate(zip(by_day, tall, strict=True))
    ]


def heat_map(heat: Sequence[Sequence[int]]) -> list[tuple[str, list[Field]]]:
    """A row of hours for each weekday, from 7 to 20 o'clock and as far beyond as anybody came."""
    most = max(max(row) for row in heat)
    busy = [hour for row in heat for hour, people in enumerate(row) if people]
    hours = range(min([FIRST_HOUR, *busy]), max([LAST_HOUR, *busy]) + 1)
    return [(weekday(n), [Field(hour, row[hour], _shade(row[hour], most)) for hour in hours]) for n, row in enumerate(heat)]


def _shade(people: int, most: int) -> int:
    return -(-people * SHADES // most) if people else 0
