"""The folders of the index. ``CURRENT`` names the one in use; a new one is built beside it and takes its place in one rename."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lumbung.search.embedded.schema import version
from lumbung.search.interface import NotReady

PREFIX = f"v{version()}-"


class Store:
    """What lies in the index folder of one data folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / "CURRENT"

    def current(self) -> Path | None:
        """The folder in use; None before the first was built."""
        try:
            return self.root / self.pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def is_of_this_version(self, folder: Path) -> bool:
        return folder.name.startswith(PREFIX)

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
