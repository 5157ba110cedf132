"""What happens with clearance letters."""

from lumbung.kernel.events import Event, event


@event
class ClearancePurposeAdded(Event):
    clearance_purpose: int


@event
class ClearancePurposeChanged(Event):
    clearance_purpose: int
    fields: list[str]


@event
class ClearanceConditionsChanged(Event):
    clearance_purpose: int


@event
class ClearancePeriodAdded(Event):
    period: int


@event
class ClearancePeriodChanged(Event):
    period: int
    fields: list[str]


@event
class ClearanceApplied(Event):
    application: int
    member: int
    clearance_purpose: int


@event
class ClearanceWithdrawn(Event):
    application: int
    member: int


@event
class ClearanceFileGiven(Event):
    application: int
    member: int
    condition: int


@event
class ClearanceAnswered(Event):
    application: int
    member: int
    condition: int
    accepted: bool


@event
class ClearanceIssued(Event):
    """A letter was issued; ``number`` is the letter's."""

    letter: int
    application: int
    member: int
    number: str


@event
class ClearanceRevoked(Event):
    letter: int
    application: int
    member: int
    number: str


@event
class ClearanceRunFinished(Event):
    """Work on all of a period ended: how many applications were looked at, how many were ready or got a letter."""

    period: int
    kind: str
    count: int
    ready: int


@event
class ClearanceListTaken(Event):
    """The list of a period left the house."""

    period: int
    count: int


@event
class ClearanceHookSet(Event):
    active: bool


@event
class ClearanceHookKeyRenewed(Event):
    active: bool
