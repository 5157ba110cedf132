"""How a record tells, on its way out, that it is bound with others: 773 in a title bound into another's copy, 774 in the title whose
copy it is, 501 in both. An import reads 773 $o, the barcode."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from lumbung.catalogue.models import BoundTitle, Item, Record
from lumbung.formats.marc import Field

TOGETHER = "Dijilid bersama"
"""In the language of the catalogue's notes, whoever takes the file."""


def bound_fields(records: Sequence[Record], items: Iterable[Item]) -> Mapping[int, list[Field]]:
    """The fields by the key of the record. ``items`` are those of the records; one statement."""
    own = [item.pk for item in items if item.is_bound]
    keys = [record.pk for record in records]
    rows = BoundTitle.objects.filter(record__in=keys) | BoundTitle.objects.filter(item__in=own)
    found: defaultdict[int, list[Field]] = defaultdict(list)
    notes: defaultdict[int, list[str]] = defaultdict(list)
    told = rows.order_by("pk").values_list("record", "record__title", "item__record", "item__record__title", "item__barcode")
    for record, title, host, host_title, barcode in told:
        said = ("i", f"{TOGETHER}:")
        found[record].append(Field("773", "0", "8", [said, ("t", host_title), ("o", barcode)]))
        found[host].append(Field("774", "0", "8", [said, ("t", title)]))
        notes[record].append(host_title)
        notes[host].append(title)
    for key, titles in notes.items():
        found[key].insert(0, Field("501", " ", " ", [("a", f"{TOGETHER}: {'; '.join(dict.fromkeys(titles))}")]))
    return found
