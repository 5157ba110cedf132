"""Which foreign records we have already, told for many of them in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.catalogue import queries
from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.domain.duplicates import Likeness, comparable
from lumbung.catalogue.models import Identifier, Record
from lumbung.formats import marc


@dataclass(frozen=True, slots=True)
class Twin:
    """A record of ours that seems to describe the same edition, and by what one thinks so."""

    record: Record
    likeness: Likeness

    @property
    def is_sure(self) -> bool:
        return self.likeness is not Likeness.TITLE


def twins_of(given: Sequence[marc.Record]) -> list[Twin | None]:
    """For each record the surest twin among ours, if any."""
    described = [bibliographic.columns_of(each) for each in given]
    numbers = [comparable(held) for _, held in described]
    control = queries.works_identified_by(
        (Identifier.Kinds.CONTROL_NUMBER, Identifier.Kinds.OTHER), {each for held in numbers for each in held.control}
    )
    isbns = queries.records_identified_by(Identifier.Kinds.ISBN, {each for held in numbers for each in held.isbn})
    issns = queries.records_identified_by(Identifier.Kinds.ISSN, {each for held in numbers for each in held.issn})
    editions = queries.first_of_editions({columns.work_key for columns, _ in described if columns.work_key})
    found: list[tuple[int, Likeness] | None] = []
    for (columns, _), held in zip(described, numbers, strict=True):
        sure = [(control[each][0], Likeness.CONTROL_NUMBER) for each in held.control if each in control]
        sure += [(isbns[each], Likeness.ISBN) for each in held.isbn if each in isbns]
        sure += [(issns[each], Likeness.ISSN) for each in held.issn if each in issns]
        edition = editions.get((columns.work_key, columns.year)) if columns.year is not None else None
        found.append(sure[0] if sure else (edition, Likeness.TITLE) if edition else None)
    records = Record.objects.listed().in_bulk([each[0] for each in found if each])
    return [Twin(records[each[0]], each[1]) if each and each[0] in records else None for each in found]
