"""The folders of the index. ``CURRENT`` names the one in use; a new one is built beside it and takes its place in one rename."""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lumbung.search.embedded.schema import version
from lumbung.search.interface import NotReady

PREFIX = f"v{version()}-"
BUILT = "BUILT"


class Store:
    """What lies in the index folder of one data folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / "CURRENT"
        self._spoilt = root / "SPOILT"

    def current(self) -> Path | None:
        """The folder in use; None before the first was built."""
        try:
            return self.root / self.pointer.read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            return None

    def is_of_this_version(self, folder: Path) -> bool:
        return folder.name.startswith(PREFIX)

    def is_spoilt(self, folder: Path) -> bool:
        """Whether somebody who asked found that the folder cannot be read whole."""
        try:
            return self._spoilt.read_text(encoding="ascii").strip() == folder.name
        except (OSError, ValueError):
            return False

    def is_older_than(self, seconds: float) -> bool:
        """Whether the folder in use came into use so long ago."""
        try:
            return time.time() - self.pointer.stat().st_mtime > seconds
        except OSError:
            return False

    def note_spoilt(self, name: str) -> None:
        """Have the folder in use built anew: told on the disk, since who finds it out is seldom who builds."""
        with suppress(OSError):
            if (folder := self.current()) and folder.name == name and not self.is_spoilt(folder):
                self._spoilt.write_text(name, encoding="ascii")

    def is_in_order(self) -> bool:
        """Whether there is an index that nobody found spoilt: told by names alone, without opening it."""
        folder = self.current()
        return bool(
            folder and self.is_of_this_version(folder) and (folder / "meta.json").exists() and not self.is_spoilt(folder)
        )

    def pieces(self) -> list[int]:
        """How many documents lie in each segment of the index in use, most first; nothing where there is none that can be read."""
        return _pieces(self.current() or self.root)

    def pieces_built(self) -> int:
        """In how many segments the index in use was when it was built; 0 where that is not known."""
        try:
            return int(((self.current() or self.root) / BUILT).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    @contextmanager
    def lock_for_building(self) -> Iterator[None]:
        """Two processes must not build at once. Raises ``NotReady`` when another one does."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "building.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise NotReady("another process is building the index") from None
            yield

    def new_folder(self) -> Path:
        folder = self.root / f"{PREFIX}{secrets.token_hex(4)}"
        folder.mkdir(parents=True)
        return folder

    def use(self, folder: Path) -> None:
        """Make the folder the one in use, at once and for good, and remove all others."""
        (folder / BUILT).write_text(str(len(_pieces(folder))), encoding="ascii")
        new = self.root / "CURRENT.new"
        with new.open("w", encoding="ascii") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.pointer)
        for other in self.root.iterdir():
            if other.is_dir() and other != folder:
                shutil.rmtree(other, ignore_errors=True)

    def throw_away(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)


def _pieces(folder: Path) -> list[int]:
    try:
        listed = json.loads((folder / "meta.json").read_bytes())["segments"]
        return sorted((int(each["max_doc"]) for each in listed), reverse=True)
    except (OSError, ValueError, KeyError):
        return []
