"""The columns of a record's row, read out of its MARC."""

from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic import languages, materials, names, numbers, publication, titles
from lumbung.catalogue.domain.works import work_key
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
    work_key: str


def columns_of(marc: Record) -> tuple[Columns, list[numbers.Number]]:
    """The columns, and the numbers that identify the record."""
    fields = marc.by_tag()
    statement = publication.statement(fields)
    material, title, creator = materials.material(marc.leader, fields).value, titles.title(fields), names.creator(fields)
    columns = Columns(
        material=material,
        title=title or UNTITLED,
        responsibility=titles.responsibility(fields),
        creator=creator,
        edition=publication.edition(fields)[:LONGEST_EDITION],
        place=publication.place(statement)[:LONGEST_PLACE],
        publisher=publication.publisher(statement)[:LONGEST_PUBLISHER],
        year=publication.year(fields, statement),
        language=next(iter(languages.languages(fields)), ""),
        classification=languages.classification(fields),
        work_key=work_key(title=title, creator=creator, material=material),
    )
    return columns, numbers.numbers(fields)


def has_title(marc: Record) -> bool:
    return bool(titles.title(marc.by_tag()))
