"""How headings are compared and put in order."""

import re
import unicodedata
from functools import lru_cache

LONGEST_SORT_KEY = 120
_NOT_WORD = re.compile(r"[^\w\s#+]|_")
_APOSTROPHES = re.compile("['’‘ʼʻ`]")


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Letters without case, accents and apostrophes, digits, single blanks."""
    if not text.isascii():
        marked = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
        text = "".join(each for each in marked if not unicodedata.combining(each))
    return " ".join(_NOT_WORD.sub(" ", text.replace("'", "").casefold()).split())


def sort_key(label: str) -> str:
    """Where a heading stands in the alphabet."""
    return plain(label)[:LONGEST_SORT_KEY]
