"""What a file is, read from its content, never from its name; and whether it would act on whoever opens it."""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.digital.refusals import (
    ARCHIVE_BROKEN,
    ARCHIVE_TOO_LARGE_INSIDE,
    FILE_ACTS,
    FILE_EMPTY,
    KIND_OTHER_THAN_NAME,
    KIND_UNKNOWN,
)
from lumbung.kernel.refusals import Reason

HEAD = 4096
PIECE = 1 << 20
LARGEST_INSIDE = 4 << 30
LARGEST_RATIO = 200
SMALL_INSIDE = 64 << 20
"""An archive whose content is smaller than this may be packed as tightly as it likes."""
MOST_MEMBERS = 20_000
ACTING_IN_PDF = (b"/JavaScript", b"/JS ", b"/JS(", b"/JS<", b"/Launch")
OVERLAP = 32
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, struct.error)
"""What reading an archive raises that is damaged, locked, or packed in a way nobody knows."""


@dataclass(frozen=True)
class Kind:
    """A media type with the endings that names of such files may have, the first being ours, and its name for people."""

    media_type: str
    endings: tuple[str, ...]
    name: str | Promise

    def __str__(self) -> str:
        return str(self.name)


PDF = Kind("application/pdf", ("pdf",), "PDF")
EPUB = Kind("application/epub+zip", ("epub",), "EPUB")
ZIP = Kind("application/zip", ("zip", "xmind", "kmz", "jar"), "ZIP")
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",), "Word")
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), "Excel")
PPTX = Kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",), "PowerPoint")
ODT = Kind("application/vnd.oasis.opendocument.text", ("odt",), "OpenDocument")
TEXT = Kind("text/plain", ("txt", "csv", "tsv", "md", "srt", "bib", "ris", "json", "log", "r", "py"), _("Teks"))
VTT = Kind("text/vtt", ("vtt",), "WebVTT")
_BY_START: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", Kind("image/jpeg", ("jpg", "jpeg", "jpe"), "JPEG")),
    (b"\x89PNG\r\n\x1a\n", Kind("image/png", ("png",), "PNG")),
    (b"GIF87a", Kind("image/gif", ("gif",), "GIF")),
    (b"GIF89a", Kind("image/gif", ("gif",), "GIF")),
    (b"II*\x00", Kind("image/tiff", ("tif", "tiff"), "TIFF")),
    (b"MM\x00*", Kind("image/tiff", ("tif", "tiff"), "TIFF")),
    (b"ID3", Kind("audio/mpeg", ("mp3",), "MP3")),
    (b"\xff\xfb", Kind("audio/mpeg", ("mp3",), "MP3")),
    (b"\xff\xf3", Kind("audio/mpeg", ("mp3",), "MP3")),
    (b"fLaC", Kind("audio/flac", ("flac",), "FLAC")),
    (b"OggS", Kind("audio/ogg", ("ogg", "oga", "opus", "ogv"), "Ogg")),
    (b"\x1aE\xdf\xa3", Kind("video/webm", ("webm", "mkv"), "WebM")),
)
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body")


def kind_of(path: Path) -> Kind | None:
    """The kind of the file; None for anything that is not kept here, markup that browsers execute among it."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    for start, kind in _BY_START:
        if head.startswith(start):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(path)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _M4A if head[8:11] == b"M4A" else _MP4
    return _kind_of_text(path, head)


_RIFF = {
    b"WEBP": Kind("image/webp", ("webp",), "WebP"),
    b"WAVE": Kind("audio/wav", ("wav",), "WAV"),
}
_MP4 = Kind("video/mp4", ("mp4", "m4v", "mov"), "MP4")
_M4A = Kind("audio/mp4", ("m4a", "mp4"), "M4A")


def _kind_of_archive(path: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()[:MOST_MEMBERS]
            has_told = names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < HEAD
            told = archive.read("mimetype") if has_told else b""
    except BROKEN:
        return None
    if told.strip() == EPUB.media_type.encode():
        return EPUB
    if told.strip() == ODT.media_type.encode():
        return ODT
    return next((kind for name, kind in _OFFICE.items() if name in names), ZIP)


def _kind_of_text(path: Path, head: bytes) -> Kind | None:
    """Plain text in UTF-8, from its first byte to its last; not what a browser might take for a page."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP) or b"\0" in head:
        return None
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(PIECE):
                pass
    except UnicodeDecodeError:
        return None
    return VTT if head.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT") else TEXT


def faults_of(path: Path, name: str) -> tuple[Kind | None, list[Reason]]:
    """What the file is, and why it cannot be kept: empty, of no known kind, named as another kind, acting, or a bomb."""
    if not path.stat().st_size:
        return None, [FILE_EMPTY(file=name)]
    kind = kind_of(path)
    if kind is None:
        return None, [KIND_UNKNOWN(file=name)]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    faults = []
    if ending in _ALL_ENDINGS and ending not in kind.endings:
        faults.append(KIND_OTHER_THAN_NAME(file=name, ending=ending, kind=kind.name))
    if kind == PDF and _pdf_acts(path):
        faults.append(FILE_ACTS(file=name))
    if kind.media_type.endswith("zip") or kind in _OFFICE.values() or kind == ODT:
        faults += _faults_of_archive(path, name)
    return kind, faults


_ALL = [kind for _, kind in _BY_START] + [PDF, EPUB, ZIP, DOCX, XLSX, PPTX, ODT, TEXT, VTT, _MP4, _M4A, *_RIFF.values()]
_NAMES = {kind.media_type: kind.name for kind in _ALL}
_ALL_ENDINGS = {ending for kind in _ALL if kind != TEXT for ending in kind.endings}


def ending_of(media_type: str) -> str:
    """The ending that names of files of this type get."""
    return next((kind.endings[0] for kind in _ALL if kind.media_type == media_type), "bin")


def name_of(media_type: str) -> str:
    """What people call files of this type."""
    return str(_NAMES.get(media_type, media_type))


def _pdf_acts(path: Path) -> bool:
    """Whether the PDF names a script or a program to start, in the part of it that is not packed."""
    before = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            if any(each in before + piece for each in ACTING_IN_PDF):
                return True
            before = piece[-OVERLAP:]
    return False


def _faults_of_archive(path: Path, name: str) -> list[Reason]:
    """From the list of contents alone; nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            inside = sum(each.file_size for each in members)
            bomb = inside > SMALL_INSIDE and inside > LARGEST_RATIO * path.stat().st_size
            if bomb or inside > LARGEST_INSIDE or len(members) > MOST_MEMBERS:
                return [ARCHIVE_TOO_LARGE_INSIDE(file=name)]
    except BROKEN:
        return [ARCHIVE_BROKEN(file=name)]
    return []


def book_acts(path: Path) -> bool:
    """Whether an EPUB brings scripts. They are kept as part of the book and run nowhere here; what cannot be unpacked says nothing."""
    try:
        with zipfile.ZipFile(path) as book:
            return any(_page_acts(book, each) for each in book.infolist())
    except BROKEN:
        return False


def _page_acts(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    name = member.filename.lower()
    if name.endswith(".js"):
        return True
    if not name.endswith((".xhtml", ".html", ".htm", ".svg")):
        return False
    with archive.open(member) as page:
        before = b""
        while piece := page.read(PIECE):
            if b"<script" in (before + piece).lower():
                return True
            before = piece[-OVERLAP:]
    return False
