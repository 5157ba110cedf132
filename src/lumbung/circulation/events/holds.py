"""Waiting for titles, volumes and copies."""

from datetime import date, datetime

from lumbung.kernel.events import Event, event


@event
class HoldPlaced(Event):
    hold: int
    record: int
    member: int
    branch: int


@event
class HoldCancelled(Event):
    hold: int
    record: int
    member: int


@event
class HoldReady(Event):
    """A copy stands on the pick-up shelf until the end of ``ready_until``."""

    hold: int
    record: int
    item: int
    member: int
    branch: int
    ready_until: date


@event
class HoldSentOn(Event):
    """A copy was set aside away from the pick-up branch (``branch``) and is to be sent there."""

    hold: int
    record: int
    item: int
    member: int
    branch: int


@event
class HoldVisitMoved(Event):
    """The visit to which the copy was to be brought does not take place; it can be had until the end of ``ready_until``."""

    hold: int
    record: int
    item: int
    member: int
    branch: int
    ready_until: date


@event
class HoldFilled(Event):
    hold: int
    record: int
    item: int
    member: int
    loan: int


@event
class HoldExpired(Event):
    hold: int
    record: int
    item: int
    member: int


@event
class HoldSuspended(Event):
    """It keeps its place and gets no copy, until the day given or until it is resumed."""

    hold: int
    record: int
    member: int
    until: date | None


@event
class HoldResumed(Event):
    hold: int
    record: int
    member: int


@event
class HoldPutFirst(Event):
    """Staff put the hold before others; why stands on the hold."""

    hold: int
    record: int
    member: int


@event
class HoldPutBack(Event):
    """It is back in the order in which people asked."""

    hold: int
    record: int
    member: int


@event
class HoldPickupChanged(Event):
    """It is to be fetched at ``branch`` now."""

    hold: int
    record: int
    member: int
    branch: int


@event
class HoldLapsed(Event):
    """The day until which the member wanted it is over, and no copy came."""

    hold: int
    record: int
    member: int


@event
class LoanRecalled(Event):
    """The borrower is asked to bring the item back sooner, because somebody waits for it."""

    loan: int
    item: int
    record: int
    member: int
    was_due_at: datetime
    due_at: datetime


@event
class UrgencyChanged(Event):
    fields: list[str]
