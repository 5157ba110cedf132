"""Our items as the fields 952 that Koha and its kin write, and that an import here reads back."""

from collections.abc import Iterable, Iterator, Sequence

from lumbung.catalogue.domain.bound_fields import bound_fields
from lumbung.catalogue.domain.imports.places import READ_HERE
from lumbung.catalogue.domain.record_selection import STRETCH, stretched
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
    """Each record with its MARC, in which our items stand where copies stood that came with it, and what it is bound with; a stretch of
    records is read at a time."""
    for some in stretched(with_items(records), STRETCH):
        bound = bound_fields([record for record, _ in some], [item for _, items in some for item in items])
        for record, items in some:
            yield record, _told(record, items, bound.get(record.pk, ()))


def _told(record: Record, items: Sequence[Item], bound: Sequence[Field]) -> marc.Record:
    said = record.marc_record
    described = [each for each in said.fields if each.tag != TAG or each.is_control]
    fresh = [each for each in bound if each not in described]
    return marc.Record(leader=said.leader, fields=[*_in_order(described, fresh), *map(copy_field, items)])


def _in_order(fields: Sequence[Field], fresh: Sequence[Field]) -> list[Field]:
    """Each of the fresh ones before the first field with a higher tag that has only such after it."""
    made = list(fields)
    for field in fresh:
        at = next((at for at in range(len(made), 0, -1) if made[at - 1].tag <= field.tag), 0)
        made.insert(at, field)
    return made


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
        ("h", item.volume),
        ("i", item.accession_number),
        ("o", item.call_number),
        ("p", item.barcode),
        ("t", item.copy),
        ("y", code),
        ("z", item.note),
    ]
    return Field(TAG, subfields=[(name, value) for name, value in told if value])
