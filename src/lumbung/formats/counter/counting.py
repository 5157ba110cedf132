"""Counting as the Code of Practice 5.1 has it: double clicks of thirty seconds, sessions of an hour, items and titles once in each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

DOUBLE_CLICK = 30.0
BOOKS = frozenset({"Book", "Reference_Work"})
REQUEST, INVESTIGATION, LIMIT, LICENCE, SEARCH = "request", "investigation", "limit", "licence", "search"
SEARCHES = "Searches_Platform"


@dataclass(frozen=True, slots=True)
class Item:
    """What was used. ``work`` is the same for all formats of one item, ``title`` for all items of one title (keys of ours)."""

    work: str
    title: int
    data_type: str
    item_type: str
    year: int | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody (``visitor``, the same for a day) did something at a local moment; ``item`` is None for a search."""

    kind: str
    at: datetime
    visitor: str
    link: int = 0
    item: Item | None = None


@dataclass(slots=True)
class Tally:
    """Counts by (item, metric, month), and of searches by month."""

    counts: Counter[tuple[Item, str, str]] = field(default_factory=Counter)
    searches: Counter[str] = field(default_factory=Counter)

    def months(self) -> list[str]:
        return sorted({month for _item, _metric, month in self.counts} | set(self.searches))


def counted(uses: Iterable[Use]) -> Tally:
    """The counts of these uses, which come in the order of time. Each request is an investigation, and so is each denial, whose answer
    tells of the item."""
    tally, seen = Tally(), _Seen()
    for use in clicks(uses):
        month = f"{use.at:%Y-%m}"
        if use.item is None:
            tally.searches[month] += 1
            continue
        for metric in _metrics(use, use.item, seen):
            tally.counts[use.item, metric, month] += 1
    return tally


def clicks(uses: Iterable[Use]) -> Iterator[Use]:
    """The uses without double clicks: of those that follow each other within thirty seconds, the last."""
    waiting: dict[tuple[str, str, int], Use] = {}
    for use in uses:
        key = (use.visitor, use.kind, use.link)
        before = waiting.pop(key, None)
        if before is not None and (use.at - before.at).total_seconds() > DOUBLE_CLICK:
            yield before
        waiting[key] = use
    yield from sorted(waiting.values(), key=lambda use: use.at)


class _Seen:
    """What was counted once in a session already: a visitor's hour."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str, object]] = set()

    def is_new(self, what: str, use: Use, key: object) -> bool:
        mark = (what, f"{use.visitor} {use.at:%Y-%m-%d %H}", key)
        if mark in self._seen:
            return False
        self._seen.add(mark)
        return True


def _metrics(use: Use, item: Item, seen: _Seen) -> Iterator[str]:
    denied: Mapping[str, str] = {LIMIT: "Limit_Exceeded", LICENCE: "No_License"}
    if use.kind in denied:
        yield denied[use.kind]
    for name in ("Requests", "Investigations") if use.kind == REQUEST else ("Investigations",):
        yield f"Total_Item_{name}"
        if seen.is_new(name, use, item.work):
            yield f"Unique_Item_{name}"
        if item.data_type in BOOKS and seen.is_new(name, use, item.title):
            yield f"Unique_Title_{name}"
