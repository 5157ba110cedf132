"""A folder that was packed (ZIP, as PKWARE's APPNOTE tells), read where it lies: one file at a time, within bounds no bomb passes."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_END
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from lumbung.formats.prose.reading import Unreadable

LARGEST_UNPACKED = 4 << 30
LARGEST_LIST = 8 << 20
"""Bytes of the list of files at the end, which is held as a whole: some 80,000 names of usual length."""
_END, _END_OF_LARGE, _END_LENGTH, _LONGEST_NOTE = b"PK\x05\x06", b"PK\x06\x07", 22, 1 << 16
_DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


class Folder:
    """The files of a packed folder in the order of its list, hidden ones left out.

    Raises ``Unreadable``: ``broken``, or ``too_large`` for a list or a content beyond bounds.
    """

    def __init__(self, file: BinaryIO) -> None:
        if _length_of_list(file) > LARGEST_LIST:
            raise Unreadable("too_large")
        try:
            self._packed = zipfile.ZipFile(file)
        except _DAMAGED as broken:
            raise Unreadable("broken") from broken
        self.files = [each for each in self._packed.infolist() if not each.is_dir() and not _is_hidden(each.filename)]
        if sum(each.file_size for each in self.files) > LARGEST_UNPACKED:
            raise Unreadable("too_large")
        self._by_path = {path_of(each): each for each in self.files}

    def get(self, path: str) -> zipfile.ZipInfo | None:
        return self._by_path.get(path)

    def read(self, info: zipfile.ZipInfo, most: int) -> bytes | None:
        """At most so many bytes of the file from its beginning; None for a locked or damaged one."""
        try:
            with self._open(info) as inside:
                return inside.read(most)
        except _DAMAGED:
            return None

    @contextmanager
    def opened(self, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
        """The file as a stream. Damage shows while it is read, as ``Unreadable``."""
        try:
            with self._open(info) as inside:
                yield inside
        except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
            raise Unreadable("broken") from broken

    def _open(self, info: zipfile.ZipInfo) -> IO[bytes]:
        """Other ways of packing than the usual one do not unpack by so many bytes at a time."""
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise NotImplementedError(info.compress_type)
        return self._packed.open(info)


def path_of(info: zipfile.ZipInfo) -> str:
    return str(PurePosixPath(info.filename))


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(path).parts)


def _length_of_list(file: BinaryIO) -> int:
    """How many bytes the list of files has, as its end record tells. One for folders beyond measure (ZIP64) is told as too large."""
    length = file.seek(0, SEEK_END)
    file.seek(max(0, length - _END_LENGTH - _LONGEST_NOTE))
    tail = file.read()
    at = len(tail) - _END_LENGTH
    if not (tail[-_END_LENGTH:].startswith(_END) and tail.endswith(b"\0\0")):
        at = tail.rfind(_END)
    if at < 0:
        raise Unreadable("broken")
    if tail[max(0, at - 20) : at].startswith(_END_OF_LARGE):
        raise Unreadable("too_large")
    return int.from_bytes(tail[at + 12 : at + 16], "little")
