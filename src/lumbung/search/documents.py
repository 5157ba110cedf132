"""What goes into the index and what is asked of it. Field names are the caller's; the engine knows their kinds only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

TEXT_FIELDS = ("title", "creator", "subject", "identifier", "note")
FACET_FIELDS = ("material", "language", "decade", "subject", "creator", "branch", "availability")


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found. ``texts`` maps TEXT_FIELDS to their values, ``facets`` maps FACET_FIELDS to theirs."""

    key: int
    texts: Mapping[str, Sequence[str]]
    facets: Mapping[str, Sequence[str]]
    year: int | None = None
    added: int = 0
    version: int = 0


class Sort(Enum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    YEAR_DOWN = "year"
    YEAR_UP = "-year"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words (``title:`` and its like, "phrases" and prefix* understood), chosen facet values, a page."""

    words: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 20
    facets: Sequence[str] = FACET_FIELDS
    facet_size: int = 10


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: keys in order, how many in all, and the count of each facet value."""

    keys: Sequence[int]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]]
    words: Sequence[str] = ()
