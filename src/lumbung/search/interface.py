"""What an engine must do. There are two: one embedded in the process, one that asks a cluster."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import Enum
from typing import Protocol

from lumbung.search.documents import Document, Found, Query, Suggestions, Written
from lumbung.search.plan import Node


class Condition(Enum):
    """How the index is: fit for use, or why it must be built anew; or that nobody can say, since the cluster does not answer."""

    READY = "ready"
    MISSING = "missing"
    OUTDATED = "outdated"
    CORRUPT = "corrupt"
    LOST = "lost"
    UNREACHABLE = "unreachable"


class NotReady(Exception):
    """The index cannot be asked or written at present: it is missing, being built anew, or another process writes it."""


class Engine(Protocol):
    """One index. ``index``, ``remove`` and ``commit`` belong to the one process that writes, or to several where the engine can
    tell older from newer; any number of processes ask."""

    def condition(self) -> Condition: ...

    def is_in_order(self) -> bool:
        """Whether nothing is known that calls for building the index anew. Told at next to no cost: asked several times a second."""
        ...

    def is_scattered(self) -> bool:
        """Whether it came in piece by piece and lies about so, that asking takes notably longer than of one built anew."""
        ...

    def find(self, query: Query) -> Found:
        """Raises ``NotReady`` when there is no index fit for use; never for anything in the query."""
        ...

    def counts(self, nodes: Sequence[Node]) -> list[int]:
        """How many documents each of the nodes matches."""
        ...

    def best(self, node: Node, size: int) -> list[tuple[int, float]]:
        """Keys and scores of the first documents, in their order."""
        ...

    def matched(self, node: Node, keys: Collection[int]) -> set[int]:
        """Which of the documents with these keys the node matches."""
        ...

    def values(self, node: Node, facet: str, size: int) -> Iterable[tuple[str, int]]:
        """The most frequent values of a facet among what the node matches, each with its count."""
        ...

    def frequencies(self, tokens: Collection[str]) -> Mapping[str, int]:
        """In how many documents each of these tokens stands as a word of title, creator or subject, hidden documents counted too."""
        ...

    def words_beginning(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Tokens of title, creator or subject that begin so, most frequent first, hidden documents counted too."""
        ...

    def words_by_field(self, prefix: str, limit: int) -> Mapping[str, Sequence[tuple[str, int]]]:
        """The same of title, creator and subject each, so many of each at most."""
        ...

    def suggested(self, begun: str) -> Suggestions | None:
        """What is suggested for this beginning of one word, where it was worked out ahead."""
        ...

    def work_ahead(self, *, where_grown: bool = False) -> None:
        """Work out anew what is suggested for the shortest beginnings, where an engine keeps that; ``where_grown``: only when the
        collection grew much since."""
        ...

    def written(self, document: Document) -> Written:
        """The document as this engine takes it in: most of the work of indexing it, and asks nothing of the index."""
        ...

    def index(self, documents: Iterable[Document | Written]) -> None:
        """Add the documents, each in place of an older one with its key. Seen by others after ``commit``."""
        ...

    def remove(self, keys: Collection[int], *, read_at: int = 0) -> None:
        """Take the documents with these keys out, which were not in the database at ``read_at`` (see ``Document``)."""
        ...

    def commit(self) -> None:
        """Make changes durable and seen."""
        ...

    def rest(self) -> None:
        """Let another process write; the next change takes the right to write back."""
        ...

    def rebuilding(self) -> AbstractContextManager[Callable[[Iterable[Document | Written]], None]]:
        """A new index, filled by calling what the block is given. It takes the old one's place whole at the end of the block; if
        the block raises, it is thrown away."""
        ...

    def versions(self, first: int, last: int) -> Mapping[int, int]:
        """Key and version of every document with a key from ``first`` to ``last``, both included."""
        ...

    def highest_key(self) -> int: ...
