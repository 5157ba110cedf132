"""Background work that failed: what staff see, and the two things they can do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from lumbung.kernel import events
from lumbung.kernel.events import Actor, Event, event
from lumbung.kernel.models import PendingReaction
from lumbung.kernel.models.pending import MAX_FAILURES
from lumbung.kernel.refusals import Refusal, Refused

Kind = Literal["task", "reaction"]

FAILURE_GONE = Refusal("failure_gone", _("Kegagalan ini sudah tidak ada: sudah berhasil dicoba lagi, atau sudah diabaikan."))


@event
class FailureRetried(Event):
    """Someone asked for failed work to be tried again at once."""

    kind: str
    key: str
    work: str


@event
class FailureDismissed(Event):
    """Someone decided that failed work need not be done. ``error`` is its kind alone: the text may name people."""

    kind: str
    key: str
    work: str
    error: str


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Work that failed at least once and is not done. ``entry`` is the journal entry it reacts to, if it is a reaction.

    ``again_at`` is when it will be tried again, None once it was given up. ``error`` is one line, ``trace`` the whole.
    """

    kind: Kind
    key: str
    name: str
    entry: int | None
    error: str
    trace: str
    at: datetime | None
    attempts: int
    again_at: datetime | None

    @property
    def gave_up(self) -> bool:
        return self.again_at is None


def failures(first: int = 0, size: int = 50) -> list[Failure]:
    """A page of what failed: tasks, latest first, then reactions."""
    return list(islice(_all_failures(first + size), first, first + size))


def count_failures() -> int:
    return _failed_tasks().count() + PendingReaction.objects.failed().count()


@transaction.atomic
def retry(kind: Kind, key: str, *, by: Actor | None) -> None:
    """Try the work again at once, as if it had never failed. Refuses when it is gone."""
    failure = _failure(kind, key)
    if kind == "task":
        ready = {"status": TaskResultStatus.READY, "run_after": get_date_max(), "worker_ids": [], "finished_at": None}
        _failed_tasks().filter(pk=key).update(**ready)
    else:
        PendingReaction.objects.filter(pk=key).update(failures=0, not_before=None, last_error="")
    events.record(FailureRetried(kind=kind, key=key, work=failure.name), by=by)


@transaction.atomic
def dismiss(kind: Kind, key: str, *, by: Actor | None) -> None:
    """Give the work up; the journal keeps what it was. Refuses when it is gone."""
    failure = _failure(kind, key)
    (_failed_tasks() if kind == "task" else PendingReaction.objects).filter(pk=key).delete()
    events.record(FailureDismissed(kind=kind, key=key, work=failure.name, error=failure.error.partition(":")[0]), by=by)


def _all_failures(most: int) -> Iterator[Failure]:
    for row in _failed_tasks().order_by("-started_at", "id")[:most]:
        yield _of_task(row)
    for pending in PendingReaction.objects.failed().order_by("id")[:most]:
        yield _of_reaction(pending)


def _failed_tasks() -> "QuerySet[DBTaskResult[..., Any]]":
    tried = DBTaskResult.objects.filter(status__in=[TaskResultStatus.FAILED, TaskResultStatus.READY])
    return tried.exclude(traceback="")


def _failure(kind: Kind, key: str) -> Failure:
    try:
        if kind == "task":
            return _of_task(_failed_tasks().select_for_update().get(pk=key))
        return _of_reaction(PendingReaction.objects.failed().select_for_update().get(pk=key))
    except (DBTaskResult.DoesNotExist, PendingReaction.DoesNotExist, ValidationError, ValueError):
        raise Refused(FAILURE_GONE()) from None


def _of_task(row: DBTaskResult[..., Any]) -> Failure:
    arguments = row.args_kwargs["kwargs"]
    return Failure(
        kind="task",
        key=str(row.pk),
        name=arguments.get("reaction") or arguments.get("job") or row.task_name,
        entry=arguments.get("entry"),
        error=_last_line(row.traceback),
        trace=row.traceback,
        at=row.started_at,
        attempts=len(row.worker_ids),
        again_at=row.run_after if row.status == TaskResultStatus.READY else None,
    )


def _of_reaction(row: PendingReaction) -> Failure:
    return Failure(
        kind="reaction",
        key=str(row.pk),
        name=row.reaction,
        entry=row.entry_id,
        error=_last_line(row.last_error),
        trace=row.last_error,
        at=row.failed_at,
        attempts=row.failures,
        again_at=row.not_before if row.failures < MAX_FAILURES else None,
    )


def _last_line(trace: str) -> str:
    return trace.strip().rpartition("\n")[2]
