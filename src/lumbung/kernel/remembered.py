"""Small tables that everything reads and hardly anybody changes, kept in the process for a moment.

A remembered read is at most ``seconds`` old in every process, and fresh at once in the process that changed it.
"""

from collections.abc import Callable
from time import monotonic as seconds_since_start
from typing import Generic, TypeVar

from django.db import transaction

T = TypeVar("T")

_all: "list[Remembered[object]]" = []


class Remembered(Generic[T]):
    """A read without arguments whose answer is kept for ``seconds``. Callers share the answer and must not change it."""

    def __init__(self, read: Callable[[], T], seconds: float) -> None:
        self._read, self._seconds = read, seconds
        self._kept: tuple[float, T] | None = None
        self.__doc__ = read.__doc__

    def __call__(self) -> T:
        kept = self._kept
        if kept is None or seconds_since_start() - kept[0] > self._seconds:
            kept = self._kept = (seconds_since_start(), self._read())
        return kept[1]

    def forget(self) -> None:
        self._kept = None

    def changed(self) -> None:
        """What is read was changed in the present transaction: forget it now, and again when others can see the change."""
        self.forget()
        transaction.on_commit(self.forget)


def remembered(seconds: float = 1.0) -> Callable[[Callable[[], T]], Remembered[T]]:
    """Decorate a read without arguments, so that it asks the database at most once in ``seconds``."""

    def remember(read: Callable[[], T]) -> Remembered[T]:
        kept = Remembered(read, seconds)
        _all.append(kept)  # type: ignore[arg-type]
        return kept

    return remember


def forget_everything() -> None:
    """For tests and for a process that was just forked or whose database was replaced."""
    for kept in _all:
        kept.forget()
