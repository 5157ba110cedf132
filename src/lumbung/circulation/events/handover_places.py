"""Places of hand-over that are no branches, and the visits to them."""

from datetime import date

from lumbung.kernel.events import Event, event


@event
class HandoverPlaceAdded(Event):
    handover_place: int
    branch: int


@event
class HandoverPlaceChanged(Event):
    handover_place: int
    fields: list[str]


@event
class HandoverPlaceRemoved(Event):
    handover_place: int


@event
class VisitAdded(Event):
    handover_place: int
    day: date


@event
class VisitCalledOff(Event):
    handover_place: int
    day: date


@event
class VisitPutBack(Event):
    """What was said of this one day is taken back: it is as the round has it."""

    handover_place: int
    day: date
