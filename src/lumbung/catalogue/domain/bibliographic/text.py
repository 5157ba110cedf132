"""Text without the punctuation that cataloguers write between the areas of a description (ISBD)."""

import re
import unicodedata
from collections.abc import Mapping

from lumbung.formats.marc import Field

Fields = Mapping[str, list[Field]]
NO_FIELDS: list[Field] = []
_MARKS = " /:;=,"
_ABBREVIATED = re.compile(r"(?:^|[\s.])(?:\w{1,3}|[A-Z]\w*\.\w+)\.$")


def trimmed(text: str) -> str:
    """On one line, without blanks and ISBD marks at the end, in NFC; a full stop stays after an abbreviation or initial."""
    text = on_one_line(text)
    if text.isascii() and text[-1:].isalnum() and text[0] not in _MARKS:
        return text
    text = composed(text).strip(_MARKS) if text[:1] in _MARKS else composed(text).rstrip(_MARKS)
    if text.endswith(".") and not text.endswith("..") and not _ABBREVIATED.search(text):
        return text[:-1].rstrip(_MARKS)
    return text


def without_marks(text: str) -> str:
    """On one line, without blanks and ISBD marks around it, in NFC; full stops stay."""
    return composed(on_one_line(text)).strip().rstrip(_MARKS)


def on_one_line(text: str) -> str:
    """With one blank for all white space between two words, such as where a file of MARCXML was wrapped."""
    return " ".join(text.split()) if "  " in text or "\n" in text or "\t" in text else text


def composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def first(fields: Fields, *tags: str) -> Field | None:
    for tag in tags:
        if found := fields.get(tag):
            return found[0]
    return None


def control(fields: Fields, tag: str) -> str:
    """The first control field ``tag``; empty when there is none."""
    found = fields.get(tag)
    return (found[0].value or "") if found else ""


def fixed(fields: Fields, start: int, end: int) -> str:
    """Characters ``start`` to ``end`` (excluded) of 008; shorter when the field is."""
    return control(fields, "008")[start:end]
