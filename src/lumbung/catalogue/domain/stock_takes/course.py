"""The course of a count: another round for what is missing, the end, a new beginning, giving up."""

from collections import Counter

from django.db import transaction
from django.db.models import F

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.shelf_order import shelf_key
from lumbung.catalogue.domain.stock_takes.order import out_of_order, shelf_range
from lumbung.catalogue.models import Item, Scan, Scanner, ShelfCount, StockTake, StockTakeLine
from lumbung.catalogue.refusals import STATUSES_STAND, STOCK_TAKE_NOT_CLOSED, STOCK_TAKE_NOT_OPEN
from lumbung.catalogue.stock_take_events import StockTakeAbandoned, StockTakeClosed, StockTakeReopened, StockTakeRoundBegun
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

States, Findings, Standings = StockTake.States, StockTakeLine.Findings, StockTakeLine.Standings
GONE_SINCE = {Item.Statuses.LOST: Standings.LOST, Item.Statuses.WITHDRAWN: Standings.WITHDRAWN}
BATCH = 500


@transaction.atomic
def begin_round(stock_take: StockTake, *, by: events.Actor | None) -> StockTake:
    """Go round again: from here on only what nobody has found is looked for. Tells what stood out of order in the round before."""
    current = _open(stock_take)
    _settle_order(current)
    current.round += 1
    current.save(update_fields=["round"])
    events.record(StockTakeRoundBegun(stock_take=current.pk, round=current.round), by=by)
    return current


@transaction.atomic
def close(stock_take: StockTake, *, by: events.Actor | None) -> StockTake:
    """End the count. What should be on the shelf and was not seen is missing, unless it was lent or taken away meanwhile."""
    current = _open(stock_take)
    _settle_order(current)
    _follow_changes(current)
    unseen = current.lines.filter(finding="", standing=Standings.SHELF)
    missing = unseen.update(finding=Findings.MISSING)
    current.refresh_from_db()
    current.missing = missing
    current.state, current.closed_at, current.closed_by_id = States.CLOSED, clock.now(), by.pk if by is not None else None
    current.save(update_fields=["missing", "state", "closed_at", "closed_by"])
    told = {"found": current.found, "misplaced": current.misplaced, "missing": missing}
    events.record(StockTakeClosed(stock_take=current.pk, **told), by=by)
    return current


@transaction.atomic
def reopen(stock_take: StockTake, *, by: events.Actor | None) -> StockTake:
    """Go on with a count that was closed; minutes issued of it are superseded. Refuses while statuses set after it stand."""
    current = StockTake.objects.select_for_update().get(pk=stock_take.pk)
    if current.state != States.CLOSED:
        raise Refused(STOCK_TAKE_NOT_CLOSED(name=current.name))
    if current.status_changes.filter(undone_at__isnull=True).exists():
        raise Refused(STATUSES_STAND())
    current.lines.filter(finding=Findings.MISSING).update(finding="")
    current.minutes.filter(superseded_at__isnull=True).update(superseded_at=clock.now())
    current.state, current.missing, current.closed_at, current.closed_by = States.COUNTING, 0, None, None
    current.save(update_fields=["state", "missing", "closed_at", "closed_by"])
    events.record(StockTakeReopened(stock_take=current.pk), by=by)
    return current


@transaction.atomic
def abandon(stock_take: StockTake, *, by: events.Actor | None) -> StockTake:
    """Give the count up; what was scanned is kept, and nothing follows from it."""
    current = StockTake.objects.select_for_update().get(pk=stock_take.pk)
    if current.state not in {States.PREPARING, States.COUNTING}:
        raise Refused(STOCK_TAKE_NOT_OPEN(name=current.name, state=current.get_state_display()))
    current.state, current.closed_at, current.closed_by_id = States.ABANDONED, clock.now(), by.pk if by is not None else None
    current.save(update_fields=["state", "closed_at", "closed_by"])
    events.record(StockTakeAbandoned(stock_take=current.pk), by=by)
    return current


def _open(stock_take: StockTake) -> StockTake:
    current = StockTake.objects.select_for_update().get(pk=stock_take.pk)
    if current.state != States.COUNTING:
        raise Refused(STOCK_TAKE_NOT_OPEN(name=current.name, state=current.get_state_display()))
    return current


def _settle_order(stock_take: StockTake) -> None:
    """Who walks along a shelf scans in shelf order: what would have to be moved to make the walk orderly stands in the wrong place."""
    moved: list[StockTakeLine] = []
    for scanner in stock_take.scanners.all():
        for walk in _walks(scanner, stock_take.round):
            wrong = out_of_order([shelf_key(line.call_number) for line in walk])
            moved += [_after(walk, place) for place in sorted(wrong) if walk[place].finding == Findings.FOUND]
    for line in moved:
        line.finding = Findings.MISPLACED
    StockTakeLine.objects.bulk_update(moved, ["finding", "after"], batch_size=BATCH)
    StockTake.objects.filter(pk=stock_take.pk).update(found=F("found") - len(moved), misplaced=F("misplaced") + len(moved))
    stock_take.refresh_from_db()


def _walks(scanner: Scanner, at_round: int) -> list[list[StockTakeLine]]:
    """What one device read in this round, a walk for each location, every copy at its first reading; codes without a class aside."""
    walks: dict[int | None, dict[int, StockTakeLine]] = {}
    scans = Scan.objects.filter(scanner=scanner, round=at_round).select_related("line").order_by("sequence")
    for scan in scans.iterator(chunk_size=2000):
        if scan.line.shelf_key and scan.line.finding == Findings.FOUND:
            walks.setdefault(scan.place_id, {}).setdefault(scan.line_id, scan.line)
    return [list(walk.values()) for walk in walks.values()]


def _after(walk: list[StockTakeLine], place: int) -> StockTakeLine:
    line = walk[place]
    line.after = walk[place - 1].call_number if place else ""
    return line


def _follow_changes(stock_take: StockTake) -> None:
    """What was lent, lost, withdrawn or removed since the count began is not missing from the shelf."""
    unseen = list(stock_take.lines.filter(finding="", standing=Standings.SHELF).select_related("item").defer("item__note"))
    lent = lending.lent_among([line.item_id for line in unseen if line.item_id is not None])
    changed: list[StockTakeLine] = []
    for line in unseen:
        if line.item_id in lent:
            line.standing = Standings.ON_LOAN
        elif line.item is None:
            line.standing = Standings.WITHDRAWN
        elif line.item.status in GONE_SINCE:
            line.standing = GONE_SINCE[Item.Statuses(line.item.status)]
        else:
            continue
        changed.append(line)
    StockTakeLine.objects.bulk_update(changed, ["standing"], batch_size=BATCH)
    for shelf, count in Counter(shelf_range(line.shelf_key) for line in changed).items():
        ShelfCount.objects.filter(stock_take=stock_take, shelf=shelf).update(expected=F("expected") - count)
    StockTake.objects.filter(pk=stock_take.pk).update(expected=F("expected") - len(changed), away=F("away") + len(changed))
