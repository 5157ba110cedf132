"""What a work is about (6XX)."""

from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic.text import Fields, trimmed
from lumbung.formats.marc import Field

_KINDS = {
    "600": ("person", "abcdqt"),
    "610": ("body", "abnt"),
    "611": ("meeting", "acdent"),
    "630": ("title", "anp"),
    "647": ("event", "acd"),
    "648": ("time", "a"),
    "650": ("topic", "ab"),
    "651": ("place", "a"),
    "653": ("keyword", "a"),
    "654": ("topic", "ab"),
    "655": ("genre", "a"),
    "656": ("topic", "a"),
    "657": ("topic", "a"),
    "658": ("topic", "a"),
    "690": ("topic", "ab"),
}
_SUBDIVISIONS = "vxyz"
DASH = " — "


class Subject(NamedTuple):
    """A subject heading: ``heading`` alone, and ``text`` with its subdivisions. ``kind`` is person, body, meeting, title, event, time,
    topic, place, keyword or genre."""

    kind: str
    heading: str
    text: str


def subjects(fields: Fields) -> tuple[Subject, ...]:
    """Every subject, in the order of the tags, each text once."""
    found = [each for tag in _KINDS if tag in fields for field in fields[tag] for each in _subjects(field)]
    return tuple({each.text: each for each in reversed(found)}.values())[::-1]


def _subjects(field: Field) -> list[Subject]:
    kind, codes = _KINDS[field.tag]
    if kind == "keyword":
        return [Subject(kind, word, word) for text in field.all("a") if (word := trimmed(text))]
    heading = trimmed(field.join(codes))
    if not heading:
        return []
    divisions = [trimmed(text) for code, text in field.subfields if code in _SUBDIVISIONS]
    return [Subject(kind, heading, DASH.join([heading, *filter(None, divisions)]))]
