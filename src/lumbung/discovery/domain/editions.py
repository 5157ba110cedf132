"""Which records are editions of one work: what a reader would call the same book."""

import re

from lumbung.catalogue.domain.bibliographic import Description
from lumbung.catalogue.models import Material
from lumbung.search.analysis import name_keys, words_of

_EDITION = re.compile(
    r"\b(?:edisi|ed\.?|edition|cetakan|cet\.?|printing)\s+(?:\w+\.?\s+)?(?:revisi|ke-?\s?\w+|\d+\w*|revised|terbaru|baru)\b"
    r"|\b(?:edisi revisi|revised edition|\w+ edition|edisi \w+)\b",
    re.IGNORECASE,
)
_SAME_KIND = {Material.EBOOK: Material.BOOK, Material.MICROFORM: Material.BOOK}


def work_key(said: Description) -> str:
    """The same for editions, printings and electronic copies of one work: title without its edition, first creator, kind.

    Empty when the title has no word: such a record stands alone.
    """
    title = " ".join(words_of(_EDITION.sub(" ", said.title)))
    if not title:
        return ""
    creator = " ".join(sorted(name_keys(said.contributors[0].name))) if said.contributors else ""
    material = Material(said.material)
    return f"{_SAME_KIND.get(material, material)}|{creator}|{title}"
