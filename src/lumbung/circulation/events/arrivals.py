"""What came in from another system."""

from lumbung.kernel.events import Event, event


@event
class LoansArrived(Event):
    """So many loans came in from another system, of items of these records (primary keys)."""

    loans: int
    records: list[int]


@event
class HoldsArrived(Event):
    """Holds came in from another system, on these records (primary keys)."""

    holds: list[int]
    records: list[int]


@event
class LoansWithdrawn(Event):
    """Loans and holds that had come in were taken out again; they were of these records (primary keys)."""

    loans: int
    holds: int
    records: list[int]


@event
class CreditArrived(Event):
    """The library owed the member this much in the system it comes from; it is in the member's favour here too."""

    member: int
    amount: int
