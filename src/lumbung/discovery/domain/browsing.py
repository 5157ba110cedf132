"""The tables readers browse by, kept as the catalogue is: headings with their counts, titles in order, shelves.

Every title of a library passes here when it moves in and whenever its index is built, so rows are written past the ORM.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import orjson
from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from lumbung.catalogue.domain.shelf_order import shelf_key
from lumbung.catalogue.models import Item, Record
from lumbung.discovery.domain.documents import documents_of
from lumbung.discovery.domain.labels import Label, Labels, labels_of
from lumbung.discovery.models import BrowsedTitle, Heading, ShelfPlace
from lumbung.discovery.ordering import sort_key, title_key
from lumbung.kernel import rows
from lumbung.kernel.turns import wait_for_turn
from lumbung.search.documents import Document
from lumbung.search.fields import as_json, number_of

REACTION, REACTION_TO_MANY = "browse_records", "browse_many_records"
"""The reactions that keep the tables up to date: to what changed a title, and to what changed many."""

CHUNK = 5_000
TOGETHER = 200
"""So many titles are read and written in one turn, while others wait to write for a few hundredths of a second."""
TURN = "discovery.browsing"
NOT_ON_SHELVES: Sequence[str] = (Item.Statuses.LOST, Item.Statuses.WITHDRAWN)
LONGEST_LABEL = 300
KINDS: Sequence[str] = Heading.Kinds.values

Captions = Mapping[int, tuple[str, str]]
"""Kind and label of a heading by its key."""


class Standing(NamedTuple):
    """Where a title stands, in the words of ``BrowsedTitle``."""

    title_key: str
    shelf_key: str
    headings: list[int]


class Entry(NamedTuple):
    """All the tables say of a title: where it stands, its headings by key, its call number by branch."""

    title_key: str
    shelf_key: str
    captions: Captions
    places: Mapping[int, str]


def entries_of(documents: Iterable[Document], labels: Labels) -> dict[int, Entry]:
    """What the tables are to say of these titles, with what stands on their copies; a hidden one stands nowhere."""
    return {each.key: _entry(each, labels.get(each.key, ())) for each in documents if not each.hidden}


def _entry(document: Document, labels: Iterable[Label]) -> Entry:
    """Of several copies the oldest says where the title stands."""
    calls = [each for each in labels if each.own and each.call_number]
    first = calls[0].call_number if calls else next(iter(document.texts["class"]), "")
    places = {each.branch: each.call_number for each in reversed(calls) if each.status not in NOT_ON_SHELVES}
    return Entry(title_key(document.texts["title"][0]), _shelf_key(first), _headings(document), places)


def follow(keys: Collection[int]) -> None:
    """Make the tables say of these titles what the catalogue says now.

    Titles are read in the turn they are written in, so that nothing read before is written over what another process wrote since.
    """
    wanted = sorted(keys)
    for first in range(0, len(wanted), TOGETHER):
        some = wanted[first : first + TOGETHER]
        with transaction.atomic():
            wait_for_turn(TURN)
            labels = labels_of(some)
            keep(entries_of(documents_of(some, labels), labels), some)


def keep(entries: Mapping[int, Entry], keys: Collection[int]) -> None:
    """Make the tables say this of the titles with these keys; those without an entry stand nowhere."""
    after = {key: Standing(each.title_key, each.shelf_key, sorted(each.captions)) for key, each in entries.items()}
    with transaction.atomic():
        wait_for_turn(TURN)  # two that count one new title at once would count it twice
        before = _standing(keys)
        left = before.keys() - after.keys()
        changed = {key: where for key, where in sorted(after.items()) if where != before.get(key)}
        gone = [before[key] for key in (*left, *changed) if key in before]
        _count(gone, changed.values(), {key: label for each in changed for key, label in entries[each].captions.items()})
        BrowsedTitle.objects.filter(pk__in=left).delete()
        told = [(key, where.title_key, where.shelf_key, as_json(where.headings).decode()) for key, where in changed.items()]
        rows.put(BrowsedTitle, ("record_id", *Standing._fields), told, key=["record_id"])
        _place(entries, keys)


def _standing(keys: Collection[int]) -> dict[int, Standing]:
    """Where these titles stand, by key."""
    held = BrowsedTitle.objects.select_for_update().filter(**rows.among(keys)).order_by("pk")
    told = held.values_list("pk", "title_key", "shelf_key", Cast("headings", TextField()))
    return {key: Standing(title, shelf, orjson.loads(headings)) for key, title, shelf, headings in told}


def tidy(highest: int) -> None:
    """Let go of titles up to the key ``highest`` that the catalogue no longer has, and of headings nothing stands under."""
    for first in range(0, highest + 1, CHUNK):
        some = rows.among(range(first, first + CHUNK))
        left = set(BrowsedTitle.objects.filter(**some).values_list("pk", flat=True))
        if lost := left - set(Record.objects.filter(**some).values_list("pk", flat=True)):
            keep({}, lost)
    with transaction.atomic():
        wait_for_turn(TURN)
        Heading.objects.filter(records__lte=0).delete()


def _headings(document: Document) -> Captions:
    """The headings the title stands under."""
    each = [(kind, label[:LONGEST_LABEL]) for kind in KINDS for label in document.facets[kind]]
    return {number_of(f"{kind} {label}"): (kind, label) for kind, label in each}


def _count(before: Iterable[Standing], after: Iterable[Standing], captions: Captions) -> None:
    """Count anew what stands under each heading, for titles that stood so and stand so now; ``captions`` are those of the headings
    that they stand under now."""
    changes: Counter[int] = Counter()
    for where in after:
        changes.update(where.headings)
    for where in before:
        changes.subtract(where.headings)
    rows.put(
        Heading,
        ("id", "kind", "label", "sort_key", "records"),
        [(key, *captions[key], _sort_key(captions[key][1]), changes[key]) for key in sorted(captions) if changes[key]],
        key=["id"],
        adding=["records"],
    )
    left = defaultdict(list)
    for heading in changes.keys() - captions.keys():
        left[changes[heading]].append(heading)
    for change, headings in left.items():
        Heading.objects.filter(pk__in=headings).update(records=F("records") + change)


def _place(entries: Mapping[int, Entry], keys: Collection[int]) -> None:
    """One place for each title in each branch that has copies of it."""
    places = {(key, branch): call for key, entry in entries.items() for branch, call in entry.places.items()}
    held = ShelfPlace.objects.filter(**rows.among(keys, "record_id")).values_list("record", "branch", "call_number")
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
