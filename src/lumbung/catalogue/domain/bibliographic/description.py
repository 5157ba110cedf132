"""A whole description, for pages, search documents and the API."""

import re
from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic import forms, materials, names, publication, relations, titles
from lumbung.catalogue.domain.bibliographic import languages as spoken
from lumbung.catalogue.domain.bibliographic import numbers as identifying
from lumbung.catalogue.domain.bibliographic import subjects as about
from lumbung.catalogue.domain.bibliographic.columns import UNTITLED
from lumbung.catalogue.domain.bibliographic.text import Fields, first, trimmed, without_marks
from lumbung.catalogue.models import Identifier
from lumbung.formats.marc import Record, fields_by_tag

_CONTENTS, _SUMMARY, _THESIS = "505", "520", "502"
_PROGRAMME = re.compile(
    r"(?<!kode )(?<!kode-)(?<!kode_)\b(?:program studi|prodi|jurusan|departemen)[\s:]+((?:s[123] )?[^,.;:()\[\]/]{3,80})",
    re.IGNORECASE,
)
_CODE_OF_PROGRAMME = re.compile(r"\s*\bkode[\s_-]?prodi\b.*|^\d+$", re.IGNORECASE | re.DOTALL)
"""``KODEPRODI 55201`` and a bare number: how PDDikti calls a programme, and not what it is called."""
_STUDENT_NUMBER = re.compile(
    r"\b(?:NIM|NPM|NRP|nomor (?:induk|pokok) mahasiswa)\b[\s.:]*([a-z]{0,4}\d[\w./-]{3,19})", re.IGNORECASE
)
_LOCAL_NOTES = tuple(map(str, range(590, 600)))
_OWN = "900"
"""From this tag on libraries keep what is theirs alone, such as copies."""

_NOT_NOTES = {_CONTENTS, _SUMMARY, _THESIS}


class Findable(NamedTuple):
    """What a record is found by. Texts are in NFC and without the punctuation of the card; what is not told is empty. ``works`` are
    those that its added names stand for."""

    title: str
    responsibility: str
    titles_in_other_scripts: tuple[str, ...]
    other_titles: tuple[str, ...]
    names: tuple[str, ...]
    works: tuple[str, ...]
    names_in_other_scripts: tuple[str, ...]
    edition: str
    place: str
    publisher: str
    year: int | None
    series: tuple[str, ...]
    languages: tuple[str, ...]
    classification: str
    material: str
    literary_form: str
    numbers: tuple[identifying.Number, ...]
    subjects: tuple[about.Subject, ...]
    summary: str
    contents: tuple[str, ...]
    thesis: str
    programme: str
    student_numbers: tuple[str, ...]
    notes: tuple[str, ...]
    links: tuple[relations.Link, ...]


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


def describe(marc: Record) -> Description:
    """Read everything a reader is shown out of the record."""
    fields = marc.by_tag()
    found = _findable(marc.leader, fields)
    return Description(
        **found._asdict(),
        title_proper=titles.part(fields, "a"),
        remainder=titles.part(fields, "b"),
        contributors=names.contributors(fields),
        date=publication.date_text(fields, publication.statement(fields)),
        physical=_physical(fields),
        call_numbers=_call_numbers(fields),
        host=relations.host(fields),
    )


def findable_of(marc: str) -> Findable:
    """What a record is found by, of a record as it is stored, as text: for thousands a second."""
    return _findable(*fields_by_tag(marc, below=_OWN))


def _findable(leader: str, fields: Fields) -> Findable:
    statement, named = publication.statement(fields), names.named(fields)
    return Findable(
        title=titles.title(fields) or UNTITLED,
        responsibility=titles.responsibility(fields),
        titles_in_other_scripts=titles.other_scripts(fields, ("245",), "abnp"),
        other_titles=titles.other_titles(fields),
        names=tuple([name for name, _ in named]),
        works=tuple([work for _, work in named if work]),
        names_in_other_scripts=titles.other_scripts(fields, ("100", "110", "111", "700", "710", "711"), "ab"),
        edition=publication.edition(fields),
        place=publication.place(statement),
        publisher=publication.publisher(statement),
        year=publication.year(fields, statement),
        series=titles.series(fields),
        languages=spoken.languages(fields),
        classification=spoken.classification(fields),
        material=materials.material(leader, fields).value,
        literary_form=forms.literary_form(leader, fields),
        numbers=tuple(identifying.numbers(fields)),
        subjects=about.subjects(fields),
        summary="\n".join(_texts(fields, _SUMMARY, "ab")),
        contents=tuple(_texts(fields, _CONTENTS, "agrtu")),
        thesis=" ".join(_texts(fields, _THESIS, "abcdg")),
        programme=_programme(fields),
        student_numbers=_student_numbers(fields),
        notes=_notes(fields),
        links=relations.links(fields),
    )


def _programme(fields: Fields) -> str:
    """The study programme of a thesis, from its note or from the body it was submitted to; empty when neither tells."""
    if _THESIS not in fields:
        return ""
    bodies = [without_marks(each.join("ab", " ")) for each in fields.get("710", ())]
    found = (each[1] for text in [*_texts(fields, _THESIS, "abcdgo"), *bodies] for each in _PROGRAMME.finditer(text))
    return next((name for each in found if (name := _CODE_OF_PROGRAMME.sub("", each.strip()))), "")


def _student_numbers(fields: Fields) -> tuple[str, ...]:
    """The numbers (NIM, NPM, NRP) under which its authors wrote a thesis, from 502, notes of one's own, or 024 of the kind nim."""
    if _THESIS not in fields:
        return ()
    told = [value for tag in (_THESIS, "500", *_LOCAL_NOTES) for each in fields.get(tag, ()) for _, value in each.subfields]
    found = [match[1].rstrip("./-") for text in told for match in _STUDENT_NUMBER.finditer(text)]
    coded = [each for field in fields.get("024", ()) if field.get("2") in {"nim", "npm", "nrp"} for each in field.all("a")]
    return tuple(dict.fromkeys([*found, *coded]))


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


def _notes(fields: Fields) -> tuple[str, ...]:
    tags = [tag for tag in fields if tag[:1] == "5" and tag not in _NOT_NOTES]
    return tuple(text for tag in tags for text in _texts(fields, tag, "abcdefghijklmnopqrstuvxyz"))


def _texts(fields: Fields, tag: str, codes: str) -> list[str]:
    if tag not in fields:
        return []
    found = [without_marks(each.join(codes)) for each in fields[tag]]
    return [each for each in found if each]
