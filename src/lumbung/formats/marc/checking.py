"""Is this record as MARC 21 defines it? Every finding at its place; nothing is changed, nothing is refused here."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lumbung.formats.marc.definitions import FieldDefinition, field_definitions, obsolete_tags
from lumbung.formats.marc.fixed_checking import fixed_findings
from lumbung.formats.marc.iso2709_writer import LONGEST_FIELD
from lumbung.formats.marc.record import Field, Record
from lumbung.formats.marc.standard_numbers import is_isbn, is_issn

LEADER = -1
TAG = re.compile(r"[0-9A-Za-z]{3}")
CODE = re.compile(r"[!-~]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
FIRST_WORD = re.compile(r"[\"'«“‘(\[]*")
PLACE, ONCE_A_PLACE = "852", frozenset({"841", "842", "844"})
"""Where several places hold something, each has what a holdings record has once."""
MAIN_ENTRIES = ("100", "110", "111", "130")
PAIRED = re.compile(r"(\d{3})-(\d{2})")


class Level(StrEnum):
    """An error keeps a record from being saved, a warning never does, a hint only tells."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong (``kind``, a name that stays) at which field: ``at`` counts the fields from 0, the leader is ``LEADER``."""

    level: Level
    kind: str
    tag: str
    at: int = LEADER
    facts: dict[str, Any] = field(default_factory=dict, hash=False)


def findings(record: Record) -> list[Finding]:
    """Everything that does not fit the definitions, in the order of the record."""
    found = [*_fixed(LEADER, "LDR", record.leader, record)]
    for at, each in enumerate(record.fields):
        found += _form(at, each) or _content(at, each, record)
    return [*found, *_together(record)]


def _form(at: int, field: Field) -> list[Finding]:
    """What no MARC file could carry: the rest is not looked at before that is mended."""
    told: list[tuple[str, dict[str, Any]]] = []
    if not TAG.fullmatch(field.tag):
        told.append(("tag_form", {}))
    if field.value is None:
        if field.tag[:2] == "00":
            told.append(("control_with_subfields", {}))
        if any(len(each) != 1 or not (each == " " or (each.isascii() and each.isalnum())) for each in (field.ind1, field.ind2)):
            told.append(("indicator_form", {"indicators": field.ind1 + field.ind2}))
        told += [("code_form", {"code": code}) for code, _ in field.subfields if not CODE.fullmatch(code)]
        if not field.subfields:
            told.append(("no_subfields", {}))
    elif field.tag[:2] != "00" and not field.tag.isupper():  # FMT and the like are control fields of other systems
        told.append(("text_without_subfield", {}))
    values = [field.value] if field.value is not None else [text for _, text in field.subfields]
    if any(CONTROL.search(value) for value in values):
        told.append(("control_characters", {}))
    return [Finding(Level.ERROR, kind, field.tag, at, facts) for kind, facts in told]


def _content(at: int, field: Field, record: Record) -> Iterator[Finding]:
    if size := _too_long(field):
        yield Finding(Level.WARNING, "too_long", field.tag, at, {"size": size, "most": LONGEST_FIELD})
    if field.tag in {"006", "007", "008"}:
        yield from _fixed(at, field.tag, field.value or "", record)
    elif (defined := field_definitions().get(field.tag)) is not None:
        if field.tag in obsolete_tags():
            yield Finding(Level.WARNING, "obsolete_tag", field.tag, at, {"label": defined.label})
        yield from _as_defined(at, field, defined)
    elif field.tag in obsolete_tags():
        yield Finding(Level.WARNING, "obsolete_tag", field.tag, at, {"label": ""})
    elif "9" in field.tag:
        yield Finding(Level.HINT, "local_tag", field.tag, at)
    else:
        yield Finding(Level.HINT, "unknown_tag", field.tag, at)
    yield from _numbers(at, field)


def _fixed(at: int, tag: str, value: str, record: Record) -> Iterator[Finding]:
    for grave, kind, facts in fixed_findings(tag, value, record.leader):
        yield Finding(Level.ERROR if grave else Level.WARNING, kind, tag, at, facts)


def _as_defined(at: int, field: Field, defined: FieldDefinition) -> Iterator[Finding]:
    if field.value is not None or field.tag == "880":
        return
    for number, code, allowed in zip((1, 2), (field.ind1, field.ind2), defined.indicators, strict=True):
        if code not in allowed:
            choices = " ".join("#" if each == " " else each for each in sorted(allowed))
            facts = {"number": number, "code": code.replace(" ", "#"), "allowed": choices}
            yield Finding(Level.WARNING, "indicator", field.tag, at, facts)
    for code, count in Counter(code for code, _ in field.subfields).items():
        known = defined.subfields.get(code)
        if known is None:
            kind = "obsolete_subfield" if code in defined.obsolete else "local_subfield" if code == "9" else "subfield"
            yield Finding(Level.HINT if code == "9" else Level.WARNING, kind, field.tag, at, {"code": code})
        elif count > 1 and not known[1]:
            yield Finding(Level.WARNING, "subfield_repeated", field.tag, at, {"code": code, "label": known[0]})
    for code, text in field.subfields:
        if not text.strip():
            yield Finding(Level.WARNING, "subfield_empty", field.tag, at, {"code": code})


def _numbers(at: int, field: Field) -> Iterator[Finding]:
    if field.tag == "020":
        for text in field.all("a"):
            if not is_isbn(text):
                yield Finding(Level.WARNING, "isbn", "020", at, {"number": text})
    elif field.tag == "022":
        for text in field.all("a"):
            if not is_issn(text):
                yield Finding(Level.WARNING, "issn", "022", at, {"number": text})


def _together(record: Record) -> Iterator[Finding]:
    """What is wrong between fields: too many of one, a title that does not fit its main entry, a lost pair."""
    seen: Counter[str] = Counter()
    places = sum(each.tag == PLACE for each in record.fields)
    for at, each in enumerate(record.fields):
        seen[each.tag] += 1
        defined = field_definitions().get(each.tag)
        most = max(1, places) if each.tag in ONCE_A_PLACE else 1
        if seen[each.tag] == most + 1 and defined is not None and not defined.repeatable:
            yield Finding(Level.WARNING, "repeated", each.tag, at, {"label": defined.label})
        if each.tag == "245" and each.value is None:
            yield from _title(at, each, has_main_entry=record.first(*MAIN_ENTRIES) is not None)
    if sum(seen[tag] for tag in MAIN_ENTRIES) > 1:
        tags = ", ".join(tag for tag in MAIN_ENTRIES if seen[tag])
        yield Finding(Level.WARNING, "several_main_entries", tags, _place(record, MAIN_ENTRIES))
    yield from _pairs(record)


def _title(at: int, title: Field, *, has_main_entry: bool) -> Iterator[Finding]:
    if has_main_entry and title.ind1 == "0":
        yield Finding(Level.WARNING, "title_after_main_entry", "245", at)
    elif not has_main_entry and title.ind1 == "1":
        yield Finding(Level.WARNING, "title_is_main_entry", "245", at)
    text, skipped = title.get("a"), int(title.ind2) if title.ind2 in set("123456789") else 0
    if skipped and (skipped >= len(text) or text[skipped - 1] not in " '’-\"“(["):
        yield Finding(Level.WARNING, "nonfiling", "245", at, {"count": skipped, "text": text[:skipped]})


def _pairs(record: Record) -> Iterator[Finding]:
    """Each 880 has its field, and each field that points to an 880 has it ("00" stands alone)."""
    told = [(at, each.tag, found) for at, each in enumerate(record.fields) if (found := PAIRED.match(each.get("6")))]
    known = {(tag if tag != "880" else found[1], found[2], tag == "880") for _, tag, found in told}
    for at, tag, found in told:
        own = tag if tag != "880" else found[1]
        if found[2] != "00" and (own, found[2], tag != "880") not in known:
            yield Finding(Level.WARNING, "pair_lost", tag, at, {"link": found[0]})


def _place(record: Record, tags: tuple[str, ...]) -> int:
    return next(at for at, each in enumerate(record.fields) if each.tag in tags)


def _too_long(field: Field) -> int:
    """The bytes the field takes in ISO 2709, when those are too many; else 0."""
    if field.value is not None:
        size = len(field.value.encode(errors="replace")) + 1
    else:
        size = 3 + sum(len(code) + 1 + len(text.encode(errors="replace")) for code, text in field.subfields)
    return size if size > LONGEST_FIELD else 0
