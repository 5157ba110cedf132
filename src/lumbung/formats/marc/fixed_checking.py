"""Leader, 006, 007 and 008: is every character a code that may stand in its place?"""

from collections.abc import Iterator
from typing import Any

from lumbung.formats.marc.definitions import EVERY_KIND, Place, layout, length_of_007, places_of
from lumbung.formats.marc.record import LEADER_LENGTH

LENGTHS = {"006": 18, "008": 40}
COUNTED = (0, 12)  # record length and base address: whoever writes a file counts them
LOCAL_ENCODING_LEVELS = "EIJKLMU"  # OCLC's
NEEDS_FIRST_DATE = "cdeikmpqrst"
NEEDS_SECOND_DATE = "ikmpqrt"
DATE_CHARACTERS = set("0123456789u")

Told = tuple[bool, str, dict[str, Any]]
"""Whether it is grave, its kind, its facts."""


def fixed_findings(tag: str, value: str, leader: str) -> Iterator[Told]:
    """What does not fit in this field, which is the leader when ``tag`` is "LDR"."""
    if tag == "LDR":
        yield from _leader(value)
    elif tag == "007":
        yield from _of_007(value)
    elif len(value) != LENGTHS[tag]:
        yield True, "length", {"length": len(value), "right": LENGTHS[tag]}
    else:
        if tag == "008":
            yield from _places(places_of(tag, EVERY_KIND), value)
            yield from _dates(value)
        kind = layout(tag, value, leader)
        if kind:
            yield from _places(places_of(tag, kind), value)
        elif tag == "006":
            yield True, "kind", {"code": value[:1]}


def _leader(value: str) -> Iterator[Told]:
    if len(value) != LEADER_LENGTH:
        yield True, "length", {"length": len(value), "right": LEADER_LENGTH}
        return
    for place in places_of("LDR", ""):
        text = value[place.start : place.start + place.length]
        if place.start in COUNTED or (place.takes(text) and "|" not in text) or place.start >= 20:  # noqa: PLR2004 -- the entry map
            continue
        if place.label != "Encoding level" or text not in LOCAL_ENCODING_LEVELS:
            yield place.start in {5, 6, 7}, "place", _facts(place, text)


def _of_007(value: str) -> Iterator[Told]:
    kind = layout("007", value, "")
    if not kind:
        yield True, "kind", {"code": value[:1]}
        return
    if len(value) != length_of_007(kind):
        yield False, "length", {"length": len(value), "right": length_of_007(kind)}
    yield from _places(places_of("007", kind), value)


def _places(places: tuple[Place, ...], value: str) -> Iterator[Told]:
    for place in places:
        text = value[place.start : place.start + place.length]
        if text and not place.takes(text):
            yield False, "place", _facts(place, text)


def _dates(value: str) -> Iterator[Told]:
    """The two dates must be what the kind of date says they are."""
    entered, kind, first, second = value[:6], value[6], value[7:11], value[11:15]
    if not (entered.isascii() and entered.isdigit()):
        yield False, "date_entered", {"text": entered}
    for number, text, needed in ((1, first, NEEDS_FIRST_DATE), (2, second, NEEDS_SECOND_DATE)):
        if text == "||||":
            continue
        if kind in needed and not set(text) <= DATE_CHARACTERS:
            yield False, "date_missing", {"number": number, "kind": kind, "text": text}
    if kind in {"i", "k", "m", "q"} and first.isdigit() and second.isdigit() and first > second:
        yield False, "dates_reversed", {"first": first, "second": second}
    if kind in {"b", "n"} and (first + second).strip(" |u"):
        yield False, "date_too_much", {"kind": kind}


def _facts(place: Place, text: str) -> dict[str, Any]:
    end = place.start + place.length - 1
    where = f"{place.start:02}" if place.length == 1 else f"{place.start:02}–{end:02}"
    return {"place": where, "label": place.label, "code": text.replace(" ", "#")}
