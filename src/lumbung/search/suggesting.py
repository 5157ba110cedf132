"""What one may go on to while typing: titles, creators and subjects that have the words begun. Only what all may see.

The word being typed is completed by the most frequent words of titles for titles, of creators for creators, of subjects for subjects,
so that no query grows with the number of words that begin like it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from lumbung.search.analysis import analyse, name_keys
from lumbung.search.aside import aside
from lumbung.search.documents import Suggestions
from lumbung.search.filters import SHOWN
from lumbung.search.interface import Engine
from lumbung.search.plan import All, Node, Prefix, Term, Worth, any_of, sequence
from lumbung.search.words.names import is_title_as_asked

SHORTEST, SHORTEST_SOUND = 2, 3
COMPLETIONS, FEWER = 24, 8
"""How many words one begun may become, and one of which there are but two letters: those are in a great part of the collection."""
MOST_WORDS = 8
PLACES = ("title", "creator", "subject")
LOOKED_AT = 20
DOCUMENTS, NAMES = 5, 3


def suggest(text: str, engine: Engine) -> Suggestions:
    """What begins like the text; nothing for fewer than SHORTEST letters."""
    tokens = analyse(text).folded[:MOST_WORDS]
    if not tokens or len(tokens[-1]) + sum(map(len, tokens[:-1])) < SHORTEST:
        return Suggestions()
    ahead = engine.suggested(tokens[0]) if len(tokens) == 1 else None
    return worked_out(tokens, engine) if ahead is None else ahead


def worked_out(tokens: Sequence[str], engine: Engine) -> Suggestions:
    """What begins like these words, the last of them not at its end."""
    most = COMPLETIONS if len(tokens[-1]) > SHORTEST else FEWER
    words = engine.words_by_field(tokens[-1], most)
    if not any(words.values()):
        return _of_names(tokens, engine)
    begun = _Begun(tuple(tokens[:-1]), tokens[-1], {name: tuple(word for word, _ in words[name]) for name in PLACES})
    creators, subjects = (aside(partial(engine.values, begun.within(name), name, LOOKED_AT)) for name in ("creator", "subject"))
    told = Suggestions(
        _nearest(begun, engine, DOCUMENTS),
        begun.fitting(creators.result(), NAMES),
        begun.fitting(subjects.result(), NAMES),
    )
    return told if len(told.creators) >= NAMES else _filled_up(told, _of_names(tokens, engine))


def _filled_up(told: Suggestions, sounding: Suggestions) -> Suggestions:
    """What begins so as it is written, and after it, while there is room, whose name begins so by its sound (pramu, Pramoedya)."""
    keys, creators = (
        list(dict.fromkeys([*written, *heard]))[:most]
        for written, heard, most in ((told.keys, sounding.keys, DOCUMENTS), (told.creators, sounding.creators, NAMES))
    )
    return Suggestions(keys, creators, told.subjects)


@dataclass(frozen=True, slots=True)
class _Begun:
    """Whole words, and one begun with the words it may become in each place."""

    whole: tuple[str, ...]
    begun: str
    completed: Mapping[str, tuple[str, ...]]

    def in_a_row(self) -> Node:
        """All the words side by side in a title."""
        return All((any_of([sequence("title", (*self.whole, word)) for word in self.completed["title"]]), SHOWN))

    def anywhere(self) -> Node:
        """All the words, wherever they stand."""
        whole = (any_of([Term(place, word) for place in PLACES]) for word in self.whole)
        return All((*whole, any_of([Term(place, word) for place in PLACES for word in self.completed[place]]), SHOWN))

    def within(self, field: str) -> Node:
        """All the words in one field."""
        begun = any_of([Term(field, word) for word in self.completed[field]])
        return All((*(Term(field, word) for word in self.whole), begun, SHOWN))

    def fitting(self, values: Iterable[tuple[str, int]], most: int) -> list[str]:
        """The first of those values that have the words themselves, not merely beside others that do; no more are read than are needed."""
        return list(islice((label for label, _ in values if self._fits(set(analyse(label).folded))), most))

    def _fits(self, tokens: set[str]) -> bool:
        return tokens.issuperset(self.whole) and any(token.startswith(self.begun) for token in tokens)


def _of_names(tokens: Sequence[str], engine: Engine) -> Suggestions:
    """Creators whose names begin so by their sound (sukarn, Soekarno), and titles by them."""
    keys = [key for token in tokens if not is_title_as_asked(token) for key in name_keys(token)]
    if not keys or len(keys[-1]) < SHORTEST_SOUND:
        return Suggestions()
    *whole, begun = keys
    asked = All((*(Term("creator_name", key) for key in whole), Prefix("creator_name", begun), SHOWN))
    names = (label for label, _ in engine.values(asked, "creator", LOOKED_AT))
    fitting = [name for name in names if any(key.startswith(begun) for key in name_keys(name))][:NAMES]
    return Suggestions([key for key, _ in engine.best(Worth(asked, 1.0), DOCUMENTS)], fitting)


def _nearest(begun: _Begun, engine: Engine, size: int) -> list[int]:
    """The titles with the words side by side, then those with all of them, then what has them anywhere. Who types little is answered by
    the first question, and each asks less of the index than one for all of them would."""
    found: dict[int, None] = {}
    for ask in (begun.in_a_row, lambda: begun.within("title"), begun.anywhere):
        found |= dict.fromkeys(key for key, _ in engine.best(Worth(ask(), 1.0), size))
        if len(found) >= size:
            break
    return list(found)[:size]
