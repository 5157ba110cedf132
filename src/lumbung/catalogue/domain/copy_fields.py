"""Our items as the fields 952 that Koha and its kin write, and that an import here reads back."""

from collections.abc import Iterable, Iterator

from lumbung.catalogue.domain.imports.places import READ_HERE
from lumbung.catalogue.domain.with_items import with_items
from lumbung.catalogue.models import Item, Record
from lumbung.formats import marc
from lumbung.formats.marc import Field

TAG = "952"
_STATUSES: dict[str, tuple[str, str]] = {
    Item.Statuses.WITHDRAWN.value: ("0", "1"),
    Item.Statuses.LOST.value: ("1", "1"),
    Item.Statuses.DAMAGED.value: ("4", "1"),
    Item.Statuses.IN_PROCESS.value: ("7", "-1"),
    Item.Statuses.IN_REPAIR.value: ("7", "-2"),
}


def with_copies(records: Iterable[Record]) -> Iterator[tuple[Record, marc.Record]]:
    """Each record with its MARC, in which our items stand where copies stood that came with it; a stretch of records is read at a time."""
    for record, items in with_items(records):
        told = record.marc_record
        described = [each for each in told.fields if each.tag != TAG or each.is_control]
        yield record, marc.Record(leader=told.leader, fields=[*described, *map(copy_field, items)])


def copy_field(item: Item) -> Field:
    """One copy in 952. ``7`` says whether it is lent, unless a passing state has to stand there."""
    code, state = item.item_type.code, [_STATUSES[item.status]] if item.status in _STATUSES else []
    if not item.item_type.lendable and "7" not in dict(state):
        code = code.removesuffix(READ_HERE)
        state.append(("7", "1"))
    told = [
        *sorted(state),
        ("a", item.branch.code),
        ("b", item.held_at.code),
        ("c", item.location.code if item.location else ""),
        ("d", f"{item.accessioned_on or item.added_at:%Y-%m-%d}"),
        ("e", item.vendor),
        ("g", "" if item.price is None else str(item.price)),
        ("i", item.accession_number),
        ("o", item.call_number),
        ("p", item.barcode),
        ("t", item.copy),
        ("y", code),
        ("z", item.note),
    ]
    return Field(TAG, subfields=[(name, value) for name, value in told if value])
