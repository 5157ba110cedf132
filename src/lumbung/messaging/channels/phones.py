"""Telephone numbers as Indonesians write them, in the international form."""

import re

COUNTRY = "62"
LENGTHS = range(8, 16)


def international(number: str) -> str:
    """``0812-…``, ``62…``, ``+62 …`` and ``8…`` as ``62812…``; empty for what is no number."""
    digits = re.sub(r"[\s().-]", "", number)
    plus, digits = digits.startswith("+"), digits.lstrip("+")
    if not digits.isdecimal() or not digits.isascii():
        return ""
    if not plus:
        if digits.startswith("0"):
            digits = COUNTRY + digits[1:]
        elif digits.startswith("8"):
            digits = COUNTRY + digits
    return digits if len(digits) in LENGTHS else ""
