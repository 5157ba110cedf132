"""Bibliographies in words, in any CSL style."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lumbung.formats.citation.csl import csl_json
from lumbung.formats.citation.marking import as_html, as_text, preformat
from lumbung.formats.citation.style import Style
from lumbung.formats.citation.work import Kind, Work

if TYPE_CHECKING:
    from lumbung.formats.citation.engine import ReadyStyle

STYLES = {
    "apa": ("APA", "apa"),
    "ieee": ("IEEE", "ieee"),
    "vancouver": ("Vancouver", "nlm-citation-sequence"),
    "chicago": ("Chicago", "chicago-author-date"),
    "mla": ("MLA", "modern-language-association"),
    "harvard": ("Harvard", "harvard-cite-them-right"),
}
"""The styles that come with the program, by the word for them in addresses: their name, and their file."""
LOCALES = {"id": "id-ID", "en": "en-US"}
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a bibliography: which of the works (its place in what was given), as plain text and as HTML."""

    number: int
    text: str
    html: str


def bibliography(works: Sequence[Work], style: str | Style, *, language: str = "id", in_order: bool = False) -> list[Entry]:
    """The works in the style (a word of ``STYLES``, or a style read from a file), in the order the style asks for.

    ``in_order`` keeps the order given. A style that numbers its entries numbers them in the order they stand.
    """
    items = [_item(work, number) for number, work in enumerate(works)]
    from lumbung.formats.citation.engine import entries_of  # noqa: PLC0415 -- lxml is large; it is loaded by the first citation

    with _one_at_a_time:
        written = entries_of(_ready(style, LOCALES.get(language, "en-US")), items, in_order=in_order)
    return [Entry(int(key), _spaced(as_text(text)), as_html(_spaced(text))) for key, text in written]


@lru_cache(maxsize=24)
def _ready(style: str | Style, locale: str) -> "ReadyStyle":
    from lumbung.formats.citation.engine import ready  # noqa: PLC0415 -- see above

    return ready(STYLES[style][1] if isinstance(style, str) else style, locale)


def _item(work: Work, number: int) -> dict[str, Any]:
    """What a style is told: an address only of what is read online, and English only where the record says so.

    A style may set the words of an English title in capitals, and of no other.
    """
    item = csl_json(work, str(number)) | {"language": "en" if work.language == "eng" else "id"}
    unwanted = {"abstract", "keyword", "call-number"} | (set() if work.kind is Kind.EBOOK else {"URL"})
    return {name: _unmarked(value) for name, value in item.items() if name not in unwanted}


def _unmarked(value: Any) -> Any:
    """The value without characters that have a meaning to the renderer."""
    if isinstance(value, str):
        return preformat(value)
    if isinstance(value, list):
        return [_unmarked(each) for each in value]
    return {name: _unmarked(each) for name, each in value.items()} if isinstance(value, dict) else value


def _spaced(text: str) -> str:
    """``[1]Sugiyono`` is ``[1] Sugiyono`` and ``1.Sugiyono`` is ``1. Sugiyono``: where a style asks for two columns, we write one."""
    head, bracket, rest = text.partition("]")
    if bracket and head[:1] == "[" and head[1:].isdigit():
        return f"{head}] {rest.lstrip()}"
    head, stop, rest = text.partition(".")
    return f"{head}. {rest.lstrip()}" if stop and head.isdigit() else text
