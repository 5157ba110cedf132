"""Files on the server that a library moves in from: the inbox, where a large file is brought in pieces or laid by an operator."""

import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from lumbung.kernel.refusals import Reason, Refused
from lumbung.moving.refusals import FILE_EMPTY, FILE_MISSING, FILE_OUTSIDE, PIECE_ELSEWHERE, PIECE_TOO_LARGE

LARGEST_PIECE = 16 << 20
UNFINISHED = ".bagian"
"""What the name of a file ends with until its last piece is there."""


def folder() -> Path:
    """The inbox; made when it is not there."""
    place = Path(settings.DATA) / "inbox"
    place.mkdir(parents=True, exist_ok=True)
    return place


def listed() -> list[Path]:
    """What lies in the inbox, newest first: files that are whole, and folders."""
    found = [each for each in folder().iterdir() if not each.name.startswith(".") and not each.name.endswith(UNFINISHED)]
    return sorted(found, key=lambda each: each.stat().st_mtime, reverse=True)


def path_of(name: str) -> Path:
    """The file or folder of this name in the inbox. Refuses a name that leads out of it, and one that is not there."""
    place = (folder() / name).resolve()
    if not place.is_relative_to(folder().resolve()) or place == folder().resolve():
        raise Refused(FILE_OUTSIDE(file=name))
    if not place.exists():
        raise Refused(FILE_MISSING(file=name))
    return place


def faults_of(path: Path) -> list[Reason]:
    """Why this file cannot be moved in from."""
    if not path.is_file():
        return [FILE_MISSING(file=path.name)]
    return [] if path.stat().st_size else [FILE_EMPTY(file=path.name)]


def safe_name(name: str) -> str:
    """The name with nothing in it that leads elsewhere."""
    return re.sub(r"[^\w.-]+", "_", Path(name).name)[-120:].lstrip(".") or "berkas"


def received(name: str) -> int:
    """How many bytes of the unfinished file are there: where its next piece begins."""
    part = folder() / (safe_name(name) + UNFINISHED)
    return part.stat().st_size if part.exists() else 0


def take_whole(name: str, pieces: Iterable[bytes]) -> Path:
    """Put a whole file in the inbox; one of that name is replaced."""
    part = folder() / (safe_name(name) + UNFINISHED)
    with part.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    return part.replace(folder() / safe_name(name))


def take_piece(name: str, piece: bytes, *, at: int, size: int) -> int:
    """Add a piece that begins at byte ``at`` of the file's ``size``; returns how many bytes are there now. The last makes it whole.

    Refuses a piece that does not begin where the last one ended, one that is too large, and one that leads beyond the file's end.
    """
    part = folder() / (safe_name(name) + UNFINISHED)
    there = received(name)
    if at == 0 and there:
        part.unlink()
        there = 0
    if at != there:
        raise Refused(PIECE_ELSEWHERE(there=there))
    if len(piece) > LARGEST_PIECE or at + len(piece) > size:
        raise Refused(PIECE_TOO_LARGE())
    with part.open("ab") as file:
        file.write(piece)
    if at + len(piece) == size:
        part.replace(folder() / safe_name(name))
    return at + len(piece)
