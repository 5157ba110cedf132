"""From a question to an answer of the index: hints read, unknown words spelt as the collection spells them, and what was done told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from lumbung.discovery.queries.hints import MATERIAL, NAMES, TALK, YEARS, Understood, understood, without
from lumbung.search.documents import Found, Query
from lumbung.search.queries import find, respelt

SPELLING = "spelling"
AS_TYPED = (*NAMES, SPELLING)
"""Leave everything as typed: for programs, and for who asks for it."""
FEW = 3
DROPPED_IN_TURN = ((YEARS,), (MATERIAL,), (YEARS, MATERIAL))
"""Which hints are dropped where none of the titles has all of them: the year first, since who asks for a thesis wants a thesis."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``found`` is the answer to ``query``, which is what was asked after ``hints`` were read and, if ``respelt``, words mended.

    ``dropped`` are hints that were read too but left no answer, with their words. ``did_you_mean`` is another spelling that was not used.
    """

    found: Found
    query: Query
    hints: Mapping[str, str] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)
    respelt: str = ""
    did_you_mean: str = ""

    @property
    def fell_short(self) -> bool:
        """Whether nothing has all that was asked."""
        return not self.found.total or self.found.relaxed


def answer(query: Query, *, this_year: int, plain: Collection[str] = ()) -> Answer:
    """The best answer to the question. ``plain`` names what is to be left as typed: hints, or the spelling.

    Raises ``NotReady`` when there is no index.
    """
    ask = _Asking()
    given = _with_hints(ask, query, this_year, plain, is_spoken=False)
    if given.fell_short and TALK not in plain:
        spoken = _with_hints(ask, query, this_year, plain, is_spoken=True)
        given = spoken if spoken.found.total and (TALK in spoken.hints or not spoken.fell_short) else given
    if SPELLING not in plain and (given.found.total <= FEW or given.fell_short):
        given = _mended(ask, given)
    return ask.with_facets(given)


class _Asking:
    """The index as one question asks it: nothing twice, and facets for the first reading alone, which is nearly always the one that is
    shown; of the others, of which all but one are thrown away, nothing is counted before one is chosen."""

    def __init__(self) -> None:
        self._asked: list[tuple[Query, Found]] = []

    def __call__(self, query: Query) -> Found:
        for asked, found in self._asked:
            if replace(asked, facets=query.facets) == query:
                return found
        asked = replace(query, facets=()) if self._asked else query
        self._asked.append((asked, find(asked)))
        return self._asked[-1][1]

    def with_facets(self, given: Answer) -> Answer:
        """The answer with its facets, asked once more where it was not the first."""
        [first, _], *_others = self._asked
        return given if given.query == first or not given.query.facets else replace(given, found=find(given.query))


def _with_hints(ask: _Asking, query: Query, this_year: int, plain: Collection[str], *, is_spoken: bool) -> Answer:
    """The answer to the question with its hints read: all of them, else as typed if that has all the words, else as many as answer."""
    read = understood(query, this_year=this_year, plain=plain, is_spoken=is_spoken)
    given = Answer(ask(read.query), read.query, read.hints)
    if not read.hints or not given.fell_short:
        return given
    literal = Answer(ask(query), query)
    if not literal.fell_short:
        return literal
    for names in (names for names in DROPPED_IN_TURN if read.hints.keys() >= set(names)):
        fewer = without(read, query, *names)
        dropped = {name: read.hints[name] for name in names}
        if not (loose := Answer(ask(fewer.query), fewer.query, fewer.hints, dropped)).fell_short:
            return loose
    return given if given.found.total else _unlimited(ask, query, read, given)


def _unlimited(ask: _Asking, query: Query, read: Understood, given: Answer) -> Answer:
    """The nearest answers where nothing is within what the words were read to limit: without these limits."""
    names = [name for name in (YEARS, MATERIAL) if name in read.hints]
    if not names:
        return given
    fewer = without(read, query, *names)
    loose = Answer(ask(fewer.query), fewer.query, fewer.hints, {name: read.hints[name] for name in names})
    return loose if loose.found.total else given


def _mended(ask: _Asking, given: Answer) -> Answer:
    """The answer to the words spelt better, when none has all of them as they are; otherwise the offer. A better spelling is one of which
    some title has all words."""
    better = respelt(given.query.words)
    if better is None:
        return given
    mended = replace(given, query=replace(given.query, words=better), respelt=better)
    mended = replace(mended, found=ask(mended.query))
    if mended.fell_short:
        return given
    return mended if given.fell_short else replace(given, did_you_mean=better)
