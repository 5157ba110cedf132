"""What narrows a question down beside its words: chosen facets, years, and what is hidden."""

from collections.abc import Sequence

from lumbung.search.documents import Query
from lumbung.search.plan import But, Chosen, Everything, Node, Range, Term, all_of, any_of

CALLED_AFTER_A_YEAR = ("title", "subject", "series")
EARLIEST, LATEST = -9999, 9999
SHOWN = But(Everything(), (Term("hidden", 1),))
"""What everybody may find: all but the few that are hidden."""


def filters_of(query: Query, *, without: str | None = None) -> list[Node]:
    """One node for each chosen facet (but ``without``), the years, and what is hidden."""
    chosen: list[Node] = [Chosen(name, tuple(values)) for name, values in query.chosen.items() if values and name != without]
    if query.year_from is not None or query.year_to is not None:
        chosen.append(any_of([from_year_to_year(query.year_from, query.year_to), *_called_after(query.year_words)]))
    return chosen if query.hidden else [*chosen, SHOWN]


def from_year_to_year(first: int | None, last: int | None) -> Node:
    """What was published in these years, both included; None is open."""
    low, high = (max(EARLIEST, min(LATEST, year)) if year is not None else None for year in (first, last))
    return Range("year", EARLIEST if low is None else low, LATEST if high is None else high)


def _called_after(years: Sequence[str]) -> list[Node]:
    """What has all these years among the words it is called by."""
    return [all_of([any_of([Term(name, year) for name in CALLED_AFTER_A_YEAR]) for year in years])] if years else []
