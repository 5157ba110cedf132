"""The columns of a record's row, read out of its MARC."""

from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic import names, numbers, titles
from lumbung.catalogue.domain.bibliographic.findable import UNTITLED, findable_in, kept
from lumbung.catalogue.domain.works import work_key
from lumbung.formats.marc import Record

LONGEST_EDITION = LONGEST_PLACE = 255
LONGEST_PUBLISHER = 500


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
    findable: str


def columns_of(marc: Record) -> tuple[Columns, list[numbers.Number]]:
    """The columns, and the numbers that identify the record."""
    fields = marc.by_tag()
    found, creator = findable_in(marc.leader, fields), names.creator(fields)
    columns = Columns(
        material=found.material,
        title=found.title,
        responsibility=found.responsibility,
        creator=creator,
        edition=found.edition[:LONGEST_EDITION],
        place=found.place[:LONGEST_PLACE],
        publisher=found.publisher[:LONGEST_PUBLISHER],
        year=found.year,
        language=found.languages[0] if found.languages else "",
        classification=found.classification,
        work_key=work_key(title=found.title, creator=creator, material=found.material) if found.title != UNTITLED else "",
        findable=kept(found),
    )
    return columns, list(found.numbers)


def has_title(marc: Record) -> bool:
    return bool(titles.title(marc.by_tag()))
