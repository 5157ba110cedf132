"""Doors at which people are counted."""

from typing import Any

from django.db import transaction

from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.models import Branch
from lumbung.spaces.events import GateAdded, GateAddressRenewed, GateChanged
from lumbung.spaces.models import Gate
from lumbung.spaces.models.gate import LONGEST_REPEAT, LONGEST_STAY, new_address
from lumbung.spaces.refusals import CAPACITY_OUT_OF_RANGE, GATE_NAME_EMPTY, GATE_NAME_TAKEN, REPEAT_TOO_LONG, STAY_OUT_OF_RANGE

MOST_INSIDE = 10_000
FIELDS = frozenset({"name", "repeat_minutes", "capacity", "stay_minutes", "asks_purpose", "greets_by_name", "is_active"})


@transaction.atomic
def add_gate(*, branch: Branch, by: events.Actor | None, **fields: Any) -> Gate:
    """Open a gate of a branch. Refuses an empty name, one the branch has already, and numbers out of range."""
    gate = Gate(branch=branch)
    set_changed(gate, fields, allowed=FIELDS)
    _refuse_faults(gate)
    gate.save(force_insert=True)
    events.record(GateAdded(gate=gate.pk, branch=branch.pk), by=by)
    return gate


@transaction.atomic
def change_gate(gate: Gate, *, by: events.Actor | None, **fields: Any) -> Gate:
    """Change what is named. Refuses like ``add_gate``."""
    gate = Gate.objects.select_for_update(of=("self",)).select_related("branch").get(pk=gate.pk)
    if changed := set_changed(gate, fields, allowed=FIELDS):
        _refuse_faults(gate)
        gate.save(update_fields=changed)
        events.record(GateChanged(gate=gate.pk, fields=changed), by=by)
    return gate


@transaction.atomic
def renew_address(gate: Gate, *, by: events.Actor | None) -> Gate:
    """Give the screen of the gate another secret address; whoever knew the old one is locked out."""
    gate = Gate.objects.select_for_update().get(pk=gate.pk)
    gate.address = new_address()
    gate.save(update_fields=["address"])
    events.record(GateAddressRenewed(gate=gate.pk), by=by)
    return gate


def _refuse_faults(gate: Gate) -> None:
    reasons: list[Reason] = []
    if not gate.name:
        reasons.append(GATE_NAME_EMPTY())
    elif Gate.objects.filter(branch=gate.branch, name__iexact=gate.name).exclude(pk=gate.pk).exists():
        reasons.append(GATE_NAME_TAKEN(name=gate.name))
    if gate.repeat_minutes > LONGEST_REPEAT:
        reasons.append(REPEAT_TOO_LONG(minutes=LONGEST_REPEAT))
    if gate.capacity is not None and not 1 <= gate.capacity <= MOST_INSIDE:
        reasons.append(CAPACITY_OUT_OF_RANGE(most=MOST_INSIDE))
    if not 1 <= gate.stay_minutes <= LONGEST_STAY:
        reasons.append(STAY_OUT_OF_RANGE(minutes=LONGEST_STAY))
    if reasons:
        raise Refused(reasons)
