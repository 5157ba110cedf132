"""Writing an index, that of titles unless told otherwise. One process at a time may; the others get ``NotReady`` until it rests."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager

from lumbung.search.documents import Document, Written
from lumbung.search.engines import PAGES, TITLES, engine
from lumbung.search.interface import NotReady
from lumbung.search.telling import tell_words

__all__ = [
    "PAGES",
    "NotReady",
    "commit",
    "highest_key",
    "index",
    "rebuilding",
    "remove",
    "rest",
    "versions",
    "work_ahead",
    "write",
]


def write(documents: Iterable[Document], *, of: str = TITLES) -> list[Written]:
    """The documents as the engine takes them in. Asks nothing of the index, so any process may do it for the one that indexes."""
    tell_words()
    return list(map(engine(of).written, documents))


def index(documents: Iterable[Document | Written], *, of: str = TITLES) -> None:
    """Add the documents, each in place of an older one with its key."""
    tell_words()
    engine(of).index(documents)


def remove(keys: Collection[int], *, read_at: int = 0) -> None:
    """Take the documents with these keys out, as far as they are there; they were not in the database at ``read_at``."""
    engine().remove(keys, read_at=read_at)


def commit(*, of: str = TITLES) -> None:
    """Make all changes durable; whoever asks from now on sees them."""
    engine(of).commit()


def rest(*, of: str = TITLES) -> None:
    """Let another process write."""
    engine(of).rest()


def rebuilding(*, of: str = TITLES) -> AbstractContextManager[Callable[[Iterable[Document | Written]], None]]:
    """A new index that takes the old one's place whole when the block ends; while it is filled the old one goes on serving."""
    tell_words()
    return engine(of).rebuilding()


def work_ahead(*, where_grown: bool = False) -> None:
    """Work out what is suggested for the shortest beginnings; ``where_grown``: only where the collection grew much since the last time."""
    engine().work_ahead(where_grown=where_grown)


def versions(first: int, last: int) -> Mapping[int, int]:
    """Key and version of what is in the index from key ``first`` to ``last``, both included."""
    return engine().versions(first, last)


def highest_key() -> int:
    """The highest key in the index; 0 when it is empty."""
    return engine().highest_key()
