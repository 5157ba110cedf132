"""A heading as it is chosen for a field: all that the authority says of it, and its number.

Whoever chooses from the list in the MARC view gets it so; a line of the simple form that reads exactly as an established heading is
made the same when it is saved, with or without the list.
"""

from collections.abc import Iterator, Sequence

from lumbung.catalogue.domain.authorities.described import TAGS, heading_field, text_of
from lumbung.catalogue.domain.authorities.keys import BIBLIOGRAPHIC, BREAK, CODES, SUBDIVISIONS
from lumbung.catalogue.domain.authorities.rewriting import write_heading
from lumbung.catalogue.headings import sort_key
from lumbung.catalogue.models import Authority, AuthorityName, HeadingKind
from lumbung.formats.marc import Field, Record

LINK = "0"
NAMES: dict[str, tuple[HeadingKind, ...]] = {
    "00": (HeadingKind.PERSON,),
    "10": (HeadingKind.BODY, HeadingKind.MEETING),
    "11": (HeadingKind.MEETING, HeadingKind.BODY),
}
"""What a line under the names of a record may turn out to be, by the end of its tag."""


def number_of(authority: Authority) -> str:
    """What $0 says to lead here: the number of the record, with its agency where that is known; empty when it has none."""
    marc = authority.marc_record
    agency = marc.control("003").strip()
    return f"({agency}){authority.control_number}" if agency and authority.control_number else authority.control_number


def heading_subfields(authority: Authority) -> list[tuple[str, str]]:
    """The subfields of a field for which the authority was chosen, $0 last."""
    held = heading_field(authority.marc_record) or Field("100")
    codes = CODES[HeadingKind(authority.kind)] + SUBDIVISIONS
    number = number_of(authority)
    return [*((code, text) for code, text in held.subfields if code in codes), *([(LINK, number)] if number else [])]


def authorities_called(text: str, kind: HeadingKind) -> list[Authority]:
    """Those of this kind whose heading reads so, capitals and marks aside; else those that have it as another name."""
    names = AuthorityName.objects.filter(kind=kind, sort_key=sort_key(text)).exclude(form=AuthorityName.Forms.UNDATED)
    found = list(names.select_related("authority").order_by("pk"))
    headings = [each.authority for each in found if each.form == AuthorityName.Forms.HEADING]
    return list(dict.fromkeys(headings or [each.authority for each in found]))


def settle_chosen(made: Record, before: Record | None) -> Record:
    """Make every heading that ``before`` did not have, and that reads exactly as an established one, what its authority says: tag,
    subfields and $0. Subdivisions behind the heading stay. The record is changed and given back."""
    held = [] if before is None else before.fields
    new = [each for each in made.fields if each.tag in BIBLIOGRAPHIC and not each.is_control and each not in held]
    if not new:
        return made
    asked = {sort_key(text) for each in new for text in _readings(each)}
    names = AuthorityName.objects.filter(form=AuthorityName.Forms.HEADING, sort_key__in=asked)
    found: dict[str, list[Authority]] = {}
    for name in names.select_related("authority").order_by("pk"):
        found.setdefault(name.label, []).append(name.authority)
    for field in new:
        chosen = next(_chosen(field, found), None)
        if chosen is not None:
            _write(field, *chosen)
    return made


def _readings(field: Field) -> list[str]:
    """The heading with its subdivisions, and alone."""
    whole = text_of(field)
    return list(dict.fromkeys([whole, whole.partition(BREAK)[0]]))


def _chosen(field: Field, found: dict[str, list[Authority]]) -> Iterator[tuple[Authority, bool]]:
    """The authorities that the field reads as, the nearest first, each with whether its heading is the whole."""
    own = BIBLIOGRAPHIC[field.tag]
    kinds: Sequence[HeadingKind] = [own, *HeadingKind] if field.tag[0] == "6" else NAMES.get(field.tag[1:], (own,))
    for reading in _readings(field):
        for kind in kinds:
            for each in found.get(reading, ()):
                if each.kind == kind and (heading_field(each.marc_record) or field).get("t") == "":
                    yield each, reading == text_of(field)


def _write(field: Field, authority: Authority, whole: bool) -> None:
    kind, established = HeadingKind(authority.kind), heading_field(authority.marc_record)
    if established is None:
        return
    write_heading(field, established, kind, whole=whole)
    field.tag = field.tag[0] + TAGS[kind]
    number = number_of(authority)
    field.subfields = [each for each in field.subfields if each[0] != LINK] + ([(LINK, number)] if number else [])
