"""The collection teaches words: families its own vocabulary proves are added to those librarians see, and can switch off."""

from collections.abc import Collection

from django.db import transaction

from lumbung.kernel import events
from lumbung.search.domain.words import MOST_TERMS, Kinds, Sources, add_group, said
from lumbung.search.engines import engine
from lumbung.search.models import WordGroup
from lumbung.search.words.learning import BEGINNINGS, Family, families_among

MOST_WORDS = 20_000
"""So many words of one beginning are read, the most frequent ones."""
AT_A_TIME = 1_000
MOST_AT_ONCE = 40
"""So many families are added in one night: titles must be indexed anew for each."""


def learn_families(*, by: events.Actor | None = None) -> int:
    """Add the families that the words of titles, creators and subjects prove and the lists lack; returns how many.

    What a librarian changed or switched off stays so. Raises ``NotReady`` when there is no index to read.
    """
    words = engine()
    affixed = dict(pair for begins in BEGINNINGS for pair in words.words_beginning(begins, MOST_WORDS))
    there = set(WordGroup.objects.filter(built_in__startswith=_key("")).values_list("built_in", flat=True))
    new = [each for each in families_among(affixed, _frequencies) if _key(each.root) not in there]
    return sum(_added(each, by=by) for each in new[:MOST_AT_ONCE])


@transaction.atomic
def _added(family: Family, *, by: events.Actor | None) -> bool:
    """Whether the family was added; not where one of its words belongs to another already."""
    terms = [family.root, *family.forms][:MOST_TERMS]
    taken = {term for group in WordGroup.objects.filter(kind__in=[Kinds.FAMILY, Kinds.APART]) for term in group.terms}
    if taken & set(terms) or WordGroup.objects.filter(kind=Kinds.FAMILY, said=said(Kinds.FAMILY, terms)).exists():
        return False
    add_group(kind=Kinds.FAMILY, terms=terms, source=Sources.COLLECTION, built_in=_key(family.root), by=by)
    return True


def _frequencies(words: Collection[str]) -> dict[str, int]:
    """In how many titles each word stands, asked so many at a time as a cluster takes."""
    asked = list(words)
    answers = [engine().frequencies(asked[first : first + AT_A_TIME]) for first in range(0, len(asked), AT_A_TIME)]
    return {word: count for answer in answers for word, count in answer.items()}


def _key(root: str) -> str:
    return f"collection:{root}"[:80]
