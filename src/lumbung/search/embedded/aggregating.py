"""Counting the values of facets among what a query matches, in one question to Tantivy."""

from collections.abc import Mapping, Sequence
from typing import Any

import tantivy

from lumbung.search.embedded.compile import Compiler
from lumbung.search.embedded.joined import FIELD_OF, MOST, apart
from lumbung.search.embedded.reader import View
from lumbung.search.fields import MANY_VALUED, facet_field

EVERY_VALUE = 500
NONE_LEFT_OUT = 10_000_000
"""A segment asked for so many of the values it counted gives all."""
FIRST_LOOK, SPARE = 5_000, 200
"""Of a facet of many values each segment gives so many at first, of which so many are looked at: a broad word has 100,000 creators in a
million titles, and putting those of all segments together takes three times as long as counting them."""

Values = list[tuple[Any, int]]
"""The most frequent values of a facet as the index holds them, with their counts."""


class Aggregating:
    """Counts in one index; several threads may ask. All counts are exact."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
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
        counts = {name: self._made_exact(view, whole, name, found[name], size) for name in alone}
        for field in fields:
            if found[field]["sum_other_doc_count"]:
                self._varied.add((folder, field))
            else:
                counts |= _told_apart(field, found[field], names)
        missing = [name for name in names if name not in counts]
        return counts | self.counted(view, whole, missing, size) if missing else counts

    def _made_exact(self, view: View, whole: tantivy.Query, name: str, found: Mapping[str, Any], size: int) -> Values:
        """The most frequent values, of which ``found`` may have been told too little: what a segment has seldom may be frequent in all of
        them together. Tantivy tells by how much a count may be too low; what may be among the ``size`` most frequent is counted again."""
        values, short = _values(found), int(found["doc_count_error_upper_bound"])
        if not short:
            return values
        least = values[size - 1][1] if len(values) >= size else 0
        likely = [number for number, count in values if count + short >= least]
        if len(likely) == len(values):  # others may be, too
            return _values(view.searcher.aggregate(whole, {name: _terms(name, SPARE, NONE_LEFT_OUT)})[name])
        these = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._compiler.numbered(name, int(number))) for number in likely]
        )
        both = tantivy.Query.boolean_query([(tantivy.Occur.Must, whole), (tantivy.Occur.Must, these)])
        again = view.searcher.aggregate(both, {name: _terms(name, NONE_LEFT_OUT, NONE_LEFT_OUT)})[name]
        wanted = set(likely)
        return [(number, count) for number, count in _values(again) if number in wanted]


def _together(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST, "segment_size": NONE_LEFT_OUT}}


def _alone(name: str, size: int) -> dict[str, Any]:
    if name not in MANY_VALUED:
        return _terms(name, EVERY_VALUE, NONE_LEFT_OUT)
    return _terms(name, SPARE, FIRST_LOOK) if size < SPARE else _terms(name, size, NONE_LEFT_OUT)


def _terms(name: str, size: int, of_each_segment: int) -> dict[str, Any]:
    return {"terms": {"field": facet_field(name), "size": size, "segment_size": of_each_segment}}


def _values(found: Mapping[str, Any]) -> Values:
    return [(bucket["key"], int(bucket["doc_count"])) for bucket in found["buckets"]]


def _told_apart(field: str, counted: Mapping[str, Any], names: Sequence[str]) -> dict[str, Values]:
    return {name: each.most_common(EVERY_VALUE) for name, each in apart(field, counted["buckets"]).items() if name in names}
