"""Where an item is at this moment. Circulation tells it at every scan; its own event is what the journal keeps of the scan."""

from django.db import transaction

from lumbung.catalogue.events import ItemChanged
from lumbung.catalogue.models import Item
from lumbung.kernel import events
from lumbung.organization.models import Branch


def stands_at(item: Item, branch: Branch) -> None:
    """The item is in hand at this branch."""
    if item.held_at_id != branch.pk:
        item.held_at = branch
        item.save(update_fields=["held_at"])


@transaction.atomic
def found(item: Item, *, by: events.Actor | None) -> None:
    """An item recorded as lost is in hand again: it is available. The item is locked by the caller."""
    item.status = Item.Statuses.AVAILABLE
    item.save(update_fields=["status"])
    events.record(ItemChanged(item=item.pk, record=item.record_id, fields=["status"]), by=by)
