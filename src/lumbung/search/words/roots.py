"""The family a word belongs to, whatever its language: what librarians said of it, Indonesian, old spelling, English, in this order."""

import re
from collections.abc import Mapping
from functools import lru_cache

from lumbung.search.words import english, indonesian
from lumbung.search.words.lists import word_list

FUNCTION_WORDS = word_list("function_words")
"""Words that say little about what a text is about. They are never left out, they only weigh little."""

_OLD = (("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("oe", "u"))
_LOOKS_OLD = re.compile("tj|dj|nj|sj|oe")
_SHORTEST_OLD, _SHORTEST_WITH_J = 5, 6

_told: dict[str, str] = {}


def is_function_word(word: str) -> bool:
    return word in FUNCTION_WORDS


def tell(families: Mapping[str, str]) -> None:
    """From now on these folded words have these roots, whatever the rules say."""
    _told.clear()
    _told.update(families)
    root_of.cache_clear()


def told() -> Mapping[str, str]:
    """What ``tell`` was told last."""
    return _told


@lru_cache(maxsize=131072)
def root_of(word: str) -> str:
    """The root that stands for the family of one folded word; the word itself when it has none."""
    if (said := _told.get(word)) is not None:
        return said
    root = root_by_rule(word)
    return _told.get(root, root)


def root_by_rule(word: str) -> str:
    """The root by rules and lists alone."""
    if not word.isascii() or not word.isalpha():
        return word
    return indonesian.root_of(word) or _modern(word) or english.root_of(word)


def _modern(word: str) -> str | None:
    """The root of a word in old spelling, when it is an Indonesian word in new spelling: tjerita, sedjarah, kebudajaan."""
    if len(word) >= _SHORTEST_OLD and _LOOKS_OLD.search(word):
        new = word
        for old, now in _OLD:
            new = new.replace(old, now)
        if root := indonesian.root_of(new):
            return root
    if "j" in word and len(word) >= _SHORTEST_WITH_J:
        new = word.replace("j", "y") if "dj" not in word else re.sub("(?<!d)j", "y", word).replace("dj", "j")
        return indonesian.root_of(new)
    return None
