"""Where two pieces of an entry meet: no mark of punctuation stands twice, a question keeps its mark alone, and a full stop or comma
goes inside the quotation marks where the language of the entry has it so.

The rules are those of citeproc-js. What a record says inside one of its own texts is never touched.
"""

import re
from collections.abc import Iterable

from lumbung.formats.citation.marking import CLOSINGS, QUOTED, UNQUOTED

MARKS = frozenset(".,;:!?")
GOING_IN = frozenset(".,!?")
STRONGER = {
    "!.": "!",
    "!:": "!",
    "?.": "?",
    "?:": "?",
    ":.": ":",
    ":!": "!",
    ":?": "?",
    ";.": ";",
    ";:": ";",
    ";!": "!",
    ";?": "?",
}
"""Of two marks that meet, the one that stays; other pairs both stand."""
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
    stays = first if text[-1:] == first else STRONGER.get(text[-1:] + first)
    if stays:
        return text[:-1] + stays + ends + right[1:]
    if inside and QUOTED in ends and first in GOING_IN:
        return text + first + ends + right[1:]
    return left + right


def quoted(text: str, opening: str, closing: str) -> str:
    """The text in quotation marks that are known for the style's own afterwards."""
    return f"{opening}{text}{QUOTED}{closing}{UNQUOTED}"
