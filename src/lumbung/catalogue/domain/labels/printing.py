"""Remembering which items have their labels."""

from collections.abc import Collection

from django.db import transaction

from lumbung.catalogue.domain.labels.sheets import Kind
from lumbung.catalogue.events import LabelsPrinted
from lumbung.catalogue.models import Item
from lumbung.kernel import clock, events

ON_THE_BOOK = frozenset({Kind.SPINE, Kind.BARCODE, Kind.BOTH})


@transaction.atomic
def mark_printed(items: Collection[Item], kind: Kind, *, by: events.Actor | None) -> None:
    """Note that these items' labels were printed now. Pockets and cards are told in the journal alone."""
    keys = [item.pk for item in items]
    if kind in ON_THE_BOOK:
        Item.objects.filter(pk__in=keys).update(label_printed_at=clock.now())
    events.record(LabelsPrinted(kind=kind.value, items=keys), by=by)
