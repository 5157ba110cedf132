"""The order of entries, as citeproc-js has it: letter by letter, without accents, capitals, spaces and punctuation; 9
before 10. Of our own: an ʻayn counts for nothing."""

import re
import unicodedata

ENDS_NAME = "|"
"""Between the parts of a name and between names: what has less comes first."""
_PIECE = re.compile(r"\d+|[^\W\d]+|\|")
_NOTHING = re.compile("[^\\w|]|[_\u02b0-\u02ff]")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"})


def filed(text: str) -> tuple[tuple[int, int, str], ...]:
    """The place of the text among others."""
    plain = _NOTHING.sub("", unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)))
    return tuple(_place(piece) for piece in _PIECE.findall(plain))


def _place(piece: str) -> tuple[int, int, str]:
    if piece == ENDS_NAME:
        return 0, 0, ""
    return (1, int(piece), "") if piece.isdigit() else (2, 0, piece)
