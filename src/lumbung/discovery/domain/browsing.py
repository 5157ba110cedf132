"""The tables readers browse by, kept as the catalogue is: headings with their counts, titles in order, shelves.

Every title of a library passes here when it moves in and whenever its index is built, so rows are written past the ORM.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from lumbung.catalogue.domain.shelf_order import shelf_key
from lumbung.catalogue.models import Item, Record
from lumbung.discovery.models import BrowsedTitle, Heading, ShelfPlace
from lumbung.discovery.ordering import sort_key, title_key
from lumbung.kernel import rows
from lumbung.kernel.turns import wait_for_turn
from lumbung.search.documents import Document
from lumbung.search.fields import number_of

CHUNK = 500
TURN = "discovery.browsing"
NOT_ON_SHELVES: Sequence[str] = (Item.Statuses.LOST, Item.Statuses.WITHDRAWN)
LONGEST_LABEL = 300
KINDS: Sequence[str] = Heading.Kinds.values

Labels = Mapping[int, tuple[str, str]]
"""Kind and label of a heading by its key."""


class Standing(NamedTuple):
    """Where a title stands, in the words of ``BrowsedTitle``."""

    title_key: str
    shelf_key: str
    headings: list[int]


class Copy(NamedTuple):
    record: int
    branch: int
    call_number: str
    status: str


def follow(documents: Collection[Document], gone: Collection[int] = ()) -> None:
    """Make the tables say of these titles what their documents say; a hidden title and one that is gone stand nowhere."""
    shown = {document.key: document for document in documents if not document.hidden}
    keys = {*gone, *(document.key for document in documents)}
    copies = _copies(shown)
    labels = {key: _labels(document) for key, document in shown.items()}
    after = _standings(shown, labels, copies)
    with transaction.atomic():
        wait_for_turn(TURN)  # two that count one new title at once would count it twice
        held = BrowsedTitle.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        before = {key: Standing(*where) for key, *where in held.values_list("pk", *Standing._fields)}
        _count(before, after, {key: label for each in labels.values() for key, label in each.items()})
        BrowsedTitle.objects.filter(pk__in=before.keys() - after.keys()).delete()
        rows.put(
            BrowsedTitle,
            ("record_id", *Standing._fields),
            [
                (key, where.title_key, where.shelf_key, json.dumps(where.headings))
                for key, where in sorted(after.items())
                if where != before.get(key)
            ],
            key=["record_id"],
        )
        _place(copies, keys)


def tidy(highest: int) -> None:
    """Let go of titles up to the key ``highest`` that the catalogue no longer has, and of headings nothing stands under."""
    for first in range(0, highest + 1, CHUNK):
        keys = range(first, first + CHUNK)
        left = set(BrowsedTitle.objects.filter(pk__in=keys).values_list("pk", flat=True))
        if left and (lost := left - set(Record.objects.filter(pk__in=left).values_list("pk", flat=True))):
            follow((), lost)
    with transaction.atomic():
        wait_for_turn(TURN)
        Heading.objects.filter(records__lte=0).delete()


def _copies(shown: Collection[int]) -> list[Copy]:
    """Those with a call number, the oldest of each title last."""
    held = Item.objects.filter(record__in=shown).exclude(call_number="").order_by("-pk")
    return [Copy(*each) for each in held.values_list(*Copy._fields)]


def _standings(shown: Mapping[int, Document], labels: Mapping[int, Labels], copies: Iterable[Copy]) -> dict[int, Standing]:
    calls = {copy.record: copy.call_number for copy in copies}
    return {
        key: Standing(
            title_key(document.texts["title"][0]),
            _shelf_key(calls.get(key) or next(iter(document.texts["class"]), "")),
            sorted(labels[key]),
        )
        for key, document in shown.items()
    }


def _labels(document: Document) -> Labels:
    """The headings the title stands under."""
    each = [(kind, label[:LONGEST_LABEL]) for kind in KINDS for label in document.facets[kind]]
    return {number_of(f"{kind} {label}"): (kind, label) for kind, label in each}


def _count(before: Mapping[int, Standing], after: Mapping[int, Standing], labels: Labels) -> None:
    """Count anew what stands under each heading; ``labels`` are those of the headings that titles stand under now."""
    changes: Counter[int] = Counter()
    for where in after.values():
        changes.update(where.headings)
    for where in before.values():
        changes.subtract(where.headings)
    rows.put(
        Heading,
        ("id", "kind", "label", "sort_key", "records"),
        [(key, *labels[key], _sort_key(labels[key][1]), changes[key]) for key in sorted(labels) if changes[key]],
        key=["id"],
        adding=["records"],
    )
    left = defaultdict(list)
    for heading in changes.keys() - labels.keys():
        left[changes[heading]].append(heading)
    for change, headings in left.items():
        Heading.objects.filter(pk__in=headings).update(records=F("records") + change)


def _place(copies: Iterable[Copy], keys: Collection[int]) -> None:
    """One place for each title in each branch that has copies of it."""
    places = {(copy.record, copy.branch): copy.call_number for copy in copies if copy.status not in NOT_ON_SHELVES}
    held = ShelfPlace.objects.filter(record__in=keys).values_list("record", "branch", "call_number")
    before = {(record, branch): call_number for record, branch, call_number in held}
    for record, branch in before.keys() - places.keys():
        ShelfPlace.objects.filter(record=record, branch=branch).delete()
    rows.put(
        ShelfPlace,
        ("record_id", "branch_id", "shelf_key", "call_number"),
        [(*place, _shelf_key(call), call) for place, call in sorted(places.items()) if before.get(place) != call],
        key=["record_id", "branch_id"],
    )


_sort_key = lru_cache(4096)(sort_key)
_shelf_key = lru_cache(4096)(shelf_key)
