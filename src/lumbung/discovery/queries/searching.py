"""The search page's read: the index finds, the database tells."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain

from django.utils import timezone

from lumbung.catalogue.permissions import SEE
from lumbung.discovery.queries.answering import Answer, answer
from lumbung.discovery.queries.facets import Facet, facets_of
from lumbung.discovery.queries.rows import Row, rows_of
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.search.documents import Query
from lumbung.search.queries import NotReady
from lumbung.search.syntax import Notice, without_years

MOST_EDITIONS = 5


@dataclass(frozen=True, slots=True)
class Unfiltered:
    """So many titles there are without filters; they have all the words, or are the nearest."""

    total: int
    has_all: bool


@dataclass(frozen=True)
class Results:
    """A page of titles, of ``total`` that answer and so many ``works``, as ``Found`` tells them.

    ``relaxed``: nothing has all the words, so these have most; ``left_out``: words found nowhere.

    ``asked`` is the query that was answered: the one given, with its ``hints`` made filters and, if ``respelt``, its words mended.
    ``dropped`` are hints, with their words, that nothing answers to, so they were not made filters.
    ``unfiltered`` is what there is without the filters, where these have nothing that has all the words and it is more.
    ``ready`` is False while the index is being built: then there is nothing, and the page should say so. ``facets`` may still be
    counted: whoever reads them first waits.
    """

    rows: list[Row] = field(default_factory=list)
    total: int = 0
    works: int | None = None
    page: int = 1
    pages: int = 1
    size: int = 20
    counted: Callable[[], list[Facet]] = list
    relaxed: bool = False
    left_out: Sequence[str] = ()
    ready: bool = True
    asked: Query = field(default_factory=Query)
    hints: Mapping[str, str] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)
    respelt: str = ""
    did_you_mean: str = ""
    notices: Sequence[tuple[Notice, str]] = ()
    unfiltered: "Unfiltered | None" = None

    @property
    def shown(self) -> int:
        """How many lines all pages have together: one for each work, where works are asked for and counted."""
        return self.total if self.works is None else self.works

    @cached_property
    def facets(self) -> list[Facet]:
        """What the answers may be narrowed down by."""
        return self.counted()


def search_records(query: Query, user: object, *, plain: Collection[str] = (), near: int | None = None) -> Results:
    """The titles that answer, as far as ``user`` may see them; eight statements at most, at any size of the catalogue.

    ``plain`` names what is to be left as typed. Copies at the branch ``near`` are told first.
    """
    try:
        asked, this_year = replace(query, hidden=may(user, SEE)), timezone.localdate(clock.now()).year
        given = answer(asked, this_year=this_year, plain=plain)
        unfiltered = _unfiltered(asked, given, this_year=this_year, plain=plain)
    except NotReady:
        return Results(ready=False, size=query.size, asked=query)
    found = given.found
    others = {key: keys[:MOST_EDITIONS] for key, keys in found.editions.items()}
    rows = {row.pk: row for row in rows_of([*found.keys, *chain.from_iterable(others.values())], user, near=near)}
    return Results(
        rows=[
            replace(rows[key], editions=[rows[other] for other in others.get(key, ()) if other in rows])
            for key in found.keys
            if key in rows
        ],
        total=found.total,
        works=found.works,
        page=found.page,
        pages=found.pages,
        size=query.size,
        counted=partial(facets_of, found, given.query),
        relaxed=found.relaxed,
        left_out=found.left_out,
        asked=given.query,
        hints=given.hints,
        dropped=given.dropped,
        respelt=given.respelt,
        did_you_mean=given.did_you_mean,
        notices=found.notices,
        unfiltered=unfiltered,
    )


def is_narrowed(query: Query) -> bool:
    """Whether anything but words narrows the question down: a filter, or years named as a field."""
    return bool(query.chosen or query.year_from or query.year_to or without_years(query.words) != query.words)


def _unfiltered(query: Query, given: Answer, *, this_year: int, plain: Collection[str]) -> Unfiltered | None:
    if not given.fell_short or query.page > 1 or not is_narrowed(query) or not (words := without_years(query.words)):
        return None
    asked = replace(query, words=words, chosen={}, year_from=None, year_to=None, size=1, facets=())
    free = answer(asked, this_year=this_year, plain=plain)
    is_more = not free.fell_short or free.found.total > given.found.total == 0
    return Unfiltered(free.found.total, not free.fell_short) if is_more else None
