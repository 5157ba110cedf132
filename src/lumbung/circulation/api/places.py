"""Where a copy may be handed over that is no branch: ``/api/v1/pickup-places``."""

from datetime import UTC, datetime
from typing import Any

from ninja import Router, Schema

from lumbung.accounts.domain.api_access import ApiRequest, Public
from lumbung.circulation.models import HandoverPlace
from lumbung.circulation.queries.handover_places import Visit, offered_visits
from lumbung.organization.queries import branch_of

router = Router()


class PlaceOut(Schema):
    """``name`` is what a hold gives as ``place``; ``branch`` is the one whose staff come, from ``starts_at`` to ``ends_at`` next time."""

    name: str
    kind: HandoverPlace.Kinds
    branch: str
    address: str
    note: str
    starts_at: datetime
    ends_at: datetime


@router.get("", auth=Public(), response=list[PlaceOut])
def pickup_places(request: ApiRequest) -> list[dict[str, Any]]:
    """Stops of the mobile library and pick-up points that may be chosen, each with its next visit."""
    return [_told(each) for each in offered_visits()]


def _told(visit: Visit) -> dict[str, Any]:
    place = visit.place
    return {
        "name": place.name,
        "kind": place.kind,
        "branch": branch_of(place.branch_id).code,
        "address": place.address,
        "note": place.note,
        "starts_at": visit.starts_at.astimezone(UTC),
        "ends_at": visit.ends_at.astimezone(UTC),
    }
