"""Holds for members, kept by staff programs: ``/api/v1/holds``."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.catalogue.models import Record
from lumbung.circulation.api.shapes import HoldOut, Pickup, Wanted, member_coded, pickup_at, record_keyed, told_hold
from lumbung.circulation.domain import holds
from lumbung.circulation.permissions import HOLDS_READ, HOLDS_WRITE, LEND, SEE
from lumbung.circulation.queries import holds_visible_to, with_position
from lumbung.kernel.api.shapes import Key, Listing, Name, PageNumber, PageSize, listing

router = Router()


class HoldIn(Wanted, Pickup):
    """``member`` is a card number or identifier, ``branch`` or ``place`` where the copy will be fetched."""

    member: Name


class HoldSearch(Schema):
    member: Key | None = None
    record: Key | None = None
    page: PageNumber = 1
    size: PageSize = 20


@router.get("", auth=Scoped(HOLDS_READ, SEE), response=Listing[HoldOut])
def list_holds(request: ApiRequest, search: Query[HoldSearch]) -> dict[str, Any]:
    """Open holds, first come first."""
    found = with_position(holds_visible_to(request.auth.actor).open()).order_by("placed_at", "id")
    for name in ("member", "record"):
        if (key := getattr(search, name)) is not None:
            found = found.filter(**{name: key})
    return listing(found, search.page, search.size, told_hold)


@router.post("", auth=Scoped(HOLDS_WRITE, LEND), response={201: HoldOut})
def place_hold(request: ApiRequest, given: HoldIn) -> Status[dict[str, Any]]:
    """Put a member on the waiting list of a title, or of one volume of it."""
    record = record_keyed(Record.objects.listed(), given.record)
    member = member_coded(given.member)
    where = pickup_at(given)
    placed = holds.place_hold(record, member=member, volume=given.volume_told, by=request.auth.actor, **where)
    return Status(201, _told(request, placed.pk))


@router.delete("/{int:key}", auth=Scoped(HOLDS_WRITE, LEND), response={204: None})
def cancel_hold(request: ApiRequest, key: int) -> Status[None]:
    """Take the member off the list; a copy that was set aside goes to the next."""
    holds.cancel_hold(get_object_or_404(holds_visible_to(request.auth.actor), pk=key), by=request.auth.actor)
    return Status(204, None)


def _told(request: ApiRequest, key: int) -> dict[str, Any]:
    return told_hold(with_position(holds_visible_to(request.auth.actor)).get(pk=key))
