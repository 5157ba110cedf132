"""The simple form: what a librarian without MARC knowledge fills in, read out of a record.

``entry_of`` shows each value without the punctuation that MARC cataloguing rules put between subfields; ``revision.revised`` writes
changes back and leaves everything else in the record as it was.
"""

import re
from dataclasses import dataclass, field

from lumbung.catalogue.domain.bibliographic import material_of
from lumbung.catalogue.models import Material
from lumbung.formats.marc import Field, Record

PEOPLE = ("100", "700")
BODIES = ("110", "111", "710", "711")
SUBJECTS = ("600", "610", "611", "630", "650", "651", "653")
SUBJECT_BREAK = " -- "
HEADING_CODES = {"1": "abcdnq", "7": "abcdnq", "6": "abcdfgklmnopqrstvxyz"}
_TRAILING = re.compile(r"\s*[/:;=,]\s*$|(?<=\w{3})\.\s*$")
_ROMAN = re.compile(r"[cp©℗]?\s*(?=[MDCLXVI])M*(?:C[MD]|D?C*)(?:X[CL]|L?X*)(?:I[XV]|V?I*)\.?")
_UNDATED = re.compile(
    r"\b(?:n\.? ?d|s\.? ?a|t\.? ?t(?:h|hn)?|tanpa tahun|tahun tidak diketahui|undated|no date)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class SimpleEntry:
    """The values of the form. Lists are in the order of the record; a subject's parts are joined by " -- "."""

    material: Material = Material.BOOK
    title: str = ""
    subtitle: str = ""
    responsibility: str = ""
    people: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    edition: str = ""
    place: str = ""
    publisher: str = ""
    year: str = ""
    extent: str = ""
    details: str = ""
    dimensions: str = ""
    accompanying: str = ""
    scale: str = ""
    frequency: str = ""
    numbering: str = ""
    host: str = ""
    host_part: str = ""
    host_issn: str = ""
    performers: str = ""
    credits: str = ""
    system: str = ""
    series: list[str] = field(default_factory=list)
    isbn: list[str] = field(default_factory=list)
    issn: list[str] = field(default_factory=list)
    language: str = ""
    classification: str = ""
    call_number: str = ""
    subjects: list[str] = field(default_factory=list)
    summary: str = ""
    dissertation: str = ""
    contents: str = ""
    audience: str = ""
    access: str = ""
    addresses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def entry_of(marc: Record) -> SimpleEntry:
    """The record as the simple form shows it."""
    title, published = marc.first("245") or Field("245"), publication(marc) or Field("264")
    extent, host = marc.first("300") or Field("300"), marc.first("773") or Field("773")
    return SimpleEntry(
        material=material_of(marc),
        title=bare(title.get("a")),
        subtitle=bare(title.get("b")),
        responsibility=bare(title.get("c")),
        people=[heading(each) for each in creators(marc, PEOPLE)],
        bodies=[heading(each) for each in creators(marc, BODIES)],
        edition=bare(_first(marc, "250", "a")),
        place=bare(published.get("a")),
        publisher=bare(published.get("b")),
        year=bare(published.get("c")),
        extent=bare(extent.get("a")),
        details=bare(extent.get("b")),
        dimensions=bare(extent.get("c")),
        accompanying=bare(extent.get("e")),
        scale=_first(marc, "255", "a"),
        frequency=bare(_first(marc, "310", "a")),
        numbering=_first(marc, "362", "a"),
        host=bare(host.get("t")),
        host_part=bare(host.get("g")),
        host_issn=host.get("x"),
        performers=_first(marc, "511", "a"),
        credits=_first(marc, "508", "a"),
        system=_first(marc, "538", "a"),
        series=[series_of(each) for each in marc.all("490")],
        isbn=[each.get("a") for each in with_code(marc, "020", "a")],
        issn=[each.get("a") for each in with_code(marc, "022", "a")],
        language=language_of(marc),
        classification=_first(marc, "082", "a"),
        call_number=call_number_of(marc),
        subjects=[subject(each) for each in marc.all(*SUBJECTS)],
        summary=_first(marc, "520", "a"),
        dissertation=_first(marc, "502", "a"),
        contents=_first(marc, "505", "a"),
        audience=_first(marc, "521", "a"),
        access=_first(marc, "506", "a"),
        addresses=[each.get("u") for each in with_code(marc, "856", "u")],
        notes=[each.get("a") for each in with_code(marc, "500", "a")],
    )


def tells_a_time(year: str) -> bool:
    """Whether this may stand as the date of publication: it has a digit (2019, c2010, 19--, 1441 H), is a Roman number, is supplied by the
    cataloguer in brackets, or says that there is none."""
    has_digit = any(sign.isdecimal() for sign in year)
    return has_digit or "[" in year or bool(_ROMAN.fullmatch(year) or _UNDATED.search(year))


def publication(marc: Record) -> Field | None:
    """The statement of publication: the first 264 with second indicator 1, else the first 260, else any 264."""
    statements = marc.all("264")
    return next((each for each in statements if each.ind2 == "1"), None) or marc.first("260") or marc.first("264")


def creators(marc: Record, tags: tuple[str, ...]) -> list[Field]:
    """The headings under ``tags`` that name a maker of this work; one with a title ($t) names another work."""
    return [each for each in marc.all(*tags) if not each.get("t")]


def with_code(marc: Record, tag: str, code: str) -> list[Field]:
    """The fields ``tag`` that have the subfield."""
    return [each for each in marc.all(tag) if each.get(code)]


def heading(name: Field) -> str:
    """A name heading in one line, with its dates and other additions."""
    return bare(name.join(HEADING_CODES["1"]))


def subject(heading_field: Field) -> str:
    """A subject heading in one line: the heading proper, then its subdivisions after " -- "."""
    main = heading_field.join(HEADING_CODES["6"].translate({ord(code): None for code in "vxyz"}))
    return SUBJECT_BREAK.join(
        bare(part) for part in (main, *(text for code, text in heading_field.subfields if code in "vxyz"))
    )


def series_of(statement: Field) -> str:
    """A series statement in one line: title, then its number after " ; "."""
    return " ; ".join(text for text in (bare(statement.get("a")), bare(statement.get("v"))) if text)


def language_of(marc: Record) -> str:
    """The code of the language: 008/35–37, else the first 041 $a; empty when neither tells."""
    fixed = marc.control("008")[35:38].strip(" |")
    return fixed if len(fixed) == 3 else _first(marc, "041", "a")[:3]  # noqa: PLR2004 -- a MARC language code has three letters


def call_number_of(marc: Record) -> str:
    """The library's own call number for the title (090); a copy may have its own."""
    local = marc.first("090")
    return local.join("ab") if local else ""


def bare(text: str) -> str:
    """The text without the punctuation that leads to the next subfield, or ends the field."""
    return _TRAILING.sub("", text.strip())


def tail(text: str) -> str:
    """What ``bare`` takes off the end."""
    found = _TRAILING.search(text.rstrip())
    return found.group() if found else ""


def marked(text: str, mark: str) -> str:
    """The text with the mark that stood here before, unless it would then no longer read as the same text."""
    return text + mark if not text.endswith(mark) and bare(text + mark) == text else text


def _first(marc: Record, tag: str, code: str) -> str:
    """Subfield ``code`` of the first field ``tag`` that has it."""
    return next((each.get(code) for each in marc.all(tag) if each.get(code)), "")
