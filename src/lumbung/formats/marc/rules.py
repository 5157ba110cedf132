"""What MARC 21 allows in leader, tags, indicators and subfield codes, as far as a reader can judge."""

from functools import lru_cache
from itertools import product

from lumbung.formats.marc.defects import Defect, Kind
from lumbung.formats.marc.record import LEADER_LENGTH, Record

BIBLIOGRAPHIC = "acdefgijkmoprt"
_LEADER_CODES = {
    5: "acdnp",
    6: BIBLIOGRAPHIC + "bhn" + "zuvxywq",  # the next three are obsolete; the rest are authorities, holdings and their like
    7: "abcdimsp",
    8: " a",
    9: " a",
    17: " 1234578uzEIJKLMU",  # capitals are OCLC's
    18: " aciunpr",
    19: " abcr",
}
_CODES_OF_OTHER_FORMATS = (6, 9)
_ANY = " 0123456789abcdefghijklmnopqrstuvwxyz"
_DIGIT = " 0123456789"


def _pairs(first: str, second: str) -> frozenset[str]:
    return frozenset(a + b for a, b in product(first, second))


_ANY_PAIR = _pairs(_ANY, _ANY)
_PERSON, _BODY = _pairs(" 0123", _ANY), _pairs(" 012", _ANY)
_INDICATORS = {
    "100": _PERSON,
    "110": _BODY,
    "111": _BODY,
    "245": _pairs(" 01", _DIGIT),
    "700": _PERSON,
    "710": _BODY,
    "711": _BODY,
}
_USUAL_TAGS = frozenset(f"{number:03}" for number in range(1000))
_CODE_CHARACTERS = frozenset(map(chr, range(0x21, 0x7F)))
DELIMITERS = frozenset("\x00\x1d\x1e\x1f")
"""What no text may hold: ISO 2709 ends subfields, fields and records with these, and no database takes the first."""


def leader_of_24(leader: str) -> tuple[str, list[Defect]]:
    """The leader, filled or cut to its 24 characters, with a warning when it was not as long."""
    if len(leader) == LEADER_LENGTH:
        return leader, []
    return leader[:LEADER_LENGTH].ljust(LEADER_LENGTH), [Defect(Kind.LEADER, str(len(leader)), altered=True)]


def content_defects(record: Record) -> list[Defect]:
    """Everything in the record that the format does not allow; refused is what no export could carry."""
    leader = record.leader
    defects = list(_leader_defects(leader[5:10] + leader[17:20]))
    if not record.fields:
        defects.append(Defect(Kind.NO_FIELDS, refused=True))
    for each in record.fields:
        tag = each.tag
        if tag not in _USUAL_TAGS and (len(tag) != 3 or not (tag.isascii() and tag.isalnum())):  # noqa: PLR2004 -- a tag has three characters
            defects.append(Defect(Kind.TAG, tag, refused=True))
        if each.value is not None:
            if tag[:2] != "00":
                defects.append(Defect(Kind.NO_SUBFIELD, tag))
            continue
        if each.ind1 + each.ind2 not in _INDICATORS.get(tag, _ANY_PAIR):
            defects.append(Defect(Kind.INDICATOR, tag, refused=not len(each.ind1) == len(each.ind2) == 1))
        for code, _ in each.subfields:
            if code not in _CODE_CHARACTERS:
                defects.append(Defect(Kind.SUBFIELD_CODE, tag, refused=len(code) != 1 or code < " "))
        if not each.subfields:
            defects.append(Defect(Kind.NO_SUBFIELD, tag))
    return defects


@lru_cache(maxsize=4096)
def _leader_defects(codes: str) -> tuple[Defect, ...]:
    positions = (5, 6, 7, 8, 9, 17, 18, 19)
    bibliographic = codes[1] not in "zuvxywq"
    return tuple(
        Defect(Kind.LEADER_CODE, f"{position:02}")
        for position, code in zip(positions, codes, strict=True)
        if code not in _LEADER_CODES[position] and (bibliographic or position in _CODES_OF_OTHER_FORMATS)
    )
