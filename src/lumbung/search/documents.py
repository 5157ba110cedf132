"""What goes into the index and what is asked of it. Field names are the caller's; the engine knows their kinds only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from lumbung.search.plan import Node
from lumbung.search.syntax import Notice

TEXT_FIELDS = ("title", "creator", "subject", "series", "identifier", "class", "note")
EXACT_FIELDS = ("title", "creator", "subject")
"""Text fields whose words are also kept letter by letter as written."""
FACET_FIELDS = (
    "material",
    "availability",
    "access",
    "branch",
    "classification",
    "year",
    "language",
    "programme",
    "subject",
    "creator",
)
FACETS_IN_FULL = frozenset({"classification", "year"})
"""Facets of which every value is counted, however few are asked for: trees and histograms are drawn of the whole."""

EVERY_VALUE = 1_000
"""So many are told of these at most."""

REACH = 10_000
"""How many answers of one query can be paged through."""
FEW_EDITIONS = 5
"""No collection has more editions of its works than this, one with the other: among so many times REACH answers there are REACH works, and
nobody counts them; a last page that is not there is turned back."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found. ``texts`` maps TEXT_FIELDS to their values, ``facets`` maps FACET_FIELDS to theirs.

    ``added`` orders by newest (any number that grows). ``version`` is any number below 2⁶³ that changes when the document does; the
    comparison with the database goes by it. ``hidden`` documents are found only by who asks for them. ``popularity`` is how often
    the thing was lent or asked for. ``work`` is the same for editions of one work. ``read_at`` grows with the moment the document was
    read from the database: where several processes write, what was read earlier never takes the place of what was read later.
    """

    key: int
    texts: Mapping[str, Sequence[str]]
    facets: Mapping[str, Sequence[str]]
    year: int | None = None
    added: int = 0
    version: int = 0
    hidden: bool = False
    popularity: int = 0
    work: str = ""
    read_at: int = 0


class Written(NamedTuple):
    """A document as the engine that wrote it takes it in; ``body`` is for that engine alone. It may come from another process."""

    key: int
    body: str | bytes


class Sort(Enum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    YEAR_DOWN = "year"
    YEAR_UP = "-year"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words (``title:`` and its like, "phrases" and prefix* understood), chosen facet values, a page.

    Values of one facet are alternatives; different facets must all hold. ``hidden`` asks for hidden documents too. ``by_work``
    wants one answer for each work, its best edition. ``exactly`` is asked in place of words, and nothing less. ``typed`` is a longer
    wording that need not be met: what has its other words too ranks higher. ``year_words`` are years as they were typed among the words: a
    title that has them all as words is within the years whenever it was published. ``preferred`` are fields with words: what has these
    words there ranks higher.
    """

    words: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 20
    facets: Sequence[str] = FACET_FIELDS
    facet_size: int = 10
    hidden: bool = False
    by_work: bool = False
    exactly: Node | None = None
    typed: str = ""
    year_words: Sequence[str] = ()
    preferred: Sequence[tuple[str, str]] = ()

    @property
    def order(self) -> Sort:
        """The order of the answers: newest first where nothing is asked that could be answered better or worse."""
        asks = bool(self.words.strip()) or self.exactly is not None
        return self.sort if asks or self.sort is not Sort.RELEVANCE else Sort.NEWEST


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: keys in order, how many in all, and the count of each facet value (as if nothing were chosen in that facet).

    ``editions`` are, when answers are asked for by work, the keys of the other editions that answer, by the key of the best one;
    ``total`` counts editions all the same, and ``works`` are the works among them, None where these are REACH or more.
    ``notices`` say how words were read that could not be read as they stand.
    ``page`` is the page really given: a page beyond the last, or beyond REACH, becomes the last one there is. ``relaxed`` says that
    nothing has all the words, so documents with most of them are given; ``left_out`` are words that occur nowhere.
    """

    keys: Sequence[int]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]]
    words: Sequence[str] = ()
    page: int = 1
    pages: int = 1
    relaxed: bool = False
    left_out: Sequence[str] = ()
    notices: Sequence[tuple[Notice, str]] = ()
    editions: Mapping[int, Sequence[int]] = field(default_factory=dict)
    works: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What one may go on to while typing: keys of documents, best first, and names of creators and subjects."""

    keys: Sequence[int] = ()
    creators: Sequence[str] = ()
    subjects: Sequence[str] = ()
