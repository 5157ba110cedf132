"""HTML of a letter as plain text: what a reader sees, and nothing that would call home."""

import re
from html.parser import HTMLParser

SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})
BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr", "pre"})
QUOTES = frozenset({"blockquote"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0
        self._quoted = 0
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        elif tag in QUOTES:
            self._quoted += 1
        elif tag in BLOCKS:
            self.words.append("\n")
        elif tag == "a":
            self._link = dict(attrs).get("href") or ""
        if tag == "li":
            self.words.append("- ")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in QUOTES:
            self._quoted = max(0, self._quoted - 1)
        elif tag in BLOCKS:
            self.words.append("\n")
        elif tag == "a" and self._link.startswith(("http://", "https://")):
            if not self._quoted and self._link not in "".join(self.words[-2:]):
                self.words.append(f" ({self._link})")
            self._link = ""

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._quoted:
            self.words.append(re.sub(r"\s+", " ", data))


def text_of(html: str) -> str:
    """The words of the HTML, a line a paragraph; pictures, scripts, styles and what it quotes are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
