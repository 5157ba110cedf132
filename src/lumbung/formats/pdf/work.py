"""What is done to a PDF, with PDFium. Only for the process of its own."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

HEAD, PAGES_FOR_FONTS, MOST_MARKS = 400, 60, 2000
MARK_SIZE, MARK_LEFT, MARK_FOOT, MARK_LEADING = 7.0, 24.0, 14.0, 8.5
GREY = 110


def inspect(path: str) -> dict[str, Any]:
    """What ``apart.Inspection`` holds."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            return {"locked": True}
        raise
    heads = [_head(document, number) for number in range(len(document))]
    return {
        "pages": len(document),
        "scripts": max(pdfium.FPDFDoc_GetJavaScriptActionCount(document), 0),
        "attachments": document.count_attachments(),
        "text_pages": sum(1 for head in heads if head.strip()),
        "unembedded": sorted(_unembedded(document)),
        "outline": outline_of(document),
        "heads": heads,
    }


def cut(path: str, cuts: list[list[Any]]) -> dict[str, Any]:
    """Each stretch of pages as a PDF of its own."""
    document = pypdfium2.PdfDocument(path)
    for first, last, target in cuts:
        piece = pypdfium2.PdfDocument.new()
        piece.import_pages(document, list(range(first - 1, last)))
        piece.save(target)
    return {}


def mark(path: str, target: str, lines: list[str]) -> dict[str, Any]:
    """The lines at the foot of every page, the last lowest."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        for height, line in enumerate(reversed(lines)):
            text = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", MARK_SIZE)
            words = ctypes.create_string_buffer(line.encode("utf-16-le") + b"\0\0")
            pdfium.FPDFText_SetText(text, ctypes.cast(words, pdfium.FPDF_WIDESTRING))
            pdfium.FPDFPageObj_SetFillColor(text, GREY, GREY, GREY, 255)
            pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, MARK_LEFT, MARK_FOOT + height * MARK_LEADING)
            pdfium.FPDFPage_InsertObject(page, text)
        page.gen_content()
        page.close()
    document.save(target)
    return {}


def join(paths: list[str], target: str) -> dict[str, Any]:
    """The pages of all, one behind the other."""
    whole = pypdfium2.PdfDocument.new()
    for each in paths:
        whole.import_pages(pypdfium2.PdfDocument(each))
    whole.save(target)
    return {}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"inspect": inspect, "cut": cut, "mark": mark, "join": join}


def _head(document: Any, number: int) -> str:
    """The first words of a page; nothing of one that cannot be read."""
    try:
        page = document[number]
        text = page.get_textpage()
        words: str = text.get_text_range(0, min(HEAD, text.count_chars())) if text.count_chars() > 0 else ""
        text.close()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    return words


def outline_of(document: Any) -> list[list[Any]]:
    """The titles of the outline: how deep each stands (0 is the top), what it says, and its page (from 1)."""
    return [mark for _, mark in zip(range(MOST_MARKS), _outline(document), strict=False)]


def _outline(document: Any) -> Iterator[list[Any]]:
    for bookmark in document.get_toc(max_depth=4):
        destination = bookmark.get_dest()
        page = destination.get_index() if destination else None
        if page is not None:
            yield [bookmark.level, bookmark.get_title().strip()[:200], page + 1]


def _unembedded(document: Any) -> set[str]:
    """Names of fonts that are used in the first pages and not in the file."""
    names: set[str] = set()
    for number in range(min(len(document), PAGES_FOR_FONTS)):
        page = document[number]
        for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3):
            font = pdfium.FPDFTextObj_GetFont(each)
            if font and not pdfium.FPDFFont_GetIsEmbedded(font):
                names.add(_name_of(font))
        page.close()
    return names


def _name_of(font: Any) -> str:
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(font, name, length)
    return name.value.decode("utf-8", "replace")
