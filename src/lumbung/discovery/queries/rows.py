"""Titles as lists show them, with their availability, in four statements for any number of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from lumbung.catalogue.models import BoundTitle, Item, Material, Record
from lumbung.catalogue.permissions import SEE
from lumbung.circulation.queries import Availability, availability_of
from lumbung.discovery.languages import language_name
from lumbung.kernel.drawn import Among, Drawn, DrawnValues
from lumbung.kernel.permissions import may
from lumbung.organization.models import Branch
from lumbung.organization.queries import branches


@dataclass(frozen=True)
class Copies:
    """The copies of a title at one branch; ``in_house`` are to be read there."""

    branch: Branch
    total: int
    available: int
    in_house: int


@dataclass(frozen=True)
class Row:
    """A title in a list; ``editions`` are other editions of the same work that answer too."""

    record: Record
    call_number: str
    availability: Availability
    copies: list[Copies] = field(default_factory=list)
    editions: list["Row"] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.record.pk

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def title_told(self) -> str:
        return self.record.title_told

    @property
    def creator(self) -> str:
        return self.record.creator

    @property
    def responsibility(self) -> str:
        return self.record.responsibility

    @property
    def edition(self) -> str:
        return self.record.edition

    @property
    def classification(self) -> str:
        return self.record.classification

    @property
    def cover_address(self) -> str:
        return self.record.cover_address

    @property
    def year(self) -> int | None:
        return self.record.year

    @property
    def publication(self) -> str:
        """``Jakarta : Gramedia, 2019``, as far as it is told."""
        imprint = ": ".join(filter(None, [self.record.place, self.record.publisher]))
        return ", ".join(filter(None, [imprint, str(self.record.year or "")]))

    @property
    def language(self) -> str:
        return language_name(self.record.language)

    @property
    def material(self) -> str:
        return self.record.material

    @property
    def material_label(self) -> str:
        return str(Material(self.record.material).label)

    @property
    def described(self) -> str:
        """Publication, material and edition, as far as they are told."""
        return " · ".join(filter(None, [self.publication, self.material_label, self.edition]))

    @property
    def total(self) -> int:
        return self.availability.total

    @property
    def available(self) -> int:
        return self.availability.available

    @property
    def state(self) -> str:
        """``available``, ``reference`` (to be read in the library), ``on_loan``, or ``none`` without copies."""
        if self.availability.available:
            return "available"
        if self.availability.in_house:
            return "reference"
        return "on_loan" if self.availability.total else "none"


def rows_of(keys: Sequence[int], user: object, *, near: int | None = None) -> list[Row]:
    """The titles with these keys that ``user`` may see, in this order, without those that are gone; the branch ``near`` told first."""
    visible = _LISTED if may(user, SEE) else _SHOWN
    records = {record.pk: record for record in visible.ask(records=keys)} if keys else {}
    return _rows([records[key] for key in keys if key in records], near)


def _rows(records: Sequence[Record], near: int | None) -> list[Row]:
    keys = [record.pk for record in records]
    held = availability_of(keys) if keys else {}
    told = sorted(_CALL_NUMBERS.ask(records=keys), reverse=True) if keys else ()
    call_numbers = {record: number for _, record, number in told}  # of the oldest copy that has one, which comes last
    return [
        Row(record, call_numbers.get(record.pk, record.classification), held[record.pk], _copies(held[record.pk], near))
        for record in records
    ]


def _call_numbers() -> QuerySet[Any, tuple[int, int, str]]:
    """The call numbers of titles with their copies, those included into which a title is bound."""
    own = Item.objects.filter(Among("record", "records")).exclude(call_number="").order_by()
    bound = BoundTitle.objects.filter(Among("record", "records")).exclude(item__call_number="").order_by()
    also = bound.values_list("item", "record", "item__call_number")
    return own.values_list("pk", "record", "call_number").union(also, all=True)


_CALL_NUMBERS = DrawnValues(_call_numbers)
_LISTED = Drawn(lambda: Record.objects.listed().filter(Among("pk", "records")).order_by())
_SHOWN = Drawn(lambda: Record.objects.listed().shown_to_public().filter(Among("pk", "records")).order_by())


def _copies(availability: Availability, near: int | None) -> list[Copies]:
    copies = [
        Copies(branch, at.total, at.available, at.in_house)
        for branch in branches()
        if (at := availability.branches.get(branch.pk)) and at.total
    ]
    return sorted(copies, key=lambda at: at.branch.pk != near)
