"""Finding things of the portal: whatever the words, and only what the asker may see."""

from collections.abc import Collection
from typing import Any

from lumbung.kernel import full_text
from lumbung.knowledge.models import Findable
from lumbung.knowledge.models.findable import kind_word
from lumbung.knowledge.tracing import Thing, describe
from lumbung.search.analysis import forms_of, is_function_word, words_of

MOST_ASKED, DEEPEST = 12, 400


def find(words: str, viewer: Any, *, kinds: Collection[str] = (), limit: int = 50) -> list[Thing]:
    """Things that say these words or words of their families, best first: those with most of the words, then where they weigh most.

    What the viewer may not see is not among them, and takes nobody's place.
    """
    places = ranked(words, kinds=kinds)
    seen = describe(places, viewer)
    return [seen[place] for place in places if place in seen][:limit]


def ranked(words: str, *, kinds: Collection[str] = ()) -> list[tuple[str, int]]:
    """Kind and key of everything that says these words, best first, whoever asks: whoever shows it asks who may see it."""
    roots = _roots_asked(words)
    among = [kind_word(kind) for kind in kinds]
    rows = Findable.objects.filter(pk__in=full_text.holding(Findable, roots, most=DEEPEST, among=among))
    found = [(_worth(said.split(), roots), key, kind) for kind, key, said in rows.values_list("kind", "key", "words")]
    return [(kind, key) for _, key, kind in sorted(found, reverse=True)]


def _worth(said: list[str], roots: list[str]) -> tuple[int, int]:
    """How many of the words are there, then how much they weigh."""
    counts = [said.count(root) for root in roots]
    return len(counts) - counts.count(0), sum(counts)


def _roots_asked(words: str) -> list[str]:
    asked = [word for word in words_of(words)[:MOST_ASKED] if not is_function_word(word)]
    return list(dict.fromkeys(root for word in asked for root in forms_of(word).roots))
