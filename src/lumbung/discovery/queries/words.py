"""What a group of words would change: which words fall together, how many titles each word finds, and which come first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lumbung.discovery.queries.rows import Row, rows_of
from lumbung.search.documents import Query
from lumbung.search.domain.words import tidy
from lumbung.search.models import WordGroup
from lumbung.search.queries import NotReady, find
from lumbung.search.relatives import Relative, relatives_of

Kinds = WordGroup.Kinds
FIRST = 5


@dataclass(frozen=True)
class Change:
    """One word of the group: how many titles it finds now and would find, the words that meet it, and the first titles."""

    word: str
    before: int
    after: int
    relatives: Sequence[Relative]
    first_before: Sequence[Row] = field(default_factory=list)
    first_after: Sequence[Row] = field(default_factory=list)


def effect_of(*, kind: str, terms: Sequence[str], user: object) -> list[Change]:
    """The effect of a group that is not saved yet, word by word. Empty while the index cannot be asked."""
    terms = tidy(terms)
    try:
        return [_change(kind, terms, term, user) for term in terms]
    except NotReady:
        return []


def _change(kind: str, terms: Sequence[str], term: str, user: object) -> Change:
    asked = _asked(kind, terms, term)
    before, first_before = _first(_quoted(term), user)
    after, first_after = _first(asked, user) if asked != _quoted(term) else (before, first_before)
    return Change(term, before, after, relatives_of(term), first_before, first_after)


def _asked(kind: str, terms: Sequence[str], term: str) -> str:
    """The question that finds now what the word alone would find then."""
    if kind == Kinds.APART:
        return f'"{_bare(term)}"'
    if kind == Kinds.ONE_WAY and term != terms[0]:
        return _quoted(term)
    return " OR ".join(_quoted(each) for each in [term, *(other for other in terms if other != term)])


def _quoted(term: str) -> str:
    bare = _bare(term)
    return f'"{bare}"' if " " in bare else bare.lower()


def _bare(term: str) -> str:
    return term.replace('"', " ").strip()


def _first(words: str, user: object) -> tuple[int, Sequence[Row]]:
    found = find(Query(words=words, size=FIRST, facets=()))
    return (0, []) if found.relaxed else (found.total, rows_of(found.keys, user))
