"""How much is handed on, and how ready it is for RAMA and OneSearch."""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from lumbung.catalogue.models import Record
from lumbung.cooperation.models import SharedRecord, Theses
from lumbung.cooperation.models.lacks import ONESEARCH, RAMA, Lack


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records are handed on, how many of them theses, and how many are told of as deleted."""

    shown: int
    theses: int
    deleted: int


def counts() -> Counts:
    deleted = SharedRecord.objects.filter(deleted=True).count()
    theses = SharedRecord.objects.filter(thesis=Theses.IS, deleted=False).count()
    return Counts(SharedRecord.objects.count() - deleted, theses, deleted)


@dataclass(frozen=True, slots=True)
class Taker:
    """A service that takes our records; ``column`` holds what a record lacks for it, ``wanted`` all that it may lack."""

    name: str
    label: str
    column: str
    wanted: Lack
    only_theses: bool


SERVICES = {
    "rama": Taker("rama", "RAMA", "rama_lacks", RAMA, only_theses=True),
    "onesearch": Taker("onesearch", "Indonesia OneSearch", "onesearch_lacks", ONESEARCH, only_theses=False),
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """Of how many records how many are ready, and how many lack each thing, the most lacking first."""

    service: Taker
    total: int
    ready: int
    lacking: list[tuple[Lack, int]]


def readiness(service: Taker, told: Counts) -> Readiness:
    """How ready the records are for the service."""
    rows = _lacking(service).order_by().values_list(service.column).annotate(Count("record"))
    by_kind: dict[Lack, int] = dict.fromkeys(service.wanted, 0)
    for bits, count in rows:
        for each in Lack(bits):
            by_kind[each] += count
    total = told.theses if service.only_theses else told.shown
    ordered = sorted(by_kind.items(), key=lambda pair: -pair[1])
    return Readiness(service, total, total - sum(count for _, count in rows), ordered)


def lacking(service: Taker, lack: Lack | None = None) -> QuerySet[SharedRecord]:
    """The records that lack anything for the service, or this, in the order of their keys."""
    rows = _lacking(service).defer("forms").order_by("record")
    return rows if lack is None else rows.alias(bit=F(service.column).bitand(int(lack))).filter(bit__gt=0)


def _lacking(service: Taker) -> QuerySet[SharedRecord]:
    return SharedRecord.objects.filter(**{f"{service.column}__gt": 0})


def records_of(rows: list[SharedRecord]) -> dict[int, Record]:
    """The records of these rows by their keys, without their MARC."""
    return Record.objects.listed().in_bulk([each.record for each in rows])
