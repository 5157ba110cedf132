"""Counting who comes in: a member by any number they have, a guest by name and consent, or a group at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from lumbung.catalogue.domain.stock_takes.codes import readings
from lumbung.kernel import channel, clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member
from lumbung.members.queries import member_by_barcode
from lumbung.spaces.events import VisitCounted, VisitRemoved
from lumbung.spaces.models import Gate, Visit, VisitPurpose
from lumbung.spaces.refusals import (
    CARD_EMPTY,
    CARD_UNKNOWN,
    CONSENT_MISSING,
    GATE_CLOSED,
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
    code: str, *, gate: Gate, by: events.Actor | None = None, purpose: VisitPurpose | None = None, kept: Kept | None = None
) -> Arrival:
    """Count a member by card number, NIM or any other number of theirs. Within the gate's repeat window they count once.

    Membership that has ended or is blocked does not keep anybody out: the screen says so, the visit counts. Refuses a code nobody has.
    """
    if again := _sent_before(gate, kept):
        return Arrival(again, repeated=True)
    _refuse_when_closed(gate, kept)
    return arrive_as_member(_member_of(code), gate=gate, by=by, purpose=purpose, kept=kept)


@transaction.atomic
def arrive_as_member(
    member: Member, *, gate: Gate, by: events.Actor | None = None, purpose: VisitPurpose | None = None, kept: Kept | None = None
) -> Arrival:
    """Count this member, as ``arrive`` does."""
    _refuse_when_closed(gate, kept)
    # Two scans of one card must not both find that nobody came just now.
    member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=member.pk)
    came_at, window = _moment(kept), timedelta(minutes=gate.repeat_minutes)
    near = Visit.objects.filter(gate=gate, member=member, came_at__gt=came_at - window, came_at__lt=came_at + window)
    if just := near.select_related("member").first():
        return Arrival(just, repeated=True)
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
) -> Arrival:
    """Count somebody who is no member. Refuses an empty name, and a name without consent to keep it."""
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
    facts = {"name": name.strip(), "institution": institution.strip()}
    return _count(gate, Visit.Kinds.GUEST, _moment(kept), purpose=purpose, kept=kept, by=by, **facts)


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
) -> Arrival:
    """Count a class or another group at once. Refuses an empty name, and a size outside 2 to 1,000."""
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
    facts = {"name": name.strip(), "institution": institution.strip(), "people": people}
    return _count(gate, Visit.Kinds.GROUP, _moment(kept), purpose=purpose, kept=kept, by=by, **facts)


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
