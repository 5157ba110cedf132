"""The watch: a small process that sees whether background work may be due, and has a worker only while it is.

A worker keeps much: words, pages of the database, a connection for each of its loops. It ends when for a while there was nothing to do.
The watch is forked before there are threads and keeps to one, so that a worker can be forked from it in a moment. On SQLite it opens no
database and asks no model, and stays as small as it began; elsewhere it keeps a connection between two rounds.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.db import connection, connections

from lumbung.kernel.forks import forked
from lumbung.kernel.jobs import leases
from lumbung.kernel.jobs.steady import works
from lumbung.kernel.jobs.worker import HOUSEKEEPING_PAUSE, PAUSE_AFTER_FAULT, Worker, keep_house, something_waits

logger = logging.getLogger(__name__)

IDLE = 60.0
"""Seconds without work after which a worker ends."""
LOOK = 0.1
LOOK_ELSEWHERE = 0.25
"""Seconds between two looks on another database than SQLite: each is a statement there."""
HEAD = 48
"""Bytes of the head of SQLite's index of its write-ahead log."""
LONGEST_STOP = 10.0

Round = Callable[[bool], None]
"""Looks whether anything is to be done, and does it. Told whether the house is to be kept too; without that, it writes nothing unless
there is something to do."""


class Watch:
    """Has a round made when something was written to the database since the last one began, and each HOUSEKEEPING_PAUSE."""

    def __init__(self, go_round: Round, version: Callable[[], object], pause: float = LOOK) -> None:
        self._go_round = go_round
        self._version = version
        self._pause = pause
        self._seen: object = None
        self._house_at = 0.0

    def run(self, stop: threading.Event) -> None:
        """Until ``stop`` is set. No fault ends it."""
        while not stop.is_set():
            try:
                wait = 0.0 if self.look() else self._pause
            except Exception:
                logger.exception("the watch over background work stumbled; it goes on")
                connections.close_all()  # what was cut stays cut: the next look has one of its own
                wait = PAUSE_AFTER_FAULT
            stop.wait(wait)

    def look(self) -> bool:
        """Whether a round was made."""
        now, version = time.monotonic(), self._version()
        keeps_house = now >= self._house_at
        if version == self._seen and not keeps_house:
            return False
        if keeps_house:
            self._house_at = now + HOUSEKEEPING_PAUSE
        self._go_round(keeps_house)
        self._seen = version  # as it was before: what came during the round has another made
        return True


def version_of_data() -> Callable[[], object]:
    """Tells by another value when something was committed; elsewhere than on SQLite, when something is due."""
    if connection.vendor == "sqlite":
        return partial(_head_of, Path(f"{connection.settings_dict['NAME']}-shm"))
    return DueElsewhere()


class DueElsewhere:
    """Counts how often something was due after a commit. That there was none costs one statement; a snapshot differs after each."""

    def __init__(self) -> None:
        self._snapshot = ""
        self._count = 0

    def __call__(self) -> int:
        if (snapshot := _snapshot()) != self._snapshot:
            self._count += something_waits(works())
            self._snapshot = snapshot
        return self._count


def _snapshot() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def _head_of(shared: Path) -> bytes:
    """What SQLite's own connections read to learn whether anything was committed. Read without one: none may be open at a fork."""
    try:
        with shared.open("rb") as file:
            return file.read(HEAD)
    except FileNotFoundError:
        return b""


class Watched:
    """The watch and its workers, as the process that has them sees them."""

    def __init__(self, delay: float = 0.0, idle: float = IDLE) -> None:
        self._delay, self._idle = delay, idle
        self._process = 0
        self._holder = ""
        self._must_work = True

    def begin(self) -> None:
        """Fork the watch; to be called while there is one thread, and after all is loaded that is to be shared."""
        self._process = forked(self._watch)

    def look_after(self, stop: threading.Event) -> None:
        """Until ``stop`` is set, then end it. Should it end before, its work is done here."""
        while not stop.wait(1.0):
            if os.waitpid(self._process, os.WNOHANG)[0]:
                logger.error("the watch over background work ended; the work goes on in this process")
                Worker().run(stop)
                return
        os.kill(self._process, signal.SIGTERM)
        deadline = time.monotonic() + LONGEST_STOP
        while not os.waitpid(self._process, os.WNOHANG)[0] and time.monotonic() < deadline:
            time.sleep(0.02)

    def _watch(self, stop: threading.Event) -> None:
        if stop.wait(self._delay):
            return
        self._holder = leases.new_holder()
        pause = LOOK if connection.vendor == "sqlite" else LOOK_ELSEWHERE
        Watch(lambda keeps_house: self._send_round(stop, keeps_house), version_of_data(), pause).run(stop)
        leases.give_up(self._holder)

    def _send_round(self, stop: threading.Event, keeps_house: bool) -> None:
        """Have the round made by a process of its own, and wait for it; when this process is told to stop, so is that one."""
        child = forked(lambda told: self._go_round(told, keeps_house=keeps_house, must_work=self._must_work))
        while not (ended := os.waitpid(child, os.WNOHANG))[0]:
            if stop.wait(LOOK):
                os.kill(child, signal.SIGTERM)
                ended = os.waitpid(child, 0)
                break
        if code := os.waitstatus_to_exitcode(ended[1]):
            raise ChildProcessError(f"a worker ended with {code}; there will be another")
        self._must_work = False

    def _go_round(self, told: threading.Event, *, keeps_house: bool, must_work: bool) -> None:
        """Work if there is anything to do; at first in any case, for a worker brings in order what it finds in disorder."""
        if keeps_house:
            keep_house(self._holder)
        if must_work or something_waits(works()):
            Worker().run(told, idle=self._idle)
