"""Whose turn it is to write: threads of this process in the order they came, then this process among the others."""

import contextlib
import fcntl
import os
import threading
import time
from collections import deque

PAUSE = 0.001  # between two looks at the file lock, for which the system knows no waiting with an end


class Queue:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def enter(self, timeout: float) -> bool:
        """Wait for the turn, at most ``timeout`` seconds; whether it came."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=timeout):
            return True
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it was handed over in this very moment

    def leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_queues: dict[str, Queue] = {}
os.register_at_fork(after_in_child=_queues.clear)


class Turn:
    """The turn of one connection to write to the database at ``path``. The file lock goes with the process that holds it."""

    def __init__(self, path: str, timeout: float) -> None:
        self._path, self._timeout = path, timeout
        self._queue: Queue | None = None
        self._file: int | None = None

    def take(self) -> bool:
        """Wait for the turn; False when it did not come in time. Without a folder to keep the lock file in, only threads queue."""
        if self._queue is not None:
            return True
        deadline = time.monotonic() + self._timeout
        queue = _queues.setdefault(self._path, Queue())
        if not queue.enter(self._timeout):
            return False
        if not self._lock_file(deadline):
            queue.leave()
            return False
        self._queue = queue
        return True

    def _lock_file(self, deadline: float) -> bool:
        with contextlib.suppress(OSError):
            if self._file is None:
                self._file = os.open(f"{self._path}.turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            while not _locked(self._file):
                if time.monotonic() > deadline:
                    return False
                time.sleep(PAUSE)
        return True

    def give_back(self) -> None:
        """Let the next one write; nothing when the turn was not taken."""
        if self._queue is None:
            return
        queue, self._queue = self._queue, None
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        queue.leave()

    def close(self) -> None:
        self.give_back()
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
