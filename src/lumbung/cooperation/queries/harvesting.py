"""Pages of a harvest: from a place onwards, in the order of the changes, so that the last page costs what the first does."""

import zlib
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import BigIntegerField, F, Func, Min, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan

from lumbung.cooperation.models import HarvestVisit, SharedRecord, Theses
from lumbung.cooperation.queries.forms import BETWEEN, PLACES
from lumbung.cooperation.queries.rules import repository_identifier
from lumbung.cooperation.queries.sets import in_set, sets_of
from lumbung.formats.oai_pmh import Header

HEADER = (
    "record", "identifier", "moment", "serial", "deleted", "thesis", "material", "hundred", "faculty", "programme", "access",
)  # fmt: skip


class Place(NamedTuple):
    """Behind which change a page begins. ``record`` is the one that changed; it may have changed again since, and stand elsewhere."""

    moment: int
    serial: int
    record: int


def _pair(moment: F | Value, serial: F | Value) -> Func:
    """Both as one value, ``(moment, serial)``: an index answers what is greater than such a pair, and no other way of saying it."""
    return Func(moment, serial, function="", output_field=BigIntegerField())


@dataclass(frozen=True, slots=True)
class Selection:
    """What a harvest asks for; ``first`` and ``last`` are seconds, both included, and None where nothing was said."""

    theses_only: bool
    set_name: str = ""
    first: int | None = None
    last: int | None = None

    def rows(self, after: Place | None = None) -> QuerySet[SharedRecord] | None:
        """All of it, in no order, or what is behind a place in it; None when there is no such set."""
        chosen = in_set(self.set_name) if self.set_name else SharedRecord.objects.all()
        if chosen is None:
            return None
        within = Q()
        if self.theses_only:
            within &= Q(thesis__gt=0)
        if after is not None:  # alone: of two lower bounds SQLite may begin at the earlier
            within &= Q(GreaterThan(_pair(F("moment"), F("serial")), _pair(Value(after.moment), Value(after.serial))))
        elif self.first is not None:
            within &= Q(moment__gte=self.first)
        if self.last is not None:
            within &= Q(moment__lte=self.last)
        return chosen.filter(within)


class Found(NamedTuple):
    """A record on a page; ``content`` is packed, and empty where only headers are wanted."""

    record: int
    identifier: str
    moment: int
    serial: int
    deleted: bool
    thesis: int
    material: str
    hundred: str
    faculty: str
    programme: str
    access: str
    content: bytes = b""

    @property
    def place(self) -> Place:
        return Place(self.moment, self.serial, self.record)

    def header(self, repository: str, *, theses_only: bool) -> Header:
        """What identifies it; one that is no thesis any more is deleted as a thesis."""
        return Header(
            identifier=self.identifier or f"oai:{repository}:{self.record}",
            moment=self.moment,
            sets=sets_of(self.material, self.hundred, self.faculty, self.programme, self.access),
            deleted=self.deleted or (theses_only and self.thesis != Theses.IS),
        )

    def form(self, prefix: str) -> str:
        """The content of one form; empty where it could not be made, or was not known yet when the record was made ready."""
        told = zlib.decompress(self.content).decode().split(BETWEEN)
        return told[PLACES[prefix]] if PLACES[prefix] < len(told) else ""


def page_of(chosen: QuerySet[SharedRecord], size: int, *, with_content: bool) -> list[Found]:
    """The first ``size`` records, in order. One statement, so that all of them are as they were at one instant."""
    columns = (*HEADER, "forms") if with_content else HEADER
    return [Found(*row) for row in chosen.order_by("moment", "serial").values_list(*columns)[:size]]


def shared(identifier: str) -> Found | None:
    """The record that harvesters know by this identifier."""
    start = f"oai:{repository_identifier()}:"
    number = identifier.removeprefix(start) if identifier.startswith(start) else ""
    one = Q(identifier=identifier)
    if number.isascii() and number.isdigit() and str(int(number)) == number and len(number) < 19:  # noqa: PLR2004
        one |= Q(record=int(number), identifier="")
    row = SharedRecord.objects.filter(one).values_list(*HEADER, "forms").first()
    return Found(*row) if row else None


def at_place(record: int, *, with_content: bool) -> list[Found]:
    """One record as it is now, wherever it stands."""
    columns = (*HEADER, "forms") if with_content else HEADER
    return [Found(*row) for row in SharedRecord.objects.filter(record=record).values_list(*columns)]


def earliest() -> int | None:
    """The moment of the record that changed longest ago."""
    found: int | None = SharedRecord.objects.aggregate(first=Min("moment"))["first"]
    return found


def sample() -> int:
    """The key of a record that there is, for who tries an identifier; 1 where there is none."""
    row = (
        SharedRecord.objects.filter(deleted=False, identifier="").order_by("moment", "serial").values_list("record", flat=True)
    )
    return row.first() or 1


def visits() -> QuerySet[HarvestVisit]:
    """Every harvest that is remembered, the latest first."""
    return HarvestVisit.objects.all()


def faulty() -> QuerySet[SharedRecord]:
    """Records of which some form cannot be made."""
    return SharedRecord.objects.exclude(faults="").defer("forms").order_by("record")
