"""What happens in a stock-take. ``stock_take`` is its primary key."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class StockTakeOpened(Event):
    stock_take: int
    name: str


@dataclass(frozen=True, kw_only=True)
class StockTakeScansTaken(Event):
    """Codes came in from one device; those sent before are not counted again."""

    stock_take: int
    device: str
    scans: int


@dataclass(frozen=True, kw_only=True)
class StockTakeRoundBegun(Event):
    """From here on only what was not found yet is looked for."""

    stock_take: int
    round: int


@dataclass(frozen=True, kw_only=True)
class StockTakeClosed(Event):
    stock_take: int
    found: int
    misplaced: int
    missing: int


@dataclass(frozen=True, kw_only=True)
class StockTakeReopened(Event):
    stock_take: int


@dataclass(frozen=True, kw_only=True)
class StockTakeAbandoned(Event):
    stock_take: int


@dataclass(frozen=True, kw_only=True)
class StockTakeStatusesSet(Event):
    """Every copy with this finding got this status; the copies have events of their own."""

    stock_take: int
    finding: str
    status: str
    items: int


@dataclass(frozen=True, kw_only=True)
class StockTakeStatusesUndone(Event):
    """The copies have again the status they had, except those changed since."""

    stock_take: int
    finding: str
    status: str
    items: int


@dataclass(frozen=True, kw_only=True)
class MinutesIssued(Event):
    stock_take: int
    number: str
    digest: str
