"""Large files that come in pieces: each piece begins where the last one ended, so an upload goes on after a lost line.

A browser sends a ``mark`` of what is in the file along: another file of the same name begins anew, and the two are never put together.
Behind a dot it tells which sending of that file it is: when its last answer was lost, the same sending hears that all is there, and nothing
is done twice; who chooses the file again on purpose sends it again.
"""

import fcntl
import glob
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refusal, Refused

LARGEST_PIECE = 16 << 20
UNFINISHED = ".bagian"
"""What the name of a file ends with until its last piece is there."""
FINISHED = ".utuh"
"""What the name of a note ends with that a sending came to its end."""
KEPT = timedelta(days=7)
"""How long an unfinished file waits for its next piece."""
LONGEST_NAME, LONGEST_BYTES = 120, 180
"""In letters, and in bytes, of which a file system lets a name have 255: with the mark and the ending."""
LONGEST_SHOWN, LONGEST_ENDING = 200, 20
_NO_MARK = re.compile(r"[^0-9a-z-]+")
LONGEST_MARK = 40
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")

PIECE_ELSEWHERE = Refusal("piece_elsewhere", _("Potongan berkas tidak bersambung: yang sudah diterima %(there)s bita."))
STORAGE_OUT = Refusal(
    "storage_out", _("Tempat penyimpanan berkas sedang tidak dapat dipakai. Yang sudah tersimpan aman; coba lagi nanti.")
)
PIECE_TOO_LARGE = Refusal("piece_too_large", _("Potongan berkas terlalu besar."))


def safe_name(name: str) -> str:
    """The name with nothing in it that leads elsewhere."""
    last = Path(name.replace("\\", "/")).name
    kept = re.sub(r"[^\w.-]+", "_", last)[-LONGEST_NAME:].encode(errors="ignore")[-LONGEST_BYTES:]
    return kept.decode(errors="ignore").lstrip(".") or "berkas"


def shown_name(name: str) -> str:
    """The name as its owner wrote it, without folders and without signs that deceive the eye."""
    last = _CONTROLS.sub("", name.replace("\\", "/")).rstrip("/").rpartition("/")[2].strip(" .")
    stem, dot, ending = last.rpartition(".")
    return (
        f"{stem[: LONGEST_SHOWN - len(ending) - 1]}{dot}{ending}"
        if dot and len(ending) < LONGEST_ENDING
        else last[:LONGEST_SHOWN]
    )


@dataclass(frozen=True)
class Inbox:
    """A folder in which files grow piece by piece."""

    folder: Path

    def received(self, name: str, mark: str = "") -> int:
        """How many bytes of the unfinished file are there: where its next piece begins. All of them once this sending came to its end."""
        part, note = self._part(name, mark), self._note(name, mark)
        if part.exists():
            return part.stat().st_size
        return int(note.read_text()) if note and note.exists() else 0

    def take_whole(self, name: str, pieces: Iterable[bytes]) -> Path:
        """Put a whole file there; one of that name is replaced."""
        part = self._part(name)
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        return part.replace(self._whole(name))

    def take_piece(self, name: str, piece: bytes, *, at: int, size: int, mark: str = "") -> int:
        """Add a piece that begins at byte ``at`` of the file's ``size``; returns how many bytes are there now. The last makes it whole.

        Refuses a piece that does not begin where the last one ended, one that is too large, and one that leads beyond the file's end.
        """
        with self._alone():
            there = self.received(name, mark)
            if at == 0 and not self.is_finished(name, mark):
                self._begin_anew(name)
                there = 0
            if at < 0 or at != there:
                raise Refused(PIECE_ELSEWHERE(there=there))
            if len(piece) > LARGEST_PIECE or at + len(piece) > size:
                raise Refused(PIECE_TOO_LARGE())
            with self._part(name, mark).open("ab") as file:
                file.write(piece)
            if at + len(piece) == size:
                self._finish(name, mark, size)
            return at + len(piece)

    def is_finished(self, name: str, mark: str) -> bool:
        """Whether this sending of the file came to its end."""
        note = self._note(name, mark)
        return note is not None and note.exists()

    def forget_sending(self, name: str, mark: str) -> None:
        """Let the sending begin anew: what it brought could not be taken."""
        if note := self._note(name, mark):
            note.unlink(missing_ok=True)

    def whole(self, name: str) -> Path | None:
        """The file, once its last piece is there."""
        path = self._whole(name)
        return path if path.is_file() else None

    def forget_unfinished(self) -> int:
        """Remove, in all folders here, the files for which no piece came in ``KEPT``; how many. For the nightly job."""
        before = (clock.now() - KEPT).timestamp()
        left = [each for each in self.folder.rglob(f"*{UNFINISHED}") if each.is_file() and each.stat().st_mtime < before]
        notes = [each for each in self.folder.rglob(f".*{FINISHED}") if each.stat().st_mtime < before]
        for each in [*left, *notes]:
            each.unlink(missing_ok=True)
        return len(left)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A browser that gave up waiting sends its piece again while the first is still being written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".giliran").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _finish(self, name: str, mark: str, size: int) -> None:
        self._part(name, mark).replace(self._whole(name))
        if note := self._note(name, mark):
            note.write_text(str(size))

    def _whole(self, name: str) -> Path:
        return self.folder / safe_name(name)

    def _part(self, name: str, mark: str = "") -> Path:
        said = _NO_MARK.sub("", mark.partition(".")[0])[:LONGEST_MARK]
        return self.folder / f"{safe_name(name)}{'~' if said else ''}{said}{UNFINISHED}"

    def _note(self, name: str, mark: str) -> Path | None:
        said = _NO_MARK.sub("", mark.replace(".", "-"))[:LONGEST_MARK]
        return self.folder / f".{safe_name(name)}~{said}{FINISHED}" if "." in mark else None

    def _begin_anew(self, name: str) -> None:
        """What had come of files of this name is of no use any more."""
        for part in [self._part(name), *self.folder.glob(f"{glob.escape(safe_name(name))}~*{UNFINISHED}")]:
            part.unlink(missing_ok=True)


def inbox_of(user: events.Actor, purpose: str) -> Inbox:
    """Where pieces of this user's files for one purpose (``record-7``) come together."""
    return Inbox(_uploads() / str(user.pk) / purpose)


def forget_unfinished_uploads() -> int:
    """Remove what was begun to be sent, by whomever, and never finished; how many files. For the nightly job."""
    return Inbox(_uploads()).forget_unfinished()


def _uploads() -> Path:
    return Path(settings.DATA) / "uploads"
