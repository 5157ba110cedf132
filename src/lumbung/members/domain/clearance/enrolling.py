"""A long list of numbers becomes applications, a stretch at a time, with how far it got."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.members.domain.clearance.applying import compact, enrol
from lumbung.members.models import ClearancePeriod, ClearanceRun
from lumbung.members.refusals import RUN_UNDER_WAY

STRETCH = 100
AT_ONCE = 100
"""A list no longer than this is carried out while its sender waits."""


@refuse_when_broken(one_run_at_a_time_for_a_period=RUN_UNDER_WAY)
@transaction.atomic
def start_enrolment(period: ClearancePeriod, numbers: Iterable[str], *, by: User) -> ClearanceRun:
    """Begin to open an application for each of the numbers. Refuses while another run of the period goes on."""
    given = compact(numbers)
    told = {"twice": sorted(number for number, times in Counter(given).items() if times > 1), "there": [], "unknown": []}
    once = list(dict.fromkeys(given))
    started = {"started_by": by, "started_at": clock.now()}
    return ClearanceRun.objects.create(
        period=period, kind=ClearanceRun.Kinds.ENROL, numbers=once, told=told, total=len(once), **started
    )


def enrol_all(run: ClearanceRun) -> None:
    """Open the applications, or go on where it was left: a stretch and how far it got are kept together."""
    while run.done < run.total:
        _enrol_stretch(run)


@transaction.atomic
def _enrol_stretch(run: ClearanceRun) -> None:
    stretch = run.numbers[run.done : run.done + STRETCH]
    enrolled = enrol(run.period, stretch, by=run.started_by)
    run.done, run.ready = run.done + len(stretch), run.ready + enrolled.opened
    run.told = {
        **run.told,
        "there": run.told["there"] + enrolled.there,
        "unknown": run.told["unknown"] + enrolled.unknown,
    }
    run.save(update_fields=["done", "ready", "told"])
