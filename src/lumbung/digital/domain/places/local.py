"""A folder of this machine as a storage root. An object comes into being by one renaming: it is there whole, or not at all."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from lumbung.digital.domain.places.place import Known, Lost
from lumbung.formats import ocfl

PIECE = 1 << 20


class Folder:
    """See ``Place``. What is being written lies beside the root, on the same disk."""

    is_remote = False

    def __init__(self, root: Path, known: Path) -> None:
        self.root, self.name = root, str(root)
        self._coming = root.parent / "coming"
        self._known = Known(known, self.name)

    def has(self, sha256: str) -> bool:
        return self._content(sha256).is_file()

    def is_whole(self, sha256: str) -> bool:
        return self.has(sha256) and (self._object(sha256) / ocfl.OBJECT_MARK).is_file()

    def keep(self, sha256: str, content: Path, description: Mapping[str, bytes], *, move: bool = False) -> None:
        self._lay_out()
        self._coming.mkdir(parents=True, exist_ok=True)
        target = self._object(sha256)
        with tempfile.TemporaryDirectory(dir=self._coming) as coming:
            built = Path(coming, "new")
            data = built / ocfl.CONTENT
            data.parent.mkdir(parents=True)
            shutil.move(content, data) if move else shutil.copyfile(content, data)
            data.chmod(0o644)
            for name, said in description.items():
                (built / name).write_bytes(said)
            _make_durable(built)
            target.parent.mkdir(parents=True, exist_ok=True)
            _exchange(built, target, Path(coming, "old"))
        _sync(target.parent)

    def open(self, sha256: str) -> IO[bytes]:
        try:
            return self._content(sha256).open("rb")
        except NotADirectoryError as error:
            raise FileNotFoundError(str(error)) from error

    def said(self, sha256: str, name: str) -> bytes:
        return (self._object(sha256) / name).read_bytes()

    def note(self, sha256: str, name: str, said: bytes) -> None:
        path = self._object(sha256) / name
        path.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent.parent.parent, prefix=".") as beside:
            fresh = Path(beside, "new")
            fresh.write_bytes(said)
            fresh.replace(path)

    def remove(self, sha256: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self._object(sha256))
        for folder in (self._object(sha256).parent, self._object(sha256).parent.parent):
            with contextlib.suppress(OSError):  # others live there
                folder.rmdir()

    def path_of(self, sha256: str) -> Path | None:
        return self._content(sha256)

    def kept(self) -> list[str]:
        return [ocfl.hash_of(folder.name) for folder in sorted(self.root.glob(f"???/???/{ocfl.ENCODED}*"))]

    def ask(self) -> None:
        if self._known and not (self.root / ocfl.ROOT_MARK).is_file():
            raise Lost(f"{self.root} tidak berisi penyimpanan Lumbung lagi; apakah disknya terpasang?")

    def begin_anew(self) -> None:
        self._known.forget()
        self._lay_out()

    def _lay_out(self) -> None:
        if (self.root / ocfl.ROOT_MARK).is_file():
            self._known.remember()
            return
        self.ask()
        for name, said in ocfl.root_files().items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(said)
        self._known.remember()

    def _object(self, sha256: str) -> Path:
        return self.root / ocfl.place_of(sha256)

    def _content(self, sha256: str) -> Path:
        return self._object(sha256) / ocfl.CONTENT


def _exchange(built: Path, target: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    try:
        built.rename(target)
    except OSError:
        if not target.exists():  # else another that kept the same was quicker
            raise


def _make_durable(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
