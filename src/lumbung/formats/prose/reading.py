"""Articles from elsewhere as Markdown: plain Markdown, HTML, Word documents (DOCX). What is hostile or too large is said, not read."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import nh3

LARGEST_TEXT = 2 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
LARGEST_WORD, LARGEST_WORDS = 32 << 20, 16 << 20
"""Bytes of a Word document, and of the part of it that has its words."""
MOST_PARTS = 2_000
WORDS, _NUMBERING = "word/document.xml", "word/numbering.xml"
_FRONT = re.compile(r"\A---\r?\n(?P<fields>.*?)\r?\n---\r?\n", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>\w+)\s*:\s*[\"']?(?P<value>.*?)[\"']?\s*$", re.MULTILINE)
_TITLE_LINE = re.compile(r"\A\s*#\s+(?P<title>[^\n]+?)\s*#*\s*(?:\n|\Z)")
_TITLE_UNDERLINED = re.compile(r"\A\s*(?P<title>[^\n#>`|]+?)\s*\n=+[ \t]*(?:\n|\Z)")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HTML_TITLE = re.compile(r"<title[^>]*>(?P<title>.*?)</title>", re.IGNORECASE | re.DOTALL)
_UNREAD = re.compile(r"<(script|style|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BLANK_LINES = re.compile(r"\n{3,}")
_TAGS = frozenset(
    "h1 h2 h3 h4 h5 h6 p br hr ul ol li strong b em i del s code pre blockquote a img table thead tbody tr th td".split()  # noqa: SIM905
)
_SPANS = frozenset({"colspan", "rowspan"})
_KEPT = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "td": _SPANS, "th": _SPANS}


class Unreadable(ValueError):
    """What was given is no such document, is too large, or tries to do harm; the code says which."""


@dataclass(frozen=True)
class Picture:
    """A picture inside a document, under the name by which its text speaks of it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Found:
    """An article as it was found: its title ("" when it has none), its text in Markdown, who wrote it, and when it last changed."""

    title: str
    text: str
    pictures: tuple[Picture, ...] = ()
    people: tuple[str, ...] = ()
    changed_at: datetime | None = None
    left_out: tuple[str, ...] = field(default=())


def from_markdown(content: bytes) -> Found:
    """A Markdown file; the fields at its head tell title and author, else its first heading is the title."""
    text = _decoded(content)
    front = _FRONT.match(text)
    told = {m["name"].lower(): m["value"] for m in _FIELD.finditer(front["fields"])} if front else {}
    text = text[front.end() :] if front else text
    line = _TITLE_LINE.match(text) or _TITLE_UNDERLINED.match(text)
    title = told.get("title") or (line["title"] if line else "")
    body = text[line.end() :] if line and line["title"].strip() == title.strip() else text
    return Found(title.strip(), _tidy(body), people=tuple(filter(None, [told.get("author", "")])))


def from_html(content: bytes) -> Found:
    """A page of HTML: scripts, styles and frames fall away, the rest becomes Markdown."""
    text = _decoded(content)
    said = _HTML_TITLE.search(text)
    body = markdown_of(_UNREAD.sub("", _HTML_TITLE.sub("", text)))
    line = _TITLE_LINE.match(body)
    title = line["title"] if line else nh3.clean(said["title"], tags=set()).strip() if said else ""
    return Found(title, _tidy(body[line.end() :] if line else body))


def from_docx(content: bytes) -> Found:
    """A Word document: headings, lists, tables, links and pictures by their styles. Refuses what would unpack beyond measure."""
    import mammoth  # noqa: PLC0415 -- only an import reads Word documents
    from bs4 import BeautifulSoup  # noqa: PLC0415 -- only an import reads Word documents

    from lumbung.formats.prose.numbering import numbered  # noqa: PLC0415 -- only an import reads Word documents

    if len(content) > LARGEST_WORD:
        raise Unreadable("too_large")
    _check_zip(content, WORDS)
    pictures: list[Picture] = []

    def keep(image: Any) -> dict[str, str]:
        with image.open() as opened:
            name = f"gambar-{len(pictures) + 1}"
            pictures.append(Picture(name, opened.read()))
        return {"src": f"/{name}"}

    try:
        marked = _with_numbers(content)
        made = mammoth.convert_to_html(io.BytesIO(marked), convert_image=mammoth.images.img_element(keep))
    except Exception as broken:  # the library raises whatever it stumbles over
        raise Unreadable("broken") from broken
    found = from_html(str(numbered(BeautifulSoup(made.value, "html.parser"))).encode())
    left_out = tuple(dict.fromkeys(str(each.message) for each in made.messages))
    text = re.sub(r"\]\(/(gambar-\d+)\)", r"](lampiran:\1)", found.text)
    return Found(found.title, text, tuple(pictures), left_out=left_out)


def _with_numbers(content: bytes) -> bytes:
    """The document with the number of each point before it: what makes HTML of it knows lists, and not where they go on."""
    from defusedxml.ElementTree import fromstring, tostring  # noqa: PLC0415 -- only an import reads Word documents

    from lumbung.formats.prose import numbering  # noqa: PLC0415 -- only an import reads Word documents

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(made, "w") as marked:
        if _NUMBERING not in packed.NameToInfo:
            return content
        for name in packed.NameToInfo:
            inside = packed.read(name)
            if name == WORDS:
                document = fromstring(inside)
                numbering.mark(document, numbering.numbering_in(fromstring(packed.read(_NUMBERING))))
                inside = tostring(document)
            marked.writestr(name, inside)
    return made.getvalue()


def markdown_of(html: str) -> str:
    """HTML as Markdown, whatever it tries to do."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 -- only an import reads HTML
    from markdownify import ATX, MarkdownConverter  # noqa: PLC0415 -- only an import reads HTML

    from lumbung.formats.prose.tables import made_even, one_line  # noqa: PLC0415 -- only an import reads HTML

    class Converter(MarkdownConverter):
        """A cell is one line, and a bar within it part of what it says."""

        def convert_td(self, el: Any, text: str, parent_tags: Any) -> str:
            return str(super().convert_td(el, one_line(text), parent_tags))  # type: ignore[misc] # its stubs lack it

        def convert_th(self, el: Any, text: str, parent_tags: Any) -> str:
            return str(super().convert_th(el, one_line(text), parent_tags))  # type: ignore[misc] # its stubs lack it

    clean = nh3.clean(html, tags=set(_TAGS), attributes={name: set(some) for name, some in _KEPT.items()}, link_rel=None)
    converter = Converter(heading_style=ATX, bullets="-", newline_style="backslash", table_infer_header=True)
    made = str(converter.convert_soup(made_even(BeautifulSoup(clean, "html.parser"))))
    return _BLANK_LINES.sub("\n\n", made).strip()


def _check_zip(content: bytes, needed: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise Unreadable("broken") from broken
    sizes = {part.filename: part.file_size for part in parts}
    if needed not in sizes:
        raise Unreadable("broken")
    if len(parts) > MOST_PARTS or sizes[needed] > LARGEST_WORDS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable("too_large")


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_TEXT:
        raise Unreadable("too_large")
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise Unreadable("broken")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n") + "\n" if text.strip() else ""
