"""Which titles are in a copy: its own, and those bound into it."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Count, QuerySet

from lumbung.catalogue.models.bound_title import BoundTitle
from lumbung.catalogue.models.item import Item


def titles_of(items: Collection[Item]) -> dict[int, list[int]]:
    """The titles (primary keys) in each copy, its own first, by the copy's key. Asks the database only where something is bound."""
    titles = {item.pk: [item.record_id] for item in items}
    bound = [item.pk for item in items if item.is_bound]
    if bound:
        for item, record in BoundTitle.objects.filter(item__in=bound).values_list("item", "record"):
            titles[item].append(record)
    return titles


def titles_in(item: Item) -> list[int]:
    """The titles (primary keys) in one copy, its own first."""
    return titles_of([item])[item.pk]


def copies_counted(records: Collection[int]) -> dict[int, int]:
    """How many copies there are of each of these titles, those included into which it is bound; one statement."""
    own = Item.objects.filter(record__in=records).order_by().values_list("record").annotate(Count("pk"))
    bound = BoundTitle.objects.filter(record__in=records).order_by().values_list("record").annotate(Count("pk"))
    counts: Counter[int] = Counter()
    for record, count in own.union(bound, all=True):
        counts[record] += count
    return dict(counts)


def titles_bound_into(items: Collection[int]) -> set[int]:
    """The titles (primary keys) bound into these copies (primary keys), besides their own."""
    return set(BoundTitle.objects.filter(item__in=items).values_list("record", flat=True)) if items else set()


def bound_titles(items: Collection[int]) -> QuerySet[BoundTitle]:
    """What is bound into these copies, with its title at hand, without the MARC."""
    return BoundTitle.objects.filter(item__in=items).select_related("record").defer("record__marc", "record__findable")
