"""Lending, taking back, renewing, and what is counted beside."""

from dataclasses import field
from datetime import datetime

from lumbung.kernel.events import Event, event


@event
class CheckedOut(Event):
    loan: int
    item: int
    record: int
    member: int
    branch: int
    due_at: datetime
    waived: list[str] = field(default_factory=list)


@event
class CheckOutUndone(Event):
    """The loan was a slip of the desk; it is gone. ``loan`` was its key."""

    loan: int
    item: int
    record: int
    member: int
    branch: int


@event
class CheckedIn(Event):
    loan: int
    item: int
    record: int
    member: int | None
    branch: int
    overdue_days: int = 0


@event
class ReturnBackDated(Event):
    """The return of the loan counts as of ``returned_at``, earlier than it was recorded. Why stands on the loan."""

    loan: int
    item: int
    record: int
    returned_at: datetime


@event
class ReturnClaimed(Event):
    """The member says that the item was brought back; until the shelf was searched the loan grows no older."""

    loan: int
    item: int
    record: int
    member: int


@event
class ReturnClaimWithdrawn(Event):
    """The member had it after all: the loan goes on as if nothing had been said."""

    loan: int
    item: int
    record: int
    member: int


@event
class ItemSeen(Event):
    """An item that was not on loan was scanned as if it came back."""

    item: int
    record: int
    branch: int


@event
class UsedInHouse(Event):
    """Somebody read the item in the library."""

    item: int
    record: int
    branch: int


@event
class Renewed(Event):
    """``of_itself``: nobody asked, the terms of the loan say so."""

    loan: int
    item: int
    record: int
    member: int
    was_due_at: datetime
    due_at: datetime
    waived: list[str] = field(default_factory=list)
    of_itself: bool = False


@event
class BorrowersForgotten(Event):
    """The members of so many loans, holds, hand-overs and article requests that are over were forgotten, here and in the journal."""

    loans: int
    holds: int
    handovers: int
    articles: int
    bookings: int


@event
class OverdueExported(Event):
    """Somebody took the list of ``count`` overdue loans out of the house, with the names and telephone numbers on it."""

    count: int


@event
class DueDatesMoved(Event):
    move: int
    count: int


@event
class DueDatesFollowedVisits(Event):
    """What was due at a visit to ``handover_place`` that does not take place is due at the next."""

    move: int
    handover_place: int
    count: int


@event
class DueDatesMovedBack(Event):
    move: int
    count: int
