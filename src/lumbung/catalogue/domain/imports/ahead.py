"""Pieces of a file, of which the next is read while the last is made durable."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """``begin`` reads the next piece in a thread. It is to be called just before whoever takes the pieces commits: a commit waits for
    the disk and needs nothing of Python meanwhile. At any other time the two would only be in each other's way."""

    def __init__(self, pieces: Iterator[T]) -> None:
        self._pieces = pieces
        self._thread = ThreadPoolExecutor(1, "lumbung reading ahead")
        self._begun: Future[T | None] | None = None

    def __enter__(self) -> "Ahead[T]":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Whoever takes no more may close the file: nothing is read any more."""
        self._thread.shutdown()

    def begin(self) -> None:
        """Begin to read the next piece."""
        self._begun = self._thread.submit(self._next)

    def take(self) -> T | None:
        """The next piece, begun before or not; None when there is none."""
        begun, self._begun = self._begun, None
        return begun.result() if begun is not None else self._next()

    def _next(self) -> T | None:
        return next(self._pieces, None)
