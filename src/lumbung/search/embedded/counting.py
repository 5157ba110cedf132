"""The counts of facets. Those in which nothing is chosen are counted in two parts of like cost, each by a processor: a third part would
only ask the whole query anew.

Counts are exact, but those of BROAD answers may be A_MINUTE old: what changed since is no thousandth of them, and counting them anew after
each loan would take most of what a page takes.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import groupby, islice
from time import monotonic
from typing import Any, NamedTuple

from lumbung.search.aside import aside
from lumbung.search.documents import EVERY_VALUE, FACETS_IN_FULL, Query
from lumbung.search.embedded.aggregating import Aggregating, Values
from lumbung.search.embedded.compile import Compiler
from lumbung.search.embedded.kept import Kept
from lumbung.search.embedded.naming import beginning_of, number_of_name
from lumbung.search.embedded.reader import Generation, View
from lumbung.search.fields import MANY_VALUED
from lumbung.search.filters import filters_of
from lumbung.search.plan import Chosen, Node
from lumbung.search.planning import Plan

BROAD, A_MINUTE = 10_000, 60.0
WORTH_KEEPING = 1_000
"""Fewer answers are counted in no time, and leave the room for others."""
KEPT_COUNTS = 512
KEPT_VALUES = 512
KEPT_LABELS = 20_000

Counts = Mapping[str, Sequence[tuple[str, int]]]


class Counted(NamedTuple):
    """The counts of ``total`` answers as the index was in that generation, and at that second of the process."""

    counts: Counts
    total: int
    generation: Generation
    at: float

    def holds(self, generation: Generation) -> bool:
        """Whether they may be told of the index as it is now; never of another index, built since."""
        recent = self.total >= BROAD and self.generation[0] == generation[0] and monotonic() - self.at < A_MINUTE
        return self.generation == generation or recent


class Counting:
    """Counts the facets of one index; several threads may ask."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler, self._aggregating = compiler, Aggregating(compiler)
        self._kept = Kept[tuple[Any, ...], Counted](KEPT_COUNTS)
        self._values = Kept[tuple[Any, ...], Values](KEPT_VALUES)
        self._labels = Kept[int, str](KEPT_LABELS)

    def begin(self, view: View, plan: Plan, query: Query) -> Callable[[int], Counts]:
        """Count aside; what is given is told how many answers there are, and waits for the counts. Tantivy lets go of Python's lock, so
        another processor counts."""
        if not query.facets:
            return lambda _total: {}
        chosen = tuple(sorted((name, tuple(sorted(values))) for name, values in query.chosen.items() if values))
        asked = (plan.node(filters_of(query)), chosen, tuple(query.facets), query.facet_size)
        if (kept := self._kept.found(asked)) is not None and kept.holds(view.generation):
            return lambda _total: kept.counts
        begun = [
            aside(partial(self._aggregating.counted, view, self._compiler.matching(node), names, query.facet_size))
            for node, names in _parts(plan, query)
        ]
        return lambda total: self._keep(
            asked, Counted(self._gathered(view, plan, query, begun), total, view.generation, monotonic())
        )

    def _keep(self, asked: tuple[Any, ...], counted: Counted) -> Counts:
        if counted.total >= WORTH_KEEPING:
            self._kept.keep(asked, counted)
        return counted.counts

    def values(self, view: View, node: Node, facet: str, size: int) -> Iterator[tuple[str, int]]:
        """The most frequent values of one facet among what the node matches: counted at once, but each is read when it is asked for."""
        counted = self._values.get((view.generation, node, facet, size), lambda: self._valued(view, node, facet, size))
        return islice(self._in_order(view, facet, counted), size)

    def _valued(self, view: View, node: Node, facet: str, size: int) -> Values:
        [counted] = self._aggregating.counted(view, self._compiler.matching(node), [facet], size).values()
        return counted

    def _in_order(self, view: View, name: str, counted: Values) -> Iterator[tuple[str, int]]:
        """The most frequent first, and by name what is equally frequent; no more names are read than stand beside what is asked for."""
        ranked = sorted(counted, key=partial(_rank, name))
        for (fewer, _), alike in groupby(ranked, key=partial(_rank, name)):
            yield from sorted((self._label(view, name, value), -fewer) for value, _ in alike)

    def _gathered(self, view: View, plan: Plan, query: Query, begun: list[Future[dict[str, Values]]]) -> Counts:
        found = {name: counted for part in begun for name, counted in part.result().items()}
        return {name: self._told(view, plan, query, name, found[name]) for name in query.facets}

    def _told(self, view: View, plan: Plan, query: Query, name: str, counted: Values) -> list[tuple[str, int]]:
        most = EVERY_VALUE if name in FACETS_IN_FULL else query.facet_size
        best = list(islice(self._in_order(view, name, counted), most))
        missing = [value for value in query.chosen.get(name, ()) if value not in dict(best)]
        others = filters_of(query, without=name)
        alone = (plan.node([*others, Chosen(name, (value,))]) for value in missing)
        return best + [(value, view.count(self._compiler.matching(node))) for value, node in zip(missing, alone, strict=True)]

    def _label(self, view: View, name: str, key: Any) -> str:
        if name not in MANY_VALUED:
            return str(key)
        number = int(key)
        return self._labels.get(number, lambda: self._read_label(view, name, number))

    def _read_label(self, view: View, name: str, number: int) -> str:
        """The text of a value counted by number, read from any document that has it."""
        [(_, address)] = view.searcher.search(self._compiler.numbered(name, number), limit=1, count=False).hits
        labels = json.loads(bytes(view.searcher.doc(address)["labels"][0]))
        return next(str(label) for label in labels[name] if number_of_name(label) == number)


def _rank(name: str, value: tuple[Any, int]) -> tuple[int, Any]:
    """Where a value stands, as far as that is known without its name."""
    label, count = value
    return -count, beginning_of(int(label)) if name in MANY_VALUED else label


def _parts(plan: Plan, query: Query) -> Iterable[tuple[Node, list[str]]]:
    """What is counted together. A facet something is chosen in is counted as if nothing were chosen in it."""
    free = [name for name in query.facets if not query.chosen.get(name)]
    apart = [name for name in free if name in MANY_VALUED][1:]
    whole = plan.node(filters_of(query))
    yield from ((whole, names) for names in (apart, [name for name in free if name not in apart]) if names)
    for name in query.facets:
        if query.chosen.get(name):
            yield plan.node(filters_of(query, without=name)), [name]
