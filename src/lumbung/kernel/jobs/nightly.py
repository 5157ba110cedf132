"""Nightly jobs: each goes once a day at its hour, or as soon after it as a worker runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django_tasks import task

from lumbung.kernel import clock, rooms
from lumbung.kernel.models import NightlyRun


@dataclass(frozen=True)
class Nightly:
    """A job for every day at ``at``, in the time zone of background work. What ``run`` returns is kept as the task's result."""

    name: str
    at: time
    run: Callable[[], Any]


_jobs: dict[str, Nightly] = {}


def every_night(jobs: Sequence[Nightly]) -> None:
    """Make the nightly jobs known; called once, at start-up. Refuses two jobs of one name."""
    for job in jobs:
        if job.name in _jobs:
            raise ValueError(f"two nightly jobs are called {job.name}")
        _jobs[job.name] = job


def enqueue_due() -> list[str]:
    """Enqueue the jobs whose hour has come since they last went, in the order of their hours; returns their names.

    Those of a room that is closed wait until it is open. A job seen for the first time waits for its next hour.
    """
    now = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE))
    last_days = dict(NightlyRun.objects.values_list("name", "last_day"))
    there = [job for job in sorted(_jobs.values(), key=attrgetter("at")) if rooms.lets_in(job.run)]
    due = [job for job in there if job.name not in last_days or last_days[job.name] < _last_due_day(job, now)]
    return [job.name for job in due if _enqueue(job, _last_due_day(job, now))]


def _last_due_day(job: Nightly, now: datetime) -> date:
    return now.date() if now.time() >= job.at else now.date() - timedelta(days=1)


@transaction.atomic
def _enqueue(job: Nightly, day: date) -> bool:
    _, is_new = NightlyRun.objects.get_or_create(name=job.name, defaults={"last_day": day})
    if is_new or not NightlyRun.objects.filter(name=job.name, last_day__lt=day).update(last_day=day):
        return False
    run_nightly.enqueue(job=job.name)
    return True


@task()
def run_nightly(job: str) -> Any:
    """Run one nightly job."""
    return _jobs[job].run()
