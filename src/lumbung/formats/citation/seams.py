"""Where two pieces of an entry meet: no mark of punctuation stands twice, a question keeps its mark alone, and a full stop or comma
goes inside the quotation marks where the language of the entry has it so.

What a record says inside one of its own texts is never touched.
"""

import re
from collections.abc import Iterable

from lumbung.formats.citation.marking import CLOSINGS, QUOTED, UNQUOTED

MARKS = frozenset(".,;:!?")
GOING_IN = frozenset(".,!?")
GIVES_WAY = {".": "!?:;", ":": "!?;"}
"""A full stop or colon says nothing more behind these marks, and is left out."""
TAKES_OVER = {"!": ":;", "?": ":;"}
"""What is asked or called out ends a piece, and takes the place of the mark that would lead on."""
_ENDS = re.compile(rf"(?:[{CLOSINGS}]|{QUOTED}[^{QUOTED}]*{UNQUOTED})*$")


def joined(pieces: Iterable[str], delimiter: str = "", *, inside: bool) -> str:
    """The pieces in a row, with the delimiter between them; ``inside``: the language sets punctuation inside quotation marks."""
    written = ""
    for at, piece in enumerate(pieces):
        written = piece if not at else met(met(written, delimiter, inside=inside), piece, inside=inside)
    return written


def met(left: str, right: str, *, inside: bool) -> str:
    """``right`` put behind ``left``."""
    if not left or not right:
        return left or right
    first = right[0]
    if first == " ":
        return left + right[1:] if left[-1] == " " else left + right
    if first not in MARKS:
        return left + right
    ends = "".join(found[0] for found in [_ENDS.search(left)] if found)
    text = left[: len(left) - len(ends)]
    if stays := _that_stays(text[-1:], first):
        return text[:-1] + stays + ends + right[1:]
    if inside and QUOTED in ends and first in GOING_IN:
        return text + first + ends + right[1:]
    return left + right


def _that_stays(mark: str, following: str) -> str:
    """Of two marks that meet, the one that stays; nothing where both stand."""
    if not mark:
        return ""
    if mark == following or mark in GIVES_WAY.get(following, ""):
        return mark
    return following if mark in TAKES_OVER.get(following, "") else ""


def quoted(text: str, opening: str, closing: str) -> str:
    """The text in quotation marks that are known for the style's own afterwards."""
    return f"{opening}{text}{QUOTED}{closing}{UNQUOTED}"
