"""What an authority record says: its heading, the other names, the references to others."""

from dataclasses import dataclass
from typing import Any

from lumbung.catalogue.domain.authorities.keys import (
    BREAK,
    CODES,
    KIND_OF_ENDING,
    SUBJECT_KINDS,
    divisions_of,
    label_of,
    natural_order,
    spoken_key,
    whole_key,
)
from lumbung.catalogue.domain.bibliographic.text import trimmed
from lumbung.catalogue.headings import plain, sort_key
from lumbung.catalogue.models import AuthorityName, AuthorityReference, HeadingKind
from lumbung.formats.marc import Field, Record

KINDS: dict[str, HeadingKind] = {**KIND_OF_ENDING, **SUBJECT_KINDS}
TAGS = {kind: ending for ending, kind in KINDS.items()}
HEADINGS = tuple(f"1{ending}" for ending in KINDS)
WORK_CODES = "abcdqtfgklmnoprs"
Relations, Forms = AuthorityReference.Relations, AuthorityName.Forms
RELATIONS = {"g": Relations.BROADER, "h": Relations.NARROWER, "a": Relations.EARLIER, "b": Relations.LATER}
NOTES = ("667", "670", "678", "680")


@dataclass(frozen=True, slots=True)
class Name:
    """A name the authority is found by."""

    form: AuthorityName.Forms
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to another authority."""

    relation: AuthorityReference.Relations
    kind: HeadingKind
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """An authority record, read."""

    kind: HeadingKind
    heading: str
    key: str
    natural: str
    control_number: str
    names: tuple[Name, ...]
    references: tuple[Reference, ...]

    def columns(self) -> dict[str, Any]:
        """The columns of ``Authority`` that are read out of its MARC."""
        return {
            "kind": self.kind,
            "heading": self.heading,
            "natural": self.natural,
            "key": self.key,
            "sort_key": sort_key(self.heading),
            "control_number": self.control_number,
        }


def heading_field(marc: Record) -> Field | None:
    """The 1XX that the record establishes; None when it has none of the kinds kept here."""
    field = marc.first(*HEADINGS)
    return field if field is not None and not field.is_control and text_of(field) else None


def said_by(marc: Record) -> Said | None:
    """What the record says; None when it establishes no heading of the kinds kept here."""
    field = heading_field(marc)
    if field is None:
        return None
    kind = kind_of(field)
    return Said(
        kind=kind,
        heading=text_of(field),
        key=name_key(field),
        natural=_natural(marc, field) if kind is HeadingKind.PERSON else "",
        control_number=marc.control("001").strip()[:120],
        names=tuple(_names(marc, field)),
        references=tuple(_references(marc)),
    )


def kind_of(field: Field) -> HeadingKind:
    """The kind of a 1XX, 4XX or 5XX; a name with a title ($t) names a work."""
    return HeadingKind.TITLE if field.get("t") else KINDS[field.tag[1:]]


def text_of(field: Field) -> str:
    """A 1XX, 4XX or 5XX in one line."""
    kind = kind_of(field)
    main = trimmed(field.join(WORK_CODES)) if field.get("t") else label_of(field, kind)
    return BREAK.join(filter(None, [main, *divisions_of(field)]))


def name_key(field: Field) -> str:
    """The key of a 1XX, 4XX or 5XX."""
    return plain(field.join(WORK_CODES))[:300] if field.get("t") else whole_key(field, kind_of(field))


def _names(marc: Record, field: Field) -> list[Name]:
    kind = kind_of(field)
    found = [Name(Forms.HEADING, text_of(field), name_key(field))]
    found += [
        Name(Forms.SEE, text_of(each), name_key(each))
        for each in marc.fields
        if each.tag[:1] == "4" and each.tag[1:] in KINDS and kind_of(each) is kind and text_of(each)
    ]
    if kind is HeadingKind.PERSON and field.get("d"):
        found.append(Name(Forms.UNDATED, text_of(field), spoken_key(field.get("a"), field.join("b"))))
    return list({(each.form, each.label, each.key): each for each in found}.values())


def _references(marc: Record) -> list[Reference]:
    return [
        Reference(RELATIONS.get(each.get("w")[:1], Relations.RELATED), kind_of(each), text_of(each), name_key(each))
        for each in marc.fields
        if each.tag[:1] == "5" and each.tag[1:] in KINDS and text_of(each)
    ]


def _natural(marc: Record, field: Field) -> str:
    """The name as it is spoken: a see reference in that order, else the heading turned round."""
    told = spoken_key(field.get("a"), field.join("b"))
    for each in marc.all("400"):
        name = each.get("a").strip(" ,")
        if natural_order(name) == name and not each.get("t") and spoken_key(name, each.join("b")) == told:
            return name
    return trimmed(natural_order(trimmed(field.get("a"))))


__all__ = ["CODES", "HEADINGS", "KINDS", "NOTES", "TAGS", "Name", "Reference", "Said", "heading_field", "kind_of", "said_by"]
