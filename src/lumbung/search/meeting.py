"""A question held against a text that is in no index: the name of a service, a branch, a colleague. A word is met as in titles: by itself,
by a member of its family, by what may be said for it; and by a word that begins with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from lumbung.kernel.wording import Meets
from lumbung.search.analysis import forms_of, ways_to_name, words_of
from lumbung.search.expansion import expansions_of
from lumbung.search.telling import tell_words

SHORTEST = 3
"""Words shorter than that are met by no word that only begins with them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text: its words, the roots of their families, and the keys by which its names are compared."""

    words: frozenset[str]
    roots: frozenset[str]
    names: frozenset[str]

    def has(self, word: str) -> bool:
        """Whether the word, or one of its kin, stands in the text."""
        forms = forms_of(word)
        alone = (*(forms.folded if len(forms.folded) == 1 else ()), *forms.variants)
        if not self.words.isdisjoint(alone) or not self.roots.isdisjoint(forms.roots):
            return True
        if len(forms.folded) > 1 and self.words.issuperset(forms.folded):
            return True
        is_begun = any(said.startswith(each) for each in alone if len(each) >= SHORTEST for said in self.words)
        return is_begun or not self.names.isdisjoint(_keys(word))


def read(words: str, *, of_names: bool = False) -> Meets:
    """What the question asks for; see ``kernel.wording``."""
    tell_words()
    asked = words_of(words)
    ways = [(other.first, other.last, words_of(text)) for other in expansions_of(asked) for text in other.texts]

    def meets(text: str) -> bool:
        said = _said(text, of_names=of_names)
        met = {place for place, word in enumerate(asked) if said.has(word)}
        for first, last, others in ways:
            if others and _has_all(said, others):
                met.update(range(first, last))
        return bool(asked) and len(met) == len(asked)

    return meets


def _has_all(said: Said, words: Iterable[str]) -> bool:
    return all(said.has(word) for word in words)


def _said(text: str, *, of_names: bool) -> Said:
    forms = [forms_of(word) for word in words_of(text)]
    words = frozenset(token for each in forms for token in (*each.folded, *each.variants))
    roots = frozenset(root for each in forms for root in each.roots)
    return Said(words, roots, _keys(text) if of_names else frozenset())


def _keys(name: str) -> frozenset[str]:
    return frozenset(key for ways in ways_to_name(name) for key in ways)
