"""ISBN and ISSN: do the check digits agree? What follows the number (020 $a "… (paperback)") does not count."""

import re

_ISBN = re.compile(r"\s*([0-9][0-9 \-‐–]{7,16}[0-9Xx])(?![0-9])")
_ISSN = re.compile(r"\s*([0-9]{4})-?([0-9]{3}[0-9Xx])(?![0-9])")
_SHORT, _LONG = 10, 13


def is_isbn(text: str) -> bool:
    """Whether the text begins with a valid ISBN of 10 or 13 digits."""
    found = _ISBN.match(text)
    digits = re.sub(r"[^0-9X]", "", found[1].upper()) if found else ""
    if len(digits) == _SHORT:
        return sums_to_eleven(digits)
    return (
        len(digits) == _LONG
        and digits.isdigit()
        and sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits)) % 10 == 0
    )


def is_issn(text: str) -> bool:
    """Whether the text begins with a valid ISSN."""
    found = _ISSN.match(text)
    return found is not None and sums_to_eleven((found[1] + found[2]).upper())


def sums_to_eleven(digits: str) -> bool:
    """The check of ISBN-10 and ISSN: weights down to 1, "X" for ten in the last place."""
    if not digits[:-1].isdigit():
        return False
    values = [10 if each == "X" else int(each) for each in digits]
    return sum(weight * value for weight, value in zip(range(len(values), 0, -1), values, strict=True)) % 11 == 0
