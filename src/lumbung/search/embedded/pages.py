"""Answers in their order, a page at a time.

Tantivy orders by one number in single precision and leaves what is equal as it lies in its segments. So answers are taken a stretch
at a time, and what is equal in a stretch is put in order here, by year and key: the same page holds the same titles however the
index is cut into segments.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import tantivy

from lumbung.search.documents import FEW_EDITIONS, REACH, Query, Sort
from lumbung.search.embedded.reader import View

STRETCH = 500
SURELY = 1.1
"""Where works are estimated to be so many times REACH, REACH there are."""

_ORDER: dict[Sort, tuple[str, tantivy.Order]] = {
    Sort.NEWEST: ("added", tantivy.Order.Desc),
    Sort.YEAR_DOWN: ("year", tantivy.Order.Desc),
    Sort.YEAR_UP: ("year", tantivy.Order.Asc),
}


@dataclass(frozen=True, slots=True)
class Page:
    """The keys of one page, how many answers there are in all, which page it is and of how many.

    ``works`` has the number of its work by each key, when answers are taken by work, and ``in_works`` says how many works they are of:
    None from REACH on, where they are not counted.
    """

    keys: list[int]
    total: int
    page: int
    pages: int
    works: Mapping[int, int] = field(default_factory=dict)
    in_works: int | None = None


def page_of(view: View, whole: tantivy.Query, query: Query) -> Page:
    """The page asked for; one beyond the last, or beyond REACH, is the last there is."""
    page = max(1, min(query.page, REACH // query.size))
    if query.by_work:
        return _page_by_work(view, whole, query, page)
    keys, total = _turned(view, whole, query, page)
    pages = max(1, ceil(min(total, REACH) / query.size))
    if page > pages:
        page = pages
        keys, total = _turned(view, whole, query, page)
    return Page(keys, total, page, pages)


def best_of(view: View, whole: tantivy.Query, size: int) -> list[tuple[int, float]]:
    """Keys and scores of the first answers by score."""
    stretch = _stretch(view, whole, Query(words="*"), 0)
    return list(zip(stretch.keys, stretch.scores, strict=True))[:size]


def _page_by_work(view: View, whole: tantivy.Query, query: Query, page: int) -> Page:
    """Each work at the place of its best edition: answers are read from the first on, until the page is full."""
    best: dict[int, int] = {}
    at = total = 0
    stretch_size = STRETCH
    while at < REACH * FEW_EDITIONS and (at == 0 or at < total) and len(best) < page * query.size:
        stretch = _stretch(view, whole, query, at, stretch_size)
        total = stretch.total
        for work, key in zip(stretch.works, stretch.keys, strict=True):
            best.setdefault(work, key)
        at += stretch_size
        stretch_size *= 2
    works = len(best) if at >= total else _works(view, whole, total)
    pages = max(1, ceil(min(works, REACH) / query.size))
    page = max(1, min(page, pages, ceil(len(best) / query.size)))
    shown = list(best.items())[(page - 1) * query.size : page * query.size]
    counted = works if works < REACH else None
    return Page([key for _, key in shown], total, page, pages, {key: work for work, key in shown}, counted)


def _works(view: View, whole: tantivy.Query, total: int) -> int:
    """How many works there are among so many answers, REACH at most; not counted where even FEW_EDITIONS of each make so many."""
    if total >= REACH * FEW_EDITIONS or view.searcher.cardinality(whole, "work") > REACH * SURELY:
        return REACH
    each = {"terms": {"field": "work", "size": REACH, "segment_size": REACH * FEW_EDITIONS}}
    return len(view.searcher.aggregate(whole, {"works": each})["works"]["buckets"])


def _turned(view: View, whole: tantivy.Query, query: Query, page: int) -> tuple[list[int], int]:
    first, last = (page - 1) * query.size, page * query.size
    at = first // STRETCH * STRETCH
    found: list[int] = []
    total = 0
    while at < last:
        stretch = _stretch(view, whole, query, at)
        total = stretch.total
        found += stretch.keys[max(0, first - at) : last - at]
        at += STRETCH
    return found, total


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some answers in their order, and how many there are in all."""

    keys: list[int]
    works: list[int]
    scores: list[float]
    total: int


def _stretch(view: View, whole: tantivy.Query, query: Query, at: int, size: int = STRETCH) -> Stretch:
    sort = query.order
    by, order = _ORDER.get(sort, (None, tantivy.Order.Desc))
    answer: Any = view.searcher.search(
        whole,
        limit=size,
        offset=at,
        count=True,
        order_by_field=by,
        order=order,
        weight_by_field=None if by else "standing",
    )
    addresses = [address for _, address in answer.hits]
    values = [view.searcher.fast_field_values(name, addresses) for name in ("year", "key", "work")]
    sign = -1 if order == tantivy.Order.Desc else 1
    rows = sorted(
        (score is None, sign * (score or 0), -int(year or 0), int(key or 0), int(work or 0))
        for (score, _), year, key, work in zip(answer.hits, *values, strict=True)
    )
    return Stretch([row[3] for row in rows], [row[4] for row in rows], [abs(row[1]) for row in rows], int(answer.count))
