"""The files of an archive by name. Nothing is unpacked under a name that the archive chose; links, locks and bombs are told."""

import gzip
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

BLOCK = 1 << 20
LONGEST_READ = 4 << 20
BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    gzip.BadGzipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    UnicodeError,
)
"""What reading an archive raises that is damaged, locked, or packed in a way nobody knows."""


@dataclass(frozen=True)
class Fault:
    """What is wrong (``code``), and with which file or line, where there is one."""

    code: str
    what: str = ""


class NotABag(ValueError):
    """The archive cannot be read as a bag at all."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass(frozen=True)
class Limits:
    """The most bytes inside, the most files, and how much larger the inside may be than the archive once it is beyond ``small`` bytes."""

    largest: int
    members: int
    ratio: int
    small: int

    def inside(self, size: int) -> int:
        return min(self.largest, max(self.small, self.ratio * size))


@dataclass
class Packed:
    """``sizes`` has each file once, by the name the archive gives it."""

    open: Callable[[str], IO[bytes]]
    sizes: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    inside: int = 0

    def add(self, name: str, size: int, *, most: int, limits: Limits) -> None:
        """Count a file in. Raises ``NotABag`` as soon as the archive would be too large inside."""
        if name in self.sizes:
            self.faults.append(Fault("twice", name))
        self.sizes[name] = size
        self.inside += size
        if size < 0 or self.inside > most or len(self.sizes) > limits.members:
            raise NotABag(Fault("too_large"))


@contextmanager
def packed(path: Path, limits: Limits) -> Iterator[Packed]:
    """The files of a ZIP, tar or tar.gz. Raises ``NotABag`` for anything else, for what is damaged, and for bombs before they unfold."""
    with ExitStack() as opened:
        with told_when_broken():
            found = _opened(path, limits, opened)
        yield found


def _opened(path: Path, limits: Limits, opened: ExitStack) -> Packed:
    most = limits.inside(path.stat().st_size)
    file: IO[bytes] = opened.enter_context(path.open("rb"))
    head = file.read(2)
    file.seek(0)
    if head == b"PK":
        return _of_zip(opened.enter_context(zipfile.ZipFile(file)), most, limits)
    if head == b"\x1f\x8b":
        plain = opened.enter_context(tempfile.TemporaryFile(dir=path.parent))  # noqa: SIM115 -- the stack closes it
        _unpack(file, plain, most)
        file = plain
    measured = cast("IO[bytes]", _Measured(file))
    return _of_tar(opened.enter_context(tarfile.open(fileobj=measured, mode="r:")), most, limits)


@contextmanager
def told_when_broken() -> Iterator[None]:
    """Within the block a damaged archive becomes ``NotABag``."""
    try:
        yield
    except BROKEN as error:
        raise NotABag(Fault("unreadable")) from error


def _of_zip(archive: zipfile.ZipFile, most: int, limits: Limits) -> Packed:
    found = Packed(open=archive.open)
    for member in archive.infolist():
        if member.is_dir():
            continue
        if member.flag_bits & 1:
            found.faults.append(Fault("locked", member.filename))
        if stat.S_ISLNK(member.external_attr >> 16):
            found.faults.append(Fault("link", member.filename))
        found.add(member.filename, member.file_size, most=most, limits=limits)
    return found


def _of_tar(tar: tarfile.TarFile, most: int, limits: Limits) -> Packed:
    members: dict[str, tarfile.TarInfo] = {}

    def opened(name: str) -> IO[bytes]:
        file = tar.extractfile(members[name])
        if file is None:
            raise NotABag(Fault("unreadable"))
        return file

    found = Packed(open=opened)
    for member in tar:
        if member.isdir():
            continue
        if not member.isreg() or member.issparse():
            found.faults.append(Fault("link", member.name))
            continue
        found.add(member.name, member.size, most=most, limits=limits)
        members[member.name] = member
    return found


def _unpack(file: IO[bytes], plain: IO[bytes], most: int) -> None:
    size = 0
    with gzip.GzipFile(fileobj=file) as stream:
        while block := stream.read(BLOCK):
            size += len(block)
            if size > most:
                raise NotABag(Fault("too_large"))
            plain.write(block)
    plain.seek(0)


class _Measured:
    """A file of which nobody reads much at once: a header that claims to be enormous does not fill the memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= LONGEST_READ:
            raise NotABag(Fault("too_large"))
        return self._file.read(size)
