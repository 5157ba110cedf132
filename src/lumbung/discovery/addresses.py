"""What the address of a search page asks, and the addresses of searches near it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from lumbung.discovery.queries.answering import AS_TYPED
from lumbung.discovery.queries.hints import ORDER, asks_for_newest
from lumbung.search.documents import FACET_FIELDS, Query, Sort
from lumbung.search.syntax import says_nothing, without_years

LONGEST, LONGEST_WRITTEN = 500, 900
"""Of the words of a question, in characters and as they stand in an address: a page repeats them in each of its links."""
DEEPEST, MOST_CHOSEN, MOST_IN_ALL = 500, 20, 40
YEARS = range(1000, 2200)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Signs without a shape; some turn the direction of the whole page."""


@dataclass(frozen=True, slots=True)
class Question(Query):
    """A query as the address asks it; ``plain`` names the hints, or the spelling, that are to be left as typed. Who chose the best first
    takes back the order, where the words ask for the newest.

    ``is_cut``: the words were too long, and only their beginning is asked. ``left_out``: so many filters more than MOST_CHOSEN of a
    kind, or MOST_IN_ALL, were asked for, and are not.
    """

    plain: Collection[str] = ()
    is_cut: bool = False
    left_out: int = 0


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    without: str


def asked(given: QueryDict) -> Question:
    """The query; what makes no sense in it is left out, never refused. Of years given the wrong way round the earlier is the first."""
    first, last = _year(given.get("year_from", "")), _year(given.get("year_to", ""))
    if first and last and first > last:
        first, last = last, first
    typed = _CONTROL.sub(" ", given.get("q", "")).strip()
    if len(typed) > LONGEST:
        typed = " ".join(typed.split())
    words = _beginning(typed)
    wanted = {name: values for name in FACET_FIELDS if (values := [each for each in given.getlist(name) if each])}
    chosen = _bounded(wanted)
    taken_back = given.getlist("plain")
    if given.get("sort") == Sort.RELEVANCE.value and asks_for_newest(words):
        taken_back.append(ORDER)
    return Question(
        words="" if says_nothing(words) else words,
        chosen=chosen,
        year_from=first,
        year_to=last,
        sort=_sort(given.get("sort", "")),
        page=_page(given.get("page", "")),
        by_work=given.get("editions") != "all",
        plain=tuple(name for name in (*AS_TYPED, ORDER) if name in taken_back),
        is_cut=words != typed or "cut" in given,
        left_out=sum(map(len, wanted.values())) - sum(map(len, chosen.values())),
    )


def _bounded(wanted: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """As many filters as are asked at once: each is drawn with the address of the search without it, which has all the others."""
    chosen: dict[str, list[str]] = {}
    for name, values in wanted.items():
        room = MOST_IN_ALL - sum(map(len, chosen.values()))
        if kept := list(values[: min(MOST_CHOSEN, room)]):
            chosen[name] = kept
    return chosen


def _beginning(text: str) -> str:
    """As much of the text as a question may have, to the end of a word where one ends in it."""
    if len(text) <= LONGEST and len(quote_plus(text)) <= LONGEST_WRITTEN:
        return text
    lengths = accumulate(len(quote_plus(sign)) for sign in text[:LONGEST])
    end = sum(length <= LONGEST_WRITTEN for length in lengths)
    last_space = text.rfind(" ", 0, end + 1)
    return text[: last_space if last_space > end // 2 else end]


def parameters(query: Query, **changes: object) -> str:
    """The address of this query with ``changes``, always in the same order, so that one search has one address."""
    plain: list[tuple[str, object]] = [("q", query.words)]
    plain += [(name, value) for name, values in query.chosen.items() for value in values]
    plain += [("year_from", query.year_from), ("year_to", query.year_to)]
    plain += [
        ("sort", query.sort.value if query.sort is not Sort.RELEVANCE else None),
        ("page", query.page if query.page > 1 else None),
    ]
    if isinstance(query, Question):
        plain += [("editions", None if query.by_work else "all"), *(("plain", name) for name in query.plain)]
    kept = [(name, value) for name, value in plain if name not in changes] + list(changes.items())
    return "?" + urlencode([(name, value) for name, value in kept if value not in (None, "")])


def taken_plainly(question: Question, *names: str) -> str:
    """The address of the same search with these hints left as typed."""
    return parameters(replace(question, plain=tuple(dict.fromkeys([*question.plain, *names])), page=1))


def chips(query: Query, labels: dict[tuple[str, str], str]) -> list[Chip]:
    """Every filter that is on; ``labels`` says each facet value in words."""
    found = [
        Chip(labels.get((name, value), value), _without(query, name, value))
        for name, values in query.chosen.items()
        for value in values
    ]
    if query.year_from or query.year_to:
        found.append(Chip(years_in_words(query), parameters(query, year_from=None, year_to=None, page=None)))
    return found


def without_filters(query: Query) -> str:
    """The address of this query with no filter on, nor years named as a field."""
    words = without_years(query.words)
    return parameters(replace(query, words=words, chosen={}, year_from=None, year_to=None, page=1))


def _without(query: Query, name: str, value: str) -> str:
    kept = {each: [one for one in values if (each, one) != (name, value)] for each, values in query.chosen.items()}
    return parameters(replace(query, chosen=kept, page=1))


def years_in_words(query: Query) -> str:
    """``2019–2021``, ``2020``, since or until a year."""
    if query.year_from and query.year_from == query.year_to:
        return str(query.year_from)
    if query.year_from and query.year_to:
        return f"{query.year_from}–{query.year_to}"
    if query.year_from:
        return _("sejak %(year)s") % {"year": query.year_from}
    return _("sampai %(year)s") % {"year": query.year_to}


def _year(text: str) -> int | None:
    return year if text.isascii() and text.isdigit() and (year := int(text[:6])) in YEARS else None


def _page(text: str) -> int:
    return min(max(int(text[:6]), 1), DEEPEST) if text.isascii() and text.isdigit() else 1


def _sort(text: str) -> Sort:
    return next((sort for sort in Sort if sort.value == text), Sort.RELEVANCE)
