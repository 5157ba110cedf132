"""Indonesian words: from an affixed word to its root, if the list of roots knows one.

No affix is taken off on suspicion. Every way to take affixes off is tried; what is left must be a root, and the root must take these
affixes: the list says of each root which it takes. Of several ways the one whose root takes most affixes holds, then the longest root.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from lumbung.search.words.lists import word_lines, word_list

SHORTEST = 4
SHORTEST_ROOT = 3
SURE, LIKELY = 2, 1

_VOWELS = frozenset("aeiou")
_PARTICLES = ("lah", "kah", "tah", "pun", "ku", "mu", "nya")
_SUFFIXES = ("kan", "an", "i", "")
_LOANS = ("isasi", "isasikan", "isasian")

# Which affixes a root takes, as the list abbreviates them: the first letter names the prefix (B ber-, D di-, K ke-, M meN-, P peN-,
# R per-, S se-, T ter-), the second the suffix or a prefix between. A verb with meN- has di- and -kan forms too.
_TAKEN = {
    ("", "an"): {"a0"},
    ("", "kan"): {"k0", "Mk", "Dk"},
    ("", "i"): {"i0", "Mi", "Di"},
    ("B", ""): {"B0", "BE"},
    ("B", "an"): {"Ba", "Bf", "Bb"},
    ("B", "kan"): {"Bk", "Bg"},
    ("D", ""): {"D0", "M0", "MM", "MG"},
    ("D", "i"): {"Di", "Mi", "Mm", "Mg"},
    ("D", "kan"): {"Dk", "Mk", "Mo", "Mh"},
    ("K", ""): {"K0"},
    ("K", "an"): {"Ka"},
    ("K", "i"): {"Ki"},
    ("M", ""): {"M0", "MM", "MG"},
    ("M", "i"): {"Mi", "Mm", "Mg", "Di"},
    ("M", "kan"): {"Mk", "Mo", "Mh", "Mx", "Dk"},
    ("P", ""): {"P0", "PE", "PG", "PK", "PN", "PS", "M0"},
    ("P", "an"): {"Pa", "Pf", "Pg", "Pl", "Po", "Pv"},
    ("R", "an"): {"Ra", "Rf"},
    ("R", ""): {"R0"},
    ("S", ""): {"S0"},
    ("S", "an"): {"Sa"},
    ("T", ""): {"T0", "TE", "M0"},
    ("T", "i"): {"Ti", "Tg", "Mi"},
    ("T", "kan"): {"Tk", "Tn", "Th", "Mk"},
}
# The nasal of meN- and peN-; the sound it swallows, before which letters; the letters before which it swallows nothing.
_NASALS = (
    ("ng", "k", "aeiou", "abcdefghijklmnopqrstuvwxyz"),
    ("ny", "s", "aeiou", ""),
    ("m", "p", "aeiourl", "bfvpsmt"),
    ("n", "t", "aeiour", "cdjtzs"),
)
_NEVER = {("B", "i"), ("D", "an"), ("K", "kan"), ("M", "an"), ("S", "i"), ("S", "kan"), ("P", "i"), ("P", "kan")}
_INNER = {
    "M": "BKPRST", "P": "BKRST", "D": "BKPRS", "K": "BPST", "B": "KPS", "T": "BKR", "S": "BKPT", "R": "PS",
}  # fmt: skip
_DEEPEST = 3


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """One way to take a word apart: how sure, how productive the root, how long it is, and the root."""

    sure: int
    affixes: int
    length: int
    root: str


@lru_cache(maxsize=1)
def roots() -> dict[str, frozenset[str]]:
    """Every root with the affixes it takes. Read when the first word is asked for."""
    taken: dict[str, frozenset[str]] = {}
    found = {}
    for line in chain(word_lines("roots"), word_lines("own_roots")):
        root, _, flags = line.partition(" ")
        if flags not in taken:
            taken[flags] = frozenset(flags[place : place + 2] for place in range(0, len(flags), 2))
        found[root] = taken[flags]
    return found


@lru_cache(maxsize=1)
def families() -> dict[str, str]:
    """Words whose root no rule finds, or a rule would get wrong, with the word that stands for their family."""
    return {word: line.split()[0] for line in word_lines("families") for word in line.split()}


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return word_list("names")


def is_indonesian(word: str) -> bool:
    """Whether the word is a known root, or is made of one."""
    return word in roots() or word in families() or _best(word) is not None


def root_of(word: str) -> str | None:
    """The root of one folded word in small letters; None when the language does not know it."""
    if named := families().get(word):
        return named
    if word in _names():
        return word
    if word in roots():
        return word
    if len(word) < SHORTEST or not word.isascii():
        return None
    if (way := _best(word)) is None:
        return None
    return families().get(way.root, way.root)


def _best(word: str) -> Way | None:
    return max(_ways(word), default=None)


def _ways(word: str) -> Iterator[Way]:
    for body in _without_particles(word):
        known = roots().get(body)
        if body != word and known is not None:
            yield Way(SURE, len(known), len(body), body)
        yield from _affixed(body)
    yield from _loans(word)


def _without_particles(word: str) -> Iterator[str]:
    yield word
    for end in _PARTICLES:
        if word.endswith(end) and len(word) - len(end) >= SHORTEST:
            body = word[: -len(end)]
            yield body
            if end in {"lah", "kah", "pun"}:
                yield from (
                    body[: -len(owner)] for owner in ("ku", "mu", "nya") if body.endswith(owner) and len(body) > len(owner) + 3
                )


def _affixed(word: str) -> Iterator[Way]:
    for suffix in _SUFFIXES:
        if not word.endswith(suffix):
            continue
        body = word[: len(word) - len(suffix)]
        for prefixes, root in unprefixed(body, ""):
            if not (prefixes or suffix) or len(root) < SHORTEST_ROOT:
                continue
            named = families().get(root, root)
            taken = roots().get(named)
            if taken is not None and (sure := _sureness(prefixes, named, suffix, taken)):
                yield Way(sure, len(taken), len(root), named)


def _sureness(prefixes: str, root: str, suffix: str, taken: frozenset[str]) -> int:
    """How sure it is that the root takes these affixes; 0 when it does not."""
    outer = prefixes[:1]
    if (outer, suffix) in _NEVER:
        return 0
    if taken & _TAKEN.get((outer, suffix), set()):
        return SURE
    if len(prefixes) > 1:
        return LIKELY if len(root) >= SHORTEST or suffix else 0
    if len(root) < SHORTEST or not taken:
        return 0
    if not outer:
        return LIKELY if suffix == "an" and taken & {"M0", "D0", "T0"} else 0
    return LIKELY if suffix or (outer == "B" and len(root) > SHORTEST) else 0


def unprefixed(word: str, before: str) -> Iterator[tuple[str, str]]:
    """The prefixes in order, and what is left, for every number of prefixes."""
    yield before, word
    if len(before) == _DEEPEST or len(word) < SHORTEST:
        return
    for prefix, rest in _first_prefix(word):
        if not before or prefix in _INNER.get(before[-1], ""):
            yield from unprefixed(rest, before + prefix)


def _first_prefix(word: str) -> Iterator[tuple[str, str]]:
    if word[0] in "dks" and word[:2] in {"di", "ke", "se"}:
        yield word[0].upper(), word[2:]
    elif word[:2] in {"be", "te"}:
        yield from ((word[0].upper(), rest) for rest in _after_r(word))
    elif word[:2] == "me":
        yield from (("M", rest) for rest in _after_nasal(word[2:]))
    elif word[:2] == "pe":
        yield from (("R", rest) for rest in _after_r(word))
        yield from (("P", rest) for rest in _after_nasal(word[2:]))
        if word[2:3] not in _VOWELS:
            yield "P", word[2:]


def _after_r(word: str) -> Iterator[str]:
    """What follows ber-, ter-, per- and their forms be-, te-, pe- before r or er, and bel-, pel- before ajar."""
    if word[2] == "r":
        yield word[3:]
        yield word[2:]
    elif word[2:].startswith("lajar"):
        yield word[3:]
    elif word[0] != "p" and word[3:5] == "er":
        yield word[2:]


def _after_nasal(rest: str) -> Iterator[str]:
    """The roots that meN- or peN- may have been put before, with the sound it swallowed given back."""
    for nasal, swallowed, openings, kept in _NASALS:
        if rest.startswith(nasal) and len(rest) > len(nasal):
            root = rest[len(nasal) :]
            if root[0] in openings:
                yield swallowed + root
            if root[0] in kept:
                yield root
            if nasal == "ng" and root[0] == "e":  # menge- before a root of one syllable: mengebom
                yield root[1:]
            elif nasal != "ng":
                yield rest
            return
    if rest[:1] and rest[0] in "lrwy":
        yield rest


def _loans(word: str) -> Iterator[Way]:
    """digitalisasi, komputerisasi, terkomputerisasi: -isasi behind a root, however the word is affixed."""
    for end in _LOANS:
        if word.endswith(end):
            for _prefixes, root in unprefixed(word[: -len(end)], ""):
                taken = roots().get(root)
                if taken is not None and len(root) > SHORTEST:
                    yield Way(LIKELY, len(taken), len(root), root)
