"""The keys by which headings and titles stand in order."""

import re
import unicodedata

KEY_LENGTH = 120
LAST = "zzz "
"""What begins with no letter or digit that we can order stands after everything else, in any collation of the database."""

_BREAK = re.compile(r"[^\w\s]|_")
_ARTICLE = re.compile(r"^(?:the|an?|de|het|die|der|das|le|la|les|el) (?=\w)")


def sort_key(text: str) -> str:
    """Letters without case and accents, digits and single blanks: the order in which a reader looks for it."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(each for each in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(each))
    key = " ".join(_BREAK.sub(" ", plain.replace("’", "").replace("'", "")).split())
    return (key if key[:1].isascii() and key[:1].isalnum() else LAST + key)[:KEY_LENGTH]


def title_key(title: str) -> str:
    """The same for a title, an article at its head aside."""
    key = sort_key(title)
    return _ARTICLE.sub("", key) or key
