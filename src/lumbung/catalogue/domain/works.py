"""Which records describe one work: what a reader would call the same book. The one key for search, duplicates and work pages."""

import re
import unicodedata
from hashlib import blake2b

from lumbung.catalogue.models import Material
from lumbung.search.analysis import name_keys, words_of

DIGEST = 10
LENGTH = 2 * DIGEST
_EDITION = re.compile(
    r"\b(?:edisi|ed\.?|edition|cetakan|cet\.?|printing)\s+(?:\w+\.?\s+)?(?:revisi|ke-?\s?\w+|\d+\w*|revised|terbaru|baru)\b"
    r"|\b(?:edisi revisi|revised edition|\w+ edition|edisi \w+)\b",
    re.IGNORECASE,
)
_MAY_TELL_EDITION = ("ed", "cet", "printing")
_YEARS = re.compile(r"\b\d{3,4}\b")
_SAME_KIND = {Material.EBOOK.value: Material.BOOK.value, Material.MICROFORM.value: Material.BOOK.value}


def work_key(*, title: str, creator: str, material: str) -> str:
    """The same for editions, printings and electronic copies of one work: title without its edition, first creator, kind.

    Titles are compared word by word, case, marks and punctuation aside ("R&D" is "R & D"); names as ``name_keys`` does, without
    years. Twenty letters; empty when the title has no word: such a record stands alone.
    """
    lower = title.lower()
    if any(each in lower for each in _MAY_TELL_EDITION):
        title = _EDITION.sub(" ", title)
    words = " ".join(words_of(_unmarked(title)))
    if not words:
        return ""
    name = " ".join(sorted(name_keys(_YEARS.sub(" ", creator)))) if creator else ""
    told = f"{_SAME_KIND.get(material, material)}|{name}|{words}"
    return blake2b(told.encode(errors="replace"), digest_size=DIGEST).hexdigest()


def _unmarked(text: str) -> str:
    """Latin letters without their marks; other scripts as they are, where marks are letters."""
    if text.isascii():
        return text
    return "".join(
        each[0] if len(each) > 1 and each[0].isascii() else unicodedata.normalize("NFC", each)
        for each in (unicodedata.normalize("NFD", letter) for letter in unicodedata.normalize("NFC", text))
    )
