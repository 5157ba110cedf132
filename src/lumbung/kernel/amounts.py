"""Amounts of money: the largest, and those that people write with a word: 45rb, 45 ribu, 1,5 jt, 1 juta 250 ribu."""

import re
from decimal import Decimal

LARGEST_SUM = 10**15 - 1
"""More a library never has; a thousand such sums still go into a column of whole numbers."""
_THOUSAND, _MILLION = 1_000, 1_000_000
_UNITS = {**dict.fromkeys(("rb", "rbu", "ribu", "ribuan", "k"), _THOUSAND), **dict.fromkeys(("jt", "jta", "juta"), _MILLION)}
_NUMBER = re.compile(r"\d[\d.,]*")
_PART = re.compile(rf"(\d[\d.,]*)\s*({'|'.join(_UNITS)})(?![a-z])", re.IGNORECASE)
_MOST = {_THOUSAND: 10_000, _MILLION: 1_000}
"""From so many on nobody can say whether the word was meant: 45.000 ribu."""


def has_word(text: str) -> bool:
    """Whether a number in the text has such a word behind it."""
    return bool(_PART.search(text))


def in_words(text: str) -> Decimal | None:
    """The amount of all numbers with their words together; None where they are no one amount: a range, or a number without a word."""
    parts = [(_number(found[1], _UNITS[found[2].lower()]), _UNITS[found[2].lower()]) for found in _PART.finditer(text)]
    units = [unit for _, unit in parts]
    others = _NUMBER.findall(_PART.sub(" ", text))
    if not parts or others or units != sorted(set(units), reverse=True):
        return None
    amounts = [number * unit for number, unit in parts if number is not None and number < _MOST[unit]]
    return sum(amounts, Decimal(0)) if len(amounts) == len(parts) else None


def _number(text: str, unit: int) -> Decimal | None:
    """The number before a word. A mark before three digits parts thousands (1.500 ribu), but nothing costs thousands of millions."""
    whole, mark, rest = last_parted(text.strip(".,"))
    if not mark:
        return Decimal(whole)
    if any(each in whole for each in ".,"):
        return None
    is_decimal = len(rest) != 3 or unit == _MILLION  # noqa: PLR2004 -- digits of a thousand
    return Decimal(f"{whole}.{rest}" if is_decimal else whole + rest)


def last_parted(text: str) -> tuple[str, str, str]:
    """What stands before the last mark, the mark, and what stands behind it; all of it before, where there is none."""
    at = max(text.rfind("."), text.rfind(","))
    return (text, "", "") if at < 0 else (text[:at], text[at], text[at + 1 :])
