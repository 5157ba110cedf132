"""Counting the values of facets among what a query matches, in one question to Tantivy."""

from collections.abc import Mapping, Sequence
from typing import Any

import tantivy

from lumbung.search.embedded.compile import Compiler
from lumbung.search.embedded.joined import FIELD_OF, MOST, apart
from lumbung.search.embedded.naming import beginning_of
from lumbung.search.embedded.reader import View
from lumbung.search.fields import MANY_VALUED, facet_field

ALL_OF_FEW = 10_000
NONE_LEFT_OUT = 10_000_000
"""A segment asked for so many of the values it counted gives all."""
MOST_AT_ONCE = 60_000
"""Tantivy tells no more values than 65,000."""
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
        """The ``size`` most frequent at least, of those found equally often the first by name; of facets of few values all."""
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
        if short:
            least = values[size - 1][1] if len(values) >= size else 0
            likely = [number for number, count in values if count + short >= least]
            if len(likely) < len(values):
                return self._counted_again(view, whole, name, likely)
            found = view.searcher.aggregate(whole, {name: _terms(name, SPARE, NONE_LEFT_OUT)})[name]  # others may be, too
            values = _values(found)
        if found["sum_other_doc_count"] and name in MANY_VALUED and values[-1][1] == values[size - 1][1]:
            return _with_first_of_ties(view, whole, name, values, size)
        return values

    def _counted_again(self, view: View, whole: tantivy.Query, name: str, likely: Sequence[Any]) -> Values:
        these = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._compiler.numbered(name, int(number))) for number in likely]
        )
        both = tantivy.Query.boolean_query([(tantivy.Occur.Must, whole), (tantivy.Occur.Must, these)])
        again = view.searcher.aggregate(both, {name: _terms(name, NONE_LEFT_OUT, NONE_LEFT_OUT)})[name]
        wanted = set(likely)
        return [(number, count) for number, count in _values(again) if number in wanted]


def _with_first_of_ties(view: View, whole: tantivy.Query, name: str, values: Values, size: int) -> Values:
    """The values, and of all those found as often as the last of them the first by name, so many as are wanted: read in the order of their
    numbers, as far as the beginning of a name goes at which there are enough."""
    often = values[-1][1]
    above = [value for value in values if value[1] > often]
    wanted, read = size - len(above), size + SPARE
    while True:
        first = {**_terms(name, read, read)["terms"], "order": {"_key": "asc"}}
        found = view.searcher.aggregate(whole, {name: {"terms": first}})[name]
        tied = [value for value in _values(found) if value[1] == often]
        enough = len(tied) > wanted and beginning_of(tied[-1][0]) > beginning_of(tied[wanted - 1][0])
        if enough or not found["sum_other_doc_count"] or read == MOST_AT_ONCE:
            return above + tied
        read = min(MOST_AT_ONCE, read * 8)


def _together(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST, "segment_size": NONE_LEFT_OUT}}


def _alone(name: str, size: int) -> dict[str, Any]:
    if name not in MANY_VALUED:
        return _terms(name, ALL_OF_FEW, NONE_LEFT_OUT)
    return _terms(name, SPARE, FIRST_LOOK) if size < SPARE else _terms(name, size + SPARE, NONE_LEFT_OUT)


def _terms(name: str, size: int, of_each_segment: int) -> dict[str, Any]:
    return {"terms": {"field": facet_field(name), "size": size, "segment_size": of_each_segment}}


def _values(found: Mapping[str, Any]) -> Values:
    return [(bucket["key"], int(bucket["doc_count"])) for bucket in found["buckets"]]


def _told_apart(field: str, counted: Mapping[str, Any], names: Sequence[str]) -> dict[str, Values]:
    return {name: list(each.items()) for name, each in apart(field, counted["buckets"]).items() if name in names}
