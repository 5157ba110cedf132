"""Rewriting headings: a name, a subject with its subdivisions, a series, a call number, each from one line of text."""

from lumbung.catalogue.domain.simple_entry import HEADING_CODES, SUBJECT_BREAK, bare, marked, tail
from lumbung.formats.marc import Field

AUTHORITY_LINKS = "01"
SUBDIVISIONS = "vxyz"
SUBJECT_NAME = "".join(code for code in HEADING_CODES["6"] if code not in SUBDIVISIONS)


def rewrite_name(field: Field, text: str) -> None:
    """Give a name heading a new text. Dates and titles that the text still ends with stay in their own subfields.

    The link to an authority goes: it told of the old name.
    """
    _rewrite(field, text, HEADING_CODES["1"])
    if field.tag in {"100", "700"} and field.ind1 in {"0", "1", " "}:
        field.ind1 = "1" if "," in text else "0"


def rewrite_subject(field: Field, text: str) -> None:
    """Give a subject heading a new text; its subdivisions keep their kind by their place, further ones are topical ($x)."""
    main, *parts = (part.strip() for part in text.split(SUBJECT_BREAK.strip()))
    if main != bare(field.join(SUBJECT_NAME)):
        _rewrite(field, main, SUBJECT_NAME)
    codes = [code for code, _ in field.subfields if code in SUBDIVISIONS]
    marks = [tail(text) for code, text in field.subfields if code in SUBDIVISIONS]
    new = [
        ((codes[at : at + 1] or ["x"])[0], marked(part, marks[at] if at < len(marks) else ""))
        for at, part in enumerate(part for part in parts if part)
    ]
    rest = [each for each in field.subfields if each[0] not in SUBDIVISIONS + AUTHORITY_LINKS]
    end = 1 + max((at for at, (code, _) in enumerate(rest) if code in SUBJECT_NAME), default=-1)
    field.subfields = [*rest[:end], *new, *rest[end:]]


def rewrite_series(field: Field, text: str) -> None:
    """Give a series statement a new text; what follows the last " ; " is the number."""
    title, separator, number = text.rpartition(" ; ")
    if not separator:
        title, number = text, ""
    mark = " ;" if number and tail(field.get("a")) else ""
    rest = [each for each in field.subfields if each[0] not in "av"]
    field.subfields = [("a", title + mark), *([("v", number)] if number else []), *rest]


def rewrite_call_number(field: Field, text: str) -> None:
    """Give a call number (090) a new text; a book mark ($b) that it still ends with stays in its own subfield."""
    _rewrite(field, text, "ab")


def _rewrite(field: Field, text: str, codes: str) -> None:
    named = [(code, part) for code, part in field.subfields if code in codes]
    additions = named[1:]
    ending = " ".join(part for _, part in additions)
    if additions and text.endswith(bare(ending)) and text != bare(ending):
        start = bare(text[: -len(bare(ending))])
        new = [("a", marked(start, tail(named[0][1]))), *additions]
    else:
        new = [("a", marked(text, tail(named[-1][1]) if named else ""))]
    rest = [each for each in field.subfields if each[0] not in codes + AUTHORITY_LINKS]
    field.subfields = [*new, *rest]
