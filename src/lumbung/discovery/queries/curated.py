"""Lists that librarians chose, as readers see them."""

from collections import defaultdict
from collections.abc import Sequence
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
