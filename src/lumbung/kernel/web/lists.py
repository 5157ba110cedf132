"""A list that is read a stretch at a time, for Django's paginator."""

from collections.abc import Callable, Sequence
from typing import Any


class Listed:
    """``count()`` rows, of which ``read(first, size)`` gives a stretch."""

    def __init__(self, count: Callable[[], int], read: Callable[[int, int], Sequence[Any]]) -> None:
        self._count, self._read = count, read

    def __len__(self) -> int:
        return self._count()

    def __getitem__(self, stretch: slice) -> Sequence[Any]:
        return self._read(stretch.start, stretch.stop - stretch.start)
