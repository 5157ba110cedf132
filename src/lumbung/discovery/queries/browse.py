"""Walking along the catalogue: headings and titles in the order of the alphabet, books in the order of the shelf.

A stretch is read from a key onwards, never by counting what lies before it, so the last page is as quick as the first.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

from lumbung.catalogue.models import Record
from lumbung.discovery.models import BrowsedTitle, Heading, ShelfPlace
from lumbung.discovery.ordering import LAST
from lumbung.organization.models import Branch

LETTERS = "abcdefghijklmnopqrstuvwxyz"
PAGE = 50

T = TypeVar("T")
Place = tuple[str, int]
"""A sort key and, among equals, the key of the row."""


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """Some rows in order; ``before`` and ``after`` are the places to go on from, empty at the ends."""

    rows: Sequence[T]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class OnShelf:
    """A title where it stands; ``place`` is what the address of the shelf says of it."""

    record: Record
    call_number: str
    place: str


def headings(kind: str, *, at: str = "", after: str = "", before: str = "", size: int = PAGE) -> Stretch[Heading]:
    """Creators or subjects: from the first that begins with ``at`` or later, or from a place on or back."""
    rows = Heading.objects.filter(kind=kind, records__gt=0)
    return _stretch(rows, "sort_key", at=at, after=after, before=before, size=size)


def titles(*, at: str = "", after: str = "", before: str = "", size: int = PAGE) -> Stretch[Record]:
    """Titles the public may see, in the order of the alphabet."""
    found = _stretch(BrowsedTitle.objects.all(), "title_key", at=at, after=after, before=before, size=size)
    records = Record.objects.listed().shown_to_public().in_bulk([row.pk for row in found.rows])
    return Stretch([records[row.pk] for row in found.rows if row.pk in records], found.before, found.after)


def shelf(*, branch: Branch | None, after: str = "", before: str = "", at: str = "", size: int = 12) -> Stretch[OnShelf]:
    """Books side by side: in one branch, or all of them together."""
    rows: QuerySet[Any] = ShelfPlace.objects.filter(branch=branch) if branch else BrowsedTitle.objects.exclude(shelf_key="")
    found = _stretch(rows, "shelf_key", at=at, after=after, before=before, size=size, tie="record_id")
    return Stretch(_on_shelf(found.rows), found.before, found.after)


def around(record: Record, *, branch: Branch | None, size: int = 12) -> Stretch[OnShelf]:
    """The books left and right of one, it in the middle; nothing when it does not stand there."""
    rows: QuerySet[Any] = ShelfPlace.objects.filter(branch=branch) if branch else BrowsedTitle.objects.exclude(shelf_key="")
    here = rows.filter(record=record.pk).first()
    if here is None:
        return Stretch([])
    place = _written((here.shelf_key, here.record_id))
    left = _stretch(rows, "shelf_key", before=place, size=size // 2, tie="record_id")
    right = _stretch(rows, "shelf_key", after=place, size=size - size // 2, tie="record_id")
    return Stretch(_on_shelf([*left.rows, here, *right.rows]), left.before, right.after)


def _on_shelf(rows: Sequence[Any]) -> list[OnShelf]:
    shown = Record.objects.shown_to_public().only("title", "creator", "classification", "year", "cover")
    records = shown.in_bulk([row.record_id for row in rows])
    return [
        OnShelf(
            records[row.record_id],
            getattr(row, "call_number", "") or records[row.record_id].classification,
            _written((row.shelf_key, row.record_id)),
        )
        for row in rows
        if row.record_id in records
    ]


def _stretch(
    rows: "QuerySet[Any]", key: str, *, at: str = "", after: str = "", before: str = "", size: int, tie: str = "pk"
) -> Stretch[Any]:
    back = _read(before)
    onward = _read(after)
    if back:
        found = list(rows.filter(_beyond(key, tie, back, "lt")).order_by(f"-{key}", f"-{tie}")[: size + 1])
        rest, found = found[size:], found[:size][::-1]
        return Stretch(found, _place_of(found[:1], key, tie) if rest else "", _place_of(found[-1:], key, tie))
    if onward:
        rows = rows.filter(_beyond(key, tie, onward, "gt"))
    elif at:
        rows = rows.filter(**{f"{key}__gte": at})
    found = list(rows.order_by(key, tie)[: size + 1])
    rest, found = found[size:], found[:size]
    return Stretch(
        found, _place_of(found[:1], key, tie) if onward or at else "", _place_of(found[-1:], key, tie) if rest else ""
    )


def _beyond(key: str, tie: str, place: Place, side: str) -> Q:
    """The rows on one side of a place; the first condition alone is what the index is entered by."""
    apart = Q(**{f"{key}__{side}": place[0]}) | Q(**{f"{tie}__{side}": place[1]})
    return Q(**{f"{key}__{side}e": place[0]}) & apart


def _place_of(rows: Sequence[Any], key: str, tie: str) -> str:
    return _written((getattr(rows[0], key), getattr(rows[0], tie))) if rows else ""


def _written(place: Place) -> str:
    """A place as an address carries it."""
    return base64.urlsafe_b64encode(f"{place[1]}:{place[0]}".encode()).decode().rstrip("=")


def _read(text: str) -> Place | None:
    """The place an address names; None when it names none."""
    try:
        row, _, key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
        return (key, int(row)) if text and len(row) < 19 else None  # noqa: PLR2004 -- keys have 63 bits
    except (ValueError, binascii.Error):
        return None


def letter_key(letter: str) -> str:
    """Where a letter begins: "0" for numbers, "~" for what is written in other scripts."""
    return letter if letter in LETTERS or letter in {"0", LAST} else ""
