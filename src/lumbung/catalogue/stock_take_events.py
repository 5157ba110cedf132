"""What happens in a stock-take. ``stock_take`` is its primary key."""

from lumbung.kernel.events import Event, event


@event
class StockTakeOpened(Event):
    stock_take: int
    name: str


@event
class StockTakeScansTaken(Event):
    """Codes that one person scanned came in from one device; those sent before are not counted again. ``sent_by`` is the key of who was
    signed in when the device sent them, where that was somebody else."""

    stock_take: int
    device: str
    scans: int
    sent_by: int | None = None


@event
class StockTakeRoundBegun(Event):
    """From here on only what was not found yet is looked for."""

    stock_take: int
    round: int


@event
class StockTakeClosed(Event):
    stock_take: int
    found: int
    misplaced: int
    missing: int


@event
class StockTakeReopened(Event):
    stock_take: int


@event
class StockTakeAbandoned(Event):
    stock_take: int


@event
class StockTakeStatusesSet(Event):
    """Every copy with this finding got this status; the copies have events of their own."""

    stock_take: int
    finding: str
    status: str
    items: int


@event
class StockTakeStatusesUndone(Event):
    """The copies have again the status they had, except those changed since."""

    stock_take: int
    finding: str
    status: str
    items: int


@event
class StockTakeArrived(Event):
    """A count made in another system came in."""

    stock_take: int
    name: str


@event
class StockTakesWithdrawn(Event):
    """Counts that came in from another system were taken out again."""

    stock_takes: list[int]


@event
class MinutesIssued(Event):
    stock_take: int
    number: str
    digest: str
