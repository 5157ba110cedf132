"""Lists that librarians chose, as readers see them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from lumbung.catalogue.models import Record
from lumbung.discovery.models import CuratedList, CuratedTitle
from lumbung.discovery.queries.interest import on_covers
from lumbung.kernel import clock
from lumbung.organization.queries import library

ON_COVER = 3


@dataclass(frozen=True)
class Chosen:
    """A title in a list; ``record`` is None where the title is hidden or gone, which staff alone see."""

    title: CuratedTitle
    record: Record | None


@dataclass(frozen=True)
class Pick:
    """A list in an overview, with the titles that are its cover."""

    curated: CuratedList
    cover: Sequence[Record]
    count: int


@dataclass(frozen=True)
class Step:
    """Where a title stands in a list that is to be read from its beginning, and the title that comes next, if one does."""

    curated: CuratedList
    place: int
    count: int
    following: Record | None


def shown_lists() -> "QuerySet[CuratedList]":
    """Those the public sees today, changed last first."""
    return CuratedList.objects.shown_on(clock.today(ZoneInfo(library().time_zone)))


def lists_for(purpose: str) -> "QuerySet[CuratedList]":
    """Those of them that were made for readers who come for this."""
    return shown_lists().filter(purpose=purpose)


def picks(lists: Sequence[CuratedList]) -> list[Pick]:
    """The lists with their covers, in two statements for any number of them."""
    titles: dict[int, list[int]] = defaultdict(list)
    for curated, record in CuratedTitle.objects.filter(curated_list__in=lists).values_list("curated_list", "record"):
        titles[curated].append(record)
    shown = on_covers().in_bulk({key for keys in titles.values() for key in keys})
    seen = {key: [shown[each] for each in keys if each in shown] for key, keys in titles.items()}
    return [Pick(each, seen.get(each.pk, [])[:ON_COVER], len(seen.get(each.pk, []))) for each in lists]


def chosen_titles(curated: CuratedList) -> list[Chosen]:
    """What stands in the list, in its order."""
    titles = list(curated.titles.all())
    records = Record.objects.listed().shown_to_public().in_bulk([each.record_id for each in titles])
    return [Chosen(each, records.get(each.record_id)) for each in titles]


def steps_of(record: Record) -> list[Step]:
    """The lists the public sees in which the title stands, each with what to read next: one statement where there are none, else three."""
    lists = list(shown_lists().filter(titles__record=record))
    if not lists:
        return []
    titles: dict[int, list[int]] = defaultdict(list)
    for curated, key in CuratedTitle.objects.filter(curated_list__in=lists).values_list("curated_list", "record"):
        titles[curated].append(key)
    shown = on_covers().in_bulk({key for keys in titles.values() for key in keys})
    return [
        _step(each, [key for key in titles[each.pk] if key in shown], record.pk, shown) for each in lists if record.pk in shown
    ]


def _step(curated: CuratedList, keys: Sequence[int], record: int, shown: Mapping[int, Record]) -> Step:
    at = keys.index(record)
    return Step(curated, at + 1, len(keys), shown[keys[at + 1]] if at + 1 < len(keys) else None)
