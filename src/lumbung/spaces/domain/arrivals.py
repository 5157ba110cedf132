"""Visits counted by the system that a library leaves: many at a time, and out again. They stand at a gate of their own that is shut."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lumbung.kernel import channel, clock, events, retention
from lumbung.organization.models import Branch
from lumbung.spaces.domain.gates import add_gate
from lumbung.spaces.domain.privacy import TERM
from lumbung.spaces.events import VisitsArrived, VisitsWithdrawn
from lumbung.spaces.models import Gate, Visit, VisitPurpose

OLD_GATE = "Buku tamu sistem lama"
LONGEST = 120
MOST_PEOPLE = 32_767


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingVisit:
    """``member`` and ``category`` are primary keys; without a member a guest came, or (``people`` is told) a group. ``purpose`` is the
    name of one, in whatever case; one that is not known here is left out."""

    came_at: datetime
    member: int | None
    category: int | None
    unit: str
    name: str
    institution: str
    people: int | None = None
    purpose: str = ""


@transaction.atomic
def gate_of_old(branch: int, *, by: events.Actor | None) -> Gate:
    """The gate at which visits of the other system stand in this branch; made when it is not there."""
    there = Gate.objects.filter(branch=branch, name=OLD_GATE).select_related("branch").first()
    return there or add_gate(branch=Branch.objects.get(pk=branch), by=by, name=OLD_GATE, is_active=False)


@transaction.atomic
def bring_in(visits: Sequence[ArrivingVisit], *, gate: Gate, by: events.Actor | None) -> list[int]:
    """Store visits; returns their keys. Who came is forgotten at once where that is so long ago that it would be forgotten here."""
    forgotten_before = clock.now() - retention.kept_for(TERM)
    purposes = {each.name.casefold(): each for each in VisitPurpose.objects.all()}
    made = Visit.objects.bulk_create(
        [
            _visit(each, gate, purposes.get(each.purpose.casefold()), forgotten=each.came_at < forgotten_before)
            for each in visits
        ]
    )
    events.record(VisitsArrived(gate=gate.pk, visits=len(made)), by=by)
    return [each.pk for each in made]


@transaction.atomic
def take_out(visits: Collection[int], *, by: events.Actor | None) -> None:
    """Remove visits, and their gate when nothing is left at it."""
    gone = Visit.objects.filter(pk__in=visits)
    gates = list(gone.values_list("gate", flat=True).distinct())
    gone.delete()
    Gate.objects.filter(pk__in=gates, name=OLD_GATE, visits__isnull=True).delete()
    events.record(VisitsWithdrawn(visits=len(visits)), by=by)


def _visit(each: ArrivingVisit, gate: Gate, purpose: VisitPurpose | None, *, forgotten: bool) -> Visit:
    local = each.came_at.astimezone(gate.branch.zone)
    kind = Visit.Kinds.MEMBER if each.member else Visit.Kinds.GUEST if each.people is None else Visit.Kinds.GROUP
    return Visit(
        gate=gate,
        branch=gate.branch,
        kind=kind,
        came_at=each.came_at,
        day=local.date(),
        hour=local.hour,
        people=1 if each.member or each.people is None else max(1, min(each.people, MOST_PEOPLE)),
        purpose=purpose,
        member_id=None if forgotten else each.member,
        category_id=each.category,
        unit=each.unit[:LONGEST],
        name="" if forgotten or each.member else each.name[:LONGEST],
        institution="" if each.member else each.institution[:LONGEST],
        channel=channel.current(),
    )
