"""The counts of facets.

Facets of few values are counted whole. Those of many, subjects and creators, cost as much as all the others where an answer is broad. There
a sample tells which values are frequent, and these alone are counted: every number is exact, only the choice rests on the sample.
"""

import json
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial

from lumbung.search.documents import FACETS_IN_FULL, Query
from lumbung.search.embedded.aside import aside
from lumbung.search.embedded.compile import Compiler
from lumbung.search.embedded.kept import Kept
from lumbung.search.embedded.reader import View
from lumbung.search.embedded.schema import SAMPLE, SAMPLES
from lumbung.search.fields import MANY_VALUED, facet_field, number_of
from lumbung.search.plan import All, Chosen, Node, Term
from lumbung.search.planning import Plan, filters_of

EVERY_VALUE = 500
KEPT_COUNTS = 256
KEPT_LABELS = 20_000
BROAD = 30_000
"""Of more answers than these a sample is taken, where no more than SAMPLED values are asked for."""

SAMPLED = 20
CANDIDATES = 3
"""So many times as many values as are asked for are taken from the sample, and counted."""

Counts = Mapping[str, Sequence[tuple[str, int]]]
Buckets = dict[str, list[tuple[typing.Any, int]]]
"""The most frequent values of each facet as the index holds them, with their counts."""


class Counting:
    """Counts the facets of one index; several threads may ask."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._kept = Kept[tuple[typing.Any, ...], Counts](KEPT_COUNTS)
        self._labels = Kept[int, str](KEPT_LABELS)

    def begin(self, view: View, plan: Plan, query: Query) -> Callable[[], Counts]:
        """Count aside; what is given waits for the counts. Tantivy lets go of Python's lock, so another processor counts."""
        if not query.facets:
            return dict
        chosen = tuple(sorted((name, tuple(sorted(values))) for name, values in query.chosen.items() if values))
        asked = (view.generation, plan.node(filters_of(query)), chosen, tuple(query.facets), query.facet_size)
        if (kept := self._kept.found(asked)) is not None:
            return lambda: kept
        begun = [aside(partial(self._counted, view, *part, query.facet_size)) for part in self._parts(plan, query)]
        return lambda: self._kept.get(asked, lambda: self._gathered(view, plan, query, begun))

    def values(self, view: View, node: Node, facet: str, size: int) -> list[tuple[str, int]]:
        """The most frequent values of one facet among what the node matches."""
        [counted] = self._counted(view, node, [facet], size).values()
        return [(self._label(view, facet, value), count) for value, count in counted][:size]

    def _parts(self, plan: Plan, query: Query) -> Iterable[tuple[Node, list[str]]]:
        """What is counted together. A facet something is chosen in is counted as if nothing were chosen in it."""
        free = [name for name in query.facets if not query.chosen.get(name)]
        whole = plan.node(filters_of(query))
        for names in ([name for name in free if name not in MANY_VALUED], [name for name in free if name in MANY_VALUED]):
            if names:
                yield whole, names
        for name in query.facets:
            if query.chosen.get(name):
                yield plan.node(filters_of(query, without=name)), [name]

    def _gathered(self, view: View, plan: Plan, query: Query, begun: list[Future[Buckets]]) -> Counts:
        found = {name: counted for part in begun for name, counted in part.result().items()}
        return {name: self._told(view, plan, query, name, found[name]) for name in query.facets}

    def _told(
        self, view: View, plan: Plan, query: Query, name: str, counted: list[tuple[typing.Any, int]]
    ) -> list[tuple[str, int]]:
        counts = [(self._label(view, name, value), count) for value, count in counted]
        most = EVERY_VALUE if name in FACETS_IN_FULL else query.facet_size
        best = sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:most]
        missing = [value for value in query.chosen.get(name, ()) if value not in dict(best)]
        others = filters_of(query, without=name)
        alone = (plan.node([*others, Chosen(name, (value,))]) for value in missing)
        return best + [(value, view.count(self._compiler.matching(node))) for value, node in zip(missing, alone, strict=True)]

    def _counted(self, view: View, node: Node, names: Sequence[str], size: int) -> Buckets:
        if all(name in MANY_VALUED for name in names) and size <= SAMPLED:
            part = self._compiler.matching(All((Term(SAMPLE, 0), node)))
            if view.count(part) * SAMPLES > BROAD:
                likely = _aggregated(view, part, names, size * CANDIDATES)
                return {name: self._recounted(view, node, name, values) for name, values in likely.items()}
        return _aggregated(view, self._compiler.matching(node), names, size)

    def _recounted(
        self, view: View, node: Node, name: str, likely: list[tuple[typing.Any, int]]
    ) -> list[tuple[typing.Any, int]]:
        """These values counted among all that the node matches."""
        whole = self._compiler.matching(node)
        return [(value, view.count(self._compiler.both(self._compiler.numbered(name, value), whole))) for value, _ in likely]

    def _label(self, view: View, name: str, key: typing.Any) -> str:
        if name not in MANY_VALUED:
            return str(key)
        number = int(key)
        return self._labels.get(number, lambda: self._read_label(view, name, number))

    def _read_label(self, view: View, name: str, number: int) -> str:
        """The text of a value counted by number, read from any document that has it."""
        [(_, address)] = view.searcher.search(self._compiler.numbered(name, number), limit=1, count=False).hits
        labels = json.loads(bytes(view.searcher.doc(address)["labels"][0]))
        return next(str(label) for label in labels[name] if number_of(label) == number)


def _aggregated(view: View, whole: typing.Any, names: Sequence[str], size: int) -> Buckets:
    """Of many values each segment gives its best twenty times as many as are asked for; of few, all."""
    sizes = {name: size if name in MANY_VALUED else EVERY_VALUE for name in names}
    asked = {
        name: {"terms": {"field": facet_field(name), "size": most, "segment_size": most * 20}} for name, most in sizes.items()
    }
    found = view.searcher.aggregate(whole, asked)
    return {
        name: [(_value(name, bucket["key"]), int(bucket["doc_count"])) for bucket in found[name]["buckets"]] for name in names
    }


def _value(name: str, key: typing.Any) -> typing.Any:
    return int(key) if name in MANY_VALUED else key
