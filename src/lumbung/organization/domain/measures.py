"""How much a service is used and how long it takes: each part registers what it counts at start-up, and a service names one of these."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from lumbung.kernel import rooms
from lumbung.kernel.models import JournalEntry


@dataclass(frozen=True)
class Span:
    """Somebody waited: at this branch, from when to when."""

    branch: int
    began: datetime
    ended: datetime


@dataclass(frozen=True)
class Measure:
    """``uses`` counts in a stretch of time, its beginning included; ``last`` is when it was used last, up to a moment.

    ``spans`` are the waits that ended in a stretch, where the service is one that people wait for.
    """

    code: str
    name: str | Promise
    uses: Callable[[datetime, datetime], int]
    last: Callable[[datetime], datetime | None]
    spans: Callable[[datetime, datetime], Iterable[Span]] | None = None


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    """Make a measure known. A code serves once."""
    if measure.code in _measures:
        raise ValueError(f"two measures are called {measure.code}")
    _measures[measure.code] = measure


def registered() -> list[Measure]:
    """Every measure of a room that is open, in the order in which they were registered."""
    return [each for each in _measures.values() if rooms.lets_in(each.uses)]


def measure_called(code: str) -> Measure | None:
    """The measure, where the room that counts it is open."""
    measure = _measures.get(code)
    return measure if measure is not None and rooms.lets_in(measure.uses) else None


def happened(name: str, first: datetime, last: datetime, **facts: str) -> int:
    """How often this event stands in the journal."""
    told = {f"data__{key}": value for key, value in facts.items()}
    return JournalEntry.objects.filter(name=name, at__gte=first, at__lt=last, **told).count()


def happened_last(name: str, until: datetime, **facts: str) -> datetime | None:
    """When this event was written in the journal last."""
    told = {f"data__{key}": value for key, value in facts.items()}
    rows = JournalEntry.objects.filter(name=name, at__lt=until, **told).order_by("-at")
    return rows.values_list("at", flat=True).first()
