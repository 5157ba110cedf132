"""Visits counted by turnstiles and other programs: ``/api/v1/visits``."""

from datetime import datetime

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.kernel.api.shapes import Body, Key, Name
from lumbung.spaces import queries
from lumbung.spaces.domain.visits import Kept, arrive
from lumbung.spaces.permissions import RECORD, VISITS_WRITE

router = Router()


class KeptIn(Body):
    """How a gate kept a visit while the line was cut: its own name, its running number, and when it was."""

    device: Name = Field(max_length=40)
    sequence: int = Field(gt=0, lt=2**53)
    at: datetime


class VisitIn(Body):
    """``code`` is a card number or an identifier; ``gate`` a key. ``kept`` only for what a gate kept and sends later."""

    gate: Key
    code: Name
    kept: KeptIn | None = None


class VisitOut(Schema):
    """``repeated``: counted before, within the gate's repeat window or under the same running number. Says nothing of who came."""

    id: int
    gate: int
    came_at: datetime
    repeated: bool
    today: int


@router.post("", auth=Scoped(VISITS_WRITE, RECORD), response={200: VisitOut, 201: VisitOut})
def count_visit(request: ApiRequest, given: VisitIn) -> Status[dict[str, object]]:
    """Count a member who came through a gate; 201 when the visit is new, 200 when it was counted before."""
    gate = get_object_or_404(queries.gates(), pk=given.gate)
    kept = Kept(given.kept.device, given.kept.sequence, given.kept.at) if given.kept else None
    arrival = arrive(given.code, gate=gate, by=request.auth.user, kept=kept)
    told = {"id": arrival.visit.pk, "gate": gate.pk, "came_at": arrival.visit.came_at, "repeated": arrival.repeated}
    return Status(200 if arrival.repeated else 201, {**told, "today": queries.people_today(gate)})
