"""The words of a document, whatever the state of its markup, in stretches about as long as a printed page."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

ABOUT_A_PAGE = 2_400
SILENT = frozenset({"script", "style", "head", "title", "template", "rt", "rp"})
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul", "text",
    }
)  # fmt: skip
CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the text of a part: ``progression`` says how far into the part it begins, from 0 to 1."""

    progression: float
    text: str


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def _begin(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        if name in SILENT:
            self._silent.append(name)
        elif name in BLOCKS:
            self.pieces.append("\n")
        elif name in CELLS:
            self.pieces.append("\t")
        elif name == "img" and (spoken := dict(attrs).get("alt")) and not self._silent:
            self.pieces.append(f" {spoken} ")

    def _begin_and_end(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs)
        if tag.rpartition(":")[2] in SILENT:
            self._silent.pop()

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in self._silent:
            while self._silent.pop() != name:
                pass
        elif name in BLOCKS:
            self.pieces.append("\n")

    def _say(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)

    # as the parser calls them
    handle_starttag, handle_startendtag, handle_endtag, handle_data = _begin, _begin_and_end, _end, _say


def text_of(document: bytes) -> str:
    """The text of an XHTML, HTML or SVG document, a paragraph a line."""
    words = _Words()
    words.feed(_decoded(document))
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def stretches_of(text: str, length: int = ABOUT_A_PAGE) -> Iterator[Stretch]:
    """The text in stretches of about ``length`` characters, parted between paragraphs, or between words where a paragraph is longer."""
    total, at = max(1, len(text)), 0
    while at < len(text):
        end = _end_of_stretch(text, at, length)
        if piece := text[at:end].strip():
            yield Stretch(round(at / total, 6), piece)
        at = end


def _end_of_stretch(text: str, at: int, length: int) -> int:
    if len(text) - at <= length * 5 // 4:
        return len(text)
    for mark in ("\n", ". ", " "):
        cut = text.rfind(mark, at + length // 2, at + length)
        if cut > at:
            return cut + 1
    return at + length


def _decoded(document: bytes) -> str:
    if document.startswith((b"\xff\xfe", b"\xfe\xff")):
        return document.decode("utf-16", errors="replace")
    return document.decode("utf-8-sig", errors="replace")
