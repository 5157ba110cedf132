"""Reads that others may ask of the catalogue."""

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from lumbung.catalogue.events import RecordRemoved
from lumbung.catalogue.models import (
    CallNumberRule,
    Draft,
    Identifier,
    ImportRejection,
    ImportRun,
    Item,
    ItemType,
    Record,
    Revision,
    StockTake,
    StockTakeLine,
)
from lumbung.formats.marc import Record as Marc
from lumbung.kernel import events
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.remembered import remembered

MOST_ALIKE = 100
"""Of records that look alike, no more are read: a number that a hundred records have identifies none of them."""


def revisions_of(record: Record) -> QuerySet[Revision]:
    """Every change of the record's MARC, the latest first, with who made it; the MARC itself is not read."""
    return record.revisions.select_related("by").defer("before").order_by("-was")


def marc_at(record: Record, version: int) -> Marc | None:
    """What the record said in this version; None when nobody kept it. Hiding a title makes a version that says the same."""
    kept = record.revisions.filter(was__gte=version).order_by("was").first()
    if kept is not None:
        return kept.marc_before
    return record.marc_record if version <= record.version else None


def drafts_of(user: events.Actor) -> QuerySet[Draft]:
    """The drafts of this cataloguer that were not discarded, the latest first, without what was typed."""
    return (
        Draft.objects.filter(owner_id=user.pk, discarded_at__isnull=True)
        .select_related("record")
        .defer("typed", "record__marc")
    )


def draft_for(user: events.Actor, record: Record | None) -> Draft | None:
    """What this cataloguer typed about the record and never saved."""
    if record is None:
        return None
    return Draft.objects.filter(owner_id=user.pk, record=record, discarded_at__isnull=True).defer("typed").first()


def draft_saves(user: events.Actor, key: int | None) -> int:
    """How often this draft of the user was kept; 0 when there is none."""
    return Draft.objects.filter(owner_id=user.pk, pk=key or 0).values_list("saves", flat=True).first() or 0


def was_removed(pk: int) -> bool:
    """Whether there was a record with this key, and staff removed it. Those of an import that was undone never counted."""
    return JournalEntry.objects.filter(name=RecordRemoved.__name__, record=pk).exists()


def records_in_order(keys: Sequence[int]) -> list[Record]:
    """The records with these keys, in this order, without those that are gone. For lists: ``marc`` is not read."""
    found = Record.objects.listed().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def items_of(record: Record) -> QuerySet[Item]:
    """The items of one record with branch, location and type at hand, in shelf order."""
    return items_of_records([record.pk])


def items_of_records(keys: Collection[int]) -> QuerySet[Item]:
    """The items of these records with branch, location and type at hand, in shelf order."""
    return Item.objects.filter(record__in=keys).select_related("branch", "held_at", "location", "item_type")


def item_by_barcode(barcode: str) -> Item | None:
    """The item with this barcode, as printed or in one case throughout, with all that the desk shows of it; None when there is none."""
    items = Item.objects.select_related("record", "branch", "held_at", "location", "item_type").defer("record__marc")
    return _with_barcode(items, barcode)


def titled_item_by_barcode(barcode: str) -> Item | None:
    """The same with barcode and title alone at hand, for a verb that reads the rest itself: a third of the work."""
    return _with_barcode(Item.objects.select_related("record").only("barcode", "record__title", "record"), barcode)


def _with_barcode(items: QuerySet[Item], barcode: str) -> Item | None:
    printed = barcode.strip()
    return next(iter(items.filter(barcode__in={printed, printed.upper(), printed.lower()}).order_by()[:1]), None)


@remembered()
def call_number_rule() -> CallNumberRule:
    """How this library makes call numbers; the defaults until somebody changes them."""
    return CallNumberRule.objects.first() or CallNumberRule(pk=1)


def item_types() -> QuerySet[ItemType]:
    return ItemType.objects.all()


def records_identified_by(kind: str, values: Collection[str]) -> dict[str, int]:
    """For each of these numbers that is in the catalogue already, the key of the first record with it."""
    if not values:
        return {}
    rows = Identifier.objects.filter(kind=kind, value__in=values).order_by("-record_id").values_list("value", "record_id")
    return dict(rows)


def works_identified_by(kinds: Collection[str], values: Collection[str]) -> dict[str, tuple[int, str]]:
    """For each of these numbers the key of the first record with it, and its work."""
    if not values:
        return {}
    rows = Identifier.objects.filter(kind__in=kinds, value__in=values).order_by("-record_id")
    return {value: (key, work) for value, key, work in rows.values_list("value", "record_id", "record__work_key")}


def first_of_editions(works: Collection[str]) -> dict[tuple[str, int], int]:
    """For each year in which these works came out the key of the first record of it, by work and year."""
    rows = Record.objects.filter(work_key__in=works, year__isnull=False).order_by("-pk").values_list("work_key", "year", "pk")
    return {(work, year): key for work, year, key in rows if year is not None}


def records_with_number(kind: str, values: Collection[str]) -> list[int]:
    """The keys of the records with any of these numbers, the oldest first."""
    if not values:
        return []
    rows = Identifier.objects.filter(kind=kind, value__in=values).order_by("record_id")
    return list(dict.fromkeys(rows.values_list("record_id", flat=True)[:MOST_ALIKE]))


def records_with_control_number(values: Collection[str]) -> list[int]:
    """The keys of the records that have any of these control numbers as their own (001 with 003) or as another's (035)."""
    if not values:
        return []
    kinds = (Identifier.Kinds.CONTROL_NUMBER, Identifier.Kinds.OTHER)
    rows = Identifier.objects.filter(kind__in=kinds, value__in=values).order_by("record_id")
    return list(dict.fromkeys(rows.values_list("record_id", flat=True)[:MOST_ALIKE]))


def records_of_edition(work: str, year: int | None) -> list[int]:
    """The keys of the records of this work from this year, the oldest first; none where either is not known."""
    if not work or year is None:
        return []
    return list(Record.objects.filter(work_key=work, year=year).order_by("pk").values_list("pk", flat=True)[:MOST_ALIKE])


def import_runs() -> QuerySet[ImportRun]:
    """Every import, the latest first."""
    return ImportRun.objects.select_related("created_by")


def rejections_of(run: ImportRun) -> QuerySet[ImportRejection]:
    """What was wrong with the file's records, in the order of the file, without the bytes."""
    return run.rejections.defer("raw")


def stock_takes() -> QuerySet[StockTake]:
    """Every count, the latest first, with what a list shows of it."""
    return StockTake.objects.select_related("branch", "location", "item_type", "opened_by", "closed_by").prefetch_related(
        "shelves"
    )


def stock_take_lines(stock_take: StockTake, finding: str = "") -> QuerySet[StockTakeLine]:
    """What a count says of each copy, in shelf order: those with this finding; ``unseen`` are those still looked for, empty is all."""
    lines = stock_take.lines.select_related("location", "seen_in", "seen_by__user").order_by("shelf_key", "barcode")
    if finding == "unseen":
        return lines.filter(finding="", standing=StockTakeLine.Standings.SHELF)
    return lines.filter(finding=finding) if finding else lines


def to_look_for(stock_take: StockTake) -> QuerySet[StockTakeLine]:
    """What a device must know to answer without a connection: in the first round everything, later what was not found yet."""
    lines = stock_take.lines.order_by("shelf_key", "barcode")
    return lines.filter(finding="") if stock_take.round > 1 else lines
