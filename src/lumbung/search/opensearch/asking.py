"""Requests for a page of answers and for the counts of facets, and how their answers are read."""

import typing
from collections.abc import Mapping, Sequence
from math import ceil

from lumbung.search.documents import EVERY_VALUE, FACETS_IN_FULL, FEW_EDITIONS, REACH, Query, Sort
from lumbung.search.fields import facet_field
from lumbung.search.filters import filters_of
from lumbung.search.opensearch.compile import filter_of, query_of
from lumbung.search.plan import All, Any, Chosen, Node, Term
from lumbung.search.planning import Plan

Body = dict[str, typing.Any]
Counts = Mapping[str, Sequence[tuple[str, int]]]

MOST_EDITIONS = 400
SEEN_BY_EACH_SHARD = 20

_BY: dict[Sort, list[typing.Any]] = {
    Sort.RELEVANCE: ["_score"],
    Sort.NEWEST: [{"added": "desc"}],
    Sort.YEAR_DOWN: [{"year": {"order": "desc", "missing": "_last"}}],
    Sort.YEAR_UP: [{"year": {"order": "asc", "missing": "_last"}}],
}
_TIES = [{"year": {"order": "desc", "missing": "_last"}}, {"key": "asc"}]


def page_request(plan: Plan, query: Query, page: int) -> Body:
    """The keys of a page, with the number of all answers; by work, the best edition of each."""
    sort = query.order
    node = plan.node(filters_of(query))
    return {
        "query": _raised(node) if sort is Sort.RELEVANCE else {"bool": {"filter": [filter_of(node)]}},
        "sort": [*_BY[sort], *_TIES],
        "from": (page - 1) * query.size,
        "size": query.size,
        "track_total_hits": True,
        "_source": False,
        **({"collapse": {"field": "work"}} if query.by_work else {}),
    }


def page_within(query: Query, answers: int = REACH) -> tuple[int, int]:
    """The page to be given, and how many there are of so many answers; none lies beyond REACH."""
    pages = max(1, ceil(min(answers, REACH) / query.size))
    return max(1, min(query.page, pages, REACH // query.size)), pages


def works_request(plan: Plan, query: Query) -> Body:
    """Counts works as buckets: nothing else tells their number exactly. Enough are looked at to know whether there are REACH."""
    return {
        "query": {"bool": {"filter": [filter_of(plan.node(filters_of(query)))]}},
        "size": 0,
        "track_total_hits": False,
        "terminate_after": REACH * FEW_EDITIONS,
        "aggs": {
            "works": {"terms": {"field": "work", "size": REACH}},
            "counted": {"stats_bucket": {"buckets_path": "works._count"}},
        },
    }


def number_to_page(answers: Mapping[str, Body], *, counted: bool = False) -> int:
    """How many answers there are to be paged through, or works among them; ``counted`` where they are fewer than was taken for granted."""
    total = total_of(answers["page"])
    if "works" not in answers:
        return total
    return REACH if total >= REACH * FEW_EDITIONS and not counted else int(answers["works"]["aggregations"]["counted"]["count"])


def editions_request(plan: Plan, query: Query, works: Mapping[int, int]) -> Body:
    """The editions that answer of these works, newest first."""
    of_these = Any(tuple(Term("work", work) for work in works.values()))
    return {
        "query": {"bool": {"filter": [filter_of(All((of_these, plan.node(filters_of(query)))))]}},
        "sort": _TIES,
        "size": MOST_EDITIONS,
        "docvalue_fields": ["work"],
        "_source": False,
    }


def editions_of(answer: Body, works: Mapping[int, int]) -> dict[int, list[int]]:
    """The editions other than that on the page, by the key of this one."""
    others: dict[int, list[int]] = {work: [] for work in works.values()}
    for key, work in works_of(answer).items():
        if key not in works:
            others[work].append(key)
    return {key: others[work] for key, work in works.items() if others[work]}


def works_of(answer: Body) -> dict[int, int]:
    """The number of its work by each key."""
    return {int(hit["_id"]): int(hit["fields"]["work"][0]) for hit in answer["hits"]["hits"]}


def best_request(node: Node, size: int) -> Body:
    """The first documents by score, with their scores."""
    return {"query": _raised(node), "sort": ["_score", *_TIES], "size": size, "_source": False}


def best_of(answer: Body) -> list[tuple[int, float]]:
    return [(int(hit["_id"]), float(hit["sort"][0])) for hit in answer["hits"]["hits"]]


def _raised(node: Node) -> Body:
    """The node, its scores raised by the standing of each document."""
    standing = {"field": "standing", "missing": 1}
    return {"function_score": {"query": query_of(node), "field_value_factor": standing, "boost_mode": "multiply"}}


def values_request(node: Node, facet: str, size: int) -> Body:
    counted = {facet: {"terms": {"field": facet_field(facet), "size": size, "shard_size": size * SEEN_BY_EACH_SHARD}}}
    return {"query": {"bool": {"filter": [filter_of(node)]}}, "size": 0, "track_total_hits": False, "aggs": counted}


def values_of(answer: Body, facet: str) -> list[tuple[str, int]]:
    return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer["aggregations"][facet]["buckets"]]


def count_request(node: Node) -> Body:
    return {"query": {"bool": {"filter": [filter_of(node)]}}, "size": 0, "track_total_hits": True}


def total_of(answer: Body) -> int:
    return int(answer["hits"]["total"]["value"])


def keys_of(answer: Body) -> list[int]:
    return [int(hit["_id"]) for hit in answer["hits"]["hits"]]


def facets_request(plan: Plan, query: Query) -> Body:
    """Every facet counted under what is chosen in the others; the values chosen in it are counted apart, so that none is lost."""
    unchosen = [node for node in filters_of(query) if not isinstance(node, Chosen)]
    return {
        "query": {"bool": {"filter": [filter_of(plan.node(unchosen))]}},
        "size": 0,
        "track_total_hits": False,
        "aggs": {name: _counted(query, name) for name in query.facets},
    }


def _counted(query: Query, name: str) -> Body:
    others = [node for node in filters_of(query, without=name) if isinstance(node, Chosen)]
    most = EVERY_VALUE if name in FACETS_IN_FULL else query.facet_size
    counts: Body = {"values": {"terms": {"field": facet_field(name), "size": most, "shard_size": most * SEEN_BY_EACH_SHARD}}}
    if chosen := query.chosen.get(name):
        each = {value: filter_of(Chosen(name, (value,))) for value in chosen}
        counts["chosen"] = {"filters": {"filters": each}}
    return {"filter": filter_of(All(tuple(others))), "aggs": counts}


def facets_of(answer: Body, query: Query) -> Counts:
    """The values most found, and after them those chosen that are not among these."""
    return {name: _values(answer["aggregations"][name]) for name in query.facets}


def _values(counted: Body) -> list[tuple[str, int]]:
    best = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in counted["values"]["buckets"]]
    chosen = counted["chosen"]["buckets"] if "chosen" in counted else {}
    return best + [(value, int(bucket["doc_count"])) for value, bucket in chosen.items() if value not in dict(best)]
