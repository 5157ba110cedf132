"""Numbers that others gave people, checked lightly: the form that is published, not whether the number exists."""

import re

from lumbung.kernel.refusals import Reason, Refusal
from lumbung.members.models.member import MemberIdentifier
from lumbung.members.refusals import (
    IDENTIFIER_EMPTY,
    IDENTIFIER_KIND_UNKNOWN,
    IDENTIFIER_KIND_UNSAID,
    NIDK_WRONG,
    NIDN_WRONG,
    NIP_WRONG,
    NISN_WRONG,
    NUPTK_WRONG,
    ORCID_WRONG,
)

Kinds = MemberIdentifier.Kinds

_DIGITS: dict[str, tuple[int, Refusal]] = {
    Kinds.NIP: (18, NIP_WRONG),
    Kinds.NIDN: (10, NIDN_WRONG),
    Kinds.NIDK: (10, NIDK_WRONG),
    Kinds.NISN: (10, NISN_WRONG),
    Kinds.NUPTK: (16, NUPTK_WRONG),
}
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.IGNORECASE)
_ORCID_MODULUS, _ORCID_TEN = 11, 10


def normal(kind: str, value: str) -> str:
    """The number as it is kept and compared: without blanks (and, in numbers of digits only, without dots and hyphens), upper case."""
    compact = "".join(value.split()).upper()
    if kind in _DIGITS:
        return re.sub(r"[.\-]", "", compact)
    if kind == Kinds.ORCID and (parts := _ORCID.fullmatch(compact.rpartition("/")[2])):
        return "-".join(parts.groups())
    return compact


def fault(kind: str, value: str) -> Reason | None:
    """What is wrong with a number in normal form, if anything. A NIM may be anything: each campus has its own pattern."""
    if not kind:
        return IDENTIFIER_KIND_UNSAID(value=value)
    if kind not in Kinds.values:
        return IDENTIFIER_KIND_UNKNOWN(kind=kind)
    if not value:
        return IDENTIFIER_EMPTY(kind=Kinds(kind).label)
    if kind in _DIGITS:
        length, refusal = _DIGITS[kind]
        return None if len(value) == length and value.isascii() and value.isdigit() else refusal(value=value)
    if kind == Kinds.ORCID and not _is_orcid(value):
        return ORCID_WRONG(value=value)
    return None


def _is_orcid(value: str) -> bool:
    """ISO 7064 mod 11-2 over the first fifteen digits, as orcid.org documents it."""
    if not _ORCID.fullmatch(value):
        return False
    total = 0
    digits = value.replace("-", "")
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    expected = (_ORCID_MODULUS + 1 - total % _ORCID_MODULUS) % _ORCID_MODULUS
    return digits[-1] == ("X" if expected == _ORCID_TEN else str(expected))
