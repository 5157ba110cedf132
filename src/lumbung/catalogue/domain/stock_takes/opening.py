"""Opening a count: what belongs to it is written down as it stands now, so that later changes are seen as changes."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.shelf_order import shelf_key_from
from lumbung.catalogue.domain.stock_takes.order import last_of, shelf_range
from lumbung.catalogue.models import Item, ShelfCount, StockTake, StockTakeLine
from lumbung.catalogue.refusals import STOCK_TAKE_CLASSES_REVERSED, STOCK_TAKE_NAME_EMPTY
from lumbung.catalogue.stock_take_events import StockTakeOpened
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.rows import insert
from lumbung.organization.models import Location

States, Standings = StockTake.States, StockTakeLine.Standings
STANDING_OF = {
    Item.Statuses.AVAILABLE: Standings.SHELF,
    Item.Statuses.DAMAGED: Standings.SHELF,
    Item.Statuses.IN_PROCESS: Standings.AWAY,
    Item.Statuses.IN_REPAIR: Standings.AWAY,
    Item.Statuses.LOST: Standings.LOST,
    Item.Statuses.WITHDRAWN: Standings.WITHDRAWN,
}
COLUMNS = (
    "stock_take_id", "item_id", "barcode", "title", "call_number", "shelf_key", "location_id", "standing", "finding", "after",
)  # fmt: skip
TITLE_LENGTH = 200
BATCH = 5000


@transaction.atomic
def open_stock_take(*, name: str, by: events.Actor | None, **scope: Any) -> StockTake:
    """Open a count of what the scope names: ``branch``, ``location``, ``item_type``, ``material``, ``class_from``, ``class_to``.

    It waits for ``prepare``. A location brings its branch with it. ``code_prefix`` and ``code_suffix`` are what scanners add.
    Refuses an empty name, and classes the wrong way round.
    """
    opened = StockTake(name=name.strip(), opened_by_id=by.pk if by is not None else None, opened_at=clock.now(), **scope)
    if opened.location is not None:
        opened.branch = opened.location.branch
    if reasons := _faults(opened):
        raise Refused(reasons)
    opened.save(force_insert=True)
    events.record(StockTakeOpened(stock_take=opened.pk, name=opened.name), by=by)
    return opened


@transaction.atomic
def prepare(stock_take: StockTake) -> StockTake:
    """Write down every copy in scope, in shelf order, and let the count begin. A count that is prepared stays as it is."""
    current = StockTake.objects.select_for_update().get(pk=stock_take.pk)
    if current.state != States.PREPARING:
        return current
    counted: Counter[str] = Counter()
    shelves: Counter[str] = Counter()
    rows: list[tuple[Any, ...]] = []
    for row in _rows(current):
        counted[row[7]] += 1
        if row[7] == Standings.SHELF:
            shelves[shelf_range(row[5])] += 1
        rows.append(row)
        if len(rows) == BATCH:
            insert(StockTakeLine, COLUMNS, rows)
            rows.clear()
    insert(StockTakeLine, COLUMNS, rows)
    ShelfCount.objects.bulk_create(
        ShelfCount(stock_take=current, shelf=shelf, expected=count) for shelf, count in sorted(shelves.items())
    )
    current.expected = counted[Standings.SHELF]
    current.away = counted.total() - current.expected
    current.state = States.COUNTING
    current.save(update_fields=["expected", "away", "state"])
    return current


def in_scope(stock_take: StockTake) -> QuerySet[Item]:
    """The copies the scope names, classes aside: those are compared by shelf key."""
    told = {"branch": stock_take.branch, "location": stock_take.location, "item_type": stock_take.item_type}
    items = Item.objects.filter(**{name: value for name, value in told.items() if value is not None})
    return items.filter(record__material=stock_take.material) if stock_take.material else items


def within_classes(stock_take: StockTake, key: str) -> bool:
    """Whether a copy with this shelf key stands between the classes of the scope, both included ("330"–"339" takes 339.5 in)."""
    first, last = shelf_key_from(stock_take.class_from), last_of(stock_take.class_to)
    if not key:
        return not first and not last
    return key >= first and (not last or key[: len(last)] <= last)


def _rows(stock_take: StockTake) -> Iterator[tuple[Any, ...]]:
    lent = lending.lent()
    items = in_scope(stock_take).order_by().values_list(
        "pk", "barcode", "record__title", "call_number", "shelf_key", "location", "status"
    )  # fmt: skip
    for pk, barcode, title, call_number, key, location, status in items.iterator(chunk_size=BATCH):
        if within_classes(stock_take, key):
            standing = Standings.ON_LOAN if pk in lent else STANDING_OF[Item.Statuses(status)]
            told = title[:TITLE_LENGTH]
            yield stock_take.pk, pk, barcode.upper(), told, call_number, key, location, standing.value, "", ""


def _faults(stock_take: StockTake) -> list[Reason]:
    reasons = []
    if not stock_take.name:
        reasons.append(STOCK_TAKE_NAME_EMPTY())
    first, last = shelf_key_from(stock_take.class_from), last_of(stock_take.class_to)
    if last and first[: len(last)] > last:
        reasons.append(STOCK_TAKE_CLASSES_REVERSED(first=stock_take.class_from, last=stock_take.class_to))
    return reasons


def add_to_shelf(stock_take: StockTake, seen: Counter[str]) -> None:
    """So many more of what should stand on these stretches of shelves were seen."""
    for shelf, count in sorted(seen.items()):
        ShelfCount.objects.filter(stock_take=stock_take, shelf=shelf).update(seen=F("seen") + count)


def places_of(stock_take: StockTake) -> QuerySet[Location]:
    """Where somebody who counts can be: the locations of the branch, or of every branch."""
    places = Location.objects.select_related("branch").order_by("branch__name", "name")
    return places.filter(branch=stock_take.branch) if stock_take.branch_id else places
