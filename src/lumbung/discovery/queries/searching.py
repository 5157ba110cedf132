"""The search page's read: the index finds, the database tells."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lumbung.catalogue.permissions import SEE
from lumbung.discovery.queries.facets import Facet, facets_of
from lumbung.discovery.queries.rows import Row, rows_of
from lumbung.kernel.permissions import may
from lumbung.search.documents import Query
from lumbung.search.queries import NotReady, find


@dataclass(frozen=True)
class Results:
    """A page of titles. ``relaxed``: nothing has all the words, so these have most; ``left_out``: words found nowhere.

    ``ready`` is False while the index is being built: then there is nothing, and the page should say so.
    """

    rows: list[Row] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    size: int = 20
    facets: list[Facet] = field(default_factory=list)
    relaxed: bool = False
    left_out: Sequence[str] = ()
    ready: bool = True


def search_records(query: Query, user: object) -> Results:
    """The titles that answer, as far as ``user`` may see them; seven statements at most, at any size of the catalogue."""
    try:
        found = find(replace(query, hidden=may(user, SEE)))
    except NotReady:
        return Results(ready=False, size=query.size)
    return Results(
        rows=rows_of(found.keys, user),
        total=found.total,
        page=found.page,
        pages=found.pages,
        size=query.size,
        facets=facets_of(found, query),
        relaxed=found.relaxed,
        left_out=found.left_out,
    )
