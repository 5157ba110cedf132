"""Which process has an import in hand. One that is killed lets go by that: what it left is told, and can be gone on with or undone."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from lumbung.catalogue.models import ImportRun
from lumbung.catalogue.refusals import RUNS_ELSEWHERE
from lumbung.kernel.jobs import leases, tasks
from lumbung.kernel.models import Lease
from lumbung.kernel.refusals import Refused

UNDOING_TASK = "lumbung.catalogue.jobs.undo_import"
BEAT = leases.LENGTH.total_seconds() / 6
States = ImportRun.States


@contextmanager
def in_hand(run: ImportRun) -> Iterator[Callable[[], None]]:
    """Hold the import; what is given is to be called now and then. Refuses one that another process holds."""
    holder = leases.new_holder()
    if not leases.take(_name(run.pk), holder):
        raise Refused(RUNS_ELSEWHERE(run=run.pk))
    beaten_at = time.monotonic()

    def beat() -> None:
        nonlocal beaten_at
        if time.monotonic() - beaten_at > BEAT:
            leases.lengthen_all(holder)
            beaten_at = time.monotonic()

    try:
        yield beat
    finally:
        leases.give_up(holder)


def abandoned() -> list[ImportRun]:
    """Imports that are said to run, whose process is gone."""
    return _without_holder(States.RUNNING)


def undoings_left() -> list[ImportRun]:
    """Imports that are said to be undone just now, whose process is gone and which no work that waits will go on with."""
    return [run for run in _without_holder(States.UNDOING) if not tasks.is_expected(UNDOING_TASK, run=run.pk)]


def note_abandoned() -> None:
    """Write on each of those that ran that it was broken off, and why; not where another process takes it up in this moment."""
    holder = leases.new_holder()
    for run in abandoned():
        with transaction.atomic():
            if leases.take(_name(run.pk), holder, unless=leases.may_be_at_work):
                running = ImportRun.objects.filter(pk=run.pk, state=States.RUNNING)
                running.update(state=States.INTERRUPTED, stopped_because=why_abandoned())
                leases.give_up(holder)


def _without_holder(state: str) -> list[ImportRun]:
    runs = list(ImportRun.objects.filter(state=state).defer("waiting", "unbound"))
    held = Lease.objects.filter(name__in=[_name(run.pk) for run in runs]) if runs else ()
    at_work = {lease.name for lease in held if leases.may_be_at_work(lease)}
    return [run for run in runs if _name(run.pk) not in at_work]


def why_abandoned() -> str:
    return _("Proses yang mengimpor berakhir di tengah jalan, misalnya karena listrik padam, memori habis, atau dimatikan.")


def _name(run: int) -> str:
    return f"import:{run}"
