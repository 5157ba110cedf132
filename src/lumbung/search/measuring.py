"""How well words of one family meet: for the bench, for tests, and for whoever changes the rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product
from pathlib import Path
from zlib import crc32

from lumbung.search.analysis import forms_of

Meet = Callable[[str, str], bool]
"""Whether who asks for the first word finds the second."""

HELD_BACK = 30
"""So many of a hundred families, chosen by the checksum of their first word, are not looked at when the rules are changed."""


@dataclass(frozen=True)
class Measured:
    """``recall``: pairs of one family that meet; ``false_merges``: pairs of families that meet. Both from 0 to 1."""

    part: str
    families: int
    recall: float
    false_merges: float


def families_in(file: Path) -> list[list[str]]:
    """The families of a file: one on a line, ``#`` begins a comment."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line.split() and not line.startswith("#")]


def of_one_root(one: str, other: str) -> bool:
    """Whether the two words are looked for by the same roots."""
    return forms_of(one).roots == forms_of(other).roots


def measured(file: Path, meet: Meet = of_one_root) -> list[Measured]:
    """The families used for tuning, and those held back."""
    every = families_in(file)
    back = [crc32(family[0].encode()) % 100 < HELD_BACK for family in every]
    tuned = [family for family, held in zip(every, back, strict=True) if not held]
    held = [family for family, held in zip(every, back, strict=True) if held]
    return [_measured("tuned", tuned, meet), _measured("held back", held, meet)]


def measured_whole(file: Path, meet: Meet = of_one_root) -> Measured:
    """All families of a file that no rule was ever tuned on."""
    return _measured("held", families_in(file), meet)


def _measured(part: str, families: Sequence[Sequence[str]], meet: Meet) -> Measured:
    pairs = [meet(one, other) for family in families for one, other in permutations(family, 2)]
    merges = [
        any(meet(word, another) or meet(another, word) for word, another in product(one, other))
        for one, other in combinations(families, 2)
    ]
    return Measured(part, len(families), sum(pairs) / max(1, len(pairs)), sum(merges) / max(1, len(merges)))
