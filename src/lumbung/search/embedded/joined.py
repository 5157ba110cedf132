"""Facets of few values, counted several at a time: a document's values of all of them stand side by side in one field.

Counting a field costs the same whatever it holds, and one of several values for each document three times as much as one of a single.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

JOINED: Mapping[str, Sequence[str]] = {
    "joined_places": ("branch", "availability"),
    "joined_kinds": ("material", "access", "language", "programme"),
    "joined_classes": ("classification",),
}
"""The fields, and the facets in each: of those that go together there are few combinations in life."""

FIELD_OF = {name: field for field, names in JOINED.items() for name in names}
MOST = 1_500
"""So many combinations are counted; where there are more, each facet is counted alone."""

_BETWEEN_FACETS, _BETWEEN_VALUES = "\x1e", "\x1f"


def joined(facets: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What stands in these fields for a document with these values."""
    return {
        field: _BETWEEN_FACETS.join([_side_by_side(facets.get(name, ())) for name in names]) for field, names in JOINED.items()
    }


def apart(field: str, buckets: Iterable[Mapping[str, Any]]) -> dict[str, Counter[str]]:
    """How many documents have each value of each facet in the field, from how many have each combination."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in JOINED[field]}
    for bucket in buckets:
        for name, values in zip(JOINED[field], bucket["key"].split(_BETWEEN_FACETS), strict=False):
            for value in filter(None, values.split(_BETWEEN_VALUES)):
                counts[name][value] += int(bucket["doc_count"])
    return counts


def _side_by_side(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else _BETWEEN_VALUES.join(sorted(values))
