"""The worker: tasks, coalesced reactions, steady works and nightly jobs, side by side, until told to stop."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connection

from lumbung.kernel.jobs import leases, nightly, tasks
from lumbung.kernel.jobs.coalesced import BREATH, drain_all, drains
from lumbung.kernel.jobs.reactions import PROMPT, USUAL
from lumbung.kernel.jobs.steady import Shift, shifts

logger = logging.getLogger(__name__)

TASK_PAUSE = 0.5
PROMPT_PAUSE = 0.2
REACTION_PAUSE = 0.2
BATCH_EVERY = 0.75  # a commit costs the index as much as a thousand documents, and a second is soon enough
HOUSEKEEPING_PAUSE = 15.0
PAUSE_AFTER_FAULT = 2.0
LAST_WORDS = 4.0


class Worker:
    """Several may run at once, on one machine or many, as long as they share the database."""

    def __init__(self) -> None:
        self.holder = leases.new_holder()

    def run(self, stop: threading.Event) -> None:
        """Work until ``stop`` is set; then finish what is in hand, at most LAST_WORDS seconds, and give back all leases.

        A task that takes longer is left as it is: the next worker takes it up again.
        """
        self._keep_house()
        loops = [
            threading.Thread(target=loop, args=(stop,), name=f"lumbung {loop.__name__.strip('_')}", daemon=True)
            for loop in (self._run_tasks, self._run_prompt_tasks, self._drain_reactions, self._housekeeping)
        ] + [
            threading.Thread(target=_work_steadily, args=(shift, stop), name=f"lumbung {shift.work.name}", daemon=True)
            for shift in shifts(self.holder)
        ]
        for loop in loops:
            loop.start()
        stop.wait()
        deadline = time.monotonic() + LAST_WORDS
        for loop in loops:
            loop.join(max(0.0, deadline - time.monotonic()))
        leases.give_up(self.holder)
        connection.close()

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
        _repeat(lambda: tasks.run_next(self.holder, USUAL), TASK_PAUSE, stop)

    def _run_prompt_tasks(self, stop: threading.Event) -> None:
        _repeat(lambda: tasks.run_next(self.holder, PROMPT), PROMPT_PAUSE, stop)

    def _drain_reactions(self, stop: threading.Event) -> None:
        reactions = drains(self.holder)
        _repeat(lambda: drain_all(reactions, patience=BREATH), REACTION_PAUSE, stop, every=BATCH_EVERY)
        for each in reactions:
            each.rest()
        connection.close()

    def _housekeeping(self, stop: threading.Event) -> None:
        stop.wait(HOUSEKEEPING_PAUSE)
        _repeat(self._keep_house, HOUSEKEEPING_PAUSE, stop)

    def _beat(self, done: threading.Event) -> None:
        """Keep the leases while a task runs, however long it takes."""
        done.wait(HOUSEKEEPING_PAUSE)
        _repeat(self._keep_leases, HOUSEKEEPING_PAUSE, done)

    def _keep_leases(self) -> bool:
        leases.lengthen_all(self.holder)
        return False

    def _keep_house(self) -> bool:
        leases.take(tasks.WORKER + self.holder, self.holder)
        leases.lengthen_all(self.holder)
        tasks.take_up_abandoned()
        nightly.enqueue_due()
        return False


def _work_steadily(shift: Shift, stop: threading.Event) -> None:
    _repeat(shift.run, shift.work.pause, stop)


def _repeat(step: Callable[[], bool], pause: float, stop: threading.Event, every: float = 0.0) -> None:
    """Call ``step`` until stopped, with a pause whenever it found nothing to do; otherwise ``every`` so many seconds at most. No fault
    ends the loop."""
    while not stop.is_set():
        close_old_connections()
        began = time.monotonic()
        try:
            wait = max(0.0, began + every - time.monotonic()) if step() else pause
        except Exception:
            logger.exception("%s stumbled; it goes on", threading.current_thread().name)
            wait = PAUSE_AFTER_FAULT
        stop.wait(wait)
    connection.close()


def work_off(*, urgent: bool = False) -> None:
    """Do all background work that is due, now and here; returns when nothing is left or another process does the rest.

    With ``urgent`` what nobody waits for is left to the next worker.
    """
    Worker().work_off(urgent=urgent)
