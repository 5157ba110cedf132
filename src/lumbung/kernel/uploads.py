"""Files that people send: what they are is read from their first bytes, never from their name, and nothing else is kept."""

import secrets
from dataclasses import dataclass
from typing import Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse

MEDIA_TYPES = {
    "pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp",
    "ogg": "audio/ogg", "mp3": "audio/mpeg", "m4a": "audio/mp4", "mp4": "video/mp4",
}  # fmt: skip
ENDINGS = {kind: kind for kind in MEDIA_TYPES} | {"jpeg": "jpg"}
NEWEST_PDF = b"%PDF-"
_MP3_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")
_DANGEROUS_IN_PDF = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
SANDBOX = "default-src 'none'; sandbox"


class Sent(Protocol):
    """A file as a form gives it."""

    name: str | None
    size: int | None

    def read(self) -> bytes: ...


@dataclass(frozen=True)
class Kept:
    """Where a file was put under a name nobody can guess, and what it is."""

    stored_file: str
    kind: str
    size: int


def kind_of(content: bytes) -> str:
    """``pdf``, ``jpeg``, ``png`` or ``webp`` by signature and end; empty for anything else, and for a file cut short."""
    if content.startswith(NEWEST_PDF) and b"%%EOF" in content[-2048:]:
        return "pdf"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64:]:
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in content[-32:]:
        return "png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    return ""


def recording_of(content: bytes) -> str:
    """``ogg``, ``mp3``, ``m4a`` or ``mp4`` by signature: what telephones record; empty for anything else."""
    if content.startswith(b"OggS"):
        return "ogg"
    if content.startswith(b"ID3") or content[:2] in _MP3_FRAMES:
        return "mp3"
    if content[4:8] == b"ftyp":
        return "m4a" if content[8:11] == b"M4A" else "mp4"
    return ""


def acts(content: bytes) -> bool:
    """Whether a PDF carries what runs or hides other files: scripts, launches, attachments, forms of XFA."""
    return any(each in content for each in _DANGEROUS_IN_PDF)


def keep(content: bytes, *, kind: str, folder: str) -> Kept:
    """Put the file away under ``folder``, outside what the web server serves, by a random name."""
    name = default_storage.save(f"{folder}/{secrets.token_urlsafe(18)}.{ENDINGS[kind]}", ContentFile(content))
    return Kept(name, kind, len(content))


def forget(stored_file: str) -> None:
    """Remove a kept file, if there is one."""
    if stored_file:
        default_storage.delete(stored_file)


def shown(stored_file: str, *, kind: str, name: str, inline: bool = False) -> FileResponse:
    """The kept file as an answer that no browser lets act: typed by us, never sniffed, sandboxed, kept by no cache."""
    response = FileResponse(
        default_storage.open(stored_file), content_type=MEDIA_TYPES[kind], filename=name, as_attachment=not inline
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
