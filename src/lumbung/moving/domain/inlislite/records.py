"""MARC 21 rebuilt from ``catalog_ruas`` (fields) and ``catalog_subruas`` (subfields), in the order of their Sequence."""

import re
from collections.abc import Mapping, Sequence

from lumbung.catalogue.domain.bibliographic import material_of
from lumbung.catalogue.domain.carriers import carry, empty_008
from lumbung.catalogue.models import Material
from lumbung.formats.marc import Field, Record
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.sources import text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line
from lumbung.moving.refusals import FIELD_UNREADABLE

_TAG = re.compile(r"\d{3}")
_CODE = re.compile(r"[a-z0-9]")
_CONTROL = "00"
KEPT_CONTROL = ("005", "006", "007", "008")
COLUMNS = (("245", "a", "title"), ("100", "a", "author"), ("250", "a", "edition"), ("300", "a", "physicaldescription"))


def record_of(
    row: Row, fields: Sequence[Row], subfields: Mapping[str, Sequence[Row]], giver: str, kind: Material | None = None
) -> tuple[Record, list[Reason]]:
    """The record of a catalogue row. Where a title has no fields, what its own columns say is used; where its fields do not tell what kind
    of thing it is, ``kind`` does, by the worksheet it was catalogued on."""
    warnings: list[Reason] = []
    number = line(row.get("controlnumber")) or line(row.get("bibid")) or text_of(row, "id")
    own = [_field(each, subfields.get(text_of(each, "id"), ()), warnings) for each in _in_order(fields)]
    told = [each for each in own if each is not None and (not each.is_control or each.tag in KEPT_CONTROL)]
    record = Record(fields=[Field("001", value=number), Field("003", value=giver)])
    record.fields += [each for each in told if each.is_control]
    record.fields += [each for each in told if not each.is_control and each.tag != "035"]
    record.fields.append(Field("035", subfields=[("a", f"({giver}){text_of(row, 'id')}")]))
    record.fields += [each for each in told if each.tag == "035"]
    record.fields += _from_columns(row, record)
    record.fields.sort(key=lambda each: each.tag)
    if not record.control("008"):
        record.fields.insert(2, Field("008", value=empty_008()))
    if not record.all("336"):
        carry(record, _material(record, kind))
    return record, warnings


def _material(record: Record, kind: Material | None) -> Material:
    if record.all("502"):
        return Material.THESIS
    told = material_of(record)
    return kind if kind is not None and told == Material.BOOK else told


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda each: (int(each["sequence"]) if str(each.get("sequence") or "").isdigit() else 0, each[AT]))


def _field(row: Row, subfields: Sequence[Row], warnings: list[Reason]) -> Field | None:
    """A field; one whose tag no MARC has is told, and its text is kept as a note."""
    tag = line(row.get("tag")).zfill(3)
    if not _TAG.fullmatch(tag):
        warnings.append(FIELD_UNREADABLE(tag=tag))
        tag, subfields = "500", ()
    if tag.startswith(_CONTROL):
        value = text_of(row, "value").replace("*", " ").replace("#", " ")
        return Field(tag, value=value) if value.strip() else None
    given = [(line(each.get("subruas")).lower(), line(each.get("value"))) for each in _in_order(subfields)]
    told = [(code if _CODE.fullmatch(code) else "a", text) for code, text in given if text]
    if not told:
        told = _split(line(row.get("value")))
    return Field(tag, _indicator(row.get("indicator1")), _indicator(row.get("indicator2")), told) if told else None


def _split(value: str) -> list[tuple[str, str]]:
    """A field written in one piece: ``$a … $b …``."""
    if "$" not in value:
        return [("a", value)] if value else []
    parts = [part for part in value.split("$") if part.strip()]
    return [
        (part[0].lower() if _CODE.fullmatch(part[0].lower()) else "a", part[1:].strip()) for part in parts if part[1:].strip()
    ]


def _indicator(value: object) -> str:
    text = str(value or " ")[:1]
    return " " if text in {"#", "*", "_", "\\"} or not text.isalnum() else text.lower()


def _from_columns(row: Row, record: Record) -> list[Field]:
    if record.all("245"):
        return []
    found = [Field(tag, " ", " ", [(code, line(row.get(column)))]) for tag, code, column in COLUMNS if line(row.get(column))]
    published = [
        ("a", line(row.get("publishlocation"))),
        ("b", line(row.get("publisher"))),
        ("c", line(row.get("publishyear"))),
    ]
    if given := [(code, text) for code, text in published if text]:
        found.append(Field("264", " ", "1", given))
    if number := line(row.get("deweyno")):
        found.append(Field("082", "0", "4", [("a", number)]))
    return [each for each in found if not record.all(each.tag)]
