"""A MediaWiki's pages from its XML export: the newest text of each page as Markdown, and everybody who wrote a version of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from lumbung.formats.prose.reading import LARGEST_TEXT, Found, Unreadable

LARGEST, MOST_AT_ONCE, DEEPEST = 4 << 30, 4 << 20, 100
"""Bytes of a wiki, and of one version of one page with what is around it, which is held as a whole; and how deep its XML may go."""
ARTICLES = "0"
_HEADING = re.compile(r"^(={1,6})\s*(.+?)\s*\1\s*$", re.MULTILINE)
_LIST = re.compile(r"^([*#:;]+)\s*", re.MULTILINE)
_BOLD, _ITALIC = re.compile(r"'''(.+?)'''"), re.compile(r"''(.+?)''")
_REDIRECT = re.compile(r"#(?:REDIRECT|ALIH)\b", re.IGNORECASE)
LEFT_OUT = frozenset({"script", "style", "ref", "references", "gallery", "math"})
PICTURES = frozenset({"file", "image", "berkas", "gambar"})
NOT_HERE = PICTURES | {"category", "kategori"}
_OTHER_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]+)?:")
TOO_DEEP = "{{{{…}}}}"
AROUND = {
    "b": ("'''", "'''"),
    "strong": ("'''", "'''"),
    "i": ("''", "''"),
    "em": ("''", "''"),
    "code": ("`", "`"),
    "tt": ("`", "`"),
    "nowiki": ("`", "`"),
    "pre": ("\n```\n", "\n```\n"),
    "syntaxhighlight": ("\n```\n", "\n```\n"),
    "source": ("\n```\n", "\n```\n"),
    "br": ("\n", ""),
}


@dataclass
class _Told:
    """What the versions of a page tell, one after another: the newest text, and everybody who wrote one."""

    moment: str = ""
    text: str = ""
    versions: int = 0
    people: dict[str, None] = field(default_factory=dict)

    def hear(self, revision: Element) -> None:
        moment = _under(revision, "timestamp").strip()
        if not self.versions or moment >= self.moment:  # as it is written, a moment sorts
            self.moment, self.text = moment, _under(revision, "text")
        self.versions += 1
        if name := _under(revision, "username"):
            self.people[name] = None


class _Bounded:
    """A stream of which no more than ``LARGEST`` is read, and no more than ``MOST_AT_ONCE`` until something is let go."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left, self.held = stream, LARGEST, 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._left -= len(piece)
        self.held += len(piece)
        if self._left < 0 or self.held > MOST_AT_ONCE:
            raise Unreadable("too_large")
        return piece


@dataclass(frozen=True)
class Page:
    """An article of the wiki as it stands there; its words are made Markdown only when they are asked for."""

    title: str
    _said: _Told

    def read(self) -> Found:
        """Raises ``Unreadable`` where its text is longer than any article."""
        if len(self._said.text) > LARGEST_TEXT:
            raise Unreadable("too_large")
        body, left_out = to_markdown(self._said.text)
        return Found(self.title, body, (), tuple(self._said.people), _moment(self._said.moment), left_out)


def articles(stream: IO[bytes]) -> Iterator[Page]:
    """Every article of the export, in order; redirects and pages of other namespaces are passed over. Raises ``Unreadable``.

    The stream is read as it is gone through: however large the wiki is, one version of one page is held at a time.
    """
    for page, said in _pages(stream):
        told = {_name(child): child.text or "" for child in page}
        if told.get("ns", ARTICLES) == ARTICLES and "redirect" not in told and said.versions and not _REDIRECT.match(said.text):
            yield Page(told.get("title", "").strip(), said)


def _pages(stream: IO[bytes]) -> Iterator[tuple[Element, _Told]]:
    """The pages with what their versions tell, each let go of once it was seen."""
    others: set[str] = set()
    told = _Told()
    for element in _closed(stream):
        name = _name(element)
        if name == "namespace" and element.get("key") != ARTICLES:
            others.add((element.text or "").strip().casefold())
        elif name == "revision":
            told.hear(element)
        elif name == "page":
            if not _is_elsewhere(element, others):
                yield element, told
            told = _Told()


def _closed(stream: IO[bytes]) -> Iterator[Element]:
    """Each element as it ends in the XML; versions and whatever stands by itself in the wiki are let go of once they were seen. An
    encoding nobody knows is a fault of the file as much as a missing end."""
    within: list[Element] = []
    bounded = _Bounded(stream)
    try:
        for event, element in iterparse(bounded, events=("start", "end")):
            if event == "start":
                within.append(element)
                if len(within) > DEEPEST:
                    raise Unreadable("broken")
                continue
            within.pop()
            yield element
            if within and (len(within) == 1 or _name(element) == "revision"):
                within[-1].remove(element)
                bounded.held = 0
    except DefusedXmlException as harm:
        raise Unreadable("hostile") from harm
    except Unreadable:
        raise
    except (ParseError, LookupError, ValueError) as broken:
        raise Unreadable("broken") from broken


def _is_elsewhere(page: Element, others: set[str]) -> bool:
    """Whether a page of an old export, which tells no number of its namespace, belongs by its title to another than the articles."""
    prefix, colon, _ = _under(page, "title").partition(":")
    return bool(colon) and prefix.strip().casefold() in others and not any(_name(child) == "ns" for child in page)


def to_markdown(wikitext: str) -> tuple[str, tuple[str, ...]]:
    """Wikitext as Markdown, and what had no counterpart and fell away (templates by name)."""
    import mwparserfromhell  # noqa: PLC0415 -- only an import reads a wiki

    try:
        code = mwparserfromhell.parse(wikitext)
        left_out = dict.fromkeys(_fallen(code))
        text = "".join(_told(node) for node in code.nodes)
    except RecursionError:  # nested beyond all sense: shown to the letter, so that nothing is lost
        return f"```\n{wikitext.strip()}\n```\n", (TOO_DEEP,)
    text = _LIST.sub(lambda m: _bullet(m[1]), text)
    text = _HEADING.sub(lambda m: f"{'#' * max(1, len(m[1]) - 1)} {m[2]}", text)
    text = _ITALIC.sub(r"*\1*", _BOLD.sub(r"**\1**", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", tuple(left_out)


def _fallen(code: Any) -> Iterator[str]:
    """What has no counterpart here: templates and pictures by name, notes and the like by their tag."""
    yield from (str(each.name).strip() for each in code.filter_templates(recursive=False))
    for link in code.filter_wikilinks(recursive=False):
        if str(link.title).partition(":")[0].strip().casefold() in PICTURES:
            yield str(link.title).strip()
    yield from (f"<{name}>" for name in (_tag_name(each) for each in code.filter_tags(recursive=False)) if name in LEFT_OUT)


def _told(node: Any) -> str:
    """One node of the parsed page as Markdown; headings, lists and quotes are made from the text afterwards."""
    kind = type(node).__name__
    if kind == "Wikilink":
        return _link(str(node.title), str(node.text or ""))
    if kind == "ExternalLink":
        said = str(node.title or node.url)
        return f"[{said}]({node.url})" if str(node.url).startswith(("http://", "https://")) else said
    if kind == "Tag":
        return _tag(node)
    if kind in {"Template", "Comment", "Argument"}:
        return ""
    return str(node.normalize() or node) if kind == "HTMLEntity" else str(node)


def _link(title: str, text: str) -> str:
    """A link inside the wiki is told by its words: its pages have new addresses here."""
    if title.partition(":")[0].strip().casefold() in NOT_HERE or (not text and _OTHER_LANGUAGE.match(title)):
        return ""
    return text or title.removeprefix(":").strip("#")


def _tag(node: Any) -> str:
    name = _tag_name(node)
    if name == "table":
        return _table(node)
    if name in LEFT_OUT:
        return ""
    if name in {"li", "dt", "dd"} and node.wiki_markup:
        return str(node.wiki_markup)
    inner = "".join(_told(each) for each in node.contents.nodes) if node.contents else ""
    before, after = AROUND.get(name, ("", ""))
    return f"{before}{inner}{after}"


def _tag_name(node: Any) -> str:
    return str(node.tag).strip().casefold()


def _table(node: Any) -> str:
    marked = [each for each in node.contents.filter_tags(recursive=False) if str(each.tag) == "tr"]
    rows = [cells for cells in map(_cells, [node, *marked]) if cells]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    caption = "".join(f"\n\n{each}" for each in _captions(node))
    return caption + "\n\n" + "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]]) + "\n\n"


def _cells(row: Any) -> list[str]:
    """The cells right under a row, or under the table itself: a first row needs no mark of its own."""
    cells = [each for each in row.contents.filter_tags(recursive=False) if str(each.tag) in {"td", "th"}]
    return [_cell(each) for each in cells if not _is_caption(each)]


def _cell(cell: Any) -> str:
    """What the cell says in one line; a table within it as its cells, one after another."""
    said = (
        "; ".join(filter(None, _inner_cells(each)))
        if type(each).__name__ == "Tag" and _tag_name(each) == "table"
        else _told(each)
        for each in cell.contents.nodes
    )
    return " ".join("".join(said).split()).replace("|", r"\|")


def _inner_cells(table: Any) -> list[str]:
    rows = [each for each in table.contents.filter_tags(recursive=False) if str(each.tag) == "tr"]
    return [
        _cell(cell)
        for row in [table, *rows]
        for cell in row.contents.filter_tags(recursive=False)
        if str(cell.tag) in {"td", "th"}
    ]


def _is_caption(cell: Any) -> bool:
    """The parser takes the caption of a table (``|+ Jam buka``) for a cell that begins with a plus."""
    return str(cell.contents).startswith("+")


def _captions(table: Any) -> list[str]:
    cells = [each for each in table.contents.filter_tags(recursive=False) if str(each.tag) in {"td", "th"}]
    return [f"'''{_cell(each).lstrip('+ ')}'''" for each in cells if _is_caption(each)]


def _bullet(marks: str) -> str:
    if set(marks) <= {":", ";"}:
        return "> " if marks[0] == ":" else ""
    return f"{'    ' * (len(marks) - 1)}{'1.' if marks[-1] == '#' else '-'} "


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _under(element: Element, name: str) -> str:
    return next((each.text or "" for each in element.iter() if _name(each) == name), "")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None
