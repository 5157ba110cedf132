"""Other ways to say what was asked: synonyms, translations, abbreviations. They are looked for too, and worth less.

They widen the question, not the index, so a change holds from the next search on. What is known is told by ``tell``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from lumbung.search.analysis import forms_of, words_of

WORTH = 0.4
"""What a synonym is worth of the word it stands for."""

MOST_TEXTS = 8
LONGEST_SPAN = 6

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """``words[first:last]`` of the question may also be said as any of these texts."""

    first: int
    last: int
    texts: tuple[str, ...]
    worth: float = WORTH


_known: dict[Key, tuple[str, ...]] = {}


def tell(pairs: Iterable[tuple[str, str]]) -> None:
    """From now on who asks for the first of each pair is given the second too."""
    known: defaultdict[Key, list[str]] = defaultdict(list)
    for asked, also in pairs:
        if (key := key_of(asked)) and key != key_of(also) and also not in known[key]:
            known[key].append(also)
    _known.clear()
    _known.update({key: tuple(texts[:MOST_TEXTS]) for key, texts in known.items()})
    expansions_of_words.cache_clear()


def key_of(text: str) -> Key:
    """What a text is recognised by, however its words are affixed or hyphenated. Empty for a text without words."""
    return _joined(roots[0] for word in words_of(text) if (roots := forms_of(word).roots))


def _joined(roots: Iterable[str]) -> Key:
    """The roots, of a doubled word once: *undang undang* is *undang-undang*."""
    return tuple(root for root, _ in groupby(roots))


def expansions_of(words: Sequence[str]) -> list[Expansion]:
    """The other ways to say a run of words, longer spans first. Never raises."""
    return list(expansions_of_words(tuple(words)))


def said_otherwise(words: Sequence[str]) -> list[list[str]]:
    """For each word what may be said in its place, be it for the word alone or with its neighbours."""
    ways: list[list[str]] = [[] for _ in words]
    for other in expansions_of(words):
        for place in range(other.first, other.last):
            ways[place] += other.texts
    return ways


@lru_cache(maxsize=2048)
def expansions_of_words(words: tuple[str, ...]) -> tuple[Expansion, ...]:
    if not _known:
        return ()
    keys = [key_of(word) for word in words]
    found = [
        Expansion(first, last, texts)
        for first in range(len(words))
        for last in range(first + 1, min(len(words), first + LONGEST_SPAN) + 1)
        if (texts := _known.get(_joined(part for key in keys[first:last] for part in key)))
    ]
    return tuple(sorted(found, key=lambda each: each.first - each.last))
