"""Families the lists do not know, validated by the collection: mengakreditasi and terakreditasi beside akreditasi.

A root is believed when it stands in titles as a word, and two words there at least are made of it by different affixes; one is enough
for a root the lists know, whose affixes they do not tell in full, and for an affix that is hardly English. English is full of words that
look affixed: director and rector, diversion and version, permission and mission.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lumbung.search.words.indonesian import is_indonesian, root_of, unprefixed
from lumbung.search.words.lists import word_list

SHORTEST_ROOT = 5
FEWEST_TITLES = 2
FEWEST_AFFIXES = 2
BEGINNINGS = ("be", "di", "ke", "me", "pe", "te")
_SURE = {
    ("M", ""), ("M", "kan"), ("M", "i"), ("D", ""), ("D", "kan"), ("D", "i"), ("T", ""), ("T", "kan"), ("T", "i"),
    ("B", ""), ("P", "an"), ("K", "an"), ("R", "an"), ("MP", "kan"), ("DP", "kan"), ("KB", "an"), ("KT", "an"),
}  # fmt: skip
_RARELY_ENGLISH = {("B", ""), ("T", ""), ("T", "kan"), ("M", ""), ("M", "kan"), ("P", "an"), ("K", "an"), ("R", "an")}
_SUFFIXES = ("kan", "an", "i", "")

Frequencies = Callable[[Collection[str]], Mapping[str, int]]
"""In how many titles each of these words stands."""


@dataclass(frozen=True)
class Family:
    """A root and what is made of it, the most frequent first."""

    root: str
    forms: Sequence[str]


def families_among(affixed: Mapping[str, int], frequencies: Frequencies) -> list[Family]:
    """The families these words of the collection, each with the number of its titles, make with others of it; roots in order."""
    ways = {word: list(_ways(word)) for word in affixed}
    known = frequencies(sorted({root for each in ways.values() for _affix, root in each}))
    names = word_list("names")
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for word, each in ways.items():
        stands = [(affix, root) for affix, root in each if known.get(root, 0) >= FEWEST_TITLES and root not in names]
        if stands:
            affix, root = max(stands, key=lambda way: (len(way[1]), known[way[1]]))
            found.setdefault(root, {})[word] = affix
    return [
        Family(root, sorted(forms, key=lambda form: (-affixed[form], form)))
        for root, forms in sorted(found.items())
        if len(affixes := set(forms.values())) >= FEWEST_AFFIXES or (is_indonesian(root) and affixes & _RARELY_ENGLISH)
    ]


def _ways(word: str) -> Iterator[tuple[tuple[str, str], str]]:
    """The affixes, and the root they would have, known to the lists or not; nothing for a word whose family they know."""
    if not (word.isascii() and word.isalpha()) or is_indonesian(word):
        return
    for suffix in _SUFFIXES:
        if not word.endswith(suffix):
            continue
        for prefixes, root in unprefixed(word[: len(word) - len(suffix)], ""):
            if (prefixes, suffix) in _SURE and len(root) >= SHORTEST_ROOT and root_of(root) in {None, root}:
                yield (prefixes, suffix), root
