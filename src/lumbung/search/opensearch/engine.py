"""The engine for clusters: a page and its facets are one request; what is not found is asked for again with less."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from lumbung.search.documents import REACH, Document, Found, Query, Suggestions, Written
from lumbung.search.filters import filters_of
from lumbung.search.interface import Condition, NotReady
from lumbung.search.opensearch import vocabulary
from lumbung.search.opensearch.address import Address
from lumbung.search.opensearch.asking import (
    Body,
    best_of,
    best_request,
    count_request,
    editions_of,
    editions_request,
    facets_of,
    facets_request,
    keys_of,
    number_to_page,
    page_request,
    page_within,
    total_of,
    values_of,
    values_request,
    works_of,
    works_request,
)
from lumbung.search.opensearch.client import Client, line_of
from lumbung.search.opensearch.presence import Presence
from lumbung.search.opensearch.store import Store
from lumbung.search.opensearch.writer import Writer, put
from lumbung.search.plan import All, Any, Node, Term
from lumbung.search.planning import Plan, plan_of
from lumbung.search.relaxing import relaxed

STRETCH = 5_000
ALL_BUT_WORKS = "_msearch?filter_path=-responses.aggregations.works.buckets"
GONE = "index_not_found_exception"


class OpenSearchEngine:
    """See ``interface.Engine``."""

    def __init__(self, address: Address) -> None:
        self._client = Client(address)
        self._store = Store(self._client, address)
        self._writer = Writer(self._client, self._store.alias, must_be_alias=True)
        self._presence = Presence(self._store.is_kept, self._store.alias)

    def condition(self) -> Condition:
        try:
            return self._store.condition()
        except NotReady:
            return Condition.UNREACHABLE

    def is_in_order(self) -> bool:
        return self._presence.is_there()

    def is_scattered(self) -> bool:
        return False  # the cluster merges what lies about

    def find(self, query: Query) -> Found:
        plan = plan_of(query)
        left_out: list[str] = []
        answers = self._answers(plan, query)
        if not total_of(answers["page"]) and plan.must:
            plan, left_out = relaxed(plan, filters_of(query), self.counts)
            answers = self._answers(plan, query)
        page, pages = page_within(query, number_to_page(answers))
        if page > 1 and not keys_of(answers["page"]):
            page = min(page, page_within(query, number_to_page(answers, counted=True))[1])
        answer = answers["page"] if page == page_within(query)[0] else self._ask([page_request(plan, query, page)])[0]
        return Found(
            keys=keys_of(answer),
            total=total_of(answer),
            facets=facets_of(answers["facets"], query) if query.facets else {},
            words=plan.words,
            page=page,
            pages=pages,
            relaxed=plan.relaxed and bool(total_of(answer)),
            left_out=left_out,
            notices=plan.notices,
            editions=self._editions(plan, query, answer) if query.by_work else {},
            works=number if query.by_work and (number := number_to_page(answers)) < REACH else None,
        )

    def counts(self, nodes: Sequence[Node]) -> list[int]:
        return [total_of(answer) for answer in self._ask([count_request(node) for node in nodes])] if nodes else []

    def best(self, node: Node, size: int) -> list[tuple[int, float]]:
        [answer] = self._ask([best_request(node, size)])
        return best_of(answer)

    def matched(self, node: Node, keys: Collection[int]) -> set[int]:
        if not keys:
            return set()
        these = Any(tuple(Term("key", key) for key in keys))
        [answer] = self._ask([best_request(All((node, these)), len(keys))])
        return set(keys_of(answer))

    def values(self, node: Node, facet: str, size: int) -> list[tuple[str, int]]:
        [answer] = self._ask([values_request(node, facet, size)])
        return values_of(answer, facet)

    def frequencies(self, tokens: Collection[str]) -> Mapping[str, int]:
        [answer] = self._ask([vocabulary.frequencies_request(tokens)])
        return dict.fromkeys(tokens, 0) | vocabulary.frequencies_of(answer)

    def words_beginning(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        [answer] = self._ask([vocabulary.beginning_request(prefix, limit)])
        return vocabulary.most_frequent(vocabulary.frequencies_of(answer), limit)

    def words_by_field(self, prefix: str, limit: int) -> dict[str, list[tuple[str, int]]]:
        answers = self._ask([vocabulary.beginning_request(prefix, limit, (field,)) for field in vocabulary.FIELDS])
        counts = (vocabulary.frequencies_of(answer) for answer in answers)
        return {field: vocabulary.most_frequent(each, limit) for field, each in zip(vocabulary.FIELDS, counts, strict=True)}

    def suggested(self, begun: str) -> Suggestions | None:
        return None

    def work_ahead(self, *, where_grown: bool = False) -> None:
        """Nothing: the nodes of a cluster keep what they were asked, and whoever runs one has processors to spare."""

    def written(self, document: Document) -> Written:
        return Written(document.key, put(document))

    def index(self, documents: Iterable[Document | Written]) -> None:
        self._writer.index(documents)

    def remove(self, keys: Collection[int], *, read_at: int = 0) -> None:
        self._writer.remove(keys, read_at)

    def commit(self) -> None:
        self._writer.refresh()

    def rest(self) -> None:
        """Any process may write at any time."""

    @contextmanager
    def rebuilding(self) -> Iterator[Callable[[Iterable[Document | Written]], None]]:
        with self._store.lock_for_building() as lock:
            name = self._store.new_index()
            builder = Writer(self._client, name, must_be_alias=False)

            def add(documents: Iterable[Document | Written]) -> None:
                lock.lengthen()
                builder.index(documents)

            try:
                yield add
                lock.lengthen()
                self._store.use(name)
                self._presence.doubt()
            except BaseException:
                with suppress(NotReady):  # the next rebuild removes what is left
                    self._store.throw_away(name)
                raise

    def versions(self, first: int, last: int) -> Mapping[int, int]:
        held: dict[int, int] = {}
        after = first - 1
        while keys := self._versions(after, last):
            held |= keys
            after = max(keys)
        return held

    def highest_key(self) -> int:
        [answer] = self._ask([{"size": 0, "aggs": {"highest": {"max": {"field": "key"}}}}])
        return int(answer["aggregations"]["highest"]["value"] or 0)

    def _versions(self, after: int, last: int) -> dict[int, int]:
        """Key and version of the next STRETCH documents with a key above ``after``."""
        asked = {
            "query": {"range": {"key": {"lte": last}}},
            "sort": [{"key": "asc"}],
            "search_after": [after],
            "size": STRETCH,
            "docvalue_fields": ["version"],
            "_source": False,
        }
        [answer] = self._ask([asked])
        return {int(hit["_id"]): int(hit["fields"]["version"][0]) for hit in answer["hits"]["hits"]}

    def _answers(self, plan: Plan, query: Query) -> dict[str, Body]:
        page, _ = page_within(query)
        asked = {"page": page_request(plan, query, page)}
        if query.facets:
            asked["facets"] = facets_request(plan, query)
        if query.by_work:
            asked["works"] = works_request(plan, query)
        return dict(zip(asked, self._ask(list(asked.values())), strict=True))

    def _editions(self, plan: Plan, query: Query, answer: Body) -> dict[int, list[int]]:
        works = works_of(answer)
        if not works:
            return {}
        [editions] = self._ask([editions_request(plan, query, works)])
        return editions_of(editions, works)

    def _ask(self, requests: Sequence[Body]) -> list[Body]:
        """The answers to all requests, which the cluster works off side by side. Raises ``NotReady`` when one has none."""
        lines = [line for request in requests for line in (self._line_before(request), line_of(request))]
        answers = self._client.ask_lines(ALL_BUT_WORKS, b"".join(lines))["responses"]
        for answer in answers:
            if "error" in answer:
                raise self._not_ready(answer["error"])
        return list(answers)

    def _not_ready(self, error: Body) -> NotReady:
        """What to raise for the error; an index that is missed is looked for at once, and built anew where it is gone."""
        if error["type"] == GONE:
            self._presence.doubt()
            return NotReady(f"the search cluster has no index {self._store.alias}")
        return NotReady(f"the search cluster gives no answer: {error}")

    def _line_before(self, request: Body) -> bytes:
        """A part of the answers is no answer. Counts are remembered by the cluster until the index changes."""
        kept = request["size"] == 0
        return line_of({"index": self._store.alias, "request_cache": kept, "allow_partial_search_results": False})
