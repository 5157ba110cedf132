"""Steady work: it finds for itself what is to be done (a queue that is a table of its own), one worker at a time."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from lumbung.kernel import channel, clock, rooms
from lumbung.kernel.jobs import leases

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Steady:
    """``run`` does what is due, a stretch of it, and says whether there was any; asked again ``pause`` seconds after there was none.

    ``parts``: the work has parts of which one may wait long (a server that does not answer) while the others go on; ``run`` is
    called with the name of each part that has something to do, in a thread of its own, never twice at once for one part.
    ``waits`` tells at little cost whether there is anything to do; work that has parts tells by them.
    """

    name: str
    run: Callable[..., bool]
    pause: float = 0.3
    parts: Callable[[], Iterable[int]] | None = None
    waits: Callable[[], bool] | None = None

    def is_due(self) -> bool:
        """Whether there is anything to do, and its room is open."""
        if not rooms.lets_in(self.run):
            return False
        if self.parts is not None:
            return bool(list(self.parts()))
        return self.waits is not None and self.waits()


_known: dict[str, Steady] = {}


def steadily(works: Sequence[Steady]) -> None:
    """Make steady works known; called once, at start-up. Refuses two of one name."""
    for work in works:
        if work.name in _known:
            raise ValueError(f"two steady works are called {work.name}")
        _known[work.name] = work


class Shift:
    """One process's share of one steady work: it does it while it holds the lease."""

    def __init__(self, work: Steady, holder: str) -> None:
        self.work = work
        self._lease = f"steady:{work.name}"
        self._holder = holder
        self._held_until: datetime | None = None
        self._busy: dict[int, threading.Thread] = {}
        self.busy_at = 0.0
        """When a part was last begun or ended, by the monotonic clock; what asks without end (a chat that is polled) keeps its worker."""

    def run(self) -> bool:
        """Do a stretch, parts side by side. False when there is nothing to do, another process does it, or its room is closed."""
        if not rooms.lets_in(self.work.run) or not self._take_lease(clock.now()):
            return False
        if self.work.parts is None:
            with channel.through("job"):
                return self.work.run()
        for part in self.work.parts():
            if part not in self._busy or not self._busy[part].is_alive():
                self.busy_at = time.monotonic()
                self._busy[part] = threading.Thread(
                    target=self._work_at, args=(part,), name=f"{self._lease}:{part}", daemon=True
                )
                self._busy[part].start()
        return False

    @property
    def under_way(self) -> list[threading.Thread]:
        """The threads in which parts are being worked at."""
        return [thread for thread in list(self._busy.values()) if thread.is_alive()]

    def run_here(self) -> bool:
        """Do a stretch in this thread, part after part."""
        if not self._take_lease(clock.now()):
            return False
        with channel.through("job"):
            if self.work.parts is None:
                return self.work.run()
            return sum(self.work.run(part) for part in self.work.parts()) > 0

    def _work_at(self, part: int) -> None:
        try:
            with channel.through("job"):
                self.work.run(part)
        except Exception:
            logger.exception("%s stumbled at part %d; it goes on", self.work.name, part)
        finally:
            self.busy_at = time.monotonic()
            connection.close()

    def _take_lease(self, now: datetime) -> bool:
        if self._held_until and self._held_until - now > leases.LENGTH / 2:
            return True
        held = leases.take(self._lease, self._holder)
        self._held_until = now + leases.LENGTH if held else None
        return held


def shifts(holder: str) -> list[Shift]:
    """A shift for every steady work."""
    return [Shift(work, holder) for work in _known.values()]


def works() -> list[Steady]:
    """Every steady work."""
    return list(_known.values())
