"""Capitals in the words of an English title, as citeproc-js sets them."""

import re
from collections.abc import Iterator

_SMALL = (
    "a an the and but nor or so yet "
    "about above across after against along among amongst around as at before behind below beneath beside between beyond by despite down "
    "during except for from in inside into like near of off on onto out over per since than through throughout till to toward towards "
    "under until up upon versus via vs with within without "
    "de et van von"
)
SMALL = frozenset(_SMALL.split())
"""Articles, conjunctions, prepositions and particles of names, with all that CSL 1.0.2 calls stop words: they stay small unless they begin
or end a title."""
_WORD = re.compile(r"[^\W_](?:[^\s\-\u2010-\u2015/.,;?!:()\[\]\u201c\u201d\u2018\"\ue000-\ue00b]*[^\W_])?")
_APOSTROPHE = re.compile("['\u2019]")
_GREEK_LETTER = re.compile("[\u0370-\u03ff]")


def title_case(text: str) -> str:
    """The title with capitals: words that have some already stay as they are; those joined by a hyphen are words each,
    and the first of them has a capital (On-Campus, Up-to-Date)."""
    words = list(_WORD.finditer(text))
    capital = {at for at, first in _words_to_raise(text, words) if first}
    return "".join(_pieces(text, words, capital))


def _words_to_raise(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, bool]]:
    end = 0
    for at, found in enumerate(words):
        word = _APOSTROPHE.split(found[0])[0]
        begins = not at or any(mark in text[end : found.start()] for mark in "!?:")
        ends = at == len(words) - 1 and len(word) > 1
        joins = text[found.end() : found.end() + 1] == "-" and text[found.start() - 1 : found.start()] != "-"
        small = not joins and (len(word) == 1 or word.lower() in SMALL)
        yield at, word == word.lower() and (begins or ends or not small) and not _GREEK_LETTER.fullmatch(word)
        end = found.end()


def _pieces(text: str, words: list[re.Match[str]], capital: set[int]) -> Iterator[str]:
    end = 0
    for at, found in enumerate(words):
        yield text[end : found.start()]
        yield first_capital(found[0]) if at in capital else found[0]
        end = found.end()
    yield text[end:]


def first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
