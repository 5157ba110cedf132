"""What a scanner sent, and what it may have meant by it: prefixes, a code read twice, a keyboard of another country."""

import re

_STRAY = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\ufeff]")
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_FRENCH = str.maketrans("&é\"'(-è_çàqwazQWAZ;:!)§", "1234567890azqwAZQW,.--?")
_GERMAN = str.maketrans("yzYZßüöä", "zyZY-[;'")
_FRENCH_DIGITS = frozenset("&é\"'(è_çà")
LONGEST = 200
SHORTEST = 3
"""A shorter half is too likely a code of its own."""


def clean(scanned: str) -> str:
    """The code without line ends, tabs, blanks around it, the asterisks of Code 39, and the three letters that name the symbology."""
    bare = _STRAY.sub(" ", scanned[:LONGEST]).strip()
    if len(bare) > 2 and bare[0] == bare[-1] == "*":  # noqa: PLR2004 -- an asterisk at each end of something
        bare = bare[1:-1]
    return _SYMBOLOGY.sub("", bare).strip()


def readings(scanned: str, *, prefix: str = "", suffix: str = "") -> list[str]:
    """What the scan may mean, in upper case, the likeliest first; none for an empty scan. The first that names a copy is right.

    ``prefix`` and ``suffix`` are what the scanner is set to add. Besides the code as it is: without them, half of a code sent twice
    in one breath, and what a scanner made for an English keyboard types on a French or German one.
    """
    code = clean(scanned)
    halves = [half for each in (_bare(code, prefix, suffix), code) if (half := _once(each))]
    told = [code, *halves, *_on_other_keyboards(code)]
    return list(dict.fromkeys(each.upper() for one in told for each in (_bare(one, prefix, suffix), one) if each))


def _on_other_keyboards(code: str) -> list[str]:
    """Only where the letters betray the keyboard: a French one has no plain digits, a German one an ß for the hyphen."""
    told = []
    if not any(each.isdigit() for each in code) and any(each in _FRENCH_DIGITS for each in code):
        told.append(code.translate(_FRENCH))
    if "ß" in code:
        told.append(code.translate(_GERMAN))
    return told


def _bare(code: str, prefix: str, suffix: str) -> str:
    if prefix and len(code) > len(prefix) and code.upper().startswith(prefix.upper()):
        code = code[len(prefix) :]
    if suffix and len(code) > len(suffix) and code.upper().endswith(suffix.upper()):
        code = code[: -len(suffix)]
    return code.strip()


def _once(code: str) -> str:
    half, odd = divmod(len(code), 2)
    return code[:half] if half >= SHORTEST and not odd and code[:half] == code[half:] else ""
