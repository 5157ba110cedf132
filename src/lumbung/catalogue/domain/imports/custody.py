"""Which process has an import in hand. One that is killed lets go by that: what it left is told, and can be gone on with or undone."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError
from django.utils.translation import gettext as _

from lumbung.catalogue.models import ImportRun
from lumbung.catalogue.refusals import RUNS_ELSEWHERE
from lumbung.kernel.jobs import leases
from lumbung.kernel.models import Lease
from lumbung.kernel.refusals import Refused

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
        with suppress(DatabaseError):  # where the database is away it ends by its time
            leases.give_up(holder)


def abandoned() -> list[ImportRun]:
    """Imports that are said to run, whose process is gone."""
    running = list(ImportRun.objects.filter(state=States.RUNNING).defer("waiting", "unbound"))
    held = Lease.objects.filter(name__in=[_name(run.pk) for run in running]) if running else ()
    alive = {lease.name for lease in held if leases.may_be_at_work(lease)}
    return [run for run in running if _name(run.pk) not in alive]


def note_abandoned() -> None:
    """Write on each of them that it was broken off, and why."""
    for run in abandoned():
        running = ImportRun.objects.filter(pk=run.pk, state=States.RUNNING)
        running.update(state=States.INTERRUPTED, stopped_because=why_abandoned())


def why_abandoned() -> str:
    return _("Proses yang mengimpor berakhir di tengah jalan, misalnya karena listrik padam, memori habis, atau dimatikan.")


def _name(run: int) -> str:
    return f"import:{run}"
