"""Counting the values of facets among what a query matches, in one question to Tantivy."""

from collections.abc import Mapping, Sequence
from typing import Any

import tantivy

from lumbung.search.embedded.joined import FIELD_OF, MOST, apart
from lumbung.search.embedded.reader import View
from lumbung.search.fields import MANY_VALUED, facet_field

EVERY_VALUE = 500
NONE_LEFT_OUT = 10_000_000
"""So many values each segment gives of those it counted: what one segment has seldom may be frequent in all of them together, and
giving more costs nothing that can be measured."""

Values = list[tuple[Any, int]]
"""The most frequent values of a facet as the index holds them, with their counts."""


class Aggregating:
    """Counts in one index; several threads may ask."""

    def __init__(self) -> None:
        self._varied: set[tuple[str, str]] = set()
        """Folders, and fields in them that hold too many combinations."""

    def counted(self, view: View, whole: tantivy.Query, names: Sequence[str], size: int) -> dict[str, Values]:
        """Of many values ``size`` at least, of few EVERY_VALUE."""
        folder = view.generation[0]
        fields = {FIELD_OF[name] for name in names if name in FIELD_OF and (folder, FIELD_OF[name]) not in self._varied}
        alone = [name for name in names if FIELD_OF.get(name) not in fields]
        found = view.searcher.aggregate(
            whole, {**{each: _together(each) for each in fields}, **{each: _alone(each, size) for each in alone}}
        )
        counts = {name: [(bucket["key"], int(bucket["doc_count"])) for bucket in found[name]["buckets"]] for name in alone}
        for field in fields:
            if found[field]["sum_other_doc_count"]:
                self._varied.add((folder, field))
            else:
                counts |= _told_apart(field, found[field], names)
        missing = [name for name in names if name not in counts]
        return counts | self.counted(view, whole, missing, size) if missing else counts


def _together(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST, "segment_size": NONE_LEFT_OUT}}


def _alone(name: str, size: int) -> dict[str, Any]:
    most = size if name in MANY_VALUED else EVERY_VALUE
    return {"terms": {"field": facet_field(name), "size": most, "segment_size": NONE_LEFT_OUT}}


def _told_apart(field: str, counted: Mapping[str, Any], names: Sequence[str]) -> dict[str, Values]:
    return {name: each.most_common(EVERY_VALUE) for name, each in apart(field, counted["buckets"]).items() if name in names}
