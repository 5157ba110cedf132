"""From the groups of words librarians keep to what the analysis is told."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lumbung.search.analysis import Told, forms_of, words_of
from lumbung.search.words.roots import root_by_rule

SYNONYM, ONE_WAY, FAMILY, APART = "synonym", "one_way", "family", "apart"

Held = Mapping[str, Any]
"""A group as ``WordGroup.held`` gives it."""


def told_of(groups: Iterable[Held]) -> Told:
    """The families of these groups: their roots become one, and what is to stand alone has a root of its own."""
    joined: dict[str, str] = {}
    apart: set[str] = set()
    for group in groups:
        tokens = [token for term in group["terms"] if (token := one_token(term))]
        if not group["active"] or not tokens:
            continue
        if group["kind"] == FAMILY:
            first = root_by_rule(tokens[0])
            joined.update({root_by_rule(token): joined.get(first, first) for token in tokens})
        elif group["kind"] == APART:
            apart.update(tokens)
    return Told(frozenset(apart), joined)


def pairs_of(groups: Iterable[Held]) -> Iterator[tuple[str, str]]:
    """What is asked, and what is looked for as well."""
    for group in groups:
        if not group["active"] or group["kind"] not in {SYNONYM, ONE_WAY}:
            continue
        terms = group["terms"]
        for asked in terms if group["kind"] == SYNONYM else terms[:1]:
            yield from ((asked, also) for also in terms if also != asked)


def one_token(term: str) -> str:
    """The word as families know it: folded, and without its hyphen. Empty for a text without a word."""
    words = words_of(term)
    if not words:
        return ""
    forms = forms_of(words[0])
    return forms.folded[0] if len(set(forms.folded)) == 1 else (*forms.variants, *forms.folded, "")[0]
