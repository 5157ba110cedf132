"""The keys by which headings, titles and call numbers stand in order."""

import re
import unicodedata

KEY_LENGTH = 120
LAST = "zzz "
"""What begins with no letter or digit that we can order stands after everything else, in any collation of the database."""

_ARTICLE = re.compile(r"^(?:the|an?|de|het|die|der|das|le|la|les|el) (?=\w)")
_CLASS = re.compile(r"(?<![0-9])(2x[0-9]?(?:\.[0-9]+)*|[0-9]{3}(?![0-9])(?:\.[0-9](?:[0-9 ]*[0-9])?)?)(?= |$|[a-z])")


def sort_key(text: str) -> str:
    """Letters without case and accents, digits and single blanks: the order in which a reader looks for it."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))
    key = " ".join(re.sub(r"[^\w\s]|_", " ", plain.replace("’", "").replace("'", "")).split())
    return (key if key[:1].isascii() and key[:1].isalnum() else LAST + key)[:KEY_LENGTH]


def title_key(title: str) -> str:
    """The same for a title, an article at its head aside."""
    key = sort_key(title)
    return _ARTICLE.sub("", key) or key


def shelf_key(call_number: str) -> str:
    """The class first, then what follows it, then the letters of the collection before it; without a class it stands last."""
    text = " ".join(call_number.casefold().split())
    found = _CLASS.search(text)
    if found is None:
        return (LAST + text)[:KEY_LENGTH] if text else ""
    number = found[1].replace(" ", "")
    return " ".join(filter(None, [number, text[found.end() :].strip(), text[: found.start()].strip()]))[:KEY_LENGTH]
