"""What any MARC record must be like to be kept, bibliographic or authority, and how it is kept."""

from typing import Any

from lumbung.catalogue.refusals import CONTROL_CHARACTERS, MALFORMED
from lumbung.formats import marc
from lumbung.formats.marc.rules import DELIMITERS, content_defects, leader_of_24
from lumbung.kernel.refusals import Reason


def shape_faults(given: marc.Record) -> list[Reason]:
    """Every field that MARC 21 has no place for."""
    faults: dict[str, Reason] = {}
    for defect in content_defects(given):
        if defect.refused:
            faults.setdefault(defect.place, MALFORMED(place=defect.place))
    torn = dict.fromkeys(each.tag for each in given.fields if DELIMITERS & set(_text_of(each)))
    return [*faults.values(), *(CONTROL_CHARACTERS(place=tag) for tag in torn)]


def stored_marc(given: marc.Record) -> dict[str, Any]:
    """The record as a row keeps it; its leader gets its 24 characters."""
    given.leader, _ = leader_of_24(given.leader)
    return marc.to_json(given)


def meant(stored: dict[str, Any]) -> tuple[str, Any]:
    """What the MARC says, without the lengths in the leader, which each ISO 2709 file counts anew."""
    leader: str = stored["leader"]
    return leader[5:12] + leader[17:], stored["fields"]


def _text_of(field: marc.Field) -> str:
    return field.value if field.value is not None else "".join(text for _, text in field.subfields)
