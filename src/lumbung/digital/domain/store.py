"""Where contents are kept: each once, under its SHA-256, as an object of the Oxford Common File Layout (``formats.ocfl``).

``places`` says where: a folder of this machine or S3, and a second place if there is one. What the first place lacks is read from the
second; what a place behind the network does not take waits here and is sent later (``send_waiting``).
"""

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from django.conf import settings

from lumbung import __version__
from lumbung.digital.domain import kinds, places, scanning
from lumbung.digital.refusals import CONTENT_MISSING, FILE_TOO_LARGE
from lumbung.formats import ocfl
from lumbung.kernel import clock
from lumbung.kernel.pieces import STORAGE_OUT
from lumbung.kernel.refusals import Refused

ROOT = "digital/objects"
PIECE = 1 << 18

logger = logging.getLogger(__name__)


T = TypeVar("T")


@dataclass(frozen=True)
class Content:
    """A kept content: its name in the store, its size, and what it is."""

    sha256: str
    size: int
    media_type: str


def place_of(sha256: str) -> str:
    """The name under which the files of this machine have this content."""
    return f"{ROOT}/{ocfl.place_of(sha256)}/{ocfl.CONTENT}"


def put(pieces: Iterable[bytes], *, name: str, largest: int) -> Content:
    """Keep what the pieces make, reading them once: memory stays flat whatever the size. What is there already is kept once.

    Refuses what is larger than ``largest`` as soon as that shows, an empty file, a kind not kept here, one named as another kind, what
    would act on its reader, an archive that is a bomb, what is infected; and says so when the storage takes nothing.
    """
    with incoming() as path:
        written = _write(path, pieces, name, largest)
        return _take(path, written, name)


def put_file(path: Path, *, name: str, largest: int) -> Content:
    """Keep a file of this machine, which is moved away or left; refuses like ``put``."""
    with path.open("rb") as file:
        return put(iter(lambda: file.read(PIECE), b""), name=name, largest=largest)


@contextmanager
def incoming() -> Iterator[Path]:
    """A place for a file on its way, on the disk of the data folder; empty again after the block."""
    try:
        folder = Path(settings.DATA) / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
    except OSError as error:
        raise Refused(STORAGE_OUT()) from error
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def exists(sha256: str) -> bool:
    """Whether the store has the content. Refuses when the storage does not answer."""
    with asked():
        return any(place.has(sha256) for place in places.readable())


@contextmanager
def opened(sha256: str) -> Iterator[IO[bytes]]:
    """The content as a file that can be read and sought. Refuses when it is not there, or the storage does not answer."""
    with _open(sha256) as file:
        yield file


def pieces_of(sha256: str, first: int, length: int) -> "Pieces":
    """``length`` bytes of the content from the byte ``first`` on, a piece at a time. Refuses, before the first piece, like ``opened``."""
    file = _open(sha256)
    file.seek(first)
    return Pieces(file, length)


class Pieces:
    """The pieces of an open file, which is closed after the last one, or by ``close``."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self._file, self._left = file, length

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self._file.read(min(PIECE, self._left)) if self._left > 0 else b""
        if not piece:
            self.close()
            raise StopIteration
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()


@contextmanager
def on_disk(sha256: str) -> Iterator[Path]:
    """The content as a file of this machine, for programs that need one: the kept file itself, or for the block a copy. Only to be read."""
    paths = (place.path_of(sha256) for place in places.readable())
    here = next((path for path in paths if path is not None and path.is_file()), None)
    if here is not None:
        yield here
        return
    with incoming() as copy:
        with opened(sha256) as file, copy.open("wb") as target:
            shutil.copyfileobj(file, target, PIECE)
        yield copy


def remove(sha256: str) -> None:
    """Take the content away. The caller has made sure that nothing refers to it."""
    with asked():
        for place in places.readable():
            place.remove(sha256)


def send_waiting() -> bool:
    """Send what waits here to the first place. False when nothing waits, or the place does not take it yet: asked again later."""
    if not places.first().is_remote:
        return False
    waiting = places.waiting()
    for sha256 in waiting.kept():
        try:
            with on_disk(sha256) as path:
                places.first().keep(sha256, path, described(waiting, sha256))
            waiting.remove(sha256)
        except OSError as error:
            logger.warning("contents wait to be sent to %s: %s", places.first().name, error)
            return False
    return False


def contents_wait() -> bool:
    """Whether anything waits to be sent."""
    return places.first().is_remote and any(True for _ in places.waiting().kept())


def described(place: places.Place, sha256: str) -> dict[str, bytes]:
    """The files that describe the object, as this place has them, in the order in which to write them."""
    inventory, sidecar = place.said(sha256, ocfl.INVENTORY), place.said(sha256, ocfl.SIDECAR)
    return ocfl.with_inventory(inventory, sidecar)


def description_of(sha256: str, sha512: str) -> dict[str, bytes]:
    """The files that describe a content that comes now."""
    user = {"name": f"Lumbung {__version__}", "address": settings.SITE_URL or "urn:lumbung"}
    return ocfl.object_files(sha256=sha256, sha512=sha512, created=clock.now(), user=user)


@dataclass(frozen=True)
class _Written:
    sha256: str
    sha512: str
    size: int


def _write(path: Path, pieces: Iterable[bytes], name: str, largest: int) -> _Written:
    sha256, sha512, size = hashlib.sha256(), hashlib.sha512(), 0
    with asked(), path.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > largest:
                raise Refused(FILE_TOO_LARGE(file=name, most=largest >> 20))
            sha256.update(piece)
            sha512.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return _Written(sha256.hexdigest(), sha512.hexdigest(), size)


def _take(path: Path, written: _Written, name: str) -> Content:
    kind, faults = kinds.faults_of(path, name)
    if faults or kind is None:
        raise Refused(faults)
    scanning.look_at(path, written.sha256, name=name, size=written.size)
    with asked():
        _keep(path, written)
    return Content(written.sha256, written.size, kind.media_type)


def _keep(path: Path, written: _Written) -> None:
    first, description = places.first(), description_of(written.sha256, written.sha512)
    try:
        if not first.is_whole(written.sha256):
            first.keep(written.sha256, path, description, move=True)
    except OSError as error:
        if not first.is_remote:
            raise
        logger.warning("%s does not take a content; it waits here: %s", first.name, error)
        places.waiting().keep(written.sha256, path, description, move=True)


def _open(sha256: str) -> IO[bytes]:
    with asked():
        return _from_any(lambda place: place.open(sha256))


def _from_any(ask: Callable[[places.Place], T]) -> T:
    """What the first place says that can say it. Where none can, one that does not answer counts for more than one that lacks it."""
    failure: OSError = FileNotFoundError()
    for place in places.readable():
        try:
            return ask(place)
        except FileNotFoundError:
            continue
        except OSError as error:
            failure = error
    raise failure


@contextmanager
def asked() -> Iterator[None]:
    """Within the block a content that is not there, and a storage that fails, become refusals."""
    try:
        yield
    except FileNotFoundError as error:
        raise Refused(CONTENT_MISSING()) from error
    except OSError as error:
        raise Refused(STORAGE_OUT()) from error
