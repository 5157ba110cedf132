"""Files on the server that a library moves in from: the inbox, where a large file is brought in pieces or laid by an operator."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from lumbung.kernel.pieces import UNFINISHED, Inbox
from lumbung.kernel.refusals import Reason, Refused
from lumbung.moving.refusals import FILE_EMPTY, FILE_MISSING, FILE_OUTSIDE


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


def received(name: str, mark: str = "") -> int:
    """How many bytes of the unfinished file are there: where its next piece begins."""
    return Inbox(folder()).received(name, mark)


def take_whole(name: str, pieces: Iterable[bytes]) -> Path:
    """Put a whole file in the inbox; one of that name is replaced."""
    return Inbox(folder()).take_whole(name, pieces)


def take_piece(name: str, piece: bytes, *, at: int, size: int, mark: str = "") -> int:
    """Add a piece, as ``kernel.pieces`` tells; the last makes the file whole."""
    return Inbox(folder()).take_piece(name, piece, at=at, size=size, mark=mark)


def forget_unfinished_files() -> int:
    """Remove files that were begun to be brought and never finished; how many. For the nightly job."""
    return Inbox(folder()).forget_unfinished()
