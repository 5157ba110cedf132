"""The search page's read: the index finds, the database tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue.models import Material
from lumbung.catalogue.permissions import SEE
from lumbung.discovery.languages import language_name
from lumbung.discovery.queries.rows import Row, rows_of
from lumbung.kernel.permissions import may
from lumbung.organization.queries import branches
from lumbung.search.documents import Found, Query
from lumbung.search.queries import NotReady, find

FACET_LABELS: Mapping[str, str | Promise] = {
    "material": gettext_lazy("Jenis"),
    "availability": gettext_lazy("Ketersediaan"),
    "branch": gettext_lazy("Cabang"),
    "language": gettext_lazy("Bahasa"),
    "decade": gettext_lazy("Tahun terbit"),
    "subject": gettext_lazy("Subjek"),
    "creator": gettext_lazy("Pengarang"),
}
AVAILABILITY_LABELS: Mapping[str, str | Promise] = {
    "available": gettext_lazy("Dapat dipinjam sekarang"),
    "on_loan": gettext_lazy("Sedang dipinjam"),
    "reference": gettext_lazy("Baca di tempat"),
}


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: what the address says, what the reader sees, how many titles, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: list[FacetValue]


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
        facets=_facets(found, query),
        relaxed=found.relaxed,
        left_out=found.left_out,
    )


def _facets(found: Found, query: Query) -> list[Facet]:
    names = [name for name in FACET_LABELS if found.facets.get(name)]
    return [Facet(name, str(FACET_LABELS[name]), _values(name, found, query)) for name in names]


def _values(name: str, found: Found, query: Query) -> list[FacetValue]:
    chosen = set(query.chosen.get(name, ()))
    labels = _branch_names() if name == "branch" else {}
    counted = sorted(found.facets[name], reverse=True) if name == "decade" else found.facets[name]
    return [FacetValue(value, labels.get(value) or _label(name, value), count, value in chosen) for value, count in counted]


def _branch_names() -> dict[str, str]:
    return {str(branch.pk): branch.name for branch in branches()}


def _label(name: str, value: str) -> str:
    if name == "material":
        return str(dict[Any, Any](Material.choices).get(value, value))
    if name == "language":
        return language_name(value) or _("Tidak diketahui")
    if name == "availability":
        return str(AVAILABILITY_LABELS.get(value, value))
    return _("%(decade)s-an") % {"decade": value} if name == "decade" else value
