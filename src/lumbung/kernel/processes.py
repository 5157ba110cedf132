"""Work that all processors share, in processes of their own that end with whoever asked.

Knows no model: a helping process reads this module before Django is set up in it.
"""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

import django
from django.db import connections

from lumbung.kernel.forks import end_with

A = TypeVar("A")
R = TypeVar("R")

PROCESSORS = os.cpu_count() or 1
AHEAD = 4 * PROCESSORS
"""How many pieces are in work while the result of another is used: enough for the helpers not to wait while it is made durable."""

_helpers: list[ProcessPoolExecutor] = []
"""At most one pool, begun when it is first wanted."""

_askers: list[object] = []
"""Those who have it at work."""

_turn = threading.Lock()


def shared(work: Callable[[A], R], pieces: Iterable[A]) -> Iterator[R]:
    """The results of the pieces, in order. ``work`` is a function of a module, and reads what is committed.

    The first call takes a second unless they were forked; ``rest`` lets the helpers end. With one processor the work is done here.
    """
    if PROCESSORS == 1:
        yield from map(work, pieces)
        return
    asking = object()
    with _turn:
        _askers.append(asking)
        pool = _pool()
    try:
        yield from _ahead(pool, work, pieces)
    except BrokenProcessPool:
        with _turn:
            _end()
        raise
    finally:
        _askers.remove(asking)


def fork_ahead() -> None:
    """Have the helping processes at once, with all that is loaded here. Only in a process that has one thread yet."""
    if PROCESSORS > 1 and not _helpers:
        connections.close_all()
        _helpers.append(_pool_of("fork", _begin_forked, os.getpid()))
        _helpers[0].submit(int).result()


def may_fork() -> bool:
    """Whether a process may be forked from this one, which must have one thread, and would find a processor to run on."""
    return PROCESSORS > 1 and threading.active_count() == 1


def help_is_there() -> bool:
    """Whether helping processes have begun, so that they are worth asking for less."""
    return bool(_helpers)


def rest() -> None:
    """Let the helping processes end, unless another thread has them at work."""
    with _turn:
        if not _askers:
            _end()


def _end() -> None:
    while _helpers:
        _helpers.pop().shutdown(cancel_futures=True)


def _ahead(pool: ProcessPoolExecutor, work: Callable[[A], R], pieces: Iterable[A]) -> Iterator[R]:
    begun: deque[Future[R]] = deque()
    for piece in pieces:
        begun.append(pool.submit(_helped, work, piece))
        if len(begun) > AHEAD:
            yield begun.popleft().result()
    for each in begun:
        yield each.result()


def _helped(work: Callable[[A], R], piece: A) -> R:
    """In a helping process: what may go is looked for now, when little is left of the piece before, and among that alone; not while its
    result is there to be looked through."""
    gc.collect(0)
    return work(piece)


def _pool() -> ProcessPoolExecutor:
    if not _helpers:
        # Spawned: whoever asks has threads, and a fork would take along the locks they hold.
        _helpers.append(_pool_of("spawn", _begin_spawned, os.getpid()))
    return _helpers[0]


def _pool_of(way: str, begin: Callable[[int], None], asker: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(PROCESSORS, mp_context=get_context(way), initializer=begin, initargs=(asker,))


def _begin_spawned(asker: int) -> None:
    stand_by(asker)
    set_up()
    gc.disable()


def _begin_forked(asker: int) -> None:
    stand_by(asker)
    gc.disable()
    gc.freeze()


def stand_by(asker: int) -> None:
    """Be a process that helps ``asker``, and ends with it."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # and not what it means to the one that asked
    if not end_with(asker):
        os._exit(1)


def set_up() -> None:
    """Read the program in. What is read stays to the end, so Python need not look through it for what may go, now or later."""
    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()
