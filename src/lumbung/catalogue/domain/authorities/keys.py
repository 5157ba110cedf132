"""What headings are compared by, and the headings of a bibliographic record."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic.text import trimmed
from lumbung.catalogue.headings import plain
from lumbung.catalogue.models import HeadingKind
from lumbung.formats.marc import Field, Record
from lumbung.search.words.names import is_title, without_titles

CODES: dict[str, str] = {
    HeadingKind.PERSON: "abcdq",
    HeadingKind.BODY: "abcdgn",
    HeadingKind.MEETING: "acdegnq",
    HeadingKind.TITLE: "adfgklmnoprs",
    HeadingKind.SUBJECT: "abg",
    HeadingKind.PLACE: "ag",
    HeadingKind.GENRE: "a",
}
"""The subfields that make the heading proper of each kind; the rest of a field (roles, titles, subdivisions) is its own."""

KIND_OF_ENDING = {"00": HeadingKind.PERSON, "10": HeadingKind.BODY, "11": HeadingKind.MEETING, "30": HeadingKind.TITLE}
SUBJECT_KINDS = {"50": HeadingKind.SUBJECT, "51": HeadingKind.PLACE, "55": HeadingKind.GENRE}
BIBLIOGRAPHIC: dict[str, HeadingKind] = {
    **{f"{hundred}{ending}": kind for hundred in "1678" for ending, kind in KIND_OF_ENDING.items()},
    **{f"6{ending}": kind for ending, kind in SUBJECT_KINDS.items()},
}
"""The fields of a bibliographic record that authorities control."""

SUBDIVISIONS = "vxyz"
BREAK = " -- "
DIVIDED = " / "
LONGEST_KEY = 300
_YEAR = re.compile(r"\d{4}")


class Heading(NamedTuple):
    """A heading of a record: ``field`` is where it stands, ``whole`` tells that its subdivisions belong to it."""

    field: Field
    kind: HeadingKind
    label: str
    key: str
    whole: bool = False


def headings_in(marc: Record) -> Iterator[Heading]:
    """Every heading of a bibliographic record that authorities may control; a subdivided subject comes alone and whole."""
    for field in marc.fields:
        kind = BIBLIOGRAPHIC.get(field.tag)
        if kind is None or field.is_control:
            continue
        said = field.join(CODES[kind])
        label = trimmed(said)
        if not label:
            continue
        key = key_of(field, kind) if kind is HeadingKind.PERSON else plain(said)[:LONGEST_KEY]
        yield Heading(field, kind, label, key)
        if divisions := divisions_of(field):
            yield Heading(field, kind, BREAK.join([label, *divisions]), _with_divisions(key, divisions), whole=True)


def label_of(field: Field, kind: HeadingKind) -> str:
    """The heading proper in one line."""
    return trimmed(field.join(CODES[kind]))


def divisions_of(field: Field) -> list[str]:
    if field.tag[:1] not in "1456":
        return []
    return [each for code, text in field.subfields if code in SUBDIVISIONS and (each := trimmed(text))]


def key_of(field: Field, kind: HeadingKind) -> str:
    """What the heading proper is compared by: letters and digits; of a person the name as it is spoken, without academic and other
    titles, and the year of birth."""
    if kind is not HeadingKind.PERSON:
        return plain(field.join(CODES[kind]))[:LONGEST_KEY]
    dates = field.get("d")
    born = _YEAR.search(dates) if dates else None
    spoken = spoken_key(field.get("a"), field.join("b"))
    return f"{spoken[: LONGEST_KEY - 5]} {born[0]}" if born else spoken[:LONGEST_KEY]


def whole_key(field: Field, kind: HeadingKind) -> str:
    """The key of the heading with its subdivisions, as an authority for both together has it."""
    return _with_divisions(key_of(field, kind), divisions_of(field))


def _with_divisions(key: str, divisions: list[str]) -> str:
    return DIVIDED.join([key, *map(plain, divisions)])[:LONGEST_KEY]


@lru_cache(maxsize=16384)
def spoken_key(name: str, numeration: str = "") -> str:
    """A person's name as a key, from either order: "Toer, Pramoedya Ananta" and "Pramoedya Ananta Toer" have one."""
    words = plain(natural_order(without_titles(name))).split()
    kept = [word for word in words if not is_title(word)] or words
    return " ".join([*kept, *plain(numeration).split()])


def natural_order(name: str) -> str:
    """The name as it is spoken: what follows the first comma goes before it, unless that is nothing but titles."""
    last, _, rest = name.strip(" ,").partition(",")
    if not without_titles(f"x, {rest}").strip(" ,.")[1:].strip(" ,."):
        return name.strip(" ,")
    return f"{rest.strip(' ,')} {last.strip()}"
