"""Lending, taking back, renewing, and what is counted beside."""

from dataclasses import dataclass, field
from datetime import datetime

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CheckedOut(Event):
    loan: int
    item: int
    record: int
    member: int
    branch: int
    due_at: datetime
    waived: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class CheckOutUndone(Event):
    """The loan was a slip of the desk; it is gone. ``loan`` was its key."""

    loan: int
    item: int
    record: int
    member: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class CheckedIn(Event):
    loan: int
    item: int
    record: int
    member: int | None
    branch: int
    overdue_days: int = 0


@dataclass(frozen=True, kw_only=True)
class ItemSeen(Event):
    """An item that was not on loan was scanned as if it came back."""

    item: int
    record: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class UsedInHouse(Event):
    """Somebody read the item in the library."""

    item: int
    record: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class Renewed(Event):
    loan: int
    item: int
    record: int
    member: int
    was_due_at: datetime
    due_at: datetime
    waived: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class BorrowersForgotten(Event):
    """The members of this many returned loans and closed holds were forgotten, here and in the journal."""

    loans: int
    holds: int


@dataclass(frozen=True, kw_only=True)
class OverdueExported(Event):
    """Somebody took the list of ``count`` overdue loans out of the house, with the names and telephone numbers on it."""

    count: int


@dataclass(frozen=True, kw_only=True)
class DueDatesMoved(Event):
    move: int
    count: int


@dataclass(frozen=True, kw_only=True)
class DueDatesMovedBack(Event):
    move: int
    count: int
