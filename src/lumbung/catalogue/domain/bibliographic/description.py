"""A whole description, for pages and the API."""

from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic import names, publication, relations, titles
from lumbung.catalogue.domain.bibliographic import numbers as identifying
from lumbung.catalogue.domain.bibliographic import subjects as about
from lumbung.catalogue.domain.bibliographic.findable import findable_in
from lumbung.catalogue.domain.bibliographic.text import Fields, first, trimmed, without_marks
from lumbung.catalogue.models import Identifier
from lumbung.formats.marc import Record


class Description(NamedTuple):
    """What a record says: all of ``Findable``, and what is shown beside it."""

    title: str
    title_proper: str
    remainder: str
    responsibility: str
    titles_in_other_scripts: tuple[str, ...]
    other_titles: tuple[str, ...]
    contributors: tuple[names.Contributor, ...]
    names: tuple[str, ...]
    works: tuple[str, ...]
    names_in_other_scripts: tuple[str, ...]
    edition: str
    place: str
    publisher: str
    date: str
    year: int | None
    physical: str
    series: tuple[str, ...]
    languages: tuple[str, ...]
    classification: str
    call_numbers: tuple[str, ...]
    material: str
    literary_form: str
    numbers: tuple[identifying.Number, ...]
    subjects: tuple[about.Subject, ...]
    summary: str
    contents: tuple[str, ...]
    thesis: str
    programme: str
    student_numbers: tuple[str, ...]
    school: str
    notes: tuple[str, ...]
    links: tuple[relations.Link, ...]
    host: relations.Host | None

    @property
    def creator(self) -> str:
        return next((each.name for each in self.contributors if each.main or not each.work), "")

    @property
    def isbns(self) -> list[str]:
        return [each.value for each in self.numbers if each.kind == Identifier.Kinds.ISBN]

    @property
    def issns(self) -> list[str]:
        return [each.value for each in self.numbers if each.kind == Identifier.Kinds.ISSN]

    @property
    def wrong_isbns(self) -> list[str]:
        """As printed, without hyphens: to be shown and found, and never given out as an ISBN."""
        return [each.value for each in self.numbers if each.kind == Identifier.Kinds.WRONG_ISBN]

    @property
    def wrong_issns(self) -> list[str]:
        return [each.value for each in self.numbers if each.kind == Identifier.Kinds.WRONG_ISSN]


UNREADABLE = (ValueError, TypeError, AttributeError, KeyError)
"""What comes of a record whose MARC cannot be read, or not be described."""


def describe(marc: Record) -> Description:
    """Read everything a reader is shown out of the record."""
    fields = marc.by_tag()
    found = findable_in(marc.leader, fields)
    return Description(
        **found._asdict(),
        title_proper=titles.part(fields, "a"),
        remainder=titles.part(fields, "b"),
        contributors=names.contributors(fields),
        date=publication.date_text(fields, publication.statement(fields)),
        physical=_physical(fields),
        call_numbers=_call_numbers(fields),
        school=publication.school(fields),
        host=relations.host(marc.leader, fields),
    )


def _physical(fields: Fields) -> str:
    field = first(fields, "300")
    return without_marks(field.join("abcefg")) if field else ""


def _call_numbers(fields: Fields) -> tuple[str, ...]:
    found = [
        trimmed(each.join("ab"))
        for tag in ("082", "092", "050", "090", "099", "080", "084")
        if tag in fields
        for each in fields[tag]
    ]
    return tuple(dict.fromkeys(filter(None, found)))
