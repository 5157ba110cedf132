"""What happens in this part."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class LibraryChanged(Event):
    """The library's own particulars were set or changed."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class BranchAdded(Event):
    branch: int


@dataclass(frozen=True, kw_only=True)
class OpeningHoursSet(Event):
    branch: int


@dataclass(frozen=True, kw_only=True)
class ClosureAnnounced(Event):
    """``branch`` is None when every branch closes. Days are ISO dates, both included."""

    closure: int
    branch: int | None
    first_day: str
    last_day: str
