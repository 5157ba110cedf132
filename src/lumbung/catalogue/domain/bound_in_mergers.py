"""Titles bound together when one of them goes into another record, and when it comes back."""

from typing import Any

from lumbung.catalogue.domain.bound_titles import mark
from lumbung.catalogue.models import BoundTitle, Item
from lumbung.kernel import clock


def move(gone: int, kept: int) -> dict[str, Any]:
    """Let what is bound as ``gone`` be bound as ``kept``, its copies having moved already; what was moved, for ``give_back``.

    Where both are in one volume now, as its own title and as a bound one or bound twice, one entry is left out, and told in ``dropped``.
    """
    own = set(BoundTitle.objects.filter(record__in=[gone, kept], item__record=kept).values_list("pk", "item", "record"))
    twice = BoundTitle.objects.filter(record=kept).values("item")
    doubled = set(BoundTitle.objects.filter(record=gone, item__in=twice).values_list("pk", "item", "record"))
    dropped = sorted(own | doubled)
    BoundTitle.objects.filter(pk__in=[pk for pk, _, _ in dropped]).delete()
    for item in Item.objects.filter(pk__in={item for _, item, _ in dropped}):
        mark(item)
    moved = list(BoundTitle.objects.filter(record=gone).order_by("pk").values_list("pk", flat=True))
    BoundTitle.objects.filter(pk__in=moved).update(record=kept)
    return {"moved": moved, "dropped": [[item, record] for _, item, record in dropped]}


def give_back(moved: dict[str, Any], gone: int, kept: int) -> None:
    """Bind again as it was; what people unbound since stays unbound, and a copy that is gone is left out."""
    BoundTitle.objects.filter(pk__in=moved["moved"], record=kept).update(record=gone)
    there = Item.objects.in_bulk([item for item, _ in moved["dropped"]])
    for key, record in moved["dropped"]:
        item = there.get(key)
        if item is not None and item.record_id != record:
            BoundTitle.objects.get_or_create(item=item, record_id=record, defaults={"added_at": clock.now()})
            mark(item)
