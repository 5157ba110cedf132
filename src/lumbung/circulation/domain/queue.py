"""The place in the queue: given up for a while, taken first with a reason, fetched elsewhere."""

from datetime import date

from django.db import transaction

from lumbung.circulation.domain.holds import blocks_of_place
from lumbung.circulation.events import HoldPickupChanged, HoldPutBack, HoldPutFirst, HoldResumed, HoldSuspended
from lumbung.circulation.models import HandoverPlace, Hold
from lumbung.circulation.queries.hold_blocks import against_all, chances_of
from lumbung.circulation.queries.rules import rules_now
from lumbung.circulation.refusals import DAY_PAST, HOLD_CLOSED, HOLD_SET_ASIDE, NOT_SUSPENDED, PRIORITY_REASON_EMPTY
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.models import Branch
from lumbung.organization.queries import branches

REASON_LENGTH = 200


@transaction.atomic
def suspend_hold(hold: Hold, *, until: date | None, by: events.Actor | None) -> Hold:
    """Let others go before until the day given (None: until it is resumed); the place in the queue is kept.

    Refuses a hold that has a copy or is closed, and a day that is not after today.
    """
    hold = _locked(hold)
    reasons = _not_waiting(hold)
    if until is not None and until <= clock.today(hold.pickup_branch.zone):
        reasons.append(DAY_PAST())
    if reasons:
        raise Refused(reasons)
    hold.is_suspended, hold.suspended_until = True, until
    hold.save(update_fields=["is_suspended", "suspended_until"])
    events.record(HoldSuspended(**_facts(hold), until=until), by=by)
    return hold


@transaction.atomic
def resume_hold(hold: Hold, *, by: events.Actor | None) -> Hold:
    """Back into the queue, at the place it has by the day it was placed. Refuses one that is not suspended."""
    hold = _locked(hold)
    if not hold.is_suspended:
        raise Refused(NOT_SUSPENDED())
    hold.is_suspended, hold.suspended_until = False, None
    hold.save(update_fields=["is_suspended", "suspended_until"])
    events.record(HoldResumed(**_facts(hold)), by=by)
    return hold


def resume_holds(*, by: events.Actor | None = None) -> int:
    """Resume the holds whose day has come, each in a transaction of its own; how many. For the nightly job."""
    resumed = 0
    for branch in branches():
        due = Hold.objects.filter(is_suspended=True, pickup_branch=branch, suspended_until__lte=clock.today(branch.zone))
        for hold in due.order_by("pk"):
            try:
                resume_hold(hold, by=by)
            except Refused:
                continue  # somebody was quicker
            resumed += 1
    return resumed


@transaction.atomic
def put_first(hold: Hold, *, reason: str, by: events.Actor | None) -> Hold:
    """Put the hold before all others of its title. Refuses without a reason, and a hold that has a copy or is closed."""
    hold = _locked(hold)
    reasons = _not_waiting(hold)
    if not reason.strip():
        reasons.append(PRIORITY_REASON_EMPTY())
    if reasons:
        raise Refused(reasons)
    first = Hold.objects.open().filter(record=hold.record_id).exclude(pk=hold.pk).order_by("-priority").first()
    hold.priority, hold.priority_reason = (first.priority if first else 0) + 1, reason.strip()[:REASON_LENGTH]
    hold.save(update_fields=["priority", "priority_reason"])
    events.record(HoldPutFirst(**_facts(hold)), by=by)
    return hold


@transaction.atomic
def put_back(hold: Hold, *, by: events.Actor | None) -> Hold:
    """Back to the order in which people asked."""
    hold = _locked(hold)
    if reasons := _not_waiting(hold):
        raise Refused(reasons)
    if hold.priority:
        hold.priority, hold.priority_reason = 0, ""
        hold.save(update_fields=["priority", "priority_reason"])
        events.record(HoldPutBack(**_facts(hold)), by=by)
    return hold


@transaction.atomic
def change_pickup(hold: Hold, branch: Branch, *, by: events.Actor | None, place: HandoverPlace | None = None) -> Hold:
    """Fetch it at another branch, or at a ``place`` that is visited from one. Refuses a hold that has a copy already or is closed, a place
    that is not offered, and a branch at which the rules let none of the copies be fetched."""
    hold = _locked(hold)
    branch = place.branch if place is not None else branch
    chosen = (branch.pk, place.pk if place is not None else None)
    is_moved = (hold.pickup_branch_id, hold.place_id) != chosen
    if reasons := [*_not_waiting(hold), *blocks_of_place(place), *(_blocks_of_branch(hold, branch) if is_moved else ())]:
        raise Refused(reasons)
    if is_moved:
        hold.pickup_branch, hold.place = branch, place
        hold.save(update_fields=["pickup_branch", "place"])
        events.record(HoldPickupChanged(**_facts(hold), branch=branch.pk), by=by)
    return hold


def _blocks_of_branch(hold: Hold, branch: Branch) -> list[Reason]:
    """What the rules have against every copy that would do, were it fetched there."""
    if not rules_now().scope_holds:
        return []
    chances = chances_of(hold.record, hold.holder, branch, volume=hold.volume, item=hold.wanted_item)
    return against_all(chances)


def _not_waiting(hold: Hold) -> list[Reason]:
    if not hold.is_open:
        return [HOLD_CLOSED()]
    return [HOLD_SET_ASIDE()] if hold.is_set_aside else []


def _facts(hold: Hold) -> dict[str, int]:
    return {"hold": hold.pk, "record": hold.record_id, "member": hold.holder.pk}


def _locked(hold: Hold) -> Hold:
    rows = Hold.objects.select_for_update(of=("self",), no_key=True).select_related("pickup_branch", "member")
    return rows.get(pk=hold.pk)
