"""Serving with the doors closed."""

from datetime import date

from lumbung.kernel.events import Event, event


@event
class DoorsClosed(Event):
    """``branch`` is None when every branch closes. ``loans``, ``holds`` and ``services`` are how many were changed for it."""

    closed_doors: int
    branch: int | None
    first_day: date
    last_day: date
    loans: int
    holds: int
    services: int


@event
class ClosingFinished(Event):
    """The due dates that were left for later when the doors closed have moved too; ``loans`` is how many."""

    closed_doors: int
    loans: int


@event
class DoorsOpened(Event):
    """``called_off``: before the doors had closed, so that everything is as it was."""

    closed_doors: int
    branch: int | None
    called_off: bool


@event
class HandoversSet(Event):
    closed_doors: int
    fields: list[str]


@event
class HandoverAsked(Event):
    """``kind`` is "pickup" or "delivery"."""

    handover: int
    member: int
    kind: str


@event
class HandoverSent(Event):
    handover: int
    member: int | None


@event
class HandoverPacked(Event):
    handover: int
    member: int | None


@event
class HandoverReturned(Event):
    """The courier brought it back."""

    handover: int
    member: int | None


@event
class DeliveryTermsChanged(Event):
    branch: int
    fields: list[str]


@event
class AddressKept(Event):
    """The member agreed that the address for parcels be kept."""

    member: int


@event
class AddressForgotten(Event):
    member: int


@event
class HandoverDone(Event):
    handover: int
    member: int | None


@event
class HandoverCancelled(Event):
    handover: int
    member: int | None


@event
class DutySet(Event):
    """Who works where while the doors are closed; ``count`` days of work in all."""

    closed_doors: int
    count: int
