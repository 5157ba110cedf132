"""Copies that are promised for days to come."""

from datetime import date

from lumbung.kernel.events import Event, event


@event
class ItemBooked(Event):
    booking: int
    record: int
    item: int
    member: int
    first_day: date
    last_day: date


@event
class BookingChanged(Event):
    """It is for other days, or for another copy by wish of the member."""

    booking: int
    record: int
    item: int
    member: int
    first_day: date
    last_day: date


@event
class BookingMoved(Event):
    """The copy cannot be there in time, so another of the title is promised in its place."""

    booking: int
    record: int
    item: int
    member: int


@event
class BookingCancelled(Event):
    booking: int
    record: int
    item: int
    member: int


@event
class BookingFilled(Event):
    booking: int
    record: int
    item: int
    member: int
    loan: int


@event
class BookingExpired(Event):
    """Nobody came for it within the days to fetch it; the copy is free again."""

    booking: int
    record: int
    item: int
    member: int


@event
class BookingsExported(Event):
    """Somebody took the list of ``count`` bookings out of the house, with the names and telephone numbers on it."""

    count: int
