"""Finding things of the portal: whatever the words, and only what the asker may see."""

from collections.abc import Collection, Sequence
from itertools import chain
from typing import Any

from lumbung.kernel import full_text
from lumbung.knowledge.models import Findable
from lumbung.knowledge.models.findable import kind_word
from lumbung.knowledge.tracing import Thing, describe
from lumbung.search.analysis import forms_of, is_function_word, words_of
from lumbung.search.expansion import said_otherwise

Ways = tuple[tuple[str, ...], ...]
"""Each way is the roots that must all be there."""

MOST_ASKED, DEEPEST = 12, 400
MAY_SPARE_ONE = 4
"""Of so many words one may be missing where all are wanted."""


def find(words: str, viewer: Any, *, kinds: Collection[str] = (), limit: int = 50) -> list[Thing]:
    """Things that say these words or words of their families, best first: those with most of the words, then where they weigh most.

    What the viewer may not see is not among them, and takes nobody's place.
    """
    places = ranked(words, kinds=kinds)
    seen = describe(places, viewer)
    return [seen[place] for place in places if place in seen][:limit]


def ranked(words: str, *, kinds: Collection[str] = (), wholly: bool = False) -> list[tuple[str, int]]:
    """Kind and key of everything that says these words, best first, whoever asks: whoever shows it asks who may see it.

    ``wholly``: only what says all of them, of MAY_SPARE_ONE or more all but one.
    """
    asked = _asked(words)
    roots = list(dict.fromkeys(chain.from_iterable(chain.from_iterable(asked))))
    among = [kind_word(kind) for kind in kinds]
    rows = Findable.objects.filter(pk__in=full_text.holding(Findable, roots, most=DEEPEST, among=among))
    told = [(said.split(), key, kind) for kind, key, said in rows.values_list("kind", "key", "words")]
    least = len(asked) - (len(asked) >= MAY_SPARE_ONE) if wholly else 0
    found = [(_words_said(set(said), asked), sum(map(said.count, roots)), key, kind) for said, key, kind in told]
    return [(kind, key) for words_said, _, key, kind in sorted(found, reverse=True) if words_said >= least]


def _words_said(said: set[str], asked: Sequence[Ways]) -> int:
    """How many of the words asked for are there in any way."""
    return sum(any(said.issuperset(way) for way in ways) for ways in asked)


def _asked(words: str) -> list[Ways]:
    """The ways to say each word that says something, every word once: any of its roots, or what may be said for it and its neighbours."""
    told = words_of(words)[:MOST_ASKED]
    asked = zip(told, said_otherwise(told), strict=True)
    ways = [
        (*[(root,) for root in forms_of(word).roots], *filter(None, map(_roots_of, others)))
        for word, others in asked
        if not is_function_word(word)
    ]
    return list(dict.fromkeys(ways))


def _roots_of(text: str) -> tuple[str, ...]:
    return tuple(root for word in words_of(text) if not is_function_word(word) for root in forms_of(word).roots[:1])
