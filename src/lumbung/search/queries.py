"""Asking the indexes, and what librarians said about words."""

from collections.abc import Collection

from django.db.models import QuerySet

from lumbung.search import explaining, spelling, suggesting
from lumbung.search.documents import Found, Query, Suggestions
from lumbung.search.engines import PAGES, TITLES, engine
from lumbung.search.explaining import Explanation
from lumbung.search.interface import Condition, NotReady
from lumbung.search.models import WordChange, WordGroup
from lumbung.search.planning import plan_of
from lumbung.search.telling import tell_words

__all__ = [
    "Condition",
    "NotReady",
    "best_pages",
    "condition",
    "explain",
    "find",
    "is_in_order",
    "is_scattered",
    "other_spellings",
    "pages_among",
    "respelt",
    "suggest",
    "word_changes",
    "word_groups",
]


def find(query: Query) -> Found:
    """The documents that answer, best first. Raises ``NotReady`` when there is no index to ask; never for anything in the query."""
    tell_words()
    return engine().find(query)


def best_pages(words: str, size: int) -> list[int]:
    """The keys of the pages that have all these words, best first. Raises ``NotReady`` when there is no index of pages."""
    tell_words()
    return [key for key, _ in engine(PAGES).best(plan_of(Query(words)).node(), size)]


def pages_among(words: str, keys: Collection[int]) -> set[int]:
    """Which of the pages with these keys have all these words. Raises ``NotReady`` when there is no index of pages."""
    tell_words()
    return engine(PAGES).matched(plan_of(Query(words)).node(), keys) if keys else set()


def condition(of: str = TITLES) -> Condition:
    """Whether the index is fit for use, or why it must be built anew."""
    return engine(of).condition()


def is_in_order(of: str = TITLES) -> bool:
    """Whether nothing is known that calls for building the index anew; costs next to nothing."""
    return engine(of).is_in_order()


def is_scattered(of: str = TITLES) -> bool:
    """Whether building the index anew would have it asked notably faster."""
    return engine(of).is_scattered()


def respelt(words: str) -> str | None:
    """The words with those that stand nowhere spelt as the collection spells them; None when there is no better spelling."""
    return spelling.respelt(words, engine())


def other_spellings(words: str, *, most: int = 4) -> list[str]:
    """What is spelt like it in the collection, to be offered where nothing was found. Raises ``NotReady`` without an index."""
    return spelling.other_spellings(words, engine(), most=most)


def suggest(text: str) -> Suggestions:
    """What one may go on to while typing. Raises ``NotReady`` without an index."""
    return suggesting.suggest(text, engine())


def word_groups() -> QuerySet[WordGroup]:
    """Every group of words, in the order of its first word."""
    return WordGroup.objects.order_by("said", "pk")


def word_changes() -> QuerySet[WordChange]:
    """Every change of a group, the latest first; not those that only brought in what came with the program."""
    return WordChange.objects.exclude(group=0).order_by("-pk")


def explain(query: Query, *, key: int | None = None, around: int = 2) -> Explanation:
    """Why the document stands where it does among the answers, beside its neighbours. Raises ``NotReady`` without an index."""
    return explaining.explain(query, engine(), key=key, around=around)
