"""The simple form of an authority: what a librarian without MARC knowledge fills in, read out of a record and written back.

Only what differs is touched; everything the form does not show stays where it is.
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TypedDict

from lumbung.catalogue.domain.authorities.described import KINDS, TAGS, heading_field, kind_of, text_of
from lumbung.catalogue.domain.authorities.keys import BREAK
from lumbung.catalogue.domain.bibliographic.text import trimmed
from lumbung.catalogue.domain.marc_fields import Make, Rewrite, align, place
from lumbung.catalogue.models import HeadingKind
from lumbung.formats.marc import Field, Record

NEW_LEADER = "00000nz  a2200000n  4500"
FIXED = "      n| azannaabn          |n aaa      "
"""008 of an authority: established, usable as main, added and subject entry."""
DATES = re.compile(r",\s*((?:ca\.\s*)?\d{3,4}\s*-\s*(?:\d{3,4})?|\d{3,4})\s*$")
RELATED = {"broader": "g", "narrower": "h", "related": ""}


class Writers(TypedDict):
    make: Make
    rewrite: Rewrite


@dataclass(frozen=True, kw_only=True)
class AuthorityEntry:
    """The values of the form. A person's dates stand behind the name: "Toer, Pramoedya Ananta, 1925-2006"."""

    kind: HeadingKind = HeadingKind.PERSON
    heading: str = ""
    see: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    narrower: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    note: str = ""
    source: list[str] = field(default_factory=list)


def entry_of(marc: Record) -> AuthorityEntry:
    """The record as the simple form shows it."""
    heading = heading_field(marc) or Field("100")
    note = marc.first("680") or Field("680")
    return AuthorityEntry(
        kind=kind_of(heading),
        heading=text_of(heading),
        see=[text_of(each) for each in _sees(marc)],
        broader=[text_of(each) for each in _references(marc, "g")],
        narrower=[text_of(each) for each in _references(marc, "h")],
        related=[text_of(each) for each in _references(marc, "")],
        note=note.join("ia"),
        source=[each.get("a") for each in marc.all("670") if each.get("a")],
    )


def new_authority_marc(entry: AuthorityEntry) -> Record:
    """An authority record made from the form."""
    made = Record(NEW_LEADER, [Field("008", value=FIXED), field_of("1", entry.kind, entry.heading)])
    return revised(made, entry)


def revised(marc: Record, entry: AuthorityEntry) -> Record:
    """A copy of the record that says what the form says."""
    was, new = entry_of(marc), deepcopy(marc)
    established = heading_field(new)
    if established is not None and (entry.heading, entry.kind) != (was.heading, was.kind):
        new.fields[next(at for at, each in enumerate(new.fields) if each is established)] = field_of(
            "1", entry.kind, entry.heading
        )
    if entry.see != was.see:
        align(new, _sees(new), was.see, entry.see, **_writers("4", entry.kind, ""))
    for name, code in RELATED.items():
        if getattr(entry, name) != getattr(was, name):
            held = _references(new, code)
            align(new, held, getattr(was, name), getattr(entry, name), **_writers("5", entry.kind, code))
    if entry.note != was.note:
        new.fields = [each for each in new.fields if each.tag != "680"]
        if entry.note:
            place(new, Field("680", " ", " ", [("i", entry.note)]))
    if entry.source != was.source:
        new.fields = [each for each in new.fields if each.tag != "670"]
        for text in entry.source:
            place(new, Field("670", " ", " ", [("a", text)]))
    return new


def field_of(hundred: str, kind: HeadingKind, text: str) -> Field:
    """A 1XX, 4XX or 5XX with this text."""
    main, *divisions = [part.strip() for part in text.split(BREAK.strip())]
    subfields = [("a", main)]
    ind1 = {HeadingKind.BODY: "2", HeadingKind.MEETING: "2"}.get(kind, " ")
    if kind is HeadingKind.PERSON:
        if found := DATES.search(main):
            subfields = [("a", f"{main[: found.start()]},"), ("d", found[1])]
        ind1 = "1" if "," in trimmed(subfields[0][1]) else "0"
    ind2 = "0" if kind is HeadingKind.TITLE else " "
    subfields += [("x", each) for each in divisions if each]
    return Field(f"{hundred}{TAGS[kind]}", ind1, ind2, subfields)


def _writers(hundred: str, kind: HeadingKind, code: str) -> Writers:
    """How ``align`` makes and rewrites references of this kind; ``code`` is their $w."""

    def make(text: str) -> Field:
        made = field_of(hundred, kind, text)
        made.subfields = [("w", code), *made.subfields] if code else made.subfields
        return made

    def rewrite(old: Field, text: str) -> None:
        made = make(text)
        old.tag, old.ind1, old.ind2, old.subfields = made.tag, made.ind1, made.ind2, made.subfields

    return {"make": make, "rewrite": rewrite}


def _sees(marc: Record) -> list[Field]:
    return [each for each in marc.fields if each.tag[:1] == "4" and each.tag[1:] in KINDS]


def _references(marc: Record, code: str) -> list[Field]:
    """The 5XX whose $w begins so; without a code those that are neither broader nor narrower."""
    own = [each for each in marc.fields if each.tag[:1] == "5" and each.tag[1:] in KINDS]
    return [each for each in own if (each.get("w")[:1] == code if code else each.get("w")[:1] not in {"g", "h"})]
