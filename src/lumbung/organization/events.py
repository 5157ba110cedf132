"""What happens in this part. ``branch``, ``location`` and ``closure`` are primary keys."""

from dataclasses import dataclass
from datetime import date

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class LibraryChanged(Event):
    """The library's own particulars were set or changed."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class BranchAdded(Event):
    branch: int


@dataclass(frozen=True, kw_only=True)
class BranchChanged(Event):
    branch: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class BranchRemoved(Event):
    branch: int


@dataclass(frozen=True, kw_only=True)
class LocationAdded(Event):
    branch: int
    location: int


@dataclass(frozen=True, kw_only=True)
class LocationChanged(Event):
    branch: int
    location: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class LocationRemoved(Event):
    branch: int
    location: int


@dataclass(frozen=True, kw_only=True)
class OpeningHoursSet(Event):
    """``stretch`` is the key of a period of the year, None for the usual week."""

    branch: int
    stretch: int | None = None


@dataclass(frozen=True, kw_only=True)
class PeriodAdded(Event):
    """``branch`` is None when it is a period of every branch. Both days are included."""

    stretch: int
    branch: int | None
    kind: str
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class PeriodChanged(Event):
    stretch: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class PeriodRemoved(Event):
    stretch: int


@dataclass(frozen=True, kw_only=True)
class HolidaysImported(Event):
    """A list of holidays was read: so many closures are new."""

    holiday_list: int
    count: int


@dataclass(frozen=True, kw_only=True)
class HolidaysWithdrawn(Event):
    """The closures of a list of holidays were called off together."""

    holiday_list: int
    count: int


@dataclass(frozen=True, kw_only=True)
class ClosureAnnounced(Event):
    """``branch`` is None when every branch closes. Both days are included."""

    closure: int
    branch: int | None
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class ClosureShortened(Event):
    """``last_day`` is the new last day."""

    closure: int
    branch: int | None
    last_day: date


@dataclass(frozen=True, kw_only=True)
class ClosureWithdrawn(Event):
    closure: int
    branch: int | None
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class ServiceAdded(Event):
    """A service came into the catalogue of services; ``published`` says whether the public sees it."""

    service: int
    published: bool


@dataclass(frozen=True, kw_only=True)
class ServiceChanged(Event):
    service: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ServiceStateSet(Event):
    """The service is open, limited or closed from now on."""

    service: int
    was: str
    status: str


@dataclass(frozen=True, kw_only=True)
class ServiceRemoved(Event):
    service: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeAdded(Event):
    programme: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeChanged(Event):
    programme: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ProgrammeRemoved(Event):
    programme: int
