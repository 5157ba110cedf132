"""Counts of the shelves made in the system that a library leaves: closed ones as history, one under way to be gone on with; and out again.

A count may come with what it says of each copy, a stretch at a time; its figures are told with the count itself.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from lumbung.catalogue.domain.shelf_order import shelf_key
from lumbung.catalogue.domain.stock_takes.order import shelf_range
from lumbung.catalogue.domain.stock_takes.scanning import scanner_in_hand
from lumbung.catalogue.models import Item, Scanner, ShelfCount, StockTake, StockTakeLine
from lumbung.catalogue.refusals import STOCK_TAKE_BARCODE_TWICE
from lumbung.catalogue.stock_take_events import StockTakeArrived, StockTakesWithdrawn
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason

States, Standings, Findings = StockTake.States, StockTakeLine.Standings, StockTakeLine.Findings
LONGEST_NAME, LONGEST_BARCODE, LONGEST_TITLE, LONGEST_CALL_NUMBER, LONGEST_DEVICE = 120, 60, 200, 120, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingStockTake:
    """``closed_at`` None: it is under way. ``expected`` should have stood on the shelf, ``away`` need not; ``has_lines``: the copies
    will follow."""

    name: str
    opened_at: datetime
    closed_at: datetime | None
    expected: int
    found: int
    away: int
    has_lines: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingLine:
    """What a count says of a copy: ``item`` is its key, None when it is gone; ``seen_by`` who found it, in whatever words."""

    item: int | None
    barcode: str
    title: str
    call_number: str
    on_loan: bool
    seen: bool
    seen_at: datetime | None
    seen_by: str


@transaction.atomic
def bring_in(arriving: ArrivingStockTake, *, by: events.Actor | None) -> StockTake:
    """Store a count. Without copies to follow, its figures stand for all shelves together."""
    is_closed = arriving.closed_at is not None
    found = min(arriving.found, arriving.expected)
    made = StockTake.objects.create(
        name=arriving.name[:LONGEST_NAME] or "–",
        opened_at=arriving.opened_at,
        closed_at=arriving.closed_at,
        state=States.CLOSED if is_closed else States.COUNTING,
        expected=arriving.expected,
        away=arriving.away,
        found=found,
        missing=arriving.expected - found if is_closed else 0,
    )
    if not arriving.has_lines:
        ShelfCount.objects.create(stock_take=made, shelf="", expected=arriving.expected, seen=found)
    events.record(StockTakeArrived(stock_take=made.pk, name=made.name), by=by)
    return made


@transaction.atomic
def bring_in_lines(stock_take: int, lines: Sequence[ArrivingLine]) -> list[int | Reason]:
    """Store what a count says of these copies; for each its key, or that its barcode stands in that count already."""
    take = StockTake.objects.get(pk=stock_take)
    items = Item.objects.in_bulk([each.item for each in lines if each.item is not None])
    scanners = _scanners(take, lines)
    met = set(take.lines.filter(barcode__in=[_barcode(each) for each in lines]).values_list("barcode", flat=True))
    told: list[Reason | None] = []
    rows = []
    for each in lines:
        if _barcode(each) in met:
            told.append(STOCK_TAKE_BARCODE_TWICE(barcode=each.barcode))
            continue
        met.add(_barcode(each))
        told.append(None)
        rows.append(_line(take, each, items.get(each.item or 0), scanners.get(each.seen_by[:LONGEST_DEVICE])))
    made = iter(StockTakeLine.objects.bulk_create(rows))
    _count_shelves(take, rows)
    return [next(made).pk if each is None else each for each in told]


@transaction.atomic
def take_out_lines(lines: Collection[int]) -> None:
    """Remove what counts say of copies; the counts themselves follow with ``take_out``."""
    StockTakeLine.objects.filter(pk__in=lines).delete()


@transaction.atomic
def take_out(stock_takes: Collection[int], *, by: events.Actor | None) -> None:
    """Remove counts with all that is left of them, as though they had never been."""
    StockTake.objects.filter(pk__in=stock_takes).delete()
    events.record(StockTakesWithdrawn(stock_takes=sorted(stock_takes)), by=by)


def _barcode(line: ArrivingLine) -> str:
    return line.barcode[:LONGEST_BARCODE].upper()


def _line(take: StockTake, line: ArrivingLine, item: Item | None, scanner: Scanner | None) -> StockTakeLine:
    call_number = line.call_number[:LONGEST_CALL_NUMBER]
    unseen = Findings.MISSING.value if take.state == States.CLOSED and not line.on_loan else ""
    return StockTakeLine(
        stock_take=take,
        item=item,
        barcode=_barcode(line),
        title=line.title[:LONGEST_TITLE],
        call_number=call_number,
        shelf_key=item.shelf_key if item else shelf_key(call_number),
        location_id=item.location_id if item else None,
        standing=Standings.ON_LOAN if line.on_loan else Standings.SHELF,
        finding=Findings.FOUND if line.seen else unseen,
        seen_at=line.seen_at if line.seen else None,
        seen_by=scanner if line.seen else None,
        seen_round=1 if line.seen else None,
    )


def _scanners(take: StockTake, lines: Sequence[ArrivingLine]) -> dict[str, Scanner]:
    """Who scanned, each as a scanner of that name, with how many codes more."""
    counted = Counter(each.seen_by[:LONGEST_DEVICE] for each in lines if each.seen and each.seen_by)
    scanners = {}
    for name, count in sorted(counted.items()):
        last = max((each.seen_at for each in lines if each.seen_at and each.seen_by[:LONGEST_DEVICE] == name), default=None)
        scanner = scanner_in_hand(take, name, user=None, seen_at=last or take.opened_at)
        scanner.scans += count
        scanner.last_at = max(scanner.last_at, last or scanner.last_at)
        scanner.save(update_fields=["scans", "last_at"])
        scanners[name] = scanner
    return scanners


def _count_shelves(take: StockTake, rows: Sequence[StockTakeLine]) -> None:
    on_shelf = [each for each in rows if each.standing == Standings.SHELF]
    expected = Counter(shelf_range(each.shelf_key) for each in on_shelf)
    seen = Counter(shelf_range(each.shelf_key) for each in on_shelf if each.finding == Findings.FOUND)
    for shelf, count in sorted(expected.items()):
        ShelfCount.objects.get_or_create(stock_take=take, shelf=shelf)
        ShelfCount.objects.filter(stock_take=take, shelf=shelf).update(
            expected=F("expected") + count, seen=F("seen") + seen[shelf]
        )
