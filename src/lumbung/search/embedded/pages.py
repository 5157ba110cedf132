"""Answers in their order, a page at a time.

Tantivy orders by one number in single precision and leaves what is equal as it lies in its segments. So answers are taken a stretch
at a time, and what is equal in a stretch is put in order here, by year and key: the same page holds the same titles however the
index is cut into segments.
"""

from dataclasses import dataclass
from math import ceil
from typing import Any

import tantivy

from lumbung.search.documents import REACH, Query, Sort
from lumbung.search.embedded.reader import View

STRETCH = 500

_ORDER: dict[Sort, tuple[str, tantivy.Order]] = {
    Sort.NEWEST: ("added", tantivy.Order.Desc),
    Sort.YEAR_DOWN: ("year", tantivy.Order.Desc),
    Sort.YEAR_UP: ("year", tantivy.Order.Asc),
}


@dataclass(frozen=True, slots=True)
class Page:
    """The keys of one page, how many answers there are in all, which page it is and of how many."""

    keys: list[int]
    total: int
    page: int
    pages: int


def page_of(view: View, whole: tantivy.Query, query: Query) -> Page:
    """The page asked for; one beyond the last, or beyond REACH, is the last there is."""
    page = max(1, min(query.page, REACH // query.size))
    keys, total = _turned(view, whole, query, page)
    pages = max(1, ceil(min(total, REACH) / query.size))
    if page > pages:
        page = pages
        keys, total = _turned(view, whole, query, page)
    return Page(keys, total, page, pages)


def _turned(view: View, whole: tantivy.Query, query: Query, page: int) -> tuple[list[int], int]:
    first, last = (page - 1) * query.size, page * query.size
    at = first // STRETCH * STRETCH
    found: list[int] = []
    total = 0
    while at < last:
        keys, total = _stretch(view, whole, query, at)
        found += keys[max(0, first - at) : last - at]
        at += STRETCH
    return found, total


def _stretch(view: View, whole: tantivy.Query, query: Query, at: int) -> tuple[list[int], int]:
    sort = query.sort if query.words.strip() or query.sort is not Sort.RELEVANCE else Sort.NEWEST
    field, order = _ORDER.get(sort, (None, tantivy.Order.Desc))
    answer: Any = view.searcher.search(
        whole,
        limit=STRETCH,
        offset=at,
        count=True,
        order_by_field=field,
        order=order,
        weight_by_field=None if field else "standing",
    )
    addresses = [address for _, address in answer.hits]
    keys, years = (view.searcher.fast_field_values(name, addresses) for name in ("key", "year"))
    sign = -1 if order == tantivy.Order.Desc else 1
    rows = [
        (sign * (score or 0), -int(year or 0), int(key or 0))
        for (score, _), key, year in zip(answer.hits, keys, years, strict=True)
    ]
    return [key for _, _, key in sorted(rows)], int(answer.count)
