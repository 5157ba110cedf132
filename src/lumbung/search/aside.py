"""Work that goes on beside: threads that wait for more, because to start one for each search takes longer than many a search."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

R = TypeVar("R")

THREADS = 2 * (os.cpu_count() or 1)

_threads: list[ThreadPoolExecutor] = []
os.register_at_fork(after_in_child=_threads.clear)


def aside(work: Callable[[], R]) -> Future[R]:
    """Begin the work in another thread. It must not wait for other work begun so."""
    if not _threads:
        _threads.append(ThreadPoolExecutor(THREADS, "lumbung search"))
    return _threads[0].submit(work)
