"""Did you mean: words that stand nowhere, spelt as the collection spells them. Only words of documents all may see are offered."""

import re
from collections.abc import Callable, Iterable
from string import ascii_lowercase

from lumbung.search.analysis import analyse
from lumbung.search.interface import Engine
from lumbung.search.plan import All, Any, Node, Term, sequence
from lumbung.search.planning import SHOWN, node_of_word
from lumbung.search.syntax import FIELD_NAMES, Clause, Kind, clauses_in, parse
from lumbung.search.words.indonesian import is_indonesian

SHORTEST, LONG = 4, 7
"""Words shorter than this are not mended; words this long may be two slips away."""

MOST_WORDS = 6
KNOWN_BEGINNING = 3
SHORTEST_HALF = 3
NEAR = 8
FIELDS = ("title", "creator", "subject")
LABELS = frozenset(name for names in FIELD_NAMES.values() for name in names)


def respelt(text: str, engine: Engine) -> str | None:
    """The query with its unknown words spelt as the nearest known ones; None when there is nothing to mend, or no way to.

    A word of the language that the collection lacks is no slip: who asks for "hadis" does not mean "habis".
    """
    words = list(dict.fromkeys(_candidates(text)))[:MOST_WORDS]
    counts = engine.counts([_visible(node_of_word(word)) for word in words])
    mended = text
    for word in (word for word, count in zip(words, counts, strict=True) if not count):
        if (better := _nearest(word, engine)) is not None:
            mended = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", better, mended, flags=re.IGNORECASE)
    return mended if mended != text else None


def _candidates(text: str) -> Iterable[str]:
    for clause in clauses_in(parse(text).parts):
        if clause.kind in {Kind.WORD, Kind.PHRASE} and clause.field in {None, *FIELDS}:
            yield from _plain_words(clause)


def _plain_words(clause: Clause) -> list[str]:
    return [word for word in clause.text.split() if word.isalpha() and len(word) >= SHORTEST and not _is_meant(word.lower())]


def _is_meant(word: str) -> bool:
    """Whether the word is spelt as its writer wanted: it is Indonesian, or names a field."""
    return word in LABELS or is_indonesian(word)


def _nearest(word: str, engine: Engine) -> str | None:
    """The known word fewest slips away; among equals one with the same first letter, then the most frequent."""
    [token] = analyse(word).folded[:1] or [""]
    if len(token) < SHORTEST:
        return None
    found = {near: (1, count) for near, count in engine.frequencies(one_slip_from(token)).items() if count}
    if len(token) >= LONG:
        for near, count in engine.words_beginning(token[:KNOWN_BEGINNING], 5_000):
            if near not in found and abs(len(near) - len(token)) <= 2 and slips(token, near, most=2) <= 2:  # noqa: PLR2004 -- two slips
                found[near] = (2, count)
    ranked = sorted(found, key=lambda near: (found[near][0], near[0] != token[0], -found[near][1], near))[:NEAR]
    return _first_visible(ranked, engine) or _split(token, engine)


def _first_visible(words: list[str], engine: Engine) -> str | None:
    counts = engine.counts([_visible(_anywhere(lambda field, word=word: Term(field, word))) for word in words])
    return next((word for word, count in zip(words, counts, strict=True) if count), None)


def _split(token: str, engine: Engine) -> str | None:
    """The word as two, where a blank was forgotten."""
    halves = [(token[:at], token[at:]) for at in range(SHORTEST_HALF, len(token) - SHORTEST_HALF + 1)]
    counts = engine.counts([_visible(_anywhere(lambda field, pair=pair: sequence(field, pair))) for pair in halves])
    best = max(zip(counts, halves, strict=True), default=(0, ("", "")))
    return " ".join(best[1]) if best[0] else None


def _anywhere(of: Callable[..., Node]) -> Node:
    return Any(tuple(of(field) for field in FIELDS))


def _visible(node: Node) -> Node:
    return All((node, SHOWN))


def one_slip_from(word: str) -> set[str]:
    """Every word one slip away: a letter left out, too many, wrong, or two changed round."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {head + tail[1:] for head, tail in cuts if tail}
    changed_round = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    wrong = {head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_lowercase}
    too_few = {head + letter + tail for head, tail in cuts for letter in ascii_lowercase}
    return (left_out | changed_round | wrong | too_few) - {word}


def slips(one: str, other: str, *, most: int) -> int:
    """How many slips lie between two words (Damerau's distance, each place touched once); ``most`` + 1 when more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for place, against in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != against))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == against:
                cost = min(cost, earlier[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
