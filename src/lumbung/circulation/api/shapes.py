"""Loans, holds and copies as the API tells them. Moments are ISO 8601 with offset, in UTC; branches are told by code."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.record import RecordQuerySet
from lumbung.catalogue.models.volume import LONGEST, volume_of
from lumbung.circulation.models import Booking, Hold, Loan
from lumbung.circulation.queries import ItemState, ItemStates
from lumbung.circulation.queries.handover_places import places
from lumbung.kernel import clock
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Body, Day, Key, Name, Word
from lumbung.members.models import Member
from lumbung.members.queries import member_by_barcode
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of, branches, public_branches


class Borrower(Schema):
    id: int
    card: str
    name: str


class LoanOut(Schema):
    """``renewal_fee`` is what each renewal of it costs, in rupiah, and 0 where it costs nothing.
    ``volume`` is "" where the copy tells none."""

    id: int
    item: str
    record: int
    title: str
    volume: str
    branch: str
    lent_at: datetime
    due_at: datetime
    returned_at: datetime | None
    is_overdue: bool
    renewals: int
    renewal_fee: int
    member: Borrower | None


class HoldOut(Schema):
    """``position`` is the place among those who wait, from 1; null once a copy is set aside. ``place`` is where it is handed over when that
    is no branch, ``brought_on`` the day of the visit once a copy is ready, ``unfetched_fee`` whole rupiah that it costs not to fetch it.
    ``volume`` is "" where any will do."""

    id: int
    record: int
    title: str
    volume: str
    branch: str
    place: str | None
    brought_on: date | None
    state: Hold.States
    placed_at: datetime
    position: int | None
    item: str | None
    ready_until: date | None
    unfetched_fee: int
    member: Borrower | None


class BookingDays(Body):
    """From which day to which, both included."""

    first_day: Day
    last_day: Day


class BookingOut(Schema):
    """``blocked_from`` to ``blocked_until`` are the days on which the copy is kept, those around the booking included; ``any_copy``: it may
    yet be another copy of the title."""

    id: int
    record: int
    title: str
    branch: str
    item: str
    any_copy: bool
    state: Booking.States
    first_day: date
    last_day: date
    blocked_from: date
    blocked_until: date
    fetch_until: date
    note: str
    member: Borrower | None


class ItemOut(Schema):
    barcode: str
    record: int
    branch: str
    held_at: str
    location: str | None
    item_type: str
    call_number: str
    volume: str
    copy_number: str
    state: ItemStates
    due_at: datetime | None
    ready_until: date | None
    booked_from: date | None


def told_loan(loan: Loan, item: Item | None = None) -> dict[str, Any]:
    """``item`` is the loan's item with its record at hand, where the loan's own would have to be read anew."""
    item = item or loan.item
    return {
        "id": loan.pk,
        "item": item.barcode,
        "record": item.record_id,
        "title": item.record.title,
        "volume": item.volume_told,
        "branch": branch_of(loan.lent_from_id).code,
        "lent_at": loan.lent_at.astimezone(UTC),
        "due_at": loan.due_at.astimezone(UTC),
        "returned_at": loan.returned_at and loan.returned_at.astimezone(UTC),
        "is_overdue": loan.is_overdue(clock.now()),
        "renewals": loan.renewal_count,
        "renewal_fee": loan.terms.renewal_fee,
        "member": told_borrower(loan.member),
    }


def told_hold(hold: Hold) -> dict[str, Any]:
    waits = hold.state == Hold.States.WAITING
    return {
        "id": hold.pk,
        "record": hold.record_id,
        "title": hold.record.title,
        "volume": hold.volume_told,
        "branch": branch_of(hold.pickup_branch_id).code,
        "place": hold.place.name if hold.place else None,
        "brought_on": hold.brought_on,
        "state": hold.state,
        "placed_at": hold.placed_at,
        "position": getattr(hold, "position", None) if waits else None,
        "item": hold.item.barcode if hold.item else None,
        "ready_until": hold.ready_until,
        "unfetched_fee": hold.unfetched_fee,
        "member": told_borrower(hold.member),
    }


def told_booking(booking: Booking) -> dict[str, Any]:
    days = ("first_day", "last_day", "blocked_from", "blocked_until", "fetch_until")
    return {
        "id": booking.pk,
        "record": booking.record_id,
        "title": booking.record.title,
        "branch": branch_of(booking.branch_id).code,
        "item": booking.item.barcode,
        "any_copy": booking.any_copy,
        "state": booking.state,
        "note": booking.note,
        "member": told_borrower(booking.member),
        **{name: getattr(booking, name) for name in days},
    }


def told_item(item: Item, state: ItemState) -> dict[str, Any]:
    return {
        "barcode": item.barcode,
        "record": item.record_id,
        "branch": branch_of(item.branch_id).code,
        "held_at": branch_of(item.held_at_id).code,
        "location": item.location.code if item.location else None,
        "item_type": item.item_type.code,
        "call_number": item.call_number,
        "volume": item.volume,
        "copy_number": item.copy,
        "state": state.state,
        "due_at": state.due_at and state.due_at.astimezone(UTC),
        "ready_until": state.ready_until,
        "booked_from": state.booked_from,
    }


def told_borrower(member: Member | None) -> dict[str, Any] | None:
    return {"id": member.pk, "card": member.barcode, "name": member.name} if member else None


def branch_coded(code: str, *, field: str = "branch") -> Branch:
    """The branch of this code. Raises an error of the request (422), at ``field``, when there is none."""
    for branch in branches():
        if branch.code == code:
            return branch
    raise UnknownName(field, code)


class Wanted(Body):
    """Which title is waited for: ``record`` is a key, ``volume`` the one that will do of a title in several; "" for any."""

    record: Key
    volume: Annotated[Word, StringConstraints(max_length=LONGEST)] = ""

    @property
    def volume_told(self) -> str:
        """The volume as titles tell it, however it was written: "Jil. 2" is "2"."""
        return volume_of("", told=self.volume)


class Pickup(Body):
    """Where the copy will be fetched: ``branch`` is a code, ``place`` the name of a place that is visited from a branch. One of the two is
    enough; with a place it is handed over there, whatever branch is named."""

    branch: Name | None = None
    place: Name | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> "Pickup":
        if self.branch is None and self.place is None:
            raise PydanticCustomError("no_place", "a branch or a place is needed")
        return self


def pickup_at(given: Pickup) -> dict[str, Any]:
    """``pickup_branch`` and ``place`` as the verb takes them. Raises an error of the request (422) when there is none of that name."""
    if given.place is None:
        branch = branch_coded(given.branch or "")
        if branch not in public_branches():
            raise UnknownName("branch", branch.code)
        return {"pickup_branch": branch, "place": None}
    for place in places().values():
        if place.name == given.place:
            return {"pickup_branch": place.branch, "place": place}
    raise UnknownName("place", given.place)


def member_coded(code: str) -> Member:
    """The member of this card number or identifier. Raises an error of the request (422) when there is none."""
    member = member_by_barcode(code)
    if member is None:
        raise UnknownName("member", code)
    return member


def record_keyed(records: RecordQuerySet, key: int) -> Record:
    """The one of these records with this key. Raises an error of the request (422) when it is not among them."""
    record = records.filter(pk=key).first()
    if record is None:
        raise UnknownName("record", key)
    return record
