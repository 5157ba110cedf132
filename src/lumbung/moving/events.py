"""What happens in this part. ``move`` is a primary key."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MoveStarted(Event):
    """A file of another system was named, to be looked through."""

    move: int
    source: str


@dataclass(frozen=True, kw_only=True)
class MoveApproved(Event):
    """Somebody read the report and said go."""

    move: int


@dataclass(frozen=True, kw_only=True)
class MoveFinished(Event):
    move: int
    added: int
    changed: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class MoveUndone(Event):
    move: int


@dataclass(frozen=True, kw_only=True)
class KeptTablesForgotten(Event):
    """The tables a move had kept for later were deleted."""

    move: int
    tables: int


@dataclass(frozen=True, kw_only=True)
class MoveDataTaken(Event):
    """Rows of the other system, which name people, left the house: a kept table, or what was found (``findings``)."""

    move: int
    table: str
