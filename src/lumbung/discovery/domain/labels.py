"""What stands on the labels of copies: by which numbers a title is found, and where it stands on the shelves."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value

from lumbung.catalogue.models import BoundTitle, Item
from lumbung.kernel.drawn import Among, DrawnValues


class Label(NamedTuple):
    """Of one copy. ``own``: it is a copy of the title itself, and not of another into which the title is bound."""

    item: int
    barcode: str
    call_number: str
    branch: int
    status: str
    own: bool


Labels = Mapping[int, Sequence[Label]]
"""By the key of the title; of its copies in the order in which they came."""


def labels_of(records: Collection[int]) -> Labels:
    """Of the copies of these titles, and of those into which they are bound; in one statement. A title without copies is not there."""
    found: defaultdict[int, list[Label]] = defaultdict(list)
    for item, record, *rest in sorted(_LABELS.ask(records=records)):
        found[record].append(Label(item, *rest))
    return found


def _labels() -> QuerySet[Any, tuple[Any, ...]]:
    own = Item.objects.order_by().values_list("pk", "record", "barcode", "call_number", "branch", "status", Value(1))
    there = ("item__barcode", "item__call_number", "item__branch", "item__status")
    bound = BoundTitle.objects.order_by().values_list("item", "record", *there, Value(0))
    return own.filter(Among("record", "records")).union(bound.filter(Among("record", "records")), all=True)


_LABELS = DrawnValues(_labels)
