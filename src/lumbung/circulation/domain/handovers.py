"""Books that reach members while the doors are closed: times to fetch them, a courier, and copies that rest after the book drop."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.events import DutySet, HandoverAsked, HandoverCancelled, HandoverDone, HandoverSent, HandoversSet
from lumbung.circulation.models import ClosedDoors, DutyDay, Fee, Handover, Rest
from lumbung.circulation.queries.closed_doors import announced, closed_at, rests_until, slots_of
from lumbung.circulation.queries.parcels import holds_to_send_home
from lumbung.circulation.refusals import (
    COURIER_MISSING,
    DELIVERY_ADDRESS_MISSING,
    DOORS_OPEN_ALREADY,
    HANDOVER_CLOSED,
    HANDOVER_THERE,
    NO_DELIVERY,
    NOTHING_TO_FETCH,
    SLOT_FULL,
    SLOT_UNKNOWN,
    SLOTS_WRONG,
)
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch

SETTABLE = frozenset(
    {"slot_days", "slot_from", "slot_until", "slot_minutes", "slot_limit", "delivers", "delivery_fee", "quarantine_days"}
)
Kinds, States = Handover.Kinds, Handover.States


@transaction.atomic
def set_handovers(closed: ClosedDoors, *, by: events.Actor | None, **terms: Any) -> ClosedDoors:
    """Say which times may be booked, whether books are sent and for how much, and how long returned copies rest.

    Refuses a slot that ends before it begins or lasts no time, and doors that are open.
    """
    current = _locked(closed)
    changed = set_changed(current, terms, allowed=SETTABLE)
    times = (current.slot_from, current.slot_until)
    if current.slot_limit and (None in times or times[0] >= times[1] or not current.slot_minutes or not current.slot_days):  # type: ignore[operator]
        raise Refused(SLOTS_WRONG())
    if changed:
        current.save(update_fields=changed)
        events.record(HandoversSet(closed_doors=current.pk, fields=changed), by=by)
        announced.changed()
    return current


@refuse_when_broken(one_open_handover_of_a_member=HANDOVER_THERE)
@transaction.atomic
def book(closed: ClosedDoors, member: Member, *, branch: Branch, starts_at: datetime, by: events.Actor | None) -> Handover:
    """Book a time to fetch what waits. Refuses a time that is not offered or full, and when nothing waits at the branch."""
    current = _locked(closed)
    left = {slot.starts_at: slot.left for slot in slots_of(current, branch)}.get(starts_at)
    reasons: list[Reason] = [SLOT_UNKNOWN()] if left is None else [] if left > 0 else [SLOT_FULL()]
    return _asked(current, member, reasons, kind=Kinds.PICKUP, branch=branch, starts_at=starts_at, by=by)


@refuse_when_broken(one_open_handover_of_a_member=HANDOVER_THERE)
@transaction.atomic
def ask_delivery(closed: ClosedDoors, member: Member, *, branch: Branch, address: str, by: events.Actor | None) -> Handover:
    """Ask that what waits be sent. Refuses where nothing is sent, without an address, and when nothing waits at the branch."""
    current = _locked(closed)
    reasons: list[Reason] = [] if current.delivers else [NO_DELIVERY()]
    reasons += [] if address.strip() else [DELIVERY_ADDRESS_MISSING()]
    return _asked(current, member, reasons, kind=Kinds.DELIVERY, branch=branch, address=address.strip()[:300], by=by)


@transaction.atomic
def send(handover: Handover, *, courier: str, tracking: str, by: events.Actor | None) -> Handover:
    """The parcel went, with whom and under which number; the fee for it is charged once. Refuses one that is not a waiting delivery."""
    current = _open(handover)
    if current.kind != Kinds.DELIVERY or current.state != States.ASKED:
        raise Refused(HANDOVER_CLOSED())
    if not courier.strip():
        raise Refused(COURIER_MISSING())
    current.state, current.courier, current.tracking = States.SENT, courier.strip()[:60], tracking.strip()[:60]
    current.save(update_fields=["state", "courier", "tracking"])
    fee = current.closed_doors.delivery_fee if current.closed_doors else 0
    if fee and current.member is not None:
        once = f"delivery:{current.pk}"
        charge(current.member, Fee.Kinds.OTHER, fee, by=by, branch=current.branch, note=current.courier, once=once)
    events.record(HandoverSent(handover=current.pk, member=current.member_id), by=by)
    return current


@transaction.atomic
def finish(handover: Handover, *, by: events.Actor | None) -> Handover:
    """Fetched, or arrived."""
    current = _end(handover, States.DONE)
    events.record(HandoverDone(handover=current.pk, member=current.member_id), by=by)
    return current


@transaction.atomic
def cancel(handover: Handover, *, by: events.Actor | None) -> Handover:
    """Call it off; the time is free again. What was sent already is on its way and cannot be called off."""
    if _open(handover).state == States.SENT:
        raise Refused(HANDOVER_CLOSED())
    current = _end(handover, States.CANCELLED)
    events.record(HandoverCancelled(handover=current.pk, member=current.member_id), by=by)
    return current


def cancel_waiting(closed: ClosedDoors, *, by: events.Actor | None) -> int:
    """The doors are open again: times that were booked for later and parcels not sent are called off; how many."""
    waiting = list(Handover.objects.filter(closed_doors=closed, state=States.ASKED))
    for each in waiting:
        cancel(each, by=by)
    return len(waiting)


def let_rest(item: Item, at: Branch) -> date | None:
    """A copy came back: until when it rests, where the closed doors of the branch ask for it. In the transaction of the return."""
    closed = closed_at(at)
    if closed is None or not closed.quarantine_days:
        return None
    until = clock.today(at.zone) + timedelta(days=closed.quarantine_days)
    Rest.objects.update_or_create(item=item, defaults={"closed_doors": closed, "until": until})
    rests_until.changed()
    return until


@transaction.atomic
def set_duty(closed: ClosedDoors, places: Mapping[tuple[int, date], str], *, by: User) -> int:
    """Who works where on which day, whole: users (by key) and days that are not named are off. Returns how many days of work."""
    current = _locked(closed)
    within = {at: place for at, place in places.items() if current.first_day <= at[1] <= current.last_day and place}
    current.duty.all().delete()
    rows = [DutyDay(closed_doors=current, user_id=user, day=day, place=place) for (user, day), place in within.items()]
    DutyDay.objects.bulk_create(rows)
    events.record(DutySet(closed_doors=current.pk, count=len(rows)), by=by)
    return len(rows)


def _asked(closed: ClosedDoors, member: Member, reasons: list[Reason], *, by: events.Actor | None, **facts: Any) -> Handover:
    branch = facts["branch"]
    waits = holds_to_send_home(member).filter(pickup_branch=branch).exists()
    reasons += [] if waits and closed.branch_id in (None, branch.pk) else [NOTHING_TO_FETCH(branch=branch.name)]
    if Handover.objects.filter(closed_doors=closed, member=member, state__in=Handover.OPEN).exists():
        reasons.append(HANDOVER_THERE())
    if reasons:
        raise Refused(reasons)
    made = Handover.objects.create(closed_doors=closed, member=member, asked_at=clock.now(), **facts)
    events.record(HandoverAsked(handover=made.pk, member=member.pk, kind=made.kind), by=by)
    return made


def _locked(closed: ClosedDoors) -> ClosedDoors:
    """Two members must not take the last place of a time together."""
    current = ClosedDoors.objects.select_for_update(of=("self",)).get(pk=closed.pk)
    if current.opened_at is not None:
        raise Refused(DOORS_OPEN_ALREADY())
    return current


def _open(handover: Handover) -> Handover:
    rows = Handover.objects.select_for_update(of=("self",)).select_related("member", "branch", "closed_doors")
    current = rows.get(pk=handover.pk, closed_doors__isnull=False)
    if current.state not in Handover.OPEN:
        raise Refused(HANDOVER_CLOSED())
    return current


def _end(handover: Handover, state: str) -> Handover:
    current = _open(handover)
    current.state, current.closed_at = state, clock.now()
    current.save(update_fields=["state", "closed_at"])
    return current
