"""The embedded engine: queries relaxed when nothing has all the words, facets counted, pages turned."""

import json
import threading
import typing
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

import tantivy

from lumbung.search.documents import FACETS_IN_FULL, Document, Found, Query, Written
from lumbung.search.embedded.compile import Compiler
from lumbung.search.embedded.pages import Page, best_of, page_of
from lumbung.search.embedded.reader import Reader, View
from lumbung.search.embedded.schema import schema, written
from lumbung.search.embedded.store import Store
from lumbung.search.embedded.writer import Builder, Writer
from lumbung.search.fields import MANY_VALUED, facet_field, number_of
from lumbung.search.interface import Condition
from lumbung.search.plan import All, Any, Chosen, Node, Range, Term
from lumbung.search.planning import Plan, filters_of, plan_of, relaxed

EVERY_VALUE = 500
KEPT_COUNTS = 256
KEPT_LABELS = 20_000
MOST_EDITIONS = 400
WORD_FIELDS = ("title", "creator", "subject")

K = TypeVar("K")
V = TypeVar("V")

Counts = Mapping[str, Sequence[tuple[str, int]]]


class EmbeddedEngine:
    """See ``interface.Engine``."""

    def __init__(self, root: Path) -> None:
        self._store = Store(root)
        self._reader = Reader(self._store)
        self._writer = Writer(self._store)
        self._compiler = Compiler(schema())
        self._counts = Kept[tuple[typing.Any, ...], Counts](KEPT_COUNTS)
        self._labels = Kept[int, str](KEPT_LABELS)

    def condition(self) -> Condition:
        return self._reader.condition()

    def find(self, query: Query) -> Found:
        view, plan = self._reader.view(), plan_of(query)
        filters = filters_of(query)
        left_out: list[str] = []
        # Tantivy lets go of Python's lock, so that another processor counts while this one searches.
        with ThreadPoolExecutor(1) as aside:
            facets = aside.submit(self._facets, view, plan, query)
            answer = page_of(view, self._compiler.query(plan.node(filters)), query)
            if not answer.total and plan.must and not query.chosen:
                plan, left_out = relaxed(plan, filters, lambda nodes: [self._count(view, node) for node in nodes])
                facets = aside.submit(self._facets, view, plan, query)
                answer = page_of(view, self._compiler.query(plan.node(filters)), query)
        return Found(
            keys=answer.keys,
            total=answer.total,
            facets=facets.result(),
            words=plan.words,
            page=answer.page,
            pages=answer.pages,
            relaxed=plan.relaxed and bool(answer.total),
            left_out=left_out,
            notices=plan.notices,
            editions=self._editions(view, answer, plan, filters),
        )

    def _editions(self, view: View, page: Page, plan: Plan, filters: list[Node]) -> dict[int, list[int]]:
        """The other editions that answer, newest first, by the key of the edition on the page."""
        if not page.works:
            return {}
        of_these = Any(tuple(Term("work", work) for work in page.works.values()))
        query = self._compiler.matching(All((of_these, plan.node(filters))))
        answer = view.searcher.search(query, limit=MOST_EDITIONS, order_by_field="year")
        addresses = [address for _, address in answer.hits]
        keys, works = (view.searcher.fast_field_values(name, addresses) for name in ("key", "work"))
        others: dict[int, list[int]] = {work: [] for work in page.works.values()}
        for key, work in zip(keys, works, strict=True):
            if key not in page.works:
                others[int(work or 0)].append(int(key or 0))
        return {key: others[work] for key, work in page.works.items() if others[work]}

    def counts(self, nodes: Sequence[Node]) -> list[int]:
        view = self._reader.view()
        return [self._count(view, node) for node in nodes]

    def best(self, node: Node, size: int) -> list[tuple[int, float]]:
        return best_of(self._reader.view(), self._compiler.query(node), size)

    def matched(self, node: Node, keys: Collection[int]) -> set[int]:
        these = All((node, Any(tuple(Term("key", key) for key in keys))))
        return {key for key, _ in best_of(self._reader.view(), self._compiler.query(these), len(keys))}

    def values(self, node: Node, facet: str, size: int) -> list[tuple[str, int]]:
        view = self._reader.view()
        buckets = self._aggregated(view, node, [facet], size)[facet]
        return [(self._label(view, facet, bucket["key"]), int(bucket["doc_count"])) for bucket in buckets][:size]

    def frequencies(self, tokens: Collection[str]) -> Mapping[str, int]:
        searcher = self._reader.view().searcher
        return {token: max(searcher.doc_freq(field, token) for field in WORD_FIELDS) for token in tokens}

    def words_beginning(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        searcher = self._reader.view().searcher
        counts: dict[str, int] = {}
        for field in WORD_FIELDS:
            for token, count in searcher.terms_with_prefix(field, prefix, limit=limit):
                counts[token] = max(count, counts.get(token, 0))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def written(self, document: Document) -> Written:
        return written(document)

    def index(self, documents: Iterable[Document | Written]) -> None:
        self._writer.index(documents)

    def remove(self, keys: Collection[int], *, read_at: int = 0) -> None:
        self._writer.remove(keys)

    def commit(self) -> None:
        self._writer.commit()

    def rest(self) -> None:
        self._writer.rest()

    @contextmanager
    def rebuilding(self) -> Iterator[Callable[[Iterable[Document | Written]], None]]:
        with self._store.lock_for_building():
            folder = self._store.new_folder()
            builder = Builder(folder)
            try:
                yield builder.add
            except BaseException:
                builder.abandon()
                self._store.throw_away(folder)
                raise
            builder.finish()
            self._store.use(folder)

    def versions(self, first: int, last: int) -> Mapping[int, int]:
        view = self._reader.view()
        stretch = self._compiler.query(Range("key", first, last))
        answer = view.searcher.search(stretch, limit=max(1, last - first + 1), count=False)
        addresses = [address for _, address in answer.hits]
        keys, versions = (view.searcher.fast_field_values(name, addresses) for name in ("key", "version"))
        return {int(key or 0): int(version or 0) for key, version in zip(keys, versions, strict=True)}

    def highest_key(self) -> int:
        answer = self._reader.view().searcher.search(tantivy.Query.all_query(), limit=1, count=False, order_by_field="key")
        return int(answer.hits[0][0]) if answer.hits else 0

    def _count(self, view: View, node: Node) -> int:
        counted: typing.Any = view.searcher.search(self._compiler.query(node), limit=1, count=True)
        return int(counted.count)

    def _facets(self, view: View, plan: Plan, query: Query) -> Counts:
        if not query.facets:
            return {}
        chosen = tuple(sorted((name, tuple(sorted(values))) for name, values in query.chosen.items() if values))
        counted = (view.generation, plan.node(filters_of(query)), chosen, tuple(query.facets), query.facet_size)
        return self._counts.get(counted, lambda: self._counted(view, plan, query))

    def _counted(self, view: View, plan: Plan, query: Query) -> Counts:
        """Facets nothing is chosen in are counted together; each of the others as if nothing were chosen in it."""
        free = [name for name in query.facets if not query.chosen.get(name)]
        found = self._aggregated(view, plan.node(filters_of(query)), free, query.facet_size)
        for name in query.facets:
            if query.chosen.get(name):
                alone = plan.node(filters_of(query, without=name))
                found |= self._aggregated(view, alone, [name], query.facet_size)
        return {name: self._values(view, plan, query, name, found[name]) for name in query.facets}

    def _values(
        self, view: View, plan: Plan, query: Query, name: str, buckets: list[dict[str, typing.Any]]
    ) -> list[tuple[str, int]]:
        counts = {self._label(view, name, bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
        most = EVERY_VALUE if name in FACETS_IN_FULL else query.facet_size
        best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
        missing = [value for value in query.chosen.get(name, ()) if value not in dict(best)]
        others = filters_of(query, without=name)
        return best + [(value, self._count(view, plan.node([*others, Chosen(name, (value,))]))) for value in missing]

    def _aggregated(self, view: View, node: Node, names: Sequence[str], size: int) -> dict[str, list[dict[str, typing.Any]]]:
        """The buckets of each facet. Those of many values cost as much as all the others: they are counted beside them."""
        many = [name for name in names if name in MANY_VALUED]
        parts = [part for part in (many, [name for name in names if name not in many]) if part]
        if not parts:
            return {}
        whole = self._compiler.matching(node)
        with ThreadPoolExecutor(len(parts)) as pool:
            counted = pool.map(
                lambda part: view.searcher.aggregate(whole, {name: {"terms": _terms(name, size)} for name in part}), parts
            )
            return {name: found["buckets"] for answer in counted for name, found in answer.items()}

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


class Kept(Generic[K, V]):
    """The last answers given, at most ``most`` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = make()
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value


def _terms(name: str, size: int) -> dict[str, typing.Any]:
    """Of many values each segment gives its best twenty times as many as are asked for; of few, all."""
    most = size if name in MANY_VALUED else EVERY_VALUE
    return {"field": facet_field(name), "size": most, "segment_size": most * 20}
