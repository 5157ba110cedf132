"""Asking the index."""

from lumbung.search import spelling
from lumbung.search.documents import Found, Query
from lumbung.search.engines import engine
from lumbung.search.interface import Condition, NotReady

__all__ = ["Condition", "NotReady", "condition", "find", "respelt"]


def find(query: Query) -> Found:
    """The documents that answer, best first. Raises ``NotReady`` when there is no index to ask; never for anything in the query."""
    return engine().find(query)


def condition() -> Condition:
    """Whether the index is fit for use, or why it must be built anew."""
    return engine().condition()


def respelt(words: str) -> str | None:
    """The words with those that stand nowhere spelt as the collection spells them; None when there is no better spelling."""
    return spelling.respelt(words, engine())
