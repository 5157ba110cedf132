"""Small tables that everything reads and hardly anybody changes, kept in the process for a moment.

A remembered read is at most ``seconds`` old in every process, and fresh at once in the process that changed it.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic as seconds_since_start
from typing import Generic, TypeVar

from django.db import transaction

T = TypeVar("T")
MOST_SHARED = 64

_all: "list[Remembered[object] | Shared[object]]" = []


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

    def assume(self, answer: T) -> None:
        """Take this for the answer, as though it had been read just now: for tests that count what a page asks once it is warm."""
        self._kept = (seconds_since_start(), answer)

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


class Shared(Generic[T]):
    """What many ask for at the same moment: made once for all who ask with the same key within ``seconds``, however many threads they are.

    The key names everything in which the answer may differ from one asker to the next, above all what they may see.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: dict[Hashable, tuple[float, T]] = {}
        self._making = Lock()
        _all.append(self)  # type: ignore[arg-type]

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for the key a moment ago, else what ``make`` makes now."""
        if (found := self._found(key)) is not None:
            return found[1]
        with self._making:
            if (found := self._found(key)) is None:
                if len(self._kept) >= MOST_SHARED:
                    self.forget()
                found = self._kept[key] = (seconds_since_start(), make())
        return found[1]

    def _found(self, key: Hashable) -> tuple[float, T] | None:
        kept = self._kept.get(key)
        return kept if kept is not None and seconds_since_start() - kept[0] <= self._seconds else None

    def forget(self) -> None:
        self._kept = {}


def forget_everything() -> None:
    """For tests and for a process that was just forked or whose database was replaced."""
    for kept in _all:
        kept.forget()
