"""Choosing many items at once: by a list, an import, a move, accession numbers, the shelf, or a search."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Manager, Model, QuerySet
from django.db.models.functions import Upper

from lumbung.catalogue.domain.moved_copies import came_with
from lumbung.catalogue.domain.shelf_order import shelf_key_from
from lumbung.catalogue.models import Item, ItemType
from lumbung.catalogue.refusals import INDEX_NOT_READY, NO_ITEMS_CHOSEN, NOTHING_CHOSEN
from lumbung.kernel.refusals import Refused
from lumbung.organization.models import Branch, Location
from lumbung.search.documents import Query
from lumbung.search.queries import NotReady, find
from lumbung.search.unready import unready_because

MOST_TITLES_FOUND = 1000
AFTER_ALL = "zzzz"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What must hold of each item; what is left empty does not narrow. ``shelf_to`` takes in all that begins with it."""

    barcodes: Sequence[str] = ()
    words: str = ""
    record: int | None = None
    import_run: int | None = None
    move: int | None = None
    accession_from: str = ""
    accession_to: str = ""
    shelf_from: str = ""
    shelf_to: str = ""
    branch: Branch | None = None
    location: Location | None = None
    item_type: ItemType | None = None
    status: str = ""
    not_labelled: bool = False

    def stored(self) -> dict[str, Any]:
        """As plain values, for ``item_selection_of``."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        keys = {name: value.pk for name, value in told.items() if isinstance(value, Model)}
        return {**told, **keys, "barcodes": list(self.barcodes)}

    def refuse_everything(self) -> None:
        """Refuses a selection that says nothing: it would be everything."""
        if not any(getattr(self, each.name) for each in fields(self)):
            raise Refused(NOTHING_CHOSEN())

    def items(self) -> QuerySet[Item]:
        """The items in shelf order, with record and places at hand. Refuses a selection that says nothing."""
        self.refuse_everything()
        found: QuerySet[Item] = Item.objects.select_related("record", "branch", "location", "item_type").defer(
            "record__marc", "record__findable"
        )
        if self.barcodes:
            found = found.alias(normal=Upper("barcode")).filter(normal__in=[each.strip().upper() for each in self.barcodes])
        names = ("record", "import_run", "branch", "location", "item_type", "status")
        plain = {name: getattr(self, name) for name in names}
        found = found.filter(**{name: value for name, value in plain.items() if value})
        if self.move:
            found = came_with(found, self.move)
        if self.not_labelled:
            found = found.filter(label_printed_at=None)
        if self.words:
            found = found.filter(record__in=_titles_found(self.words))
        return self._between(found)

    def _between(self, found: QuerySet[Item]) -> QuerySet[Item]:
        if self.accession_from:
            found = found.filter(accession_number__gte=self.accession_from)
        if self.accession_to:
            found = found.filter(accession_number__lte=self.accession_to).exclude(accession_number="")
        if self.shelf_from:
            found = found.filter(shelf_key__gte=shelf_key_from(self.shelf_from))
        if self.shelf_to:
            end = shelf_key_from(self.shelf_to).rstrip("0") + AFTER_ALL
            found = found.filter(shelf_key__lte=end).exclude(shelf_key="")
        return found

    def unknown_barcodes(self) -> list[str]:
        """Those of the list that no item has, in its order."""
        normal = [each.strip().upper() for each in self.barcodes]
        known = set(
            Item.objects.alias(normal=Upper("barcode")).filter(normal__in=normal).values_list(Upper("barcode"), flat=True)
        )
        return [each for each in self.barcodes if each.strip().upper() not in known]


def item_selection_of(stored: dict[str, Any]) -> Selection:
    """The selection that ``stored`` wrote; a branch, location or type that is gone chooses nothing."""
    kinds: dict[str, Manager[Any]] = {"branch": Branch.objects, "location": Location.objects, "item_type": ItemType.objects}
    rows = {name: kind.filter(pk=stored[name]).first() for name, kind in kinds.items() if stored[name]}
    if None in rows.values():
        raise Refused(NO_ITEMS_CHOSEN())
    return Selection(**{**stored, **rows})


def _titles_found(words: str) -> list[int]:
    try:
        return list(find(Query(words=words, size=MOST_TITLES_FOUND, facets=(), hidden=True)).keys)
    except NotReady:
        raise Refused(INDEX_NOT_READY(why=unready_because())) from None
