"""Entries of a file on their way into the catalogue: where each stood, and of those good enough to become a record all that is stored."""

import io
import pickle
from collections.abc import Iterator, Sequence
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


def packed(some: Sequence[Accepted]) -> bytes:
    """These, to be sent to another process; ``unpacked`` there makes them again. As plain values, for to name the type of each costs more
    than all they say; and without looking for what is in them twice, which is next to nothing."""
    told = io.BytesIO()
    pickler = pickle.Pickler(told, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True
    pickler.dump([
        (tuple(each.entry), each.text, tuple(each.columns), *_parts_of(each), each.hosts, each.key) for each in some
    ])  # fmt: skip
    return told.getvalue()


def unpacked(told: bytes) -> list[Accepted]:
    """What ``packed`` made, in a process forked from the same one."""
    return [
        Accepted(
            Origin._make(entry),
            text,
            bibliographic.Columns._make(columns),
            [*map(bibliographic.Number._make, numbers)],
            [*map(Named._make, headings)],
            [*map(Copy._make, brought)],
            hosts,
            key,
        )
        for entry, text, columns, numbers, headings, brought, hosts, key in pickle.loads(told)  # noqa: S301 -- our own
    ]


def _parts_of(accepted: Accepted) -> Iterator[list[Plain]]:
    return ([*map(tuple, some)] for some in (accepted.numbers, accepted.headings, accepted.copies))
