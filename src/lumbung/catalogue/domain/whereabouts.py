"""Where an item is at this moment. Circulation tells it at every scan; its own event is what the journal keeps of the scan."""

from lumbung.catalogue.models import Item
from lumbung.organization.models import Branch


def stands_at(item: Item, branch: Branch) -> None:
    """The item is in hand at this branch."""
    if item.held_at_id != branch.pk:
        item.held_at = branch
        item.save(update_fields=["held_at"])


def goes_back(item: Item, branch: int | None) -> None:
    """Once nobody has it the item stands at this branch (a primary key); None: at the one it belongs to."""
    if item.returns_to_id != branch:
        item.returns_to_id = branch
        item.save(update_fields=["returns_to"])
