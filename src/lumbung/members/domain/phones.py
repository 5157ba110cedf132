"""Telephone numbers as people write them, kept as E.164."""

import re

_SHORTEST, _LONGEST = 8, 15


def normal_phone(text: str) -> str | None:
    """``0812-3456 7890``, ``62812…``, ``812…`` or ``+62 812…`` as ``+62812…``; a number with another ``+`` as it is; None if unreadable."""
    compact = re.sub(r"[\s().\-]", "", text)
    digits = compact.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if not compact.startswith("+"):
        digits = digits.removeprefix("00") if digits.startswith("00") else "62" + digits.removeprefix("62").removeprefix("0")
    return f"+{digits}" if _SHORTEST <= len(digits) <= _LONGEST else None
