"""What of circulation a reader finds in the search box: the places that are no branches, and when staff are there."""

import re
from collections.abc import Sequence

from lumbung.circulation.queries.handover_places import Visit, offered_visits
from lumbung.kernel.sources import Hit
from lumbung.kernel.ui.words import near_day, time_of_day
from lumbung.kernel.wording import asked_for

ABOUT_ALL = frozenset({"perpustakaan", "keliling", "titik", "ambil", "jadwal", "mobile", "library", "pickup", "point", "stop"})
NAMED_BY = frozenset({"keliling", "titik", "mobile", "pickup"})
"""Words of which one must be asked for all places to be shown."""


def find_places(words: str, limit: int) -> Sequence[Hit]:
    """Places whose name or address meets every word asked; all of them for a question about the mobile library or pick-up points alone."""
    asked = re.findall(r"\w+", words.casefold())
    names = [] if not NAMED_BY.isdisjoint(asked) and ABOUT_ALL.issuperset(asked) else asked
    if not asked:
        return []
    meets = asked_for(" ".join(names))
    found = [each for each in offered_visits() if not names or meets(f"{each.place.name} {each.place.address}")]
    return [Hit(each.place.name, f"/pickup-places#t{each.place.pk}", _line(each)) for each in found[:limit]]


def _line(visit: Visit) -> str:
    hours = f"{time_of_day(visit.place.starts)}–{time_of_day(visit.place.ends)}"
    return " · ".join(filter(None, [f"{near_day(visit.day)} {hours}", visit.place.address]))
