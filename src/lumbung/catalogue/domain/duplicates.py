"""Is this in the catalogue already? Asked while a record is typed, taken over or imported, and before it is added."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from lumbung.catalogue import queries
from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.domain.bibliographic.numbers import SYSTEM_NUMBER
from lumbung.catalogue.models import Identifier, Record
from lumbung.formats import marc

MOST = 10


class Likeness(StrEnum):
    """What two records have in common, the surest first."""

    CONTROL_NUMBER = "control"
    ISBN = "isbn"
    ISSN = "issn"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may describe the same edition, and why one thinks so."""

    record: Record
    likeness: frozenset[Likeness]

    @property
    def is_sure(self) -> bool:
        """Whether a number says so, and not the title alone."""
        return self.likeness != {Likeness.TITLE}


@dataclass(slots=True)
class Numbers:
    """The numbers two records are compared by. A control number is the same in 001 with 003 and in 035."""

    control: list[str] = field(default_factory=list)
    isbn: list[str] = field(default_factory=list)
    issn: list[str] = field(default_factory=list)


def comparable(numbers: Iterable[bibliographic.Number]) -> Numbers:
    """Of a record's numbers those that say which edition it is."""
    found = Numbers()
    for kind, value in numbers:
        if kind == Identifier.Kinds.ISBN:
            found.isbn.append(value)
        elif kind == Identifier.Kinds.ISSN:
            found.issn.append(value)
        elif kind == Identifier.Kinds.CONTROL_NUMBER or value.startswith(SYSTEM_NUMBER):
            found.control.append(value)
    return found


def candidates_for(given: marc.Record, *, besides: int | None = None) -> list[Candidate]:
    """Records that may describe the same edition: by control number, ISBN or ISSN, else by title, creator and year; the surest first.

    ``besides`` is the key of a record that is not its own duplicate.
    """
    columns, numbers = bibliographic.columns_of(given)
    held = comparable(numbers)
    found: dict[int, set[Likeness]] = {}
    for likeness, keys in (
        (Likeness.CONTROL_NUMBER, queries.records_with_control_number(held.control)),
        (Likeness.ISBN, queries.records_with_number(Identifier.Kinds.ISBN, held.isbn)),
        (Likeness.ISSN, queries.records_with_number(Identifier.Kinds.ISSN, held.issn)),
        (Likeness.TITLE, queries.records_of_edition(columns.work_key, columns.year)),
    ):
        for key in keys:
            found.setdefault(key, set()).add(likeness)
    found.pop(besides or 0, None)
    order = list(Likeness)
    keys = sorted(found, key=lambda key: (min(order.index(each) for each in found[key]), -len(found[key]), key))
    return [Candidate(record, frozenset(found[record.pk])) for record in queries.records_in_order(keys[:MOST])]


def duplicates_of(given: marc.Record) -> list[Record]:
    """The records that may describe the same edition, for a cataloguer to look at."""
    return [each.record for each in candidates_for(given)]
