"""Work that goes on beside: threads that wait for more, because to start one for each search takes longer than many a search."""

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R")

THREADS = 2 * (os.cpu_count() or 1)

_threads: list[ThreadPoolExecutor] = []
os.register_at_fork(after_in_child=_threads.clear)


def aside(work: Callable[[], R]) -> Future[R]:
    """Begin the work in another thread. It must not wait for other work begun so."""
    if not _threads:
        _threads.append(ThreadPoolExecutor(THREADS, "lumbung search"))
    return _threads[0].submit(work)


class Later(Mapping[K, V]):
    """What is being worked out beside; whoever reads it first waits for it."""

    def __init__(self, awaited: Callable[[], Mapping[K, V]]) -> None:
        self._awaited = awaited

    @cached_property
    def _there(self) -> Mapping[K, V]:
        return self._awaited()

    def __getitem__(self, key: K) -> V:
        return self._there[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._there)

    def __len__(self) -> int:
        return len(self._there)
