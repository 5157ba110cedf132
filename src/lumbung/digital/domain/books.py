"""EPUBs opened for the reader: what they consist of, and their parts one by one, so that no whole file leaves."""

from dataclasses import dataclass
from urllib.parse import unquote

from lumbung.digital.domain import store
from lumbung.digital.models import File
from lumbung.digital.refusals import BOOK_UNREADABLE, PART_MISSING
from lumbung.formats.epub import Archive, Publication, Unreadable, package_path, publication_of
from lumbung.kernel.refusals import Refused

LARGEST_PART = 64 << 20
PACKAGING = ("META-INF/container.xml", "META-INF/encryption.xml")
TYPES = {
    "xhtml": "application/xhtml+xml", "html": "text/html", "htm": "text/html", "css": "text/css", "svg": "image/svg+xml",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "ttf": "font/ttf",
    "otf": "font/otf", "woff": "font/woff", "woff2": "font/woff2", "opf": "application/xml", "ncx": "application/xml",
    "xml": "application/xml", "smil": "application/xml", "mp3": "audio/mpeg", "m4a": "audio/mp4", "mp4": "video/mp4",
    "js": "text/plain",
}  # fmt: skip


@dataclass(frozen=True)
class BookPart:
    """One entry of a book. The type is ours, by its name; what is unknown is only bytes."""

    content: bytes
    media_type: str


def publication_in(file: File) -> Publication:
    """What the book consists of. Refuses one that cannot be read."""
    with store.opened(file.sha256) as content:
        try:
            with Archive(content) as archive:
                return publication_of(archive)
        except Unreadable as unreadable:
            raise Refused(BOOK_UNREADABLE()) from unreadable


def kept_names(file: File) -> list[str]:
    """The entries that reading the book takes, as far as they are in it. Refuses one that cannot be read."""
    with store.opened(file.sha256) as content:
        try:
            with Archive(content) as archive:
                names = [*PACKAGING, package_path(archive), *publication_of(archive).resources]
                return [name for name in dict.fromkeys(names) if name in archive.entries or unquote(name) in archive.entries]
        except Unreadable as unreadable:
            raise Refused(BOOK_UNREADABLE()) from unreadable


def part_of(file: File, name: str) -> BookPart:
    """One entry of the book. Refuses one that is not there, is damaged, or too large to be part of a book."""
    with store.opened(file.sha256) as content:
        try:
            with Archive(content) as archive:
                body = archive.read(name, LARGEST_PART)
        except Unreadable as unreadable:
            raise Refused(PART_MISSING()) from unreadable
    return BookPart(body, TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream"))
