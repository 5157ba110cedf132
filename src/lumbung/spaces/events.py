"""What happens in this part. No event says who came: a visit that is forgotten is forgotten at once."""

from lumbung.kernel.events import Event, event


@event
class VisitCounted(Event):
    """Somebody came in. ``people`` is more than one for a group."""

    visit: int
    gate: int
    branch: int
    people: int


@event
class VisitRemoved(Event):
    """The visit was counted by mistake; it is gone. ``visit`` was its key."""

    visit: int
    gate: int
    branch: int
    people: int


@event
class VisitsArrived(Event):
    """Visits that another system had counted came in."""

    gate: int
    visits: int


@event
class VisitsWithdrawn(Event):
    """Visits that another system had counted were taken back."""

    visits: int


@event
class GateAdded(Event):
    gate: int
    branch: int


@event
class GateChanged(Event):
    gate: int
    fields: list[str]


@event
class GateAddressRenewed(Event):
    """The screen of the gate has a new secret address; the old one opens nothing any more."""

    gate: int


@event
class VisitPurposeAdded(Event):
    purpose: int


@event
class VisitPurposeChanged(Event):
    purpose: int
    fields: list[str]


@event
class VisitorsForgotten(Event):
    """``count`` visits no longer know who came."""

    count: int
