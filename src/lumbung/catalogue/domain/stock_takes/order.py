"""Stretches of shelves, and which copies of a walk along them stand out of order."""

from bisect import bisect_right
from collections.abc import Sequence

from lumbung.catalogue.domain.shelf_order import WITHOUT_CLASS, shelf_key_from

TENS = 2
_CLASS = 3
_WHOLE_KEY_OF_A_CLASS = 15


def shelf_range(key: str) -> str:
    """The stretch of shelves for a shelf key: the tens of its class ("33", "2X"); empty without a class."""
    return "" if key.startswith(WITHOUT_CLASS) else key[:TENS].upper()


def last_of(typed: str) -> str:
    """What the shelf keys of a class and all its divisions begin with, so that "339" as an end takes 339.5 in."""
    key = shelf_key_from(typed)
    return key[:_CLASS] + key[_CLASS:].rstrip("0") if len(key) == _WHOLE_KEY_OF_A_CLASS else key


def out_of_order(keys: Sequence[str]) -> set[int]:
    """Which places of the row would have to be moved so that the rest stands in order: as few as possible, in n log n steps."""
    ends: list[str] = []  # the least key with which an orderly row of this length can end
    places: list[int] = []  # and where that key stands
    before: list[int] = []
    for place, key in enumerate(keys):
        length = bisect_right(ends, key)
        before.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [key]
        places[length : length + 1] = [place]
    stays = set()
    place = places[-1] if places else -1
    while place >= 0:
        stays.add(place)
        place = before[place]
    return set(range(len(keys))) - stays
