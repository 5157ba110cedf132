"""The worker: tasks, coalesced reactions, steady works and nightly jobs, side by side, until told to stop."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain

from django.db import Error, close_old_connections, connection

from lumbung.kernel import memory
from lumbung.kernel.jobs import coalesced, leases, nightly, tasks
from lumbung.kernel.jobs.coalesced import BREATH, Drain, drain_all, drains
from lumbung.kernel.jobs.reactions import PROMPT, SLOW, USUAL
from lumbung.kernel.jobs.steady import Shift, Steady, shifts

logger = logging.getLogger(__name__)

TASK_PAUSE = 0.5
PROMPT_PAUSE = 0.2
SLOW_PAUSE = 2.0
REACTION_PAUSE = 0.2
BATCH_EVERY = 0.75  # a commit costs the index as much as a thousand documents, and a second is soon enough
HOUSEKEEPING_PAUSE = 15.0
PAUSE_AFTER_FAULT = 2.0
SELDOM = 10.0
"""Seconds of pause from which on a loop keeps no connection: it costs one and a half megabytes, and five milliseconds to make anew."""
LAST_WORDS = 4.0
HEAD_START = 0.3
"""Seconds that what somebody waits for has the worker to itself at its start: each loop that begins takes some time of all."""
LOOK_FOR_END = 1.0


class Worker:
    """Several may run at once, on one machine or many, as long as they share the database."""

    def __init__(self) -> None:
        self.holder = leases.new_holder()
        self._busy_at = time.monotonic()
        self._in_hand: set[str] = set()
        """The loops that are at it this moment."""
        self._drains: list[Drain] = []

    def run(self, stop: threading.Event, *, idle: float | None = None) -> None:
        """Work until ``stop`` is set; then finish what is in hand, at most LAST_WORDS seconds, and give back all leases.

        A task that takes longer is left as it is: the next worker takes it up again. With ``idle`` it also ends, in peace, when for so
        many seconds there was nothing to do.
        """
        self._sign_on(stop)
        end, at_work = threading.Event(), shifts(self.holder)
        awaited = _threads(end, self._drain_reactions, self._run_prompt_tasks, self._run_tasks)
        others = _threads(end, self._housekeeping, self._run_slow_tasks) + [
            threading.Thread(target=self._work_steadily, args=(shift, end), name=f"lumbung {shift.work.name}", daemon=True)
            for shift in at_work
        ]
        for loop in awaited:
            loop.start()
        stop.wait(HEAD_START)
        for loop in others:
            loop.start()
        while not stop.wait(min(idle or LOOK_FOR_END, LOOK_FOR_END)):
            if idle and self._has_been_idle(idle, at_work):
                break
        end.set()
        self._end(chain(awaited, others, chain.from_iterable(shift.under_way for shift in at_work)), stop)

    def run_beside(self, stop: threading.Event) -> None:
        """Do only those reactions that somebody waits for, beside whoever brings them about; ends as ``run`` does.

        Two dozen loops that ask what is to be done would take time from the one that has much to do. The rest is the next worker's.
        """
        self._sign_on(stop)
        end = threading.Event()
        loops = _threads(end, self._drain_urgent, self._beat)
        for loop in loops:
            loop.start()
        while not stop.wait(LOOK_FOR_END):  # a signal that another thread was given is seen when this one wakes
            pass
        end.set()
        _join(loops, stop)
        if not any(loop.is_alive() for loop in loops):
            for each in self._drains:
                each.rest()
        self._end(loops, stop)

    def _end(self, loops: Iterable[threading.Thread], stop: threading.Event) -> None:
        _join(loops, stop)
        with suppress(Error):  # where the database is away they end by their time
            leases.give_up(self.holder)
        connection.close()

    def _sign_on(self, stop: threading.Event) -> None:
        """Be known as alive before anything is in hand, as soon as the database is there."""
        while not stop.is_set():
            try:
                leases.take(tasks.WORKER + self.holder, self.holder)
            except Error:
                logger.exception("a worker cannot begin yet; it tries again")
                connection.close()
                stop.wait(PAUSE_AFTER_FAULT)
            else:
                return

    def work_off(self, *, urgent: bool = False) -> None:
        """Do all that is due now, in this thread, until nothing is left; what another process has in hand is left to it.

        With ``urgent`` what nobody waits for is left to the next worker.
        """
        reactions, steady = drains(self.holder, urgent=urgent), shifts(self.holder)
        leases.take(tasks.WORKER + self.holder, self.holder)
        done = threading.Event()
        heart = threading.Thread(target=self._beat, args=(done,), name="lumbung heartbeat", daemon=True)
        heart.start()
        try:
            while any([tasks.run_next(self.holder), drain_all(reactions), *(each.run_here() for each in steady)]):
                pass
        finally:
            done.set()
            heart.join()
            for each in reactions:
                each.rest()
            leases.give_up(self.holder)

    def _run_tasks(self, stop: threading.Event) -> None:
        self._repeat(lambda: tasks.run_next(self.holder, USUAL), TASK_PAUSE, stop)

    def _run_prompt_tasks(self, stop: threading.Event) -> None:
        self._repeat(lambda: tasks.run_next(self.holder, PROMPT), PROMPT_PAUSE, stop)

    def _run_slow_tasks(self, stop: threading.Event) -> None:
        self._repeat(lambda: tasks.run_next(self.holder, SLOW), SLOW_PAUSE, stop)

    def _drain_reactions(self, stop: threading.Event) -> None:
        self._drain(drains(self.holder), stop)

    def _drain_urgent(self, stop: threading.Event) -> None:
        self._drain(drains(self.holder, urgent=True), stop)

    def _drain(self, reactions: list[Drain], stop: threading.Event) -> None:
        self._drains = reactions
        self._repeat(lambda: drain_all(reactions, patience=BREATH), REACTION_PAUSE, stop, every=BATCH_EVERY)
        for each in reactions:
            each.rest()
        connection.close()

    def _housekeeping(self, stop: threading.Event) -> None:
        self._repeat(lambda: keep_house(self.holder), HOUSEKEEPING_PAUSE, stop)

    def _beat(self, done: threading.Event) -> None:
        """Keep the leases while a task runs, however long it takes."""
        done.wait(HOUSEKEEPING_PAUSE)
        self._repeat(self._keep_leases, HOUSEKEEPING_PAUSE, done)

    def _keep_leases(self) -> bool:
        leases.lengthen_all(self.holder)
        return False

    def _work_steadily(self, shift: Shift, stop: threading.Event) -> None:
        self._repeat(shift.run, shift.work.pause, stop)

    def _repeat(self, step: Callable[[], bool], pause: float, stop: threading.Event, every: float = 0.0) -> None:
        """Call ``step`` until stopped, with a pause whenever it found nothing to do; otherwise ``every`` so many seconds at most. No
        fault ends the loop."""
        name = threading.current_thread().name
        while not stop.is_set():
            close_old_connections()
            began = time.monotonic()
            self._in_hand.add(name)
            try:
                busy = step()
                wait = max(0.0, began + every - time.monotonic()) if busy else pause
            except Exception:
                logger.exception("%s stumbled; it goes on", name)
                busy, wait = True, PAUSE_AFTER_FAULT
            if busy:
                self._busy_at = time.monotonic()
            self._in_hand.discard(name)
            if wait >= SELDOM:
                connection.close()
            stop.wait(wait)
        connection.close()

    def _has_been_idle(self, seconds: float, at_work: Sequence[Shift]) -> bool:
        """Whether nothing was to be done so long, nothing is in hand, and nothing waits."""
        busy_at = max([self._busy_at, *(shift.busy_at for shift in at_work)])
        if time.monotonic() - busy_at < seconds or self._in_hand or any(shift.under_way for shift in at_work):
            return False
        if any(each.owes_preparing for each in self._drains):
            return False
        close_old_connections()
        try:
            return not something_waits([shift.work for shift in at_work])
        except Exception:
            logger.exception("a worker cannot tell whether anything waits; it goes on")
            return False


def keep_house(holder: str) -> bool:
    """Keep what the holder holds, take up what others left, begin what the hour brings. There is never more of it to do."""
    leases.take(tasks.WORKER + holder, holder)
    leases.lengthen_all(holder)
    tasks.take_up_abandoned()
    nightly.enqueue_due()
    memory.give_back()
    return False


def something_waits(works: Iterable[Steady]) -> bool:
    """Whether there is a task, a reaction, or something for one of the steady works, whose time has come."""
    return tasks.is_due() or coalesced.is_due() or any(work.is_due() for work in works)


def _threads(end: threading.Event, *loops: Callable[[threading.Event], None]) -> list[threading.Thread]:
    """A thread for each loop, until ``end`` is set."""
    return [
        threading.Thread(target=loop, args=(end,), name=f"lumbung {loop.__name__.strip('_')}", daemon=True) for loop in loops
    ]


def _join(loops: Iterable[threading.Thread], stop: threading.Event) -> None:
    """Wait for the loops to end: LAST_WORDS seconds when told to stop, else as long as it takes."""
    deadline = None
    for loop in loops:
        while loop.is_alive() and (deadline is None or time.monotonic() < deadline):
            if deadline is None and stop.is_set():
                deadline = time.monotonic() + LAST_WORDS
            loop.join(0.1)


def work_off(*, urgent: bool = False) -> None:
    """Do all background work that is due, now and here; returns when nothing is left or another process does the rest.

    With ``urgent`` what nobody waits for is left to the next worker.
    """
    Worker().work_off(urgent=urgent)
