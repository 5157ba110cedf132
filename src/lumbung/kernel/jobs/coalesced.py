"""Draining coalesced reactions: many entries at a time, one worker at a time, a bad entry set aside."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from traceback import format_exception

from django.db import OperationalError
from django.db.models import Case, When

from lumbung.kernel import channel, clock
from lumbung.kernel.jobs import leases
from lumbung.kernel.jobs.backoff import wait_after
from lumbung.kernel.jobs.reactions import Reaction, Unavailable, coalesced, fallen_apart
from lumbung.kernel.models import PendingReaction

logger = logging.getLogger(__name__)

BATCH, OF_MANY, UNSETTLED = 150, 10, 20
"""How many entries are taken at once, how many of them may tell of hundreds of records each (what a desk did must not wait long behind an
import), and for how many of these what was done is made durable at once."""
NOW_AND_THEN, A_WHILE = timedelta(seconds=15), 0.5
"""A reaction that gives way comes at least so often while others are busy, and works about so many seconds at a time."""
BREATH = timedelta(seconds=1.5)
"""Others who had something to do so lately soon have again: an import that stores while what it stored is indexed."""
REST_AFTER = timedelta(seconds=5)
PAUSE_WHEN_UNAVAILABLE = timedelta(seconds=5)


class Drain:
    """One process's draining of one coalesced reaction."""

    def __init__(self, reaction: Reaction, holder: str) -> None:
        self.reaction = reaction
        self._lease = f"reaction:{reaction.name}"
        self._holder = holder
        self._held_until: datetime | None = None
        self._prepared = reaction.prepare is None
        self._preparing: Iterator[None] | None = None
        self._not_before: datetime | None = None
        self._unsettled: list[PendingReaction] = []
        """What was run and is not durable yet; whoever takes over runs it again."""
        self._last_busy = clock.now()

    def drain(self, *, others_are_busy: bool = False) -> bool:
        """Run the next batch. False when there is nothing to do now, another process does it, or it gives way to others."""
        now = clock.now()
        if self._must_wait(now, others_are_busy=others_are_busy):
            return False
        rows = self._next_batch(now)
        if self._prepared and self.reaction.fell_apart and self.reaction.fell_apart():
            self._prepared = False
        if not rows and not self._unsettled and self._prepared:
            self._rest_when_idle(now)
            return False
        if not self._take_lease(now):
            return False
        try:
            if not self._prepared:
                if not self._prepare():
                    self._last_busy = clock.now()
                    return True
                rows = self._next_batch(clock.now())  # preparing may have done with what waited
            busy = bool(rows or self._unsettled)
            self._run_for_a_while(rows) if self.reaction.gives_way else self._run(rows)
        except (Unavailable, OperationalError) as error:
            logger.warning("reaction %s waits: %s", self.reaction.name, error)
            self._prepared, self._preparing, self._unsettled = self.reaction.prepare is None, None, []
            self._not_before = now + PAUSE_WHEN_UNAVAILABLE
            return False
        self._last_busy = clock.now()
        return busy

    @property
    def owes_preparing(self) -> bool:
        """Whether it is this one's to prepare, and that did not succeed yet."""
        return self._held_until is not None and not self._prepared

    def _must_wait(self, now: datetime, *, others_are_busy: bool) -> bool:
        if self._not_before and now < self._not_before:
            return True
        return others_are_busy and self.reaction.gives_way and now - self._last_busy < NOW_AND_THEN

    def rest(self) -> None:
        """Let go of everything held."""
        if self._held_until is None:
            return
        with suppress(Unavailable, OperationalError):
            self._settle()
        self._unsettled = []  # what could not be settled is run again
        if self.reaction.rest:
            self.reaction.rest()
        leases.give_up(self._holder, self._lease)
        self._held_until = None

    def _next_batch(self, now: datetime) -> list[PendingReaction]:
        due = PendingReaction.objects.due(now).filter(reaction=self.reaction.name).select_related("entry")
        if self._unsettled:
            due = due.exclude(pk__in=[row.pk for row in self._unsettled])
        of_many = self.reaction.of_many
        if not of_many:
            return list(due.order_by("id")[:BATCH])
        rows = list(due.alias(many=Case(When(entry__name__in=of_many, then=1), default=0)).order_by("many", "id")[:BATCH])
        first = next((place for place, row in enumerate(rows) if row.entry.name in of_many), len(rows))
        return rows[: first + OF_MANY]

    def _take_lease(self, now: datetime) -> bool:
        if self._held_until and self._held_until - now > leases.LENGTH / 2:
            return True
        held = leases.take(self._lease, self._holder)
        self._held_until = now + leases.LENGTH if held else None
        return held

    def was_busy(self, within: timedelta) -> bool:
        """Whether it had something to do, or began, so lately."""
        return clock.now() - self._last_busy < within

    def _prepare(self) -> bool:
        """Go on preparing, for a while where the reaction gives way; whether it is done."""
        if self._preparing is None:
            self._preparing = iter((self.reaction.prepare and self.reaction.prepare()) or ())
        preparing, self._preparing = self._preparing, None  # one that breaks off is not gone on with: it begins anew
        began = time.monotonic()
        for _ in preparing:
            if self.reaction.gives_way and time.monotonic() - began > A_WHILE:
                self._preparing = preparing
                return False
        self._prepared = True
        return True

    def _run_for_a_while(self, rows: list[PendingReaction]) -> None:
        """One entry after the other: a single one may tell of hundreds of records, and others wait behind this."""
        began = time.monotonic()
        for row in rows:
            self._run([row])
            if time.monotonic() - began > A_WHILE:
                break

    def _run(self, rows: list[PendingReaction]) -> None:
        if not rows:
            self._settle()
            return
        try:
            with channel.through("job"):
                self.reaction.run([row.entry for row in rows])
        except (Unavailable, OperationalError):
            raise
        except Exception as error:  # noqa: BLE001 -- whatever an entry brings about is kept with it, and the others go on
            self._part(rows, error)
        else:
            self._ran(rows)

    def _ran(self, rows: list[PendingReaction]) -> None:
        """Those that tell of many may be settled later, together, as long as more come; the others are settled now, and with them what
        waited for it."""
        self._unsettled += rows
        few = any(row.entry.name not in self.reaction.of_many for row in rows)
        if few or self.reaction.settle is None or len(self._unsettled) >= UNSETTLED or self._was_the_end(rows):
            self._settle()

    def _was_the_end(self, rows: list[PendingReaction]) -> bool:
        """Whether no more wait behind these, and none will come soon: the last of them came some time ago."""
        now = clock.now()
        return now - rows[-1].entry.at > BREATH and not self._next_batch(now)

    def _settle(self) -> None:
        if not self._unsettled:
            return
        if self.reaction.settle:
            self.reaction.settle()
        PendingReaction.objects.filter(pk__in=[row.pk for row in self._unsettled]).delete()
        self._unsettled = []

    def _part(self, rows: list[PendingReaction], error: Exception) -> None:
        """Find the bad entry by halving; set it alone aside."""
        if len(rows) > 1:
            middle = len(rows) // 2
            self._run(rows[:middle])
            self._run(rows[middle:])
            return
        [row] = rows
        logger.error("reaction %s to entry %d failed", self.reaction.name, row.entry_id, exc_info=error)
        row.failures += 1
        row.failed_at = clock.now()
        row.not_before = row.failed_at + wait_after(row.failures)
        row.last_error = "".join(format_exception(error))
        row.save(update_fields=["failures", "failed_at", "not_before", "last_error"])

    def _rest_when_idle(self, now: datetime) -> None:
        if self._held_until and now - self._last_busy > REST_AFTER:
            self.rest()


def drains(holder: str, *, urgent: bool = False) -> list[Drain]:
    """A drain for every coalesced reaction, those that give way last; with ``urgent`` without those."""
    wanted = [reaction for reaction in coalesced() if not (urgent and reaction.gives_way)]
    return [Drain(reaction, holder) for reaction in sorted(wanted, key=lambda each: each.gives_way)]


def is_due() -> bool:
    """Whether an entry waits whose time has come, for a reaction that there still is, or what one writes to fell apart."""
    return (
        fallen_apart()
        or PendingReaction.objects.due(clock.now()).filter(reaction__in=[each.name for each in coalesced()]).exists()
    )


def drain_all(them: Sequence[Drain], *, patience: timedelta = timedelta(0)) -> bool:
    """A batch of each, in this order; whether any had something to do. Those that give way also do so to what was busy so lately."""
    busy = False
    for each in them:
        busy |= each.drain(others_are_busy=busy or _were_busy(them, patience))
    return busy


def _were_busy(them: Sequence[Drain], within: timedelta) -> bool:
    return any(each.was_busy(within) for each in them if not each.reaction.gives_way)
