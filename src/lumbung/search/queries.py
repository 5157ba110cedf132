"""Asking the index."""

from lumbung.search.documents import Found, Query
from lumbung.search.engines import engine
from lumbung.search.interface import Condition, NotReady

__all__ = ["Condition", "NotReady", "condition", "find"]


def find(query: Query) -> Found:
    """The documents that answer, best first. Raises ``NotReady`` when there is no index to ask; never for anything in the query."""
    return engine().find(query)


def condition() -> Condition:
    """Whether the index is fit for use, or why it must be built anew."""
    return engine().condition()
