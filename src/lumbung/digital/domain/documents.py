"""Pages of documents as pictures and lines: made by processes apart, and pictures kept for a while."""

import atexit
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from queue import LifoQueue

from django.conf import settings

from lumbung.digital.domain import store
from lumbung.digital.models import File
from lumbung.digital.refusals import PAGE_UNPRINTABLE
from lumbung.formats.pages import Line, Press, Title, Unprintable
from lumbung.kernel.refusals import Refused

KINDS = {"application/pdf": "pdf", "application/epub+zip": "epub"}
WIDTHS = (360, 720, 1080, 1440, 2160)
"""Pictures are made in these widths only, so that readers share them."""
MOST_KEPT = 2 << 30
PATIENCE = 20.0


def kind_of(media_type: str) -> str | None:
    """What the press calls documents of this type; None for what it does not open."""
    return KINDS.get(media_type)


class Presses:
    """A few presses that all threads of the process share."""

    def __init__(self, count: int) -> None:
        self._free: LifoQueue[Press] = LifoQueue()
        for _ in range(count):
            self._free.put(Press())

    @contextmanager
    def one(self) -> Iterator[Press]:
        """A press for the block, as soon as one is free."""
        press = self._free.get()
        try:
            yield press
        finally:
            self._free.put(press)

    def rest(self) -> None:
        """End the processes of those that are free."""
        for press in list(self._free.queue):
            press.rest()


PRESSES = Presses(2)
atexit.register(PRESSES.rest)


@contextmanager
def at_press(file: File, number: int) -> Iterator[tuple[Path, Press]]:
    """The file as one of this machine's, and a press for it. Refuses, as page ``number``, what the press cannot draw."""
    try:
        with store.on_disk(file.sha256) as path, PRESSES.one() as press:
            yield path, press
    except Unprintable as unprintable:
        raise Refused(PAGE_UNPRINTABLE(page=number)) from unprintable


def made_once(file: File, name: str, make: Callable[[], bytes]) -> bytes:
    """What is kept of the file under this name; made, and kept from now on, where it is not."""
    kept = kept_in(file.sha256, name)
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        made = make()
    put_away(kept, made)
    return made


def picture_of(file: File, number: int, width: int, *, lightest: bool = False) -> bytes:
    """A page of a PDF as JPEG, in the first of WIDTHS that is not narrower than ``width``; ``lightest``: JPEG or PNG, whichever suits it.

    Refuses a page that cannot be drawn.
    """
    width = next((each for each in WIDTHS if each >= width), WIDTHS[-1])

    def drawn() -> bytes:
        with at_press(file, number) as (path, press):
            return press.picture(path, number, width, lightest=lightest)

    return made_once(file, f"{number}-{width}.{'light' if lightest else 'jpg'}", drawn)


def type_of(picture: bytes) -> str:
    """The media type of a picture of a page."""
    return "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"


def lines_of(file: File, number: int) -> list[Line]:
    """The lines of a page of a PDF with their places. Refuses like ``picture_of``."""
    with at_press(file, number) as (path, press):
        return press.lines(path, number)


@dataclass(frozen=True)
class Shape:
    """How many pages a PDF has, and its outline."""

    pages: int = 1
    outline: Sequence[Title] = ()


def shape_of(file: File) -> Shape:
    """What a PDF is made of; asked of the file once, then kept beside its pictures. One that cannot be opened is as one blank page."""
    kept = kept_in(file.sha256, "shape.json")
    try:
        told = json.loads(kept.read_bytes())
        return Shape(told["pages"], [Title(*each) for each in told["outline"]])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    try:
        with store.on_disk(file.sha256) as path, PRESSES.one() as press:
            shape = Shape(press.pages(path, "pdf"), press.outline(path))
    except Unprintable:
        return Shape()
    put_away(kept, json.dumps({"pages": shape.pages, "outline": [astuple(each) for each in shape.outline]}).encode())
    return shape


def forget_pictures(most: int = MOST_KEPT) -> int:
    """Remove the pictures that were made longest ago, until no more than ``most`` bytes are kept; returns how many. Nightly."""
    pictures = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in _cache().glob("*/*/*.*")), reverse=True)
    total = removed = 0
    for _, size, path in pictures:
        total += size
        if total > most:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def kept_in(sha256: str, name: str) -> Path:
    """Where something made of the content of this hash is kept for a while."""
    return _cache() / sha256[:2] / sha256 / name


def _cache() -> Path:
    return Path(settings.DATA) / "cache" / "pages"


def put_away(path: Path, content: bytes) -> None:
    """Whole or not at all; a full disk keeps nobody from reading."""
    part = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
