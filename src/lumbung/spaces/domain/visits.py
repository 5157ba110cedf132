"""Counting who comes in: a member by any number they have, a guest by name and consent, or a group at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import time_format

from lumbung.catalogue.domain.stock_takes.codes import readings
from lumbung.kernel import channel, clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member
from lumbung.members.queries import member_by_barcode
from lumbung.spaces.events import VisitCounted, VisitRemoved
from lumbung.spaces.models import Gate, Visit, VisitPurpose
from lumbung.spaces.queries import inside
from lumbung.spaces.refusals import (
    CARD_EMPTY,
    CARD_UNKNOWN,
    CONSENT_MISSING,
    GATE_CLOSED,
    GATE_FULL,
    GROUP_LARGER_THAN_ROOM,
    GROUP_NAME_EMPTY,
    GROUP_SIZE,
    VISIT_TOO_OLD_TO_CHANGE,
    VISITOR_NAME_EMPTY,
)

OLDEST = timedelta(days=60)
"""A gate that was away says when people came; what it says of longer ago is a clock gone wrong."""
FRESH = timedelta(minutes=5)
FEWEST, MOST = 2, 1000
LONGEST_CODE = 60


@dataclass(frozen=True)
class Kept:
    """The number under which a device kept a visit while the line was cut, and when it was by the device's clock."""

    device: str
    sequence: int
    at: datetime


@dataclass(frozen=True)
class Arrival:
    """A visit, and whether it had been counted before: the person just came, or the device sent it again."""

    visit: Visit
    repeated: bool


@transaction.atomic
def arrive(
    code: str,
    *,
    gate: Gate,
    by: events.Actor | None = None,
    purpose: VisitPurpose | None = None,
    kept: Kept | None = None,
    is_let_in: bool = False,
) -> Arrival:
    """Count a member by card number, NIM or any other number of theirs. Within the gate's repeat window they count once.

    Membership that has ended or is blocked does not keep anybody out: the screen says so, the visit counts. Refuses a code nobody has,
    and whoever comes while as many are inside as may be, unless staff saw to it (``is_let_in``).
    """
    if again := _sent_before(gate, kept):
        return Arrival(again, repeated=True)
    _refuse_when_closed(gate, kept)
    return arrive_as_member(_member_of(code), gate=gate, by=by, purpose=purpose, kept=kept, is_let_in=is_let_in)


@transaction.atomic
def arrive_as_member(
    member: Member,
    *,
    gate: Gate,
    by: events.Actor | None = None,
    purpose: VisitPurpose | None = None,
    kept: Kept | None = None,
    is_let_in: bool = False,
) -> Arrival:
    """Count this member, as ``arrive`` does."""
    _refuse_when_closed(gate, kept)
    # Two scans of one card must not both find that nobody came just now.
    member = Member.objects.select_for_update(of=("self",), no_key=True).standing(member.pk)
    came_at, window = _moment(kept), timedelta(minutes=gate.repeat_minutes)
    near = Visit.objects.filter(gate=gate, member=member, came_at__gt=came_at - window, came_at__lt=came_at + window)
    if just := near.select_related("member").first():
        return Arrival(just, repeated=True)
    if not is_let_in:
        _refuse_when_full(gate, 1, came_at)
    facts = {"member": member, "category_id": member.category_id, "unit": member.unit}
    return _count(gate, Visit.Kinds.MEMBER, came_at, purpose=purpose, kept=kept, by=by, **facts)


@transaction.atomic
def arrive_as_guest(
    *,
    gate: Gate,
    name: str,
    institution: str = "",
    consents: bool,
    purpose: VisitPurpose | None = None,
    by: events.Actor | None = None,
    kept: Kept | None = None,
    is_let_in: bool = False,
) -> Arrival:
    """Count somebody who is no member. Refuses an empty name, a name without consent to keep it, and like
    ``arrive`` when all places inside are taken."""
    if again := _sent_before(gate, kept):
        return Arrival(again, repeated=True)
    _refuse_when_closed(gate, kept)
    reasons: list[Reason] = []
    if not name.strip():
        reasons.append(VISITOR_NAME_EMPTY())
    if not consents:
        reasons.append(CONSENT_MISSING())
    if reasons:
        raise Refused(reasons)
    came_at = _moment(kept)
    if not is_let_in:
        _refuse_when_full(gate, 1, came_at)
    facts = {"name": name.strip(), "institution": institution.strip()}
    return _count(gate, Visit.Kinds.GUEST, came_at, purpose=purpose, kept=kept, by=by, **facts)


@transaction.atomic
def arrive_as_group(
    *,
    gate: Gate,
    name: str,
    people: int,
    institution: str = "",
    purpose: VisitPurpose | None = None,
    by: events.Actor | None = None,
    kept: Kept | None = None,
    is_let_in: bool = False,
) -> Arrival:
    """Count a class or another group at once. Refuses an empty name, a size outside 2 to 1,000, and more than there is place for."""
    if again := _sent_before(gate, kept):
        return Arrival(again, repeated=True)
    _refuse_when_closed(gate, kept)
    reasons: list[Reason] = []
    if not name.strip():
        reasons.append(GROUP_NAME_EMPTY())
    if not FEWEST <= people <= MOST:
        reasons.append(GROUP_SIZE(fewest=FEWEST, most=MOST))
    if reasons:
        raise Refused(reasons)
    came_at = _moment(kept)
    if not is_let_in:
        _refuse_when_full(gate, people, came_at)
    facts = {"name": name.strip(), "institution": institution.strip(), "people": people}
    return _count(gate, Visit.Kinds.GROUP, came_at, purpose=purpose, kept=kept, by=by, **facts)


@transaction.atomic
def say_purpose(visit: Visit, purpose: VisitPurpose) -> Visit:
    """The visitor says what they came for. Refuses once they have been in for five minutes: then it is not they who say it."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if clock.now() - visit.came_at > FRESH:
        raise Refused(VISIT_TOO_OLD_TO_CHANGE())
    visit.purpose = purpose
    visit.save(update_fields=["purpose"])
    return visit


@transaction.atomic
def remove_visit(visit: Visit, *, by: events.Actor) -> None:
    """Take back a visit that was counted by mistake."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    removed = VisitRemoved(visit=visit.pk, gate=visit.gate_id, branch=visit.branch_id, people=visit.people)
    visit.delete()
    events.record(removed, by=by)


def _member_of(code: str) -> Member:
    meant = readings(code)
    if not meant:
        raise Refused(CARD_EMPTY())
    for each in meant:
        if member := member_by_barcode(each[:LONGEST_CODE]):
            return member
    raise Refused(CARD_UNKNOWN())


def _refuse_when_closed(gate: Gate, kept: Kept | None) -> None:
    """What a gate kept before it was closed still counts."""
    if not gate.is_active and kept is None:
        raise Refused(GATE_CLOSED(gate=gate.name))


def _refuse_when_full(gate: Gate, people: int, came_at: datetime) -> None:
    """No more people than the room may hold. Who came while the line was cut has been inside already, and counts."""
    if gate.capacity is None or clock.now() - came_at > FRESH:
        return
    gate = Gate.objects.select_for_update(of=("self",)).select_related("branch").get(pk=gate.pk)  # the last place goes to one
    if gate.capacity is None:
        return
    if people > gate.capacity:
        raise Refused(GROUP_LARGER_THAN_ROOM(capacity=gate.capacity))
    # Whoever took the place while this one waited for their turn has come later than this one, and is inside all the same.
    there = list(inside(gate, clock.now()).values_list("people", "came_at"))
    taken = sum(count for count, _moment in there)
    if taken + people > gate.capacity:
        free = _free_at(gate, people, there).astimezone(gate.branch.zone)
        raise Refused(GATE_FULL(inside=taken, capacity=gate.capacity, at=time_format(free.timetz())))


def _free_at(gate: Gate, people: int, there: Sequence[tuple[int, datetime]]) -> datetime:
    """When so many of those inside, the first to have come first, no longer count that there is place for these people."""
    left, moment = sum(count for count, _came in there), clock.now()
    for count, came in there:
        if left + people <= (gate.capacity or 0):
            break
        left, moment = left - count, came + timedelta(minutes=gate.stay_minutes)
    return moment


def _sent_before(gate: Gate, kept: Kept | None) -> Visit | None:
    if kept is None:
        return None
    same = Visit.objects.filter(gate=gate, device=kept.device, sequence=kept.sequence)
    return same.select_related("member").first()


def _moment(kept: Kept | None) -> datetime:
    now = clock.now()
    return kept.at if kept is not None and now - OLDEST <= kept.at <= now else now


def _count(
    gate: Gate,
    kind: Visit.Kinds,
    came_at: datetime,
    *,
    purpose: VisitPurpose | None,
    kept: Kept | None,
    by: events.Actor | None,
    **facts: Any,
) -> Arrival:
    local = came_at.astimezone(gate.branch.zone)
    visit = Visit.objects.create(
        gate=gate,
        branch=gate.branch,
        kind=kind,
        came_at=came_at,
        day=local.date(),
        hour=local.hour,
        purpose=purpose,
        channel=channel.current(),
        recorded_by_id=by.pk if by is not None else None,
        device=kept.device if kept else "",
        sequence=kept.sequence if kept else None,
        **facts,
    )
    events.record(VisitCounted(visit=visit.pk, gate=gate.pk, branch=gate.branch_id, people=visit.people), by=None)
    return Arrival(visit, repeated=False)
