"""An entry of a file that is good enough to become a record."""

from dataclasses import dataclass
from typing import Protocol

from lumbung.catalogue.domain import bibliographic
from lumbung.formats import marc


class Bringer(Protocol):
    """An entry of a file that brings copies to the record with this key."""

    entry: marc.Entry
    record: marc.Record
    key: int | None


@dataclass(slots=True, eq=False)
class Accepted:
    """``key`` is that of the record it becomes, or whose copies it brings; None in a dry run, until told."""

    entry: marc.Entry
    record: marc.Record
    columns: bibliographic.Columns
    numbers: list[bibliographic.Number]
    key: int | None = None
