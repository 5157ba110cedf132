"""The choices beside the results: labelled values with counts, the class tree, the years as bars."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue.models import Material
from lumbung.catalogue.permissions import SEE
from lumbung.discovery import classes
from lumbung.discovery.languages import language_name
from lumbung.kernel.permissions import may
from lumbung.organization.queries import branches, public_branches
from lumbung.search.documents import FACETS_IN_FULL, Found, Query
from lumbung.search.queries import find

FACET_LABELS: Mapping[str, str | Promise] = {
    "availability": gettext_lazy("Ketersediaan"),
    "access": gettext_lazy("Cara membaca"),
    "material": gettext_lazy("Jenis"),
    "branch": gettext_lazy("Cabang"),
    "classification": gettext_lazy("Bidang ilmu"),
    "year": gettext_lazy("Tahun terbit"),
    "language": gettext_lazy("Bahasa"),
    "programme": gettext_lazy("Program studi"),
    "subject": gettext_lazy("Subjek"),
    "creator": gettext_lazy("Pengarang"),
}
VALUE_LABELS: Mapping[str, Mapping[str, str | Promise]] = {
    "availability": {
        "available": gettext_lazy("Dapat dipinjam sekarang"),
        "on_loan": gettext_lazy("Sedang dipinjam"),
        "reference": gettext_lazy("Baca di tempat"),
    },
    "access": {
        "print": gettext_lazy("Tercetak"),
        "online": gettext_lazy("Daring"),
        "full_text": gettext_lazy("Teks lengkap"),
        "here": gettext_lazy("Berkas di perpustakaan ini"),
    },
}
MOST_LISTED = 500
YEARS_APART = 30
"""Up to so many years are drawn year by year, more by decades; no more bars than that."""
BAR_STEP, HIGHEST_BAR = 10, 56


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: what the address says, what the reader sees, how many titles, and whether it is chosen.

    ``parts`` are the values under it, where the facet is a tree.
    """

    value: str
    label: str
    count: int
    chosen: bool
    parts: Sequence["FacetValue"] = ()

    @property
    def is_open(self) -> bool:
        """Whether something under it is chosen."""
        return any(part.chosen for part in self.parts)


@dataclass(frozen=True)
class Facet:
    """``more`` tells that there may be values beyond those given."""

    name: str
    label: str
    values: list[FacetValue]
    more: bool = False

    @property
    def tree(self) -> list[FacetValue]:
        """The values with those under them; of a facet that is no tree, the values."""
        if self.name != "classification":
            return self.values
        under = [value for value in self.values if classes.above(value.value)]
        tops = [value for value in self.values if not classes.above(value.value)]
        return [replace(top, parts=[each for each in under if classes.above(each.value) == top.value]) for top in tops]


@dataclass(frozen=True)
class Bar:
    """The titles of the years from ``first`` to ``last``, drawn ``drawn`` high at ``x``."""

    first: int
    last: int
    count: int
    x: int
    drawn: int

    @property
    def top(self) -> int:
        return HIGHEST_BAR - self.drawn

    @property
    def label(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return _("%(decade)s-an") % {"decade": self.first}


@dataclass(frozen=True)
class Histogram:
    """Bars side by side, the oldest first; without bars when no year is known."""

    bars: list[Bar] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.bars) * BAR_STEP

    @property
    def first(self) -> int:
        return self.bars[0].first

    @property
    def last(self) -> int:
        return self.bars[-1].last

    @property
    def newest_first(self) -> list[Bar]:
        return [bar for bar in reversed(self.bars) if bar.count]


def facets_of(found: Found, query: Query) -> list[Facet]:
    """The facets that have values, in the order in which the page shows them."""
    return [_facet(name, found, query) for name in FACET_LABELS if found.facets.get(name)]


def every_value(query: Query, name: str, user: object) -> Facet:
    """One facet with all its values, as many as are counted at once. Raises ``NotReady``."""
    asked = replace(query, size=1, page=1, facets=[name], facet_size=MOST_LISTED, hidden=may(user, SEE))
    return _facet(name, find(asked), asked)


def with_297(tree: Sequence[FacetValue]) -> list[FacetValue]:
    """The class tree in which Islam stands twice, by 2X and by its numbers in 297: whichever readers know, they come to the same titles."""
    told: list[FacetValue] = []
    for top in tree:
        told.append(top)
        if top.value == "2X":
            parts = [replace(each, label=classes.caption_in_297(each.value)) for each in top.parts]
            told.append(replace(top, label=classes.caption_in_297(top.value), parts=parts))
    return told


def histogram_of(facets: Sequence[Facet]) -> Histogram:
    """The years of a search as bars: one for each year when they lie close together, else one for each decade. Gaps are bars too."""
    counted = next((facet.values for facet in facets if facet.name == "year"), [])
    years = Counter({int(value.value): value.count for value in counted if value.count})
    if not years:
        return Histogram()
    step = 1 if max(years) - min(years) < YEARS_APART else 10
    together: Counter[int] = Counter()
    for year, count in years.items():
        together[year // step * step] += count
    highest, last = max(together.values()), max(together)
    starts = range(max(min(together), last - (YEARS_APART - 1) * step), last + step, step)
    return Histogram(
        [
            Bar(start, start + step - 1, together[start], place * BAR_STEP + 1, _drawn(together[start], highest))
            for place, start in enumerate(starts)
        ]
    )


def _drawn(count: int, highest: int) -> int:
    """How high a bar is; a few titles among many still show."""
    return max(2, round(HIGHEST_BAR * count / highest)) if count else 0


def _facet(name: str, found: Found, query: Query) -> Facet:
    counted = found.facets[name]
    if name in FACETS_IN_FULL:
        counted = sorted(counted)
    chosen = set(query.chosen.get(name, ()))
    labels = {str(branch.pk): branch.name for branch in branches()} if name == "branch" else {}
    if name == "branch" and not query.hidden:  # staff may look through every branch
        offered = {str(branch.pk) for branch in public_branches()} | chosen
        counted = [(value, count) for value, count in counted if value in offered]
    values = [FacetValue(value, labels.get(value) or label_of(name, value), count, value in chosen) for value, count in counted]
    return Facet(name, str(FACET_LABELS[name]), values, more=name not in FACETS_IN_FULL and len(values) >= query.facet_size)


def label_of(name: str, value: str) -> str:
    """A value of a facet in words; branches are known by name elsewhere."""
    if name == "material":
        return str(dict[Any, Any](Material.choices).get(value, value))
    if name == "language":
        return language_name(value) or _("Tidak diketahui")
    if name == "classification":
        return classes.caption(value)
    return str(VALUE_LABELS.get(name, {}).get(value, value))
