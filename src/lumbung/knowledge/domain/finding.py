"""The words by which things of the portal are found: written by the verb that changes a thing, in its transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from lumbung.knowledge.models import Findable
from lumbung.knowledge.models.findable import kind_word
from lumbung.knowledge.tracing import Traceable
from lumbung.search.analysis import forms_of, is_function_word, words_of

TITLE, TEXT = 8, 1
MOST_WORDS, HEAVIEST = 5_000, 60


@dataclass(frozen=True)
class Texts:
    """What a thing says: what it is called, and everything else."""

    title: str
    text: str = ""


_sayings: dict[str, tuple[Callable[[Any], Texts], Callable[[], Iterator[Any]]]] = {}


def register(kind: str, said: Callable[[Any], Texts], everything: Callable[[], Iterator[Any]]) -> None:
    """Let things of this kind be found: ``said`` gives the texts of one, ``everything`` all of them, for making the index anew."""
    _sayings[kind] = (said, everything)


def put(thing: Traceable) -> None:
    """Make the thing findable by what it says now."""
    said, _ = _sayings[thing.trace_kind]
    words = " ".join([kind_word(thing.trace_kind), *weighed(said(thing))])
    row, is_new = Findable.objects.get_or_create(kind=thing.trace_kind, key=thing.pk, defaults={"words": words})
    if not is_new and row.words != words:
        row.words = words
        row.save(update_fields=["words"])


def forget(thing: Traceable) -> None:
    Findable.objects.filter(kind=thing.trace_kind, key=thing.pk).delete()


def put_everything() -> int:
    """Make the whole index anew; how many things. Every night, and after a kind was added."""
    count = 0
    for _, everything in _sayings.values():
        for thing in everything():
            put(thing)
            count += 1
    return count


def roots_of(text: str) -> list[str]:
    """The roots by which words are compared, in the order of the text, without words that say nothing."""
    return [root for word in words_of(text)[:MOST_WORDS] if not is_function_word(word) for root in forms_of(word).roots[:1]]


def weighed(texts: Texts) -> Iterator[str]:
    """Each root as often as it weighs: a word of the title counts for eight of the text."""
    weights: dict[str, int] = {}
    for text, weight in ((texts.title, TITLE), (texts.text, TEXT)):
        for root in roots_of(text):
            weights[root] = min(HEAVIEST, weights.get(root, 0) + weight)
    return chain.from_iterable(repeat(root, weight) for root, weight in weights.items())
