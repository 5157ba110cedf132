"""Did you mean: words that stand nowhere, spelt as the collection spells them. Only words of documents all may see are offered."""

import re
from collections.abc import Callable, Iterable, Mapping
from string import ascii_lowercase

from lumbung.search.analysis import analyse
from lumbung.search.documents import Query
from lumbung.search.filters import SHOWN
from lumbung.search.interface import Engine
from lumbung.search.plan import All, Any, Node, Term, sequence
from lumbung.search.planning import node_of_word, plan_of
from lumbung.search.syntax import FIELD_NAMES, Clause, Kind, clauses_in, parse
from lumbung.search.words.indonesian import is_indonesian
from lumbung.search.words.lists import word_list

SHORTEST, SHORT, LONG = 4, 5, 9
"""Words shorter than the first are not mended. Up to the second a wrong letter makes another word or name (rina, riza), so only a letter
too many, too few, or two changed round are mended. Words as long as the third may be two slips away: Prancis is not praktis."""
LONG_ENOUGH_TO_OFFER = 6
"""What is merely offered may be two slips away from here on, and may stand in one title only. Up to here a letter too many is mended only
where it stands twice (buuku): else the word is as likely a name that the collection lacks (Pram, maram)."""

MOST_WORDS = 6
KNOWN_BEGINNING = 3
SHORTEST_HALF = 3
NEAR = 8
FIELDS = ("title", "creator", "subject")
NAMES = word_list("names") | word_list("lands_and_people")
LABELS = frozenset(name for names in FIELD_NAMES.values() for name in names)


def respelt(text: str, engine: Engine) -> str | None:
    """The query with its unknown words spelt as the nearest known ones; None when there is nothing to mend, or no way to.

    A word of the language that the collection lacks is no slip: who asks for "hadis" does not mean "habis".
    """
    mended = text
    for word in _unknown((word for word in _candidates(text) if not _is_meant(word.lower())), engine):
        if (better := _nearest(word, engine)) is not None:
            mended = _with(mended, word, better)
    return mended if mended != text else None


def other_spellings(text: str, engine: Engine, *, most: int) -> list[str]:
    """The query with one of its unknown words, names and words of the language among them, as something like it is spelt in the
    collection, or with all of them as the nearest is; only what some document then has whole. To be offered where nothing was found,
    never to be taken in its place. The nearest first."""
    found, nearest = [], text
    for word in _unknown((word for word in _candidates(text) if word.lower() not in LABELS), engine):
        [token] = analyse(word).folded[:1] or [""]
        near = {
            each: how
            for each, how in _slips_away(token, engine, two_from=LONG_ENOUGH_TO_OFFER).items()
            if _is_fair(token, each, how)
        }
        visible = _visible_among(_ranked(near, token), engine)
        found += [(near[each][0], _with(text, word, each)) for each in visible]
        nearest = _with(nearest, word, visible[0]) if visible else nearest
    offers = [offer for _, offer in sorted(found, key=lambda each: each[0])]
    asked = list(dict.fromkeys([*offers, *([nearest] if nearest != text else [])]))
    counts = engine.counts([plan_of(Query(offer)).node([SHOWN]) for offer in asked])
    return [offer for offer, count in zip(asked, counts, strict=True) if count][:most]


def _is_fair(token: str, near: str, how: tuple[int, int]) -> bool:
    """Whether a word may be offered for another: it is not the rarest nonsense."""
    return how[1] > 1 or len(token) >= LONG_ENOUGH_TO_OFFER or _is_meant(near)


def _unknown(words: Iterable[str], engine: Engine) -> list[str]:
    """Those that stand nowhere where all may see them."""
    asked = list(dict.fromkeys(words))[:MOST_WORDS]
    counts = engine.counts([_visible(node_of_word(word)) for word in asked])
    return [word for word, count in zip(asked, counts, strict=True) if not count]


def _with(text: str, word: str, better: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", better, text, flags=re.IGNORECASE)


def _candidates(text: str) -> Iterable[str]:
    for clause in clauses_in(parse(text).parts):
        if clause.kind in {Kind.WORD, Kind.PHRASE} and clause.field in {None, *FIELDS}:
            yield from _plain_words(clause)


def _plain_words(clause: Clause) -> list[str]:
    return [word for word in re.split(r"[\s-]+", clause.text) if word.isalpha() and len(word) >= SHORTEST]


def _is_meant(word: str) -> bool:
    """Whether the word is spelt as its writer wanted: it is Indonesian, a name, or names a field."""
    return word in LABELS or word in NAMES or is_indonesian(word)


def _nearest(word: str, engine: Engine) -> str | None:
    """The known word fewest slips away; among equals one with the same first letter, then the most frequent."""
    [token] = analyse(word).folded[:1] or [""]
    if len(token) < SHORTEST:
        return None
    found = {near: how for near, how in _slips_away(token, engine, two_from=LONG).items() if not _has_wrong_letter(token, near)}
    return next(iter(_visible_among(_ranked(found, token), engine)), None) or _split(token, engine)


def _slips_away(token: str, engine: Engine, *, two_from: int) -> dict[str, tuple[int, int]]:
    """The known words near this one, each with its slips and how often it stands somewhere; two slips away if it is so long."""
    if len(token) < SHORTEST:
        return {}
    found = {near: (1, count) for near, count in engine.frequencies(one_slip_from(token)).items() if count}
    found = {near: how for near, how in found.items() if not _lacks_a_letter(token, near)}
    if len(token) >= two_from:
        for near, count in engine.words_beginning(token[:KNOWN_BEGINNING], 5_000):
            if near not in found and abs(len(near) - len(token)) <= 2 and slips(token, near, most=2) <= 2:  # noqa: PLR2004 -- two slips
                found[near] = (2, count)
    return found


def _lacks_a_letter(token: str, near: str) -> bool:
    """Whether a short word is another with a letter more, which is not the one beside it once again."""
    doubled = any(token[at] == token[at - 1] and token[:at] + token[at + 1 :] == near for at in range(1, len(token)))
    return len(near) < len(token) <= LONG_ENOUGH_TO_OFFER and not doubled


def _has_wrong_letter(token: str, near: str) -> bool:
    """Whether a short word is another by a letter: as likely meant as mistyped."""
    return len(token) <= SHORT and len(near) == len(token) and sorted(near) != sorted(token)


def _ranked(found: Mapping[str, tuple[int, int]], token: str) -> list[str]:
    return sorted(found, key=lambda near: (found[near][0], near[0] != token[0], -found[near][1], near))[:NEAR]


def _visible_among(words: list[str], engine: Engine) -> list[str]:
    counts = engine.counts([_visible(_anywhere(lambda field, word=word: Term(field, word))) for word in words])
    return [word for word, count in zip(words, counts, strict=True) if count]


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
