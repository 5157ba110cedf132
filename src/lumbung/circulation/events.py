"""What happens in this part. Moments are ISO 8601 with offset; the other fields are primary keys."""

from dataclasses import dataclass, field
from datetime import date, datetime

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
class CheckedIn(Event):
    loan: int
    item: int
    record: int
    member: int | None
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
class HoldPlaced(Event):
    hold: int
    record: int
    member: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class HoldCancelled(Event):
    hold: int
    record: int
    member: int


@dataclass(frozen=True, kw_only=True)
class HoldReady(Event):
    """A copy stands on the pick-up shelf until the end of ``ready_until``."""

    hold: int
    record: int
    item: int
    member: int
    branch: int
    ready_until: date


@dataclass(frozen=True, kw_only=True)
class HoldSentOn(Event):
    """A copy was set aside at another branch and is on its way to the pick-up branch."""

    hold: int
    record: int
    item: int
    member: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class HoldFilled(Event):
    hold: int
    record: int
    item: int
    member: int
    loan: int


@dataclass(frozen=True, kw_only=True)
class HoldExpired(Event):
    hold: int
    record: int
    item: int
    member: int
