"""Taking scans: each counts once, however often it is sent, and says at once what it found."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.stock_takes.codes import LONGEST, clean, readings
from lumbung.catalogue.domain.stock_takes.opening import STANDING_OF, TITLE_LENGTH, add_to_shelf
from lumbung.catalogue.domain.stock_takes.order import shelf_range
from lumbung.catalogue.models import Item, Scan, Scanner, StockTake, StockTakeLine
from lumbung.catalogue.refusals import STOCK_TAKE_NOT_OPEN
from lumbung.catalogue.stock_take_events import StockTakeScansTaken
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

Findings, Standings = StockTakeLine.Findings, StockTakeLine.Standings
BARCODE_LENGTH = 60
COUNTERS = (Findings.FOUND, Findings.MISPLACED, Findings.LENT, Findings.GONE, Findings.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code as a device read it: its own running number, its own clock, and the key of the location it said it was in."""

    sequence: int
    code: str
    at: datetime
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scan found. ``repeated``: the barcode had been counted before, by this device or another."""

    sequence: int
    line: StockTakeLine
    repeated: bool


@transaction.atomic
def take_scans(
    stock_take: StockTake,
    scans: Sequence[Scanned],
    *,
    device: str,
    by: events.Actor | None,
    sent_by: events.Actor | None = None,
) -> list[Outcome]:
    """Count these scans that one person made with a device, in the order it numbered them; returns what each found, the empty ones
    left out. ``sent_by``, where given, was signed in when the device sent them.

    A number that came before is answered as it was then and changes nothing. Refuses while the count is not open.
    """
    current = StockTake.objects.select_for_update().get(pk=stock_take.pk)
    if current.state != StockTake.States.COUNTING:
        raise Refused(STOCK_TAKE_NOT_OPEN(name=current.name, state=current.get_state_display()))
    scanner = scanner_in_hand(current, device, user=by.pk if by is not None else None, seen_at=clock.now())
    kept = {each.sequence: each.line for each in _kept(current, device, scans)}
    fresh = {each.sequence: each for each in scans if each.sequence not in kept and clean(each.code)}
    taken = _Batch(current, scanner).take(sorted(fresh.values(), key=lambda each: each.sequence))
    if taken:
        Scanner.objects.filter(pk=scanner.pk).update(scans=F("scans") + len(taken), last_at=clock.now())
        sender = sent_by.pk if sent_by is not None and (by is None or sent_by.pk != by.pk) else None
        events.record(StockTakeScansTaken(stock_take=current.pk, device=device, scans=len(taken), sent_by=sender), by=by)
    before = [Outcome(sequence, line, repeated=True) for sequence, line in kept.items()]
    return sorted([*before, *taken], key=lambda each: each.sequence)


def _kept(stock_take: StockTake, device: str, scans: Iterable[Scanned]) -> Iterable[Scan]:
    """Whoever sends them: a device numbers its scans in whoever's hand it is."""
    numbers = [each.sequence for each in scans]
    of_device = Scan.objects.filter(stock_take=stock_take, device=device)
    return of_device.filter(sequence__in=numbers).select_related("line__location")


def scanner_in_hand(stock_take: StockTake, device: str, *, user: Any, seen_at: datetime) -> Scanner:
    """The device in the hand of this user (a key), or in nobody's known: of several, the first. Made, as ``seen_at`` then, where it is
    new."""
    known = Scanner.objects.filter(stock_take=stock_take, device=device, user_id=user).order_by("pk").first()
    return known or Scanner.objects.create(stock_take=stock_take, device=device, user_id=user, last_at=seen_at)


class _Batch:
    """Some scans of one device on their way in: all that is asked of the database is asked once for all of them."""

    def __init__(self, stock_take: StockTake, scanner: Scanner) -> None:
        self.stock_take = stock_take
        self.scanner = scanner
        self.now = clock.now()
        self.lines: dict[str, StockTakeLine] = {}
        self.items: dict[str, Item] = {}
        self.lent: set[int] = set()
        self.counts: Counter[str] = Counter()
        self.shelves: Counter[str] = Counter()

    def take(self, scans: Sequence[Scanned]) -> list[Outcome]:
        meant = {each.sequence: self._readings(each.code) for each in scans}
        self._look_up({code for codes in meant.values() for code in codes})
        outcomes = [self._count(each, meant[each.sequence]) for each in scans]
        changed = {outcome.line.pk: outcome.line for outcome in outcomes if not outcome.repeated}
        StockTakeLine.objects.bulk_update(
            changed.values(), ["finding", "seen_at", "seen_in", "seen_by", "seen_round"], batch_size=100
        )
        Scan.objects.bulk_create(
            Scan(
                scanner=self.scanner, stock_take=self.stock_take, device=self.scanner.device, sequence=scan.sequence,
                code=scan.code[:LONGEST], scanned_at=scan.at, received_at=self.now, round=self.stock_take.round,
                place_id=scan.place, line=outcome.line,
            )
            for scan, outcome in zip(scans, outcomes, strict=True)
        )  # fmt: skip
        StockTake.objects.filter(pk=self.stock_take.pk).update(
            **{name: F(name) + count for name, count in self.counts.items() if count}
        ) if any(self.counts.values()) else None
        add_to_shelf(self.stock_take, self.shelves)
        return outcomes

    def _readings(self, code: str) -> list[str]:
        told = readings(code, prefix=self.stock_take.code_prefix, suffix=self.stock_take.code_suffix)
        return [each[:BARCODE_LENGTH] for each in told]

    def _look_up(self, codes: set[str]) -> None:
        lines = self.stock_take.lines.filter(barcode__in=codes).select_related("location")
        self.lines = {line.barcode: line for line in lines}
        if unmet := codes - self.lines.keys():
            printed = unmet | {code.lower() for code in unmet}
            items = (
                Item.objects.filter(barcode__in=printed)
                .select_related("record", "location")
                .defer("record__marc", "record__findable")
            )
            self.items = {item.barcode.upper(): item for item in items}
        keys = {line.item_id for line in self.lines.values()} | {item.pk for item in self.items.values()}
        self.lent = lending.lent_among([key for key in keys if key is not None])

    def _count(self, scan: Scanned, codes: list[str]) -> Outcome:
        known = next((code for code in codes if code in self.lines or code in self.items), codes[0])
        line = self.lines.get(known) or self._new_line(known)
        finding = self._finding(line, scan.place)
        was = line.finding
        put_right = was == Findings.MISPLACED and finding == Findings.FOUND and scan.place is not None
        if was and not put_right:
            return Outcome(scan.sequence, line, repeated=True)
        self.counts[finding] += 1
        if was:
            self.counts[was] -= 1
        elif line.standing == Standings.SHELF:
            self.shelves[shelf_range(line.shelf_key)] += 1
        line.finding, line.seen_at, line.seen_in_id = finding, scan.at, scan.place
        line.seen_by, line.seen_round = self.scanner, self.stock_take.round
        return Outcome(scan.sequence, line, repeated=False)

    def _new_line(self, barcode: str) -> StockTakeLine:
        item = self.items.get(barcode)
        line = StockTakeLine(stock_take=self.stock_take, barcode=barcode, standing=Standings.UNKNOWN)
        if item is not None:
            gone = STANDING_OF[Item.Statuses(item.status)]
            line.item, line.title, line.location = item, item.record.title[:TITLE_LENGTH], item.location
            line.call_number, line.shelf_key = item.call_number, item.shelf_key
            line.standing = gone if gone in {Standings.LOST, Standings.WITHDRAWN} else Standings.ELSEWHERE
        line.save(force_insert=True)
        self.lines[barcode] = line
        return line

    def _finding(self, line: StockTakeLine, place: int | None) -> str:
        if line.standing == Standings.UNKNOWN:
            return Findings.UNKNOWN
        if line.item_id in self.lent:
            return Findings.LENT
        if line.standing in {Standings.LOST, Standings.WITHDRAWN}:
            return Findings.GONE
        is_elsewhere = place is not None and line.location_id is not None and place != line.location_id
        return Findings.MISPLACED if is_elsewhere or line.standing == Standings.ELSEWHERE else Findings.FOUND
