"""What the press does with a file, inside its own process."""

import io
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from lumbung.formats.epub import Archive, Unreadable, publication_of, stretches_of, text_of
from lumbung.formats.pages.strips import strips_of
from lumbung.formats.pdf.work import outline_of

MOST_PIXELS = 12_000_000
WIDEST = 2_400
MOST_LINES = 2_000
LONGEST_PAGE = 100_000
QUALITY = 68
GREYS = 16
"""Enough for the soft edges of letters."""
WHITE = 250
MOSTLY = 0.75
"""So much of a page of words is paper, however small its letters."""
COLOURED = 8
END_OF_LINE_HYPHEN = "\ufffe"


class Refusing(Exception):
    """The file will not give what is asked; the message is a code."""


@lru_cache(maxsize=3)
def _document(path: str, _changed: int) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Refusing("password" if "assword" in str(error) else "damaged") from error


def document(path: str) -> pdfium.PdfDocument:
    return _document(path, Path(path).stat().st_mtime_ns)


def pages(path: str, kind: str) -> int:
    """How many pages a PDF has, or parts an EPUB."""
    if kind == "pdf":
        return len(document(path))
    with Path(path).open("rb") as file, _opened(file) as archive:
        return len(publication_of(archive).parts)


def outline(path: str) -> list[list[Any]]:
    """The outline of a PDF, as ``Title`` holds it; empty where there is none or it cannot be read."""
    try:
        found = outline_of(document(path))
    except pdfium.PdfiumError:
        return []
    return [[depth, _plain(text).replace("\n", " "), page] for depth, text, page in found]


def words(path: str, kind: str, first: int, count: int) -> list[dict[str, Any]]:
    """The words of ``count`` pages of a PDF, or parts of an EPUB, from ``first`` on."""
    found = _words_of_pdf(path, first, count) if kind == "pdf" else _words_of_epub(path, first, count)
    return list(found)


def _words_of_pdf(path: str, first: int, count: int) -> Iterator[dict[str, Any]]:
    whole = document(path)
    for index in range(first - 1, min(first - 1 + count, len(whole))):
        try:
            page = whole[index]
            text = page.get_textpage().get_text_bounded()
            label = whole.get_page_label(index) or ""
        except pdfium.PdfiumError:
            text = label = ""
        yield {"number": index + 1, "text": _plain(text), "label": label[:20]}


def _words_of_epub(path: str, first: int, count: int) -> Iterator[dict[str, Any]]:
    with Path(path).open("rb") as file, _opened(file) as archive:
        for part in publication_of(archive).parts[first - 1 : first - 1 + count]:
            try:
                text = text_of(archive.read(part.href))
            except Unreadable:
                continue
            for piece in stretches_of(text):
                yield {"number": 0, "text": piece.text, "href": part.href, "progression": piece.progression}


def _opened(file: Any) -> Archive:
    try:
        return Archive(file)
    except Unreadable as unreadable:
        raise Refusing(unreadable.code) from unreadable


def lines(path: str, number: int) -> list[dict[str, Any]]:
    """The lines of a page of a PDF, in reading order, with their boxes; of a page that lies on its side, none."""
    page = _page(path, number)
    if page.get_rotation():
        return []
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    found = []
    for strip in islice(strips_of(page.get_textpage()), MOST_LINES):
        if strip.has_place and (said := _plain(strip.text)):
            box = {
                "left": (strip.left - left) / width,
                "top": (top - strip.top) / height,
                "width": (strip.right - strip.left) / width,
                "height": (strip.top - strip.bottom) / height,
            }
            found.append({"text": said, **{name: round(value, 5) for name, value in box.items()}})
    return found


def picture(path: str, number: int, width: int, *, lightest: bool) -> bytes:
    """The page as a JPEG picture, ``width`` pixels wide at most: WebP would save a fifth of the bytes and cost ten times the work.

    ``lightest``: words on paper alone as PNG in a few greys, which is half as large for no more work, and sharper; all
    else so that it is seen before it has come whole.
    """
    drawn = drawn_page(path, number, width)
    if lightest and (greys := _words_alone(drawn)):
        return saved(greys, "PNG", bits=4)
    return saved(drawn, "JPEG", quality=QUALITY, optimize=True, progressive=lightest)


def drawn_page(path: str, number: int, width: int) -> Image.Image:
    """The page of a PDF in its colours, ``width`` pixels wide at most."""
    page = _page(path, number)
    wide, high = page.get_size()
    if wide <= 0 or high <= 0:
        raise Refusing("damaged")
    width = max(1, min(width, WIDEST))
    scale = min(width / wide, (MOST_PIXELS / (wide * high)) ** 0.5)
    drawn: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    return drawn


def saved(picture: Image.Image, form: str, **how: Any) -> bytes:
    """The picture as a file of this form of Pillow's, saved ``how`` it says."""
    file = io.BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


def _words_alone(drawn: Image.Image) -> Image.Image | None:
    """The page in a few greys, where it is dark words on white paper; None where it has colours or pictures, which would suffer."""
    grey = drawn.convert("L")
    if not is_paper(grey):
        return None
    if any(sum(ImageChops.difference(band, grey).histogram()[COLOURED:]) for band in drawn.split()):
        return None
    return in_greys(grey, GREYS)


def in_greys(grey: Image.Image, count: int) -> Image.Image:
    """A page in greys with no more than ``count`` of them, evenly between black and white."""
    few = Image.frombytes("P", grey.size, grey.point([round(each * (count - 1) / 255) for each in range(256)]).tobytes())
    few.putpalette([round(each * 255 / (count - 1)) for each in range(count) for _ in "rgb"])
    return few


def is_paper(grey: Image.Image) -> bool:
    """Whether a page in greys is mostly white, as pages of words are."""
    return sum(grey.histogram()[WHITE:]) >= MOSTLY * grey.width * grey.height


def _page(path: str, number: int) -> pdfium.PdfPage:
    whole = document(path)
    if not 1 <= number <= len(whole):
        raise Refusing("no_such_page")
    try:
        return whole[number - 1]
    except pdfium.PdfiumError as error:
        raise Refusing("damaged") from error


def _plain(text: str) -> str:
    """Without what neither a database nor a reader can use: unpaired halves, control characters, soft line ends."""
    kept = text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n").replace(END_OF_LINE_HYPHEN, "")
    return "".join(each for each in kept if each in "\n\t" or each.isprintable() or each.isspace())[:LONGEST_PAGE].strip()
