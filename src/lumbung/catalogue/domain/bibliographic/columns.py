"""The columns of a record's row, read out of its MARC."""

from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic import languages, materials, names, numbers, publication, titles
from lumbung.formats.marc import Record

LONGEST_EDITION = LONGEST_PLACE = 255
LONGEST_PUBLISHER = 500
UNTITLED = "[Tanpa judul]"


class Columns(NamedTuple):
    """Column names as in ``models.Record``."""

    material: str
    title: str
    responsibility: str
    creator: str
    edition: str
    place: str
    publisher: str
    year: int | None
    language: str
    classification: str


def columns_of(marc: Record) -> tuple[Columns, list[numbers.Number]]:
    """The columns, and the numbers that identify the record."""
    fields = marc.by_tag()
    statement = publication.statement(fields)
    columns = Columns(
        material=materials.material(marc.leader, fields).value,
        title=titles.title(fields) or UNTITLED,
        responsibility=titles.responsibility(fields),
        creator=names.creator(fields),
        edition=publication.edition(fields)[:LONGEST_EDITION],
        place=publication.place(statement)[:LONGEST_PLACE],
        publisher=publication.publisher(statement)[:LONGEST_PUBLISHER],
        year=publication.year(fields, statement),
        language=next(iter(languages.languages(fields)), ""),
        classification=languages.classification(fields),
    )
    return columns, numbers.numbers(fields)


def has_title(marc: Record) -> bool:
    return bool(titles.title(marc.by_tag()))
