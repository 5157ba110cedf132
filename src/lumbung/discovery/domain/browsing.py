"""The tables readers browse by, kept as the catalogue is: headings with their counts, titles in order, shelves."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import F

from lumbung.catalogue.domain.shelf_order import shelf_key
from lumbung.catalogue.models import Item, Record
from lumbung.discovery.models import BrowsedTitle, Heading, ShelfPlace
from lumbung.discovery.ordering import sort_key, title_key
from lumbung.search.documents import Document

CHUNK = 500
NOT_ON_SHELVES: Sequence[str] = (Item.Statuses.LOST, Item.Statuses.WITHDRAWN)
LONGEST_LABEL = 300


def follow(documents: Collection[Document], gone: Collection[int] = ()) -> None:
    """Make the tables say of these titles what their documents say; a hidden title and one that is gone stand nowhere."""
    shown = {document.key: document for document in documents if not document.hidden}
    hidden = {document.key for document in documents if document.hidden}
    with transaction.atomic():
        before = BrowsedTitle.objects.select_for_update().in_bulk([*shown, *hidden, *gone])
        headings = _keys_of(shown.values())
        after = _titles(shown, headings)
        _count(before, after)
        BrowsedTitle.objects.filter(pk__in=before.keys() - after.keys()).delete()
        BrowsedTitle.objects.bulk_create(
            [row for key, row in after.items() if _differs(before.get(key), row)],
            update_conflicts=True,
            unique_fields=["record"],
            update_fields=["title_key", "shelf_key", "headings"],
        )
        _place(shown, {*shown, *hidden, *gone})


def tidy(highest: int) -> None:
    """Let go of titles up to the key ``highest`` that the catalogue no longer has, and of headings nothing stands under."""
    for first in range(0, highest + 1, CHUNK):
        keys = range(first, first + CHUNK)
        left = set(BrowsedTitle.objects.filter(pk__in=keys).values_list("pk", flat=True))
        if left and (lost := left - set(Record.objects.filter(pk__in=left).values_list("pk", flat=True))):
            follow((), lost)
    Heading.objects.filter(records__lte=0).delete()


def _titles(shown: dict[int, Document], headings: dict[tuple[str, str], int]) -> dict[int, BrowsedTitle]:
    classes = dict(Record.objects.filter(pk__in=shown).values_list("pk", "classification"))
    calls = dict(
        Item.objects.filter(record__in=shown).exclude(call_number="").order_by("-pk").values_list("record", "call_number")
    )
    return {
        key: BrowsedTitle(
            record_id=key,
            title_key=title_key(document.texts["title"][0]),
            shelf_key=shelf_key(calls.get(key) or classes.get(key, "")),
            headings=sorted(headings[each] for each in _headings_of(document)),
        )
        for key, document in shown.items()
    }


def _differs(old: BrowsedTitle | None, new: BrowsedTitle) -> bool:
    return old is None or (old.title_key, old.shelf_key, old.headings) != (new.title_key, new.shelf_key, new.headings)


def _headings_of(document: Document) -> set[tuple[str, str]]:
    return {(kind, label[:LONGEST_LABEL]) for kind in Heading.Kinds.values for label in document.facets[kind]}


def _keys_of(documents: Iterable[Document]) -> dict[tuple[str, str], int]:
    """The key of every heading of these documents; new ones are made."""
    wanted = {heading for document in documents for heading in _headings_of(document)}
    labels = {label for _, label in wanted}
    rows = Heading.objects.filter(label__in=labels) if labels else Heading.objects.none()
    known = {(kind, label): key for key, kind, label in rows.values_list("pk", "kind", "label")}
    new = [Heading(kind=kind, label=label, sort_key=sort_key(label)) for kind, label in sorted(wanted - known.keys())]
    if new:
        Heading.objects.bulk_create(new, ignore_conflicts=True)
        made = Heading.objects.filter(label__in={each.label for each in new}).values_list("pk", "kind", "label")
        known |= {(kind, label): key for key, kind, label in made}
    return known


def _count(before: dict[int, BrowsedTitle], after: dict[int, BrowsedTitle]) -> None:
    changes: Counter[int] = Counter()
    for row in after.values():
        changes.update(row.headings)
    for row in before.values():
        changes.subtract(row.headings)
    by_change = defaultdict(list)
    for heading, change in changes.items():
        by_change[change].append(heading)
    for change, keys in by_change.items():
        if change:
            Heading.objects.filter(pk__in=keys).update(records=F("records") + change)


def _place(shown: dict[int, Document], all_keys: Collection[int]) -> None:
    """One place for each title in each branch that has copies of it."""
    places: dict[tuple[int, int], str] = {}
    held = Item.objects.filter(record__in=shown).exclude(status__in=NOT_ON_SHELVES).exclude(call_number="").order_by("-pk")
    for record, branch, call_number in held.values_list("record", "branch", "call_number"):
        places[record, branch] = call_number
    before = {(row.record_id, row.branch_id): row for row in ShelfPlace.objects.filter(record__in=all_keys)}
    gone = [row.pk for key, row in before.items() if places.get(key) != row.call_number]
    new = [
        ShelfPlace(record_id=record, branch_id=branch, shelf_key=shelf_key(call), call_number=call)
        for (record, branch), call in places.items()
        if (record, branch) not in before or before[record, branch].call_number != call
    ]
    ShelfPlace.objects.filter(pk__in=gone).delete()
    ShelfPlace.objects.bulk_create(new)
