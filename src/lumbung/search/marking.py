"""Which words of a text are those that were asked for, in whatever form they stand there."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lumbung.search.analysis import forms_of, words_of
from lumbung.search.syntax import clauses_in, parse

_WORD = re.compile(r"\w+")


class Piece(NamedTuple):
    """A piece of a text; ``asked`` when it is a word that was asked for."""

    text: str
    asked: bool


def excerpt(text: str, query: str, length: int = 240) -> list[Piece]:
    """About ``length`` characters of the text, around the place where most of what was asked for stands together."""
    asked = _forms_asked(query)
    spans = [(found.start(), found.end(), form) for found in _WORD.finditer(text) if (form := _meets(found[0], asked))]
    start = _densest(spans, length) - length // 4 if spans else 0
    start = 0 if start <= 0 else text.find(" ", start) + 1
    end = len(text) if start + length >= len(text) else text.rfind(" ", start, start + length)
    end = end if end > start else min(len(text), start + length)
    pieces = [*_cut(text, [(a, b) for a, b, _ in spans if start <= a and b <= end], start, end)]
    return [Piece("… ", asked=False)] * (start > 0) + pieces + [Piece(" …", asked=False)] * (end < len(text))


def _cut(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    at = start
    for first, last in spans:
        if first > at:
            yield Piece(" ".join(text[at:first].splitlines()), asked=False)
        yield Piece(text[first:last], asked=True)
        at = last
    if at < end:
        yield Piece(" ".join(text[at:end].splitlines()), asked=False)


def _densest(spans: list[tuple[int, int, str]], length: int) -> int:
    """Where the stretch begins that has the most different forms that were asked for."""
    best, most = spans[0][0], 0
    for index, (start, _, _) in enumerate(spans):
        within = {form for first, _, form in spans[index : index + 40] if first < start + length}
        if len(within) > most:
            best, most = start, len(within)
    return best


def _forms_asked(query: str) -> dict[str, str]:
    """Every form of the words asked for, with the word it is a form of."""
    told: dict[str, str] = {}
    for clause in clauses_in(parse(query).parts):
        for word in words_of(clause.text):
            forms = forms_of(word)
            for form in (*forms.folded, *forms.variants, *forms.roots):
                told.setdefault(form, word)
    return told


def _meets(word: str, asked: dict[str, str]) -> str:
    for exact in words_of(word):
        forms = forms_of(exact)
        for form in (*forms.folded, *forms.roots):
            if form in asked:
                return asked[form]
    return ""
