"""Periods: lists for a ceremony or term, and work on all of its applications at once."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.clearance.enrolling import enrol_all
from lumbung.members.domain.clearance.letters import issue
from lumbung.members.domain.clearance.standing import Standing, standings
from lumbung.members.events import ClearancePeriodAdded, ClearancePeriodChanged, ClearanceRunFinished
from lumbung.members.models import ClearanceApplication, ClearanceLetter, ClearancePeriod, ClearancePurpose, ClearanceRun
from lumbung.members.refusals import NAME_EMPTY, PERIOD_BACKWARDS, PERIOD_NAME_TAKEN, RUN_UNDER_WAY

FIELDS = frozenset({"name", "first_day", "last_day"})
STRETCH = 200
Kinds, States = ClearanceRun.Kinds, ClearanceRun.States


@refuse_when_broken(period_ends_after_it_begins=PERIOD_BACKWARDS)
@transaction.atomic
def add_period(
    *, name: str, purpose: ClearancePurpose, first_day: date, last_day: date, by: events.Actor | None
) -> ClearancePeriod:
    """Announce a period. Refuses an empty or used name, and one that ends before it begins."""
    period = ClearancePeriod(name=" ".join(name.split()), purpose=purpose, first_day=first_day, last_day=last_day)
    _refuse(_faults(period))
    period.save(force_insert=True)
    events.record(ClearancePeriodAdded(period=period.pk), by=by)
    return period


@transaction.atomic
def change_period(period: ClearancePeriod, *, by: events.Actor | None, **changes: date | str) -> ClearancePeriod:
    """Change the named fields; refuses as ``add_period`` does."""
    period = ClearancePeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if changed := set_changed(period, changes, allowed=FIELDS):
        _refuse(_faults(period))
        period.save(update_fields=changed)
        events.record(ClearancePeriodChanged(period=period.pk, fields=changed), by=by)
    return period


@refuse_when_broken(one_run_at_a_time_for_a_period=RUN_UNDER_WAY)
@transaction.atomic
def start_run(period: ClearancePeriod, *, kind: str, address: str, by: User) -> ClearanceRun:
    """Begin to look at, or to issue letters for, every open application of the period. Refuses while another run goes on."""
    rows = ClearanceApplication.objects.filter(period=period, state=ClearanceApplication.States.OPEN)
    return ClearanceRun.objects.create(
        period=period, kind=kind, total=rows.count(), address=address, started_by=by, started_at=clock.now()
    )


def carry_out(run: ClearanceRun) -> ClearanceRun:
    """Carry the run out, or go on where it was left, a stretch at a time; each keeps how far it got."""
    ClearanceRun.objects.filter(pk=run.pk).update(state=States.RUNNING)
    if run.kind == Kinds.ENROL:
        enrol_all(run)
    while run.kind != Kinds.ENROL and (batch := _next(run)):
        (_evaluate if run.kind == Kinds.EVALUATE else _issue)(run, batch)
    with transaction.atomic():
        run.state, run.finished_at = States.FINISHED, clock.now()
        run.save(update_fields=["state", "finished_at"])
        finished = ClearanceRunFinished(period=run.period_id, kind=run.kind, count=run.done, ready=run.ready)
        events.record(finished, by=run.started_by)
    return run


Row = tuple[ClearanceApplication, list[Standing], ClearanceLetter | None]


def rows_of(period: ClearancePeriod) -> Iterator[Row]:
    """Everybody of the period by name, with how they stand and the letter that is valid, a stretch at a time."""
    applications = list(
        ClearanceApplication.objects.filter(period=period)
        .exclude(state=ClearanceApplication.States.WITHDRAWN)
        .select_related("member__programme__faculty", "purpose")
        .prefetch_related("member__identifiers")
        .order_by("member__name", "pk")
    )
    for first in range(0, len(applications), STRETCH):
        batch = applications[first : first + STRETCH]
        standing = standings(batch)
        valid = ClearanceLetter.objects.filter(application__in=batch, revoked_at__isnull=True)
        letters = {each.application_id: each for each in valid}
        yield from ((each, standing[each.pk], letters.get(each.pk)) for each in batch)


def _next(run: ClearanceRun) -> list[ClearanceApplication]:
    rows = ClearanceApplication.objects.filter(period=run.period_id, pk__gt=run.last)
    rows = rows.filter(state=ClearanceApplication.States.OPEN).select_related("member__programme", "purpose")
    return list(rows.order_by("pk")[:STRETCH])


@transaction.atomic
def _evaluate(run: ClearanceRun, batch: list[ClearanceApplication]) -> None:
    now = clock.now()
    for application, standing in _standing_of(batch):
        application.met, application.asked, application.looked_at = sum(each.met for each in standing), len(standing), now
    ClearanceApplication.objects.bulk_update(batch, ["met", "asked", "looked_at"])
    _note(run, batch, sum(each.met == each.asked for each in batch))


def _issue(run: ClearanceRun, batch: list[ClearanceApplication]) -> None:
    """Letters for those that are ready, each in a transaction of its own, so that nobody waits for the others."""
    issued = 0
    for application, standing in _standing_of(batch):
        if standing and all(each.met for each in standing):
            try:
                issue(application, address=run.address, by=run.started_by)
                issued += 1
            except Refused:
                continue  # it changed between the look and the deed: it stays open and says why
    _note(run, batch, issued)


def _standing_of(batch: list[ClearanceApplication]) -> Iterator[tuple[ClearanceApplication, list[Standing]]]:
    found = standings(batch)
    return ((each, found[each.pk]) for each in batch)


def _note(run: ClearanceRun, batch: list[ClearanceApplication], ready: int) -> None:
    run.done, run.ready, run.last = run.done + len(batch), run.ready + ready, batch[-1].pk
    run.save(update_fields=["done", "ready", "last"])


def _faults(period: ClearancePeriod) -> list[Reason]:
    reasons = [] if period.name else [NAME_EMPTY()]
    if ClearancePeriod.objects.filter(name__iexact=period.name).exclude(pk=period.pk).exists():
        reasons.append(PERIOD_NAME_TAKEN(name=period.name))
    if period.last_day < period.first_day:
        reasons.append(PERIOD_BACKWARDS())
    return reasons


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
