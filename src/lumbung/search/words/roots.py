"""The family a word belongs to, whatever its language: what librarians said of it, Indonesian, old spelling, English, in this order."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lumbung.kernel.memo import Memo
from lumbung.search.words import english, indonesian
from lumbung.search.words.lists import word_list

FUNCTION_WORDS = word_list("function_words")
"""Words that say little about what a text is about. They are never left out, they only weigh little."""

_OLD = (("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("oe", "u"))
_LOOKS_OLD = re.compile("tj|dj|nj|sj|oe")
_SHORTEST_OLD, _SHORTEST_WITH_J = 5, 6


@dataclass(frozen=True, slots=True)
class Told:
    """What librarians said: words that are in no family, and roots whose families are one (each with the root that stands for all)."""

    apart: frozenset[str] = frozenset()
    joined: Mapping[str, str] = field(default_factory=dict)

    def root_of(self, word: str) -> str:
        if word in self.apart:
            return f"{word}="  # no rule makes such a root
        root = root_by_rule(word)
        return self.joined.get(root, root)


_NOTHING = Told()
_now, _before = _NOTHING, _NOTHING


def _root_now(word: str) -> str:
    return _now.root_of(word)


_known = Memo(_root_now, 131_072)


def is_function_word(word: str) -> bool:
    return word in FUNCTION_WORDS


def tell(now: Told, before: Told | None = None) -> None:
    """From now on ``now`` holds. As long as not every title is indexed by it, ``before`` is what the others are indexed by."""
    global _now, _before
    _now, _before = now, before or now
    _known.clear()
    roots_asked.cache_clear()


def root_of(word: str) -> str:
    """The root that stands for the family of one folded word; the word itself when it has none."""
    return _known[word]


def roots_of(words: Iterable[str]) -> list[str]:
    """The root of each of these words."""
    return list(map(_known.__getitem__, words))


@lru_cache(maxsize=8192)
def roots_asked(word: str) -> tuple[str, ...]:
    """The roots to look for: more than one only while titles are being indexed anew."""
    return tuple(dict.fromkeys([root_of(word), _before.root_of(word)]))


def is_own_root(word: str) -> bool:
    """Whether the word stands for its family itself, in some title that is indexed."""
    return word in roots_asked(word)


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
