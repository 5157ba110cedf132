"""What happens when files are lent. Events hold keys and plain values."""

from datetime import datetime

from lumbung.kernel.events import Event, event


@event
class LendingSet(Event):
    """The file is lent from now on, or is lent in another way."""

    file: int
    record: int
    fields: list[str]


@event
class ELent(Event):
    e_loan: int
    file: int
    record: int
    member: int
    until: datetime


@event
class ERenewed(Event):
    e_loan: int
    file: int
    record: int
    member: int
    until: datetime


@event
class ELoanEnded(Event):
    """``end``: returned, expired, lapsed (an offer nobody took), ended (by staff)."""

    e_loan: int
    file: int
    record: int
    member: int | None
    end: str


@event
class EHoldPlaced(Event):
    e_hold: int
    file: int
    record: int
    member: int


@event
class EHoldCancelled(Event):
    e_hold: int
    file: int
    record: int
    member: int


@event
class EOfferMade(Event):
    """Somebody's turn came: a place is kept for them until ``until``."""

    e_loan: int
    e_hold: int
    file: int
    record: int
    member: int | None
    until: datetime


@event
class EBorrowersForgotten(Event):
    loans: int
    holds: int


@event
class ReadingPassphraseSet(Event):
    """A member chose with what they open borrowed books in reading programs."""

    member: int


@event
class LicenceIssued(Event):
    """A loan was taken along into a reading program."""

    e_loan: int
    file: int
    record: int
    member: int


@event
class ReadingDeviceRegistered(Event):
    e_loan: int
    file: int
    record: int
    member: int | None
