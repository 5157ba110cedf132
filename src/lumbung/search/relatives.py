"""Which words of the collection meet a word: its family, as far as it stands in titles, subjects and notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lumbung.search.analysis import ROOT_FIELDS, forms_of, words_of
from lumbung.search.engines import engine
from lumbung.search.plan import Term, any_of
from lumbung.search.words.roots import root_of

MOST = 12
_PREFIXES = (
    "", "be", "ber", "di", "diper", "ke", "keber", "kese", "keter", "me", "mem", "member", "memper", "men", "meng", "menge",
    "meny", "pe", "pem", "pember", "pemer", "pen", "peng", "penge", "peny", "per", "se", "te", "ter",
)  # fmt: skip
_SUFFIXES = ("", "an", "i", "kan", "nya", "annya", "s", "es", "ed", "ing", "er", "ies")
_SWALLOWED = "kpst"


@dataclass(frozen=True)
class Relative:
    """A word, and how many titles it stands in."""

    word: str
    titles: int


def relatives_of(term: str) -> list[Relative]:
    """The words of the collection that are looked for together with this one, the most frequent first. A phrase has none."""
    words = words_of(term)
    if len(words) != 1 or not forms_of(words[0]).folded:
        return []
    word = forms_of(words[0]).folded[0]
    family = [each for each in _could_be_made_of(root_of(word)) if each != word and root_of(each) == root_of(word)]
    counts = engine().counts([any_of([Term(field, each) for field in ROOT_FIELDS]) for each in family]) if family else []
    found = [Relative(each, count) for each, count in zip(family, counts, strict=True) if count]
    return sorted(found, key=lambda each: (-each.titles, each.word))[:MOST]


@lru_cache(maxsize=256)
def _could_be_made_of(root: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_made_of(root)))


def _made_of(root: str) -> Iterator[str]:
    bodies = [root, root[1:]] if root[:1] in _SWALLOWED else [root]
    for prefix in _PREFIXES:
        for body in bodies if prefix[-1:] in "mngy" else bodies[:1]:
            yield from (prefix + body + suffix for suffix in _SUFFIXES)
