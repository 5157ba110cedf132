"""What happens in this part. ``move`` is a primary key."""

from lumbung.kernel.events import Event, event


@event
class MoveStarted(Event):
    """A file of another system was named, to be looked through."""

    move: int
    source: str


@event
class MoveApproved(Event):
    """Somebody read the report and said go."""

    move: int


@event
class MoveFinished(Event):
    move: int
    added: int
    changed: int
    rejected: int


@event
class MoveUndone(Event):
    move: int


@event
class RehearsalDiscarded(Event):
    """What a rehearsal told was put away; nothing of it had been stored."""

    move: int
    source: str


@event
class KeptTablesForgotten(Event):
    """The tables a move had kept for later were deleted."""

    move: int
    tables: int


@event
class MoveDataTaken(Event):
    """Rows of the other system, which name people, left the house: a kept table, or what was found (``findings``)."""

    move: int
    table: str


@event
class DepartureAsked(Event):
    """Somebody asked for a package of the whole library."""

    departure: int


@event
class LibraryPacked(Event):
    """The whole library was written as a package, ``departure`` None by command."""

    departure: int | None
    rows: int
    files: int


@event
class PackageTaken(Event):
    """A package of the whole library, which names people, left the house."""

    departure: int
