"""What a member's own program may do: ``/api/v1/me``. Nobody else's loans and holds are there to be found."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.catalogue.models import Record
from lumbung.catalogue.queries import titled_item_by_barcode
from lumbung.circulation.api.fees import FeeOut, told_fee
from lumbung.circulation.api.loans import RenewedOut, told_renewal
from lumbung.circulation.api.shapes import (
    BookingDays,
    BookingOut,
    HoldOut,
    LoanOut,
    Pickup,
    Wanted,
    branch_coded,
    pickup_at,
    record_keyed,
    told_booking,
    told_hold,
    told_loan,
)
from lumbung.circulation.domain import bookings, holds, loans
from lumbung.circulation.domain.recalls import recall_for
from lumbung.circulation.queries import fees_visible_to, loan_history, open_bookings, open_holds, open_loans
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Key, Listing, Name, PageNumber, PageSize, Word, listing
from lumbung.members.models import Member
from lumbung.members.permissions import ME
from lumbung.members.queries import member_of

router = Router()


class MeOut(Schema):
    name: str
    username: str
    language: str
    time_zone: str
    roles: list[str]
    card: str | None
    expires_on: date | None


class OwnHoldIn(Wanted, Pickup):
    """``item`` is the barcode of the only copy that will do, where the rules let members choose one."""

    item: Name | None = None


class RecallOut(Schema):
    """When what was asked back is due now, and when it was."""

    hold: int
    due_at: datetime
    was_due_at: datetime


class OwnBookingIn(BookingDays):
    """``branch`` is the code of that whose copy it is."""

    record: Key
    branch: Name
    note: Word = ""


@router.get("", auth=Scoped(ME), response=MeOut)
def me(request: ApiRequest) -> dict[str, Any]:
    """Who the token speaks for."""
    user, member = request.auth.actor, member_of(request.auth.actor)
    return {
        "name": user.name,
        "username": user.username,
        "language": user.language,
        "time_zone": user.time_zone,
        "roles": sorted(user.roles),
        "card": member.barcode if member else None,
        "expires_on": member.expires_on if member else None,
    }


@router.get("/loans", auth=Scoped(ME), response=list[LoanOut])
def my_loans(request: ApiRequest) -> list[dict[str, Any]]:
    """What I have now, soonest due first."""
    return [told_loan(loan) for loan in open_loans(_member(request))]


@router.get("/history", auth=Scoped(ME), response=Listing[LoanOut])
def my_history(request: ApiRequest, page: PageNumber = 1, size: PageSize = 20) -> dict[str, Any]:
    """What I returned, latest first; empty unless I chose to keep a history."""
    return listing(loan_history(_member(request)), page, size, told_loan)


@router.post("/loans/{int:key}/renewal", auth=Scoped(ME), response=RenewedOut)
def renew_mine(request: ApiRequest, key: int) -> dict[str, Any]:
    """Keep what I have a while longer."""
    before = get_object_or_404(open_loans(_member(request)), pk=key)
    return told_renewal(before, loans.renew(before, by=request.auth.actor))


@router.get("/fees", auth=Scoped(ME), response=list[FeeOut])
def my_fees(request: ApiRequest) -> list[dict[str, Any]]:
    """What I still owe, oldest first."""
    mine = fees_visible_to(request.auth.actor).filter(account__member=_member(request))
    return [told_fee(fee) for fee in mine.open().order_by("charged_at", "id")]


@router.get("/holds", auth=Scoped(ME), response=list[HoldOut])
def my_holds(request: ApiRequest) -> list[dict[str, Any]]:
    """What I wait for or may fetch, oldest first."""
    return [told_hold(hold) for hold in open_holds(_member(request))]


@router.post("/holds", auth=Scoped(ME), response={201: HoldOut})
def hold_for_me(request: ApiRequest, given: OwnHoldIn) -> Status[dict[str, Any]]:
    """Wait for a title, or for one volume of it."""
    member = _member(request)
    record = record_keyed(Record.objects.listed().shown_to_public(), given.record)
    item = None if given.item is None else titled_item_by_barcode(given.item)
    if given.item is not None and item is None:
        raise UnknownName("item", given.item)
    wanted: dict[str, Any] = {"volume": given.volume_told, "item": item}
    placed = holds.place_hold(record, member=member, by=request.auth.actor, **wanted, **pickup_at(given))
    return Status(201, told_hold(open_holds(member).get(pk=placed.pk)))


@router.delete("/holds/{int:key}", auth=Scoped(ME), response={204: None})
def cancel_mine(request: ApiRequest, key: int) -> Status[None]:
    """Wait no longer."""
    holds.cancel_hold(get_object_or_404(open_holds(_member(request)), pk=key), by=request.auth.actor)
    return Status(204, None)


@router.post("/holds/{int:key}/recall", auth=Scoped(ME), response={201: RecallOut})
def recall_mine(request: ApiRequest, key: int) -> Status[dict[str, Any]]:
    """Ask that a copy of what I wait for comes back sooner, where the rules let me."""
    recall = recall_for(get_object_or_404(open_holds(_member(request)), pk=key), by=request.auth.actor)
    return Status(201, {"hold": key, "due_at": recall.due_at.astimezone(UTC), "was_due_at": recall.was_due_at.astimezone(UTC)})


@router.get("/bookings", auth=Scoped(ME), response=list[BookingOut])
def my_bookings(request: ApiRequest) -> list[dict[str, Any]]:
    """What I have booked for days to come, soonest first."""
    return [told_booking(booking) for booking in open_bookings(_member(request))]


@router.post("/bookings", auth=Scoped(ME), response={201: BookingOut})
def book_for_me(request: ApiRequest, given: OwnBookingIn) -> Status[dict[str, Any]]:
    """Book any copy of a title from one day to another."""
    member, at = _member(request), branch_coded(given.branch)
    record = record_keyed(Record.objects.listed().shown_to_public(), given.record)
    days = given.first_day, given.last_day
    made = bookings.book_item(
        record, member=member, at=at, first_day=days[0], last_day=days[1], note=given.note, by=request.auth.actor
    )
    return Status(201, told_booking(made))


@router.patch("/bookings/{int:key}", auth=Scoped(ME), response=BookingOut)
def change_my_booking(request: ApiRequest, key: int, given: BookingDays) -> dict[str, Any]:
    """Book it for other days."""
    mine = get_object_or_404(open_bookings(_member(request)), pk=key)
    days = {"first_day": given.first_day, "last_day": given.last_day}
    return told_booking(bookings.change_booking(mine, by=request.auth.actor, **days))


@router.delete("/bookings/{int:key}", auth=Scoped(ME), response={204: None})
def cancel_my_booking(request: ApiRequest, key: int) -> Status[None]:
    """Need it no more."""
    bookings.cancel_booking(get_object_or_404(open_bookings(_member(request)), pk=key), by=request.auth.actor)
    return Status(204, None)


def _member(request: ApiRequest) -> Member:
    if member := member_of(request.auth.actor):
        return member
    raise Http404
