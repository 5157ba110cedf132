"""The embedded engine: queries relaxed when nothing has all the words, facets counted, pages turned."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from lumbung.search.aside import Later
from lumbung.search.documents import Document, Found, Query, Suggestions, Written
from lumbung.search.embedded import ahead
from lumbung.search.embedded.compile import Compiler
from lumbung.search.embedded.counting import Counting, Counts
from lumbung.search.embedded.kept import Kept
from lumbung.search.embedded.pages import Page, best_of, page_of
from lumbung.search.embedded.pruning import pruned
from lumbung.search.embedded.reader import Reader, View
from lumbung.search.embedded.schema import schema, written
from lumbung.search.embedded.store import Store
from lumbung.search.embedded.writer import Builder, Writer, highest_key
from lumbung.search.filters import filters_of
from lumbung.search.interface import Condition, NotReady
from lumbung.search.plan import All, Any, Node, Range, Term
from lumbung.search.planning import Plan, plan_of
from lumbung.search.relaxing import relaxed
from lumbung.search.suggesting import worked_out

P = ParamSpec("P")
R = TypeVar("R")

MOST_EDITIONS = 400
KEPT_PAGES = 512
FEW, KEPT_BEST = 20, 512
"""So many of the best answers are asked for letter by letter while somebody types, and kept."""
FEWEST_PIECES, A_TENTH, WORTH_GATHERING = 3, 10, 10_000
"""An index of so many documents is scattered when a tenth of them lie in other segments than the largest: so many of those as it was built
in, and three at least."""
WORD_FIELDS = ("title", "creator", "subject")


def _asking(ask: Callable[Concatenate["EmbeddedEngine", P], R]) -> Callable[Concatenate["EmbeddedEngine", P], R]:
    """What reads the index, and may find it spoilt only then."""

    @wraps(ask)
    def asked(self: "EmbeddedEngine", /, *given: P.args, **named: P.kwargs) -> R:
        with self._reader.asking():
            return ask(self, *given, **named)

    return asked


class EmbeddedEngine:
    """See ``interface.Engine``."""

    def __init__(self, root: Path) -> None:
        self._store = Store(root)
        self._reader = Reader(self._store)
        self._writer = Writer(self._store)
        self._compiler = Compiler(schema())
        self._counting = Counting(self._compiler)
        self._pages = Kept[tuple[object, ...], Page](KEPT_PAGES)
        self._best = Kept[tuple[object, Node, int], list[tuple[int, float]]](KEPT_BEST)
        self._ahead = ahead.Ahead()
        self._begun = Kept[tuple[object, str, int], dict[str, list[tuple[str, int]]]](KEPT_BEST)

    def condition(self) -> Condition:
        return self._reader.condition()

    def is_in_order(self) -> bool:
        return self._store.is_in_order()

    def is_scattered(self) -> bool:
        pieces, own = self._store.pieces(), max(FEWEST_PIECES, self._store.pieces_built())
        return sum(pieces) >= WORTH_GATHERING and sum(pieces[own:]) * A_TENTH > sum(pieces)

    @_asking
    def find(self, query: Query) -> Found:
        view, filters = self._reader.view(), filters_of(query)
        plan = pruned(plan_of(query), view.searcher.doc_freq)
        left_out: list[str] = []
        facets = self._counting.begin(view, plan, query)
        answer = self._page(view, plan.node(filters), query)
        if not answer.total and plan.must:
            plan, left_out = relaxed(plan, filters, lambda nodes: [self._count(view, node) for node in nodes])
            plan = pruned(plan, view.searcher.doc_freq)
            facets = self._counting.begin(view, plan, query)
            answer = self._page(view, plan.node(filters), query)
        return Found(
            keys=answer.keys,
            total=answer.total,
            facets=Later(lambda: self._counted(facets, answer.total)),
            words=plan.words,
            page=answer.page,
            pages=answer.pages,
            relaxed=plan.relaxed and bool(answer.total),
            left_out=left_out,
            notices=plan.notices,
            editions=self._editions(view, answer, plan, filters),
            works=answer.in_works,
        )

    def _counted(self, facets: Callable[[int], Counts], total: int) -> Counts:
        """The counts; none where the disk fails them, for the titles are found already."""
        try:
            with self._reader.asking():
                return facets(total)
        except NotReady:
            return {}

    def _page(self, view: View, node: Node, query: Query) -> Page:
        """The page, kept until the index changes: what many ask for is asked again and again."""
        asked = (view.generation, node, query.order, query.by_work, query.page, query.size)
        return self._pages.get(asked, lambda: page_of(view, self._compiler.query(node), query))

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

    @_asking
    def counts(self, nodes: Sequence[Node]) -> list[int]:
        view = self._reader.view()
        return [self._count(view, node) for node in nodes]

    @_asking
    def best(self, node: Node, size: int) -> list[tuple[int, float]]:
        view = self._reader.view()
        if size > FEW:
            return best_of(view, self._compiler.query(node), size)
        return self._best.get((view.generation, node, size), lambda: best_of(view, self._compiler.query(node), size))

    @_asking
    def matched(self, node: Node, keys: Collection[int]) -> set[int]:
        these = All((node, Any(tuple(Term("key", key) for key in keys))))
        return {key for key, _ in best_of(self._reader.view(), self._compiler.query(these), len(keys))}

    def values(self, node: Node, facet: str, size: int) -> Iterator[tuple[str, int]]:
        with self._reader.asking():
            yield from self._counting.values(self._reader.view(), node, facet, size)

    @_asking
    def frequencies(self, tokens: Collection[str]) -> Mapping[str, int]:
        searcher = self._reader.view().searcher
        return {token: max(searcher.doc_freq(field, token) for field in WORD_FIELDS) for token in tokens}

    @_asking
    def words_beginning(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        counts: dict[str, int] = {}
        for words in self.words_by_field(prefix, limit).values():
            for token, count in words:
                counts[token] = max(count, counts.get(token, 0))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    @_asking
    def words_by_field(self, prefix: str, limit: int) -> dict[str, list[tuple[str, int]]]:
        view = self._reader.view()
        kept = self._kept_ahead(view).words.get(prefix) if limit <= ahead.WORDS else None
        if kept is not None:
            return {field: words[:limit] for field, words in kept.items()}
        return self._begun.get((view.generation, prefix, limit), lambda: _words(view, prefix, limit))

    @_asking
    def suggested(self, begun: str) -> Suggestions | None:
        return self._kept_ahead(self._reader.view()).suggestions.get(begun)

    def work_ahead(self, *, where_grown: bool = False) -> None:
        if self.condition() is not Condition.READY:
            return
        view = self._reader.view()
        documents = view.searcher.num_docs
        if documents >= ahead.MANY and not (where_grown and self._kept_ahead(view).is_of(documents)):
            made = ahead.worked_out(
                documents,
                lambda begun: _words(view, begun, ahead.WORDS),
                lambda begun: worked_out([begun], self),
            )
            ahead.keep(self._store.root / view.generation[0], made)

    def _kept_ahead(self, view: View) -> ahead.Beginnings:
        return self._ahead.kept_in(self._store.root / view.generation[0])

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

    @_asking
    def versions(self, first: int, last: int) -> Mapping[int, int]:
        view = self._reader.view()
        stretch = self._compiler.query(Range("key", first, last))
        answer = view.searcher.search(stretch, limit=max(1, last - first + 1), count=False)
        addresses = [address for _, address in answer.hits]
        keys, versions = (view.searcher.fast_field_values(name, addresses) for name in ("key", "version"))
        return {int(key or 0): int(version or 0) for key, version in zip(keys, versions, strict=True)}

    @_asking
    def highest_key(self) -> int:
        return highest_key(self._reader.view().searcher)

    def _count(self, view: View, node: Node) -> int:
        return view.count(self._compiler.matching(node))


def _words(view: View, prefix: str, limit: int) -> dict[str, list[tuple[str, int]]]:
    return {field: view.searcher.terms_with_prefix(field, prefix, limit=limit) for field in WORD_FIELDS}
