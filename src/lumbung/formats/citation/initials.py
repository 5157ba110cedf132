"""Initials of given names, by the rules of citeproc-js."""

import re
from itertools import takewhile

_LETTERS = "a-zA-Z\u0e01-\u0e5b\u00c0-\u017f\u0370-\u03ff\u0400-\u052f\u0590-\u05d4\u05d6-\u05ff\u1f00-\u1fff\u0600-\u06ff\u0218-\u021b"
_BEGINS_WITH_LETTER = re.compile(f"[&{_LETTERS}]")
_HAS_LETTER = re.compile(f"[-0-9{_LETTERS}]")
_TO_INITIAL = re.compile(
    "([A-Z\u0e01-\u0e5b\u00c0-\u017f\u0400-\u042f\u0590-\u05d4\u05d6-\u05ff\u0600-\u06ff\u0370\u0372\u0376\u0386\u0388-\u03ab\u03f4\u03f7"
    "\u03fd-\u03ff])([a-zA-Z\u0e01-\u0e5b\u00c0-\u017f\u0400-\u052f\u0600-\u06ff\u0370-\u03ff\u1f00-\u1fff]*)(\\.)*"
)
_SMALL_PART = re.compile(r"-([a-z])")
_KEPT_HYPHEN = "\u2013"


def initials(given: str, mark: str, *, hyphens: bool = True) -> str:
    """``Jean-Luc M.`` as ``J.-L. M.``, with ``mark`` after each initial.

    Kept whole are what begins with a small letter (ibn, al-Salam), an ʻayn or a bracket, and what is shortened already (Moh.).
    Without ``hyphens`` they are left out: ``J. L. M.``.
    """
    *first, last = given.split(" ")
    if first and _is_particle(last):
        return f"{initials(' '.join(first), mark, hyphens=hyphens)} {last}"
    if not _BEGINS_WITH_LETTER.match(given):
        return given
    text = re.sub(r"\s*-\s*", "-", given if hyphens else given.replace("-", " "))
    text = re.sub(r"\.(?=[^ ])", ". ", _SMALL_PART.sub(rf"{_KEPT_HYPHEN}\1", text))
    parts = re.split(r"([-\s]+)", text)
    if len(parts) == 1 and (last := text.rpartition(".")[2]) and len(last) == 1 and last != last.lower():
        parts[0] += "."
    written = "".join(_in_place(parts, mark))
    written = re.sub(r"\s*-\s*", "-", written.rstrip()).replace(_KEPT_HYPHEN, "-")
    return re.sub(r"[ \t\r\n]+", " ", written).strip()


def _is_particle(word: str) -> bool:
    letter = word.lstrip("-'\u02bb\u2019")[:1]
    return letter != letter.upper()


def _in_place(parts: list[str], mark: str) -> list[str]:
    """Each part as its initial, and what stands behind it as the mark."""
    written = [*parts, ""]
    for at in range(0, len(parts), 2):
        initial = _initial(parts[at])
        if initial:
            written[at], written[at + 1] = initial, mark + ("-" if "-" in written[at + 1] else "")
        elif _HAS_LETTER.search(parts[at]):
            written[at] = f" {parts[at]}"
    return written


def _initial(part: str) -> str:
    """``P`` of Pramoedya, ``Moh`` of ``Moh.``; nothing of what is no word with a capital."""
    found = _TO_INITIAL.match(part)
    if found is None or found[1] != found[1].upper():
        return ""
    if found[2] and found[3]:
        return found[1] + found[2]
    capitals = "".join(takewhile(lambda letter: letter == letter.upper(), found[2]))
    return found[1] + (capitals.lower() if len(capitals) < len(found[2]) else "")
