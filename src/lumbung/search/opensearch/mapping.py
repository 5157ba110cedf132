"""How the cluster keeps a document: tokens split at blanks, numbers, facets whole."""

from typing import Any

from lumbung.search.documents import FACET_FIELDS, REACH, TEXT_FIELDS
from lumbung.search.fields import MANY_VALUED, NUMBER_FIELDS, TOKEN_FIELDS, facet_field, version_of
from lumbung.search.opensearch import vocabulary
from lumbung.search.opensearch.address import Address

LONGEST_FACET = 8_000


def version() -> str:
    """Of an index with these mappings."""
    return version_of(_mappings())


def template(pattern: str, address: Address) -> dict[str, Any]:
    """The index template: what every index of this name is made with."""
    return {
        "index_patterns": [pattern],
        "priority": 500,
        "template": {"settings": {"index": _settings(address)}, "mappings": _mappings()},
    }


def replicas(address: Address) -> dict[str, Any]:
    """How many copies an index that serves has: as set, or one as soon as there is a second node."""
    if address.replicas is None:
        return {"auto_expand_replicas": "0-1"}
    return {"auto_expand_replicas": "false", "number_of_replicas": address.replicas}


WHILE_FILLED = {
    "auto_expand_replicas": "false",
    "number_of_replicas": 0,
    "refresh_interval": "-1",
    "translog": {"durability": "async", "flush_threshold_size": "1gb"},
}
"""Settings of an index nobody reads yet and that can be filled again: nothing is made twice, or durable at once."""


def while_serving(address: Address) -> dict[str, Any]:
    """What of ``WHILE_FILLED`` changes when the index takes over."""
    return {**replicas(address), "refresh_interval": None, "translog": {"durability": "request", "flush_threshold_size": None}}


def _settings(address: Address) -> dict[str, Any]:
    return {
        "number_of_shards": address.shards,
        **replicas(address),
        "max_result_window": REACH,
        "gc_deletes": "10m",  # so long a late, older writing of a removed document is known as older
        "analysis": {"analyzer": {"default": {"type": "whitespace"}}},
    }


def _mappings() -> dict[str, Any]:
    """Of facets with many values the numbering is made when the index changes, and not when the next reader asks."""
    properties: dict[str, Any] = {name: {"type": "long"} for name in NUMBER_FIELDS}
    properties |= {name: _text("positions") for name in TEXT_FIELDS} | {name: _text("docs") for name in TOKEN_FIELDS}
    properties[vocabulary.FIELD] = {"type": "keyword", "eager_global_ordinals": True}
    properties["standing"] = {"type": "double", "index": False}
    for name in FACET_FIELDS:
        many = name in MANY_VALUED
        properties[facet_field(name)] = {"type": "keyword", "ignore_above": LONGEST_FACET, "eager_global_ordinals": many}
    return {"dynamic": False, "_source": {"enabled": False}, "properties": properties}


def _text(kept: str) -> dict[str, Any]:
    return {"type": "text", "norms": False, "index_options": kept}
