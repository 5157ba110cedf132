"""Work that all processors share, in processes of their own that end with whoever asked.

Knows no model: a helping process reads this module before Django is set up in it.
"""

import ctypes
import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

import django

A = TypeVar("A")
R = TypeVar("R")

PROCESSORS = os.cpu_count() or 1
AHEAD = 2 * PROCESSORS
"""How many pieces are in work while the result of another is used."""

PR_SET_PDEATHSIG = 1

_helpers: list[ProcessPoolExecutor] = []
"""At most one pool, begun when it is first wanted."""


def shared(work: Callable[[A], R], pieces: Iterable[A]) -> Iterator[R]:
    """The results of the pieces, in order. ``work`` is a function of a module, and reads what is committed.

    The first call takes a second; ``rest`` lets the helpers end. With one processor the work is done here.
    """
    if PROCESSORS == 1:
        yield from map(work, pieces)
        return
    try:
        yield from _ahead(_pool(), work, pieces)
    except BrokenProcessPool:
        rest()
        raise


def help_is_there() -> bool:
    """Whether helping processes have begun, so that they are worth asking for less."""
    return bool(_helpers)


def rest() -> None:
    """Let the helping processes end."""
    while _helpers:
        _helpers.pop().shutdown(cancel_futures=True)


def _ahead(pool: ProcessPoolExecutor, work: Callable[[A], R], pieces: Iterable[A]) -> Iterator[R]:
    begun: deque[Future[R]] = deque()
    for piece in pieces:
        begun.append(pool.submit(work, piece))
        if len(begun) > AHEAD:
            yield begun.popleft().result()
    for each in begun:
        yield each.result()


def _pool() -> ProcessPoolExecutor:
    if not _helpers:
        # Spawned: whoever asks has threads, and a fork would take along the locks they hold.
        _helpers.append(ProcessPoolExecutor(PROCESSORS, mp_context=get_context("spawn"), initializer=_begin))
    return _helpers[0]


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    set_up()


def set_up() -> None:
    """Read the program in. What is read stays to the end, so Python need not look through it for what may go, now or later."""
    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()
