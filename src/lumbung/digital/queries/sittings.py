"""Files that only so many may read at once: who waits where, and for how long, honestly."""

import heapq
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median

from lumbung.digital.models import File, Sitting
from lumbung.digital.models.sitting import READS_FOR
from lumbung.kernel import clock

ENOUGH_TO_JUDGE = 3
LATEST_JUDGED = 50


@dataclass(frozen=True)
class Turn:
    """``position`` counts from 1 among those who wait. ``minutes`` as readers of this file usually take; None where that is not known."""

    position: int
    reading: int
    minutes: int | None


def turn_of(waiting: Sitting, file: File) -> Turn:
    """Where somebody who waits stands. The estimate takes readers to stay as long as the latest did; those over it are about to go."""
    now = clock.now()
    there = list(Sitting.objects.open(now).filter(file=file))
    queue = [each.pk for each in there if each.place is None]
    position = queue.index(waiting.pk) + 1 if waiting.pk in queue else len(queue) + 1
    reading = [each for each in there if each.place is not None]
    usual = _usual_length(file)
    if usual is None or not reading:
        return Turn(position, len(reading), None)
    free_at = [max(each.since + usual - now, timedelta()) for each in reading]
    heapq.heapify(free_at)
    wait = timedelta()
    for _each in range(position):
        wait = heapq.heappop(free_at)
        heapq.heappush(free_at, wait + usual)
    return Turn(position, len(reading), max(1, ceil(wait / timedelta(minutes=1))))


def _usual_length(file: File) -> timedelta | None:
    """How long the latest readers held a place, with the time for which it was kept after their last page."""
    ended = Sitting.objects.filter(file=file, ended_at__isnull=False).order_by("-ended_at", "-pk")
    told = ended.values_list("since", "ended_at")[:LATEST_JUDGED]
    lengths = [(until - since).total_seconds() for since, until in told if until is not None]
    return timedelta(seconds=median(lengths)) if len(lengths) >= ENOUGH_TO_JUDGE else None


def minutes_kept() -> int:
    """How many minutes a place is kept for a reader who opens no page."""
    return READS_FOR // timedelta(minutes=1)
