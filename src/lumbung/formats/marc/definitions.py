"""What MARC 21 says of each bibliographic field: read from ``marc21.json``, once, when somebody asks.

Names come in English; ``WORDS`` of the file has the Indonesian for those that cataloguers meet.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

CONTINUING = "Continuing Resources"
EVERY_KIND = "All Materials"
SERIAL_LEVELS = "bis"


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """One tag. ``indicators`` holds the codes of both, None where MARC 21 leaves the place blank; a subfield tells if it repeats."""

    label: str
    repeatable: bool
    indicators: tuple[frozenset[str], frozenset[str]]
    subfields: Mapping[str, tuple[str, bool]]
    obsolete: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Some characters of a fixed-length field. Without ``codes`` anything may stand there; else codes of the place's width, or of one
    character each, repeated."""

    start: int
    length: int
    label: str
    codes: Mapping[str, str]

    def takes(self, text: str) -> bool:
        """Whether these characters are codes of this place; fill characters ("|") always are."""
        if not self.codes or set(text) <= {"|"} or text in self.codes or ("001-999" in self.codes and text.isdigit()):
            return True
        width = max((len(code) for code in self.codes if code.strip("|")), default=self.length)
        parts = [text[at : at + width] for at in range(0, len(text), width)]
        return width < self.length and all(part in self.codes or not part.strip(" |") for part in parts)


@cache
def text_of_definitions() -> str:
    """The whole file, as the browser gets it."""
    return files("lumbung.formats.marc").joinpath("marc21.json").read_text(encoding="utf-8")


@cache
def _definitions() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(text_of_definitions())
    return read


@cache
def field_definitions() -> dict[str, FieldDefinition]:
    """Every tag that MARC 21 defines today."""
    return {tag: _field(told) for tag, told in _definitions()["fields"].items()}


@cache
def obsolete_tags() -> frozenset[str]:
    return frozenset(_definitions()["obsolete"])


@cache
def places_of(tag: str, kind: str) -> tuple[Place, ...]:
    """The places of leader ("LDR"), 006, 007 or 008 for this kind of material; empty for a kind there is none of."""
    return tuple(Place(*told) for told in _definitions()["fixed"][tag].get(kind, ()))


def layout(tag: str, value: str, leader: str) -> str:
    """Which kind of material decides what the places of this 006, 007 or 008 mean; empty when the code says nothing."""
    if tag == "008" and leader[6:7] in {"a", "t"} and leader[7:8] in SERIAL_LEVELS:
        return CONTINUING
    decides = leader[6:7] if tag == "008" else value[:1]
    found: str = _definitions()["layouts"][tag].get(decides, "")
    return found


def length_of_007(kind: str) -> int:
    found: int = _definitions()["lengths"][kind]
    return found


def name(label: str, language: str) -> str:
    """The label in this language, "id" or else English."""
    found: str = _definitions()["words"].get(label, label) if language == "id" else label
    return found


def _field(told: dict[str, Any]) -> FieldDefinition:
    subfields = {code: (label, repeats) for code, (label, repeats) in told["subfields"].items()}
    return FieldDefinition(
        label=told["label"],
        repeatable=told["repeat"],
        indicators=(_codes(told.get("ind1")), _codes(told.get("ind2"))),
        subfields=subfields,
        obsolete=frozenset(told.get("old", ())),
    )


def _codes(indicator: dict[str, Any] | None) -> frozenset[str]:
    """The codes of an indicator; "1-9" in the file stands for each of them."""
    if indicator is None:
        return frozenset(" ")
    return frozenset(each for code in indicator["codes"] for each in _expanded(code))


def _expanded(code: str) -> str:
    if len(code) == 3 and code[1] == "-":  # noqa: PLR2004 -- "1-9"
        return "".join(map(chr, range(ord(code[0]), ord(code[2]) + 1)))
    return code
