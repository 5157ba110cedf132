"""The zip of an EPUB, opened so that no file in it can hurt: names that leave the folder are passed over, and what would unpack to
more than it says, or to more than a book can be, is refused."""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import TracebackType
from typing import IO
from urllib.parse import unquote

MOST_ENTRIES = 20_000
MOST_UNPACKED = 2 << 30
LARGEST_TEXT = 32 << 20
SUSPICIOUS = 1 << 20
HIGHEST_RATIO = 200
CONTAINER = "META-INF/container.xml"
RIGHTS = "META-INF/rights.xml"


class Unreadable(ValueError):
    """The file cannot be read as an EPUB at all. ``code`` says why: ``not_a_zip``, ``too_many_entries``, ``unpacks_too_far``,
    ``no_container``, ``no_package``, ``bad_package``, ``nothing_to_read``, ``missing``, ``too_large``, ``damaged``, ``protected``."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code} {where}".strip())
        self.code = code
        self.where = where


class Archive:
    """The entries of an EPUB by name. Use it as a context manager; ``file`` may be anything that can be read and sought."""

    def __init__(self, file: IO[bytes]) -> None:
        """Raises ``Unreadable`` for what is no zip and for what unpacks too far."""
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise Unreadable("not_a_zip") from error
        self.entries: Mapping[str, zipfile.ZipInfo] = _checked(self._zip.infolist())
        self.left_out = tuple(info.filename for info in self._zip.infolist() if not _stays_inside(info.filename))
        if CONTAINER not in self.entries:
            raise Unreadable("no_container")

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    def read(self, name: str, limit: int = LARGEST_TEXT) -> bytes:
        """The whole entry. Raises ``Unreadable`` when it is not there, is damaged, or has more than ``limit`` bytes."""
        info = self.entries.get(name) or self.entries.get(unquote(name))
        if info is None:
            raise Unreadable("missing", name)
        try:
            with self._zip.open(info) as entry:
                content = entry.read(limit + 1)
        except RuntimeError as error:  # zipfile's word for an entry with a password
            raise Unreadable("protected", name) from error
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise Unreadable("damaged", name) from error
        if len(content) > limit:
            raise Unreadable("too_large", name)
        return content

    def pieces(self, name: str, size: int) -> Iterator[bytes]:
        """The entry of exactly this name, ``size`` bytes at a time. Raises ``Unreadable`` like ``read``, on the way."""
        if (info := self.entries.get(name)) is None:
            raise Unreadable("missing", name)
        try:
            with self._zip.open(info) as entry:
                yield from iter(lambda: entry.read(size), b"")
        except RuntimeError as error:  # as above
            raise Unreadable("protected", name) from error
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise Unreadable("damaged", name) from error

    def size(self, name: str) -> int:
        """Bytes of the entry, unpacked; 0 when it is not there."""
        info = self.entries.get(name) or self.entries.get(unquote(name))
        return info.file_size if info else 0


def _checked(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > MOST_ENTRIES:
        raise Unreadable("too_many_entries")
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise Unreadable("unpacks_too_far")
    for info in infos:
        if info.file_size > SUSPICIOUS and info.file_size > HIGHEST_RATIO * max(1, info.compress_size):
            raise Unreadable("unpacks_too_far", info.filename)
    return {info.filename: info for info in infos if _stays_inside(info.filename) and not info.is_dir()}


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or ":" in path.parts[:1])
