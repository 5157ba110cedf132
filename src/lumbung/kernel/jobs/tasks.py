"""Running Django tasks: claimed by one worker at a time, tried again with back-off, given up visibly."""

import logging
from datetime import datetime
from traceback import format_exception
from typing import Any

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from lumbung.kernel import channel, clock
from lumbung.kernel.jobs import leases
from lumbung.kernel.jobs.backoff import wait_after
from lumbung.kernel.jobs.reactions import QUEUES
from lumbung.kernel.models import Lease

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
WORKER = "worker:"


def run_next(holder: str, queue: str = "") -> bool:
    """Run one task that is due, of this queue or any, in this thread. False when there is none."""
    row = claim(holder, queue)
    if row is None:
        return False
    try:
        with channel.through("job"):
            result = row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.set_successful(result)
    except Exception as error:
        logger.exception("task %s failed, attempt %d", row.task_name, len(row.worker_ids))
        _set_back(row, error, clock.now())
    return True


def claim(holder: str, queue: str = "") -> DBTaskResult[..., Any] | None:
    """Take the task that is due first. One conditional update decides between workers, so no lock outlives a statement."""
    now = clock.now()
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    if queue:
        ready = ready.filter(queue_name=queue)
    for row in ready.filter(_its_time(now))[:10]:
        claimed = ready.filter(pk=row.pk).update(
            status=TaskResultStatus.RUNNING, started_at=now, worker_ids=[*row.worker_ids, holder]
        )
        if claimed:
            row.refresh_from_db()
            return row
    return None


def is_due() -> bool:
    """Whether a task waits whose time has come, in a queue that there still is."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, queue_name__in=QUEUES)
    return waiting.filter(_its_time(clock.now())).exists()


def is_expected(name: str, **told: Any) -> bool:
    """Whether the task of this name, told this among other things, waits or is being run."""
    open_ones = DBTaskResult.objects.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING], task_path=name)
    return any(told.items() <= arguments["kwargs"].items() for arguments in open_ones.values_list("args_kwargs", flat=True))


def take_up_abandoned() -> int:
    """Make tasks due again whose worker has ended without finishing them; returns how many."""
    running = list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))
    if not running:
        return 0
    alive = {lease.holder for lease in Lease.objects.filter(name__startswith=WORKER) if leases.is_current(lease)}
    abandoned = [row for row in running if row.worker_ids[-1:] and row.worker_ids[-1] not in alive]
    for row in abandoned:
        logger.warning("task %s was left by worker %s; it will run again", row.task_name, row.worker_ids[-1])
        _set_back(row, InterruptedError("the worker ended in the middle of this task"), clock.now())
    return len(abandoned)


def prune_finished(before: datetime) -> int:
    """Forget tasks that ended well before the moment; returns how many."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=before)
    return int(done.delete()[0])


def _its_time(now: datetime) -> Q:
    return Q(run_after__lte=now) | Q(run_after=get_date_max())


def _set_back(row: DBTaskResult[..., Any], error: BaseException, now: datetime) -> None:
    attempts = len(row.worker_ids)
    if attempts >= MAX_ATTEMPTS:
        row.set_failed(error)
        return
    DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at).update(
        status=TaskResultStatus.READY,
        run_after=now + wait_after(attempts),
        exception_class_path=f"{type(error).__module__}.{type(error).__qualname__}",
        traceback="".join(format_exception(error)),
    )
