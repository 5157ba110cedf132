"""The words of the collection: the cluster keeps each word of a document whole, with its field before it, and counts them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import Any

FIELD = "word"
FIELDS = ("title", "creator", "subject")
MOST = 60_000
BEHIND_ALL = "~"
"""Stands behind all words in each document: OpenSearch fails at a pattern that lies behind the last value of its field."""

Body = dict[str, Any]


def words_in(fields: Mapping[str, Any]) -> list[str]:
    """What is kept of a document's fields."""
    words = [_kept(name, token) for name in FIELDS for token in dict.fromkeys(" ".join(fields.get(name, ())).split())]
    return [*words, BEHIND_ALL]


def frequencies_request(tokens: Collection[str]) -> Body:
    each = [_kept(name, token) for name, token in product(FIELDS, tokens)]
    return _counted({"terms": {FIELD: each}}, each, len(each))


def beginning_request(prefix: str, limit: int, fields: Sequence[str] = FIELDS) -> Body:
    begun = [{"prefix": {FIELD: _kept(name, prefix)}} for name in fields]
    pattern = f"({'|'.join(fields)}) {_literal(prefix)}.*"
    return _counted({"bool": {"should": begun}}, pattern, min(MOST, limit * len(fields)))


def frequencies_of(answer: Body) -> dict[str, int]:
    """In how many documents each word stands, in the field where it is most frequent."""
    counts: dict[str, int] = {}
    for bucket in answer["aggregations"]["words"]["buckets"]:
        _, _, token = bucket["key"].partition(" ")
        counts[token] = max(int(bucket["doc_count"]), counts.get(token, 0))
    return counts


def most_frequent(counts: Mapping[str, int], limit: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]


def _kept(name: str, token: str) -> str:
    return f"{name} {token}"


def _counted(query: Body, include: str | Iterable[str], most: int) -> Body:
    words = {"terms": {"field": FIELD, "include": include, "size": max(1, most)}}
    return {"query": {"bool": {"filter": [query]}}, "size": 0, "track_total_hits": False, "aggs": {"words": words}}


def _literal(text: str) -> str:
    """The text in a pattern of Lucene, where many signs have a meaning of their own."""
    return re.sub(r"(\W)", r"\\\1", text)
