"""What of circulation a reader finds in the search box: the places that are no branches, and when staff are there."""

import re
from collections.abc import Sequence

from lumbung.circulation.queries.handover_places import Visit, offered_visits
from lumbung.kernel.sources import Hit
from lumbung.kernel.ui.words import near_day, time_of_day

ABOUT_ALL = frozenset({"perpustakaan", "keliling", "titik", "ambil", "jadwal", "mobile", "library", "pickup", "point", "stop"})
NAMED_BY = frozenset({"keliling", "titik", "mobile", "pickup"})
"""Words of which one must be asked for all places to be shown."""


def find_places(words: str, limit: int) -> Sequence[Hit]:
    """Places whose name or address has every word asked; all of them for a question about the mobile library or pick-up points alone."""
    asked = set(re.findall(r"\w+", words.casefold()))
    names = set() if asked & NAMED_BY and asked <= ABOUT_ALL else asked
    found = [each for each in offered_visits() if asked and _has(each, names)]
    return [Hit(each.place.name, f"/pickup-places#t{each.place.pk}", _line(each)) for each in found[:limit]]


def _has(visit: Visit, names: set[str]) -> bool:
    return names <= set(re.findall(r"\w+", f"{visit.place.name} {visit.place.address}".casefold()))


def _line(visit: Visit) -> str:
    hours = f"{time_of_day(visit.place.starts)}–{time_of_day(visit.place.ends)}"
    return " · ".join(filter(None, [f"{near_day(visit.day)} {hours}", visit.place.address]))
