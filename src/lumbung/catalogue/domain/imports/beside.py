"""Pieces of a file, read by a process of its own while those before are stored."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Generic, TypeVar

from lumbung.kernel.processes import stand_by

T = TypeVar("T")

WIDE = 1 << 20


class ReaderEnded(OSError):
    """The process that reads the file ended before the file did."""


class Beside(Generic[T]):
    """What ``Ahead`` is, by a process forked for it: only from one that has one thread yet. The pieces are made there alone, and
    ``together`` of them before the first is sent: whoever uses as many at once then waits for none."""

    def __init__(self, pieces: Iterator[T], together: int = 1) -> None:
        fork = get_context("fork")
        self._pieces, self._other = fork.Pipe(duplex=False)
        _widen(self._other)
        self._reader = fork.Process(target=_send, args=(pieces, together, self._other, self._pieces, os.getpid()), daemon=True)

    def __enter__(self) -> "Beside[T]":
        self._reader.start()
        self._other.close()  # so that the end of the process is the end of what comes
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Whoever takes no more ends the process."""
        self._reader.terminate()
        self._reader.join()
        self._pieces.close()

    def begin(self) -> None:
        """Nothing is to be begun: the process reads as long as a piece is wanted."""

    def take(self) -> T | None:
        """The next piece; None when there is none. Raises what reading it raised, or ``ReaderEnded``."""
        try:
            piece, error = self._pieces.recv()
        except (EOFError, OSError):  # between two pieces, or amid one
            raise ReaderEnded("the process that reads the file has ended") from None
        if error is not None:
            raise error
        return piece  # type: ignore[no-any-return]  # a connection knows no types


def _widen(pipe: Connection) -> None:
    """Let a pipe hold what the system allows to anyone, where it can be told: neither end then waits for the other so often."""
    if sys.platform == "linux":
        with suppress(OSError):  # so many pipes are wide already that this one may not be
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, WIDE)


def _send(pieces: Iterator[T], together: int, to: Connection, other: Connection, asker: int) -> None:
    stand_by(asker)
    other.close()  # so that the end of the asker is the end of the pipe
    try:
        while ready := [ForkingPickler.dumps((piece, None)) for piece in islice(pieces, together)]:
            for piece in ready:
                to.send_bytes(piece)
        to.send((None, None))
    except BrokenPipeError:
        return
    except Exception as error:  # noqa: BLE001 -- whatever it is, whoever takes the piece is to meet it
        to.send((None, error))
