"""Entries of a file on their way into the catalogue: where each stood, and of those good enough to become a record all that is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, Protocol, Self

import orjson

from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.domain.authorities.linking import Named, named_in
from lumbung.catalogue.domain.imports.bindings import barcodes_of_hosts
from lumbung.catalogue.domain.imports.copies import Copy, Profile, copies
from lumbung.formats import marc

Plain = Sequence[Any]


class Origin(NamedTuple):
    """Where an entry stood in the file, its bytes, and by what number (001) it calls itself."""

    position: int
    offset: int
    raw: bytes
    control_number: str = ""


class Bringer(Protocol):
    """An entry of a file that brings copies to the record with this key."""

    entry: Origin
    copies: list[Copy]
    key: int | None

    @property
    def record(self) -> marc.Record:
        """What it says, with the fields of its copies."""


@dataclass(slots=True, eq=False)
class Accepted:
    """An entry that becomes a record, read to the end: ``text`` is its MARC as it is stored, ``hosts`` are the barcodes of the copies it
    is bound into. ``key`` is that of the record it becomes, or whose copies it brings; None in a dry run, until told."""

    entry: Origin
    text: str
    columns: bibliographic.Columns
    numbers: list[bibliographic.Number]
    headings: list[Named]
    copies: list[Copy]
    hosts: list[str]
    key: int | None = None

    @classmethod
    def of(cls, entry: Origin, record: marc.Record, profile: Profile) -> Self:
        columns, numbers = bibliographic.columns_of(record)
        return cls(
            entry,
            marc.dumps(record),
            columns,
            numbers,
            named_in(record),
            copies(record, profile),
            barcodes_of_hosts(record),
        )

    @property
    def record(self) -> marc.Record:
        """The record itself, read out of ``text`` each time it is asked for."""
        return marc.from_json(orjson.loads(self.text))

    def become(self, record: marc.Record, profile: Profile) -> None:
        """Stand for this record from now on."""
        made = self.of(self.entry, record, profile)
        for each in fields(self):
            setattr(self, each.name, getattr(made, each.name))

    def __reduce__(self) -> tuple[Any, ...]:
        """Between processes as plain values: to name the type of each costs more than all they say."""
        parts = [[tuple(each) for each in some] for some in (self.numbers, self.headings, self.copies)]
        return _received, (tuple(self.entry), self.text, tuple(self.columns), parts, self.hosts, self.key)


def _received(entry: Plain, text: str, columns: Plain, parts: Sequence[Sequence[Plain]], *rest: Any) -> Accepted:
    """What ``Accepted.__reduce__`` sent."""
    numbers, headings, brought = parts
    return Accepted(
        Origin._make(entry),
        text,
        bibliographic.Columns._make(columns),
        [*map(bibliographic.Number._make, numbers)],
        [*map(Named._make, headings)],
        [*map(Copy._make, brought)],
        *rest,
    )
