"""What a record is found by: read out of its MARC once, when it is written, and kept in its row as text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import orjson

from lumbung.catalogue.domain.bibliographic import forms, materials, names, publication, relations, titles
from lumbung.catalogue.domain.bibliographic import languages as spoken
from lumbung.catalogue.domain.bibliographic import numbers as identifying
from lumbung.catalogue.domain.bibliographic import subjects as about
from lumbung.catalogue.domain.bibliographic.text import Fields, without_marks
from lumbung.formats.marc import fields_by_tag
from lumbung.search.fields import as_json

VERSION = 3
"""Of what is kept. Whoever changes what is read of a record raises it: what was kept before is then read anew out of the MARC."""

UNTITLED = "[Tanpa judul]"
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
    titles_in_other_scripts: Sequence[str]
    other_titles: Sequence[str]
    names: Sequence[str]
    works: Sequence[str]
    names_in_other_scripts: Sequence[str]
    edition: str
    place: str
    publisher: str
    year: int | None
    series: Sequence[str]
    languages: Sequence[str]
    classification: str
    material: str
    literary_form: str
    numbers: Sequence[identifying.Number]
    subjects: Sequence[about.Subject]
    summary: str
    contents: Sequence[str]
    thesis: str
    programme: str
    student_numbers: Sequence[str]
    notes: Sequence[str]
    links: Sequence[relations.Link]


_NUMBERS, _SUBJECTS = Findable._fields.index("numbers"), Findable._fields.index("subjects")
CURRENT = f"[{VERSION},"
"""How all begins that this version keeps."""


def findable_in(leader: str, fields: Fields) -> Findable:
    """Of a record with this leader and these fields, under their tags."""
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


def findable_of(marc: str) -> Findable:
    """Of a record as it is stored, as text."""
    return findable_in(*fields_by_tag(marc, below=_OWN))


def kept(found: Findable) -> str:
    """As a row keeps it; ``taken_up`` reads it."""
    told = [
        VERSION,
        *found[:_NUMBERS],
        [tuple(each) for each in found.numbers],
        [tuple(each) for each in found.subjects],
        *found[_SUBJECTS + 1 : -1],
        [[each.url, each.label, each.related] for each in found.links],
    ]
    return as_json(told).decode()


def taken_up(text: str) -> Findable | None:
    """What ``kept`` wrote; None when that was another version, or nothing."""
    if not text.startswith(CURRENT):
        return None
    _, *told = orjson.loads(text)
    told[_NUMBERS] = [identifying.Number(*each) for each in told[_NUMBERS]]
    told[_SUBJECTS] = [about.Subject(*each) for each in told[_SUBJECTS]]
    told[-1] = [relations.Link(*each) for each in told[-1]]
    return Findable(*told)


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


def _notes(fields: Fields) -> tuple[str, ...]:
    tags = [tag for tag in fields if tag[:1] == "5" and tag not in _NOT_NOTES]
    return tuple(text for tag in tags for text in _texts(fields, tag, "abcdefghijklmnopqrstuvxyz"))


def _texts(fields: Fields, tag: str, codes: str) -> list[str]:
    if tag not in fields:
        return []
    found = [without_marks(each.join(codes)) for each in fields[tag]]
    return [each for each in found if each]
