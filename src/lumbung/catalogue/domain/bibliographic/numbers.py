"""Numbers that identify what a record describes: control number, ISBN, ISSN and others, normalised so that they can be compared."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic.text import Fields, control
from lumbung.catalogue.models import Identifier
from lumbung.formats.marc import Field
from lumbung.formats.marc.standard_numbers import sums_to_eleven

Kinds = Identifier.Kinds
_ISBN = re.compile(r"[0-9][0-9 \-‐–]{7,16}[0-9Xx]")
_LIKE_NUMBER = re.compile(r"[0-9][0-9 \-‐–]{5,20}[0-9Xx]")
_ISSN = re.compile(r"([0-9]{4})-?([0-9]{3}[0-9Xx])")
_NO_PART = re.compile(r"[^0-9X]")
SYSTEM_NUMBER = "("
"""How a control number begins that tells who gave it, be it in 001 with 003 or in 035."""
_OTHER = ("010", "024", "028", "035")
CONTROL_NUMBER, ISBN, ISSN, WRONG_ISBN, WRONG_ISSN, OTHER = (
    each.value for each in (Kinds.CONTROL_NUMBER, Kinds.ISBN, Kinds.ISSN, Kinds.WRONG_ISBN, Kinds.WRONG_ISSN, Kinds.OTHER)
)
LONGEST, DIGEST = 120, 16
_TEN, _THIRTEEN = 10, 13


class Number(NamedTuple):
    """``kind`` is one of ``Identifier.Kinds``, as the database has it."""

    kind: str
    value: str


def numbers(fields: Fields) -> list[Number]:
    """Every number of the record, each once. A control number comes with the organisation that gave it (003), when that is told."""
    found: list[Number] = []
    if own := control(fields, "001").strip():
        giver = control(fields, "003").strip()
        found.append(Number(CONTROL_NUMBER, kept_number(f"({giver}){own}" if giver else own)))
    for each in fields.get("020", ()):
        found += _told(each, ISBN, isbn_13, WRONG_ISBN, "z")
    for each in fields.get("022", ()):
        found += _told(each, ISSN, issn, WRONG_ISSN, "yz")
    for tag in _OTHER:
        for each in fields.get(tag, ()):
            found += [Number(OTHER, kept_number(number)) for text in each.all("a") if (number := text.strip())]
    return list(dict.fromkeys(found))


def kept_number(number: str) -> str:
    """The number as it is kept and looked for: one that is too long begins as it does and ends in a digest of the whole, since two may
    differ at their ends alone."""
    if len(number) <= LONGEST:
        return number
    return f"{number[: LONGEST - DIGEST - 1]}…{sha256(number.encode()).hexdigest()[:DIGEST]}"


def _told(field: Field, kind: str, valid: Callable[[str], str], wrong_kind: str, cancelled: str) -> list[Number]:
    """The valid numbers of one field, then what is not valid in it, be it given as its own or as ``cancelled``."""
    own = [(text, valid(text)) for text in field.all("a")]
    wrong = [text for text, number in own if not number]
    for code in cancelled:
        wrong += field.all(code)
    told = [Number(wrong_kind, number) for text in wrong if (number := as_printed(text))]
    return [*(Number(kind, number) for _, number in own if number), *told]


def isbn_13(text: str) -> str:
    """The ISBN at the start of ``text`` (020 $a may say "(paperback)" after it) as 13 digits; empty when it is not a valid one."""
    found = _ISBN.search(text)
    if found is None:
        return ""
    digits = _bare(found[0])
    if len(digits) == _TEN and sums_to_eleven(digits):
        stem = f"978{digits[:9]}"
        return stem + _check_digit(stem)
    if len(digits) == _THIRTEEN and digits.isdigit() and _check_digit(digits[:12]) == digits[12]:
        return digits
    return ""


def isbn_10(isbn: str) -> str:
    """The ten characters of an ISBN of thirteen digits that begins with 978; empty for any other."""
    if not isbn.startswith("978") or len(isbn) != _THIRTEEN:
        return ""
    stem = isbn[3:12]
    check = -sum(int(each) * weight for each, weight in zip(stem, range(10, 1, -1), strict=True)) % 11
    return stem + ("X" if check == _TEN else str(check))


def issn(text: str) -> str:
    """The ISSN in ``text`` as eight characters without hyphen; empty when it is not a valid one."""
    found = _ISSN.search(text)
    if found is None:
        return ""
    characters = (found[1] + found[2]).upper()
    return characters if sums_to_eleven(characters) else ""


def as_printed(text: str) -> str:
    """The number in ``text`` without hyphens and blanks, valid or not; empty where there is none."""
    found = _LIKE_NUMBER.search(text)
    return _bare(found[0]) if found else ""


def wrong_numbers(fields: Fields) -> list[Number]:
    """The ISBN and ISSN that a record gives as its own (020 and 022, $a) although they are not valid."""
    tags = (("020", WRONG_ISBN, isbn_13), ("022", WRONG_ISSN, issn))
    told = ((kind, valid, text) for tag, kind, valid in tags for each in fields.get(tag, ()) for text in each.all("a"))
    return [Number(kind, text.strip()) for kind, valid, text in told if not valid(text) and as_printed(text)]


def _bare(text: str) -> str:
    return _NO_PART.sub("", text.upper())


def _check_digit(stem: str) -> str:
    total = sum(int(each) * (3 if at % 2 else 1) for at, each in enumerate(stem))
    return str(-total % 10)
