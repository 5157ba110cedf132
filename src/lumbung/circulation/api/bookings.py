"""Copies booked for days to come, kept by staff programs: ``/api/v1/bookings``."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.catalogue.models import Record
from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation.api.shapes import (
    BookingDays,
    BookingOut,
    branch_coded,
    member_coded,
    record_keyed,
    told_booking,
)
from lumbung.circulation.domain import bookings
from lumbung.circulation.permissions import HOLDS_READ, HOLDS_WRITE, LEND, SEE
from lumbung.circulation.queries import bookings_visible_to
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Day, Key, Listing, Name, PageNumber, PageSize, Word, listing

router = Router()


class BookingIn(BookingDays):
    """``record`` is a key, ``member`` a card number or identifier, ``branch`` the code of that whose copy it is; ``item`` the barcode of
    the one copy it has to be, if it has to."""

    record: Key
    member: Name
    branch: Name
    item: Name | None = None
    note: Word = ""


class BookingSearch(Schema):
    member: Key | None = None
    record: Key | None = None
    first_day_from: Day | None = None
    first_day_to: Day | None = None
    page: PageNumber = 1
    size: PageSize = 20


@router.get("", auth=Scoped(HOLDS_READ, SEE), response=Listing[BookingOut])
def list_bookings(request: ApiRequest, search: Query[BookingSearch]) -> dict[str, Any]:
    """Open bookings, soonest first."""
    ways = {"member": "member", "record": "record", "first_day_from": "first_day__gte", "first_day_to": "first_day__lte"}
    asked = {way: value for name, way in ways.items() if (value := getattr(search, name)) is not None}
    found = bookings_visible_to(request.auth.actor).open().filter(**asked).order_by("first_day", "pk")
    return listing(found, search.page, search.size, told_booking)


@router.post("", auth=Scoped(HOLDS_WRITE, LEND), response={201: BookingOut})
def book_item(request: ApiRequest, given: BookingIn) -> Status[dict[str, Any]]:
    """Promise a member a copy of a title from one day to another."""
    item = item_by_barcode(given.item) if given.item else None
    if given.item and item is None:
        raise UnknownName("item", given.item)
    made = bookings.book_item(
        record_keyed(Record.objects.listed(), given.record),
        member=member_coded(given.member),
        at=branch_coded(given.branch),
        first_day=given.first_day,
        last_day=given.last_day,
        item=item,
        note=given.note,
        by=request.auth.actor,
    )
    return Status(201, told_booking(made))


@router.patch("/{int:key}", auth=Scoped(HOLDS_WRITE, LEND), response=BookingOut)
def change_booking(request: ApiRequest, key: int, given: BookingDays) -> dict[str, Any]:
    """Let a booking be for other days."""
    booking = get_object_or_404(bookings_visible_to(request.auth.actor), pk=key)
    changed = bookings.change_booking(booking, first_day=given.first_day, last_day=given.last_day, by=request.auth.actor)
    return told_booking(changed)


@router.delete("/{int:key}", auth=Scoped(HOLDS_WRITE, LEND), response={204: None})
def cancel_booking(request: ApiRequest, key: int) -> Status[None]:
    """Let the copy be free again."""
    booking = get_object_or_404(bookings_visible_to(request.auth.actor), pk=key)
    bookings.cancel_booking(booking, by=request.auth.actor)
    return Status(204, None)
