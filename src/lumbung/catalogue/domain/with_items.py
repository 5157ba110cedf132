"""Records with the copies the library has, a stretch at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lumbung.catalogue.domain.record_selection import STRETCH, stretched
from lumbung.catalogue.models import Item, Record


def with_items(records: Iterable[Record], *, wanted: bool = True) -> Iterator[tuple[Record, list[Item]]]:
    """Each record with its items in the order they were added, branch, location and type at hand; without, unless ``wanted``."""
    for some in stretched(records, STRETCH):
        held: defaultdict[int, list[Item]] = defaultdict(list)
        if wanted:
            items = Item.objects.filter(record__in=some).select_related("branch", "held_at", "location", "item_type")
            for item in items.order_by("pk"):
                held[item.record_id].append(item)
        for record in some:
            yield record, held[record.pk]
