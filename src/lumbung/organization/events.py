"""What happens in this part. ``branch``, ``location`` and ``closure`` are primary keys."""

from datetime import date

from lumbung.kernel.events import Event, event


@event
class LibraryChanged(Event):
    """The library's own particulars were set or changed."""

    fields: list[str]


@event
class BranchAdded(Event):
    branch: int


@event
class BranchChanged(Event):
    branch: int
    fields: list[str]


@event
class BranchRemoved(Event):
    branch: int


@event
class BranchGroupAdded(Event):
    branch_group: int


@event
class BranchGroupChanged(Event):
    branch_group: int
    fields: list[str]


@event
class BranchGroupRemoved(Event):
    branch_group: int


@event
class LocationAdded(Event):
    branch: int
    location: int


@event
class LocationChanged(Event):
    branch: int
    location: int
    fields: list[str]


@event
class LocationRemoved(Event):
    branch: int
    location: int


@event
class OpeningHoursSet(Event):
    """``stretch`` is the key of a period of the year, None for the usual week."""

    branch: int
    stretch: int | None = None


@event
class PeriodAdded(Event):
    """``branch`` is None when it is a period of every branch. Both days are included."""

    stretch: int
    branch: int | None
    kind: str
    first_day: date
    last_day: date


@event
class PeriodChanged(Event):
    stretch: int
    fields: list[str]


@event
class PeriodRemoved(Event):
    stretch: int


@event
class HolidaysImported(Event):
    """A list of holidays was read: so many closures are new."""

    holiday_list: int
    count: int


@event
class HolidaysWithdrawn(Event):
    """The closures of a list of holidays were called off together."""

    holiday_list: int
    count: int


@event
class ClosureAnnounced(Event):
    """``branch`` is None when every branch closes. Both days are included."""

    closure: int
    branch: int | None
    first_day: date
    last_day: date


@event
class ClosureShortened(Event):
    """``last_day`` is the new last day."""

    closure: int
    branch: int | None
    last_day: date


@event
class ClosureWithdrawn(Event):
    closure: int
    branch: int | None
    first_day: date
    last_day: date


@event
class ServiceAdded(Event):
    """A service came into the catalogue of services; ``published`` says whether the public sees it."""

    service: int
    published: bool


@event
class ServiceChanged(Event):
    service: int
    fields: list[str]


@event
class ServiceStateSet(Event):
    """The service is open, limited or closed from now on."""

    service: int
    was: str
    status: str


@event
class ServiceRemoved(Event):
    service: int


@event
class ProgrammeAdded(Event):
    programme: int


@event
class ProgrammeChanged(Event):
    programme: int
    fields: list[str]


@event
class ProgrammeRemoved(Event):
    programme: int
