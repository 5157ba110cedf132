"""Edition, place, publisher and date (250, 260, 264, 008)."""

import re

from lumbung.catalogue.domain.bibliographic.text import Fields, first, fixed, trimmed, without_marks
from lumbung.formats.marc import Field

_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)(?!\s*-?\s*(?:H|AH)\b)")
_DASHES = re.compile(r"(?:--|[–—])(?!\s*\d)")
_WHEN = re.compile(r"(?:,\s*\D{0,3}(?:1\d|20)\d\d|[\s(]+(?:19[5-9]|20\d)\d)(?!\d).*", re.DOTALL)
"""The year of a thesis, and what follows it; not the one in "Universitas 17 Agustus 1945"."""
_BRACKETS = str.maketrans("", "", "[]<>?©℗")
_PUBLICATION = "1"
EARLIEST, LATEST = 1000, 2099
_NO_DATE = "nb|"


def statement(fields: Fields) -> Field | None:
    """The publication statement: 264 of publication before production, distribution and manufacture; then 260."""
    found = fields.get("264", [])
    for each in found:
        if each.ind2 == _PUBLICATION:
            return each
    return first(fields, "260") or (found[0] if found else None)


def edition(fields: Fields) -> str:
    field = first(fields, "250")
    return without_marks(field.join("ab")) if field else ""


def place(field: Field | None) -> str:
    return _named(field, "a")


def publisher(field: Field | None) -> str:
    return _named(field, "b")


def date_text(fields: Fields, field: Field | None) -> str:
    """The date as the record writes it: ``[19--]``, ``c1987``, ``1435 H/2014``."""
    dated = field if field is not None and field.get("c") else first(fields, "264", "260", "046")
    return trimmed(dated.get("c")) if dated else ""


def year(fields: Fields, field: Field | None) -> int | None:
    """The year of publication (of the beginning, for a serial): 008 if it has one, else the first year in the statement."""
    if fixed(fields, 6, 7) not in _NO_DATE:
        coded = fixed(fields, 7, 11)
        if coded.isascii() and coded.isdigit() and EARLIEST <= int(coded) <= LATEST:
            return int(coded)
    for each in [field, *fields.get("264", ()), *fields.get("260", ())]:
        if each is not None and (found := _YEAR.search(each.join("cg").translate(_BRACKETS))):
            return int(found[1])
    thesis = first(fields, "502")
    found = _YEAR.search(thesis.join("abd")) if thesis else None
    return int(found[1]) if found else None


def school(fields: Fields) -> str:
    """Where a thesis was submitted: 502 $c, or what follows the last dashes of a note in one piece; empty where neither tells."""
    thesis = first(fields, "502")
    if thesis is None:
        return ""
    _, *after = _DASHES.split(thesis.get("a"))
    return trimmed(thesis.get("c")) or (trimmed(_WHEN.sub("", after[-1])) if after else "")


def _named(field: Field | None, code: str) -> str:
    """Every place or publisher, without the brackets that say a cataloguer supplied it."""
    if field is None:
        return ""
    texts = [trimmed(text.replace("[", "").replace("]", "")) for text in field.all(code)]
    return " ; ".join(dict.fromkeys(filter(None, texts)))
