"""Serving with the doors closed: one verb changes the calendar, due dates, pick-ups and services together, another gives them back.

Days of closed service are never fined (their period says so), so nothing need be charged or taken back for them.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db import transaction

from lumbung.circulation.domain.due_dates import begin_move, move_back, move_due_dates, move_more
from lumbung.circulation.domain.handovers import cancel_waiting
from lumbung.circulation.events import ClosingFinished, DoorsClosed, DoorsOpened
from lumbung.circulation.models import ClosedDoors, Hold
from lumbung.circulation.queries.closed_doors import announced, pickups_between
from lumbung.circulation.queries.due_dates import due_between
from lumbung.circulation.refusals import DOORS_CLOSED_ALREADY, DOORS_NOTE_MISSING, DOORS_OPEN_ALREADY
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.domain.calendar import announce_closure, shorten_closure, withdraw_closure
from lumbung.organization.domain.periods import add_period, change_period, remove_period
from lumbung.organization.domain.services import set_state
from lumbung.organization.models import Branch, Library, Offering, Period
from lumbung.organization.queries import branch_of, library, open_day_after

DAYS_TO_COLLECT = 3
"""Open days after the doors open again in which a hold that waited may still be collected."""
ONE_DAY = timedelta(days=1)
AT_ONCE, STRETCH = 1_000, 500
"""Up to how many due dates move in the moment in which the doors close; of more, so many at a time follow in the background."""


@transaction.atomic
def close_doors(
    *,
    first_day: date,
    last_day: date,
    reason: str,
    note: str,
    by: events.Actor | None,
    branch: Branch | None = None,
    services: Mapping[int, str] | None = None,
    tells: bool = True,
) -> ClosedDoors:
    """Serve with the doors closed from ``first_day`` to ``last_day``, at a branch or everywhere.

    Announces the closure, spares its days from fines, moves what is due then to the first open day (where that is much,
    ``finish_closing`` does), lets ready holds wait three open days longer, and gives each service of ``services`` (by key) its state, with
    ``note`` as the word to the public; with ``tells`` whoever is concerned gets a letter. Refuses as ``announce_closure`` does, without a
    note, and while doors are closed already on one of these days. ``queries.effects_of`` tells beforehand what would change.
    """
    Library.objects.select_for_update().get(pk=1)  # two people must not close the same doors together
    look_before_closing(first_day=first_day, last_day=last_day, note=note, branch=branch)
    closed = ClosedDoors(branch=branch, first_day=first_day, last_day=last_day, reason=reason.strip(), note=note.strip())
    closed.tells = tells
    closed.closure = announce_closure(first_day=first_day, last_day=last_day, reason=reason, by=by, branch=branch)
    kind = Period.Kinds.CLOSED_SERVICE
    closed.period = add_period(kind=kind, name=closed.reason[:80], first_day=first_day, last_day=last_day, by=by, branch=branch)
    _move_due(closed, by)
    closed.pickups = _extend_pickups(closed)
    closed.services = _set_services(services or {}, closed.note, by)
    closed.closed_at, closed.closed_by_id = clock.now(), by.pk if by is not None else None
    closed.save(force_insert=True)
    counts = {"loans": closed.loans_moved, "holds": len(closed.pickups), "services": len(closed.services)}
    told = DoorsClosed(closed_doors=closed.pk, branch=closed.branch_id, first_day=first_day, last_day=last_day, **counts)
    events.record(told, by=by)
    announced.changed()
    return closed


def look_before_closing(*, first_day: date, last_day: date, note: str, branch: Branch | None) -> None:
    """Refuse what ``close_doors`` would refuse of these: without a note, and while doors are closed already on one of these days."""
    reasons: list[Reason] = [] if note.strip() else [DOORS_NOTE_MISSING()]
    if there := _overlapping(first_day, last_day, branch):
        reasons.append(DOORS_CLOSED_ALREADY(reason=there.reason, first_day=f"{there.first_day:%d/%m/%Y}"))
    if reasons:
        raise Refused(reasons)


def finish_closing(closed: ClosedDoors) -> None:
    """Move the due dates that were left for later, or go on where a worker left it. What was called off meanwhile stays as it is."""
    while _moves_on(closed.pk):
        pass


@transaction.atomic
def open_doors(closed: ClosedDoors, *, by: events.Actor | None) -> ClosedDoors:
    """Open again: services are as before, and the calendar from tomorrow on.

    Called off before the doors had closed, due dates and pick-ups are as before too, except of what came back meanwhile. Afterwards
    they stay, because people were told. Refuses doors that are open.
    """
    closed = ClosedDoors.objects.select_for_update(of=("self",)).select_related("branch", "closure", "period").get(pk=closed.pk)
    if closed.opened_at is not None:
        raise Refused(DOORS_OPEN_ALREADY())
    today = clock.today(closed.branch.zone if closed.branch else library().zone)
    called_off = closed.first_day > today
    if called_off:
        _call_off(closed, by)
    elif closed.last_day > today:
        _shorten(closed, max(closed.first_day, today), by)
    _give_services_back(closed, by)
    cancel_waiting(closed, by=by)
    closed.opened_at = clock.now()
    closed.save(update_fields=["opened_at", "last_day", "closure", "period"])
    events.record(DoorsOpened(closed_doors=closed.pk, branch=closed.branch_id, called_off=called_off), by=by)
    announced.changed()
    return closed


def open_doors_in_time(*, by: events.Actor | None = None) -> int:
    """Open the doors whose last day is over: their services are as before. For the nightly job; returns how many."""
    over = [each for each in ClosedDoors.objects.filter(opened_at=None).select_related("branch") if _is_over(each)]
    for each in over:
        open_doors(each, by=by)
    return len(over)


def _is_over(closed: ClosedDoors) -> bool:
    return closed.last_day < clock.today(closed.branch.zone if closed.branch else library().zone)


def _overlapping(first_day: date, last_day: date, branch: Branch | None) -> ClosedDoors | None:
    there = ClosedDoors.objects.filter(opened_at=None, first_day__lte=last_day, last_day__gte=first_day)
    if branch is not None:
        there = there.filter(branch=None) | there.filter(branch=branch)
    return there.first()


def _move_due(closed: ClosedDoors, by: events.Actor | None) -> None:
    closed.loans_to_move = due_between(closed.first_day, closed.last_day, closed.branch).count()
    closed.is_moving = closed.loans_to_move > AT_ONCE
    if closed.is_moving:
        closed.due_dates = begin_move(closed.reason, by)
    elif closed.loans_to_move:
        closed.due_dates = move_due_dates(**_days(closed), reason=closed.reason, by=by, branch=closed.branch)
        closed.loans_moved = closed.due_dates.shifts.count()


@transaction.atomic
def _moves_on(key: int) -> bool:
    """A stretch of due dates follows; whether there may be more."""
    closed = ClosedDoors.objects.select_for_update(of=("self",)).select_related("branch", "due_dates", "closed_by").get(pk=key)
    if not closed.is_moving or closed.due_dates is None:
        return False
    moved = 0
    if closed.due_dates.undone_at is None:
        moved = move_more(closed.due_dates, **_days(closed), most=STRETCH, by=closed.closed_by, branch=closed.branch)
    closed.loans_moved += moved
    closed.is_moving = moved > 0
    closed.save(update_fields=["loans_moved", "is_moving"])
    if not closed.is_moving:
        events.record(ClosingFinished(closed_doors=closed.pk, loans=closed.loans_moved), by=None)
    return closed.is_moving


def _days(closed: ClosedDoors) -> dict[str, date]:
    return {"first_day": closed.first_day, "last_day": closed.last_day, "to": closed.last_day + ONE_DAY}


def _extend_pickups(closed: ClosedDoors) -> dict[str, str]:
    was: dict[str, str] = {}
    ready = pickups_between(closed.first_day, closed.last_day, closed.branch).select_for_update(of=("self",))
    for hold in ready.order_by("pk"):
        assert hold.ready_until is not None, "a ready hold has its last day"  # noqa: S101 -- for the type checker
        was[str(hold.pk)] = hold.ready_until.isoformat()
        hold.ready_until = open_day_after(branch_of(hold.pickup_branch_id), closed.last_day, count=DAYS_TO_COLLECT)
        hold.save(update_fields=["ready_until"])
    return was


def _set_services(states: Mapping[int, str], note: str, by: events.Actor | None) -> dict[str, list[str]]:
    was = {}
    for service in Offering.objects.filter(pk__in=states):
        was[str(service.pk)] = [service.state, service.state_note]
        set_state(service, states[service.pk], note=note, by=by)
    return was


def _give_services_back(closed: ClosedDoors, by: events.Actor | None) -> None:
    """Only where nobody gave the service another word meanwhile."""
    for service in _services(closed.services):
        state, note = closed.services[str(service.pk)]
        if service.state_note == closed.note or service.state == Offering.States.OPEN:
            set_state(service, state, note=note, by=by)


def _services(kept: Collection[str]) -> Collection[Offering]:
    return list(Offering.objects.filter(pk__in=[int(key) for key in kept]))


def _call_off(closed: ClosedDoors, by: events.Actor | None) -> None:
    if closed.due_dates is not None:
        move_back(closed.due_dates, by=by)
    for hold in Hold.objects.select_for_update(of=("self",)).filter(pk__in=map(int, closed.pickups), state=Hold.States.READY):
        was = date.fromisoformat(closed.pickups[str(hold.pk)])
        if hold.brought_on is None or was >= hold.brought_on:  # else it went on to a later visit meanwhile
            hold.ready_until = was
            hold.save(update_fields=["ready_until"])
    closure, period = closed.closure, closed.period
    closed.closure, closed.period, closed.is_moving = None, None, False
    closed.save(update_fields=["closure", "period", "is_moving"])
    if closure is not None:
        withdraw_closure(closure, by=by)
    if period is not None:
        remove_period(period, by=by)


def _shorten(closed: ClosedDoors, last_day: date, by: events.Actor | None) -> None:
    closed.last_day = last_day
    if closed.closure is not None and closed.closure.last_day > last_day:
        shorten_closure(closed.closure, last_day=last_day, by=by)
    if closed.period is not None and closed.period.last_day > last_day:
        change_period(closed.period, last_day=last_day, by=by)
