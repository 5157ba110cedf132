"""A dump as it lies on the disk, plain or packed (gz, zip, bz2), as a stream of text."""

import bz2
import codecs
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from lumbung.formats.zip_bounds import look_over

BLOCK = 1 << 20
PACKED_FAULTS = (EOFError, OSError, zlib.error, zipfile.BadZipFile)


MOST_UNPACKED = 1 << 40
"""A dump is read as a stream and never lies unpacked on a disk."""


class NotADumpError(Exception):
    """The file holds no dump: an archive without one."""


@contextmanager
def open_dump(file: BinaryIO) -> Iterator[BinaryIO]:
    """The bytes of the dump in ``file``, unpacked as they are read. Of an archive, its largest ``.sql`` (or ``.sql.gz``).

    Raises ``NotADumpError``, and ``zip_bounds.Unsafe`` for an archive that is locked or unpacks too far. A packed file that
    breaks off is told by ``texts``, after what was good.
    """
    start = file.read(4)
    file.seek(0)
    if start[:2] == b"\x1f\x8b":
        yield cast(BinaryIO, gzip.GzipFile(fileobj=file))
    elif start[:3] == b"BZh":
        yield cast(BinaryIO, bz2.BZ2File(file))
    elif start == b"PK\x03\x04":
        with zipfile.ZipFile(file) as archive, _member(archive) as packed, open_dump(packed) as inner:
            yield inner
    else:
        yield file


@contextmanager
def _member(archive: zipfile.ZipFile) -> Iterator[BinaryIO]:
    dumps = [each for each in archive.infolist() if each.filename.lower().endswith((".sql", ".sql.gz"))]
    if not dumps:
        raise NotADumpError(archive.filename or "zip")
    chosen = max(dumps, key=lambda each: each.file_size)
    look_over([chosen], most=MOST_UNPACKED)
    with archive.open(chosen) as packed:
        yield cast(BinaryIO, packed)


def texts(file: BinaryIO) -> Iterator[str]:
    """The dump as text, a block at a time. Bytes that are no UTF-8 come as surrogates, for ``mended`` to read.

    Raises ``EOFError`` after the last good block when a packed file breaks off.
    """
    start = _read(file)
    decoder = codecs.getincrementaldecoder(_encoding(start))(errors="surrogateescape")
    block = start
    while block:
        if text := decoder.decode(block):
            yield text.lstrip("\ufeff") if block is start else text
        block = _read(file)
    if rest := decoder.decode(b"", final=True):
        yield rest


def _read(file: BinaryIO) -> bytes:
    """The next bytes. Of a packed file only what one step unpacks, so that nothing good is lost with the step that fails."""
    if not isinstance(file, gzip.GzipFile | bz2.BZ2File | zipfile.ZipExtFile):
        return file.read(BLOCK)
    try:
        return file.read1(BLOCK)
    except PACKED_FAULTS as error:
        raise EOFError(str(error)) from error


def _encoding(start: bytes) -> str:
    """UTF-8, unless the file says that it is UTF-16: Windows' PowerShell writes that when a dump is redirected into a file."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8"


def mended(text: str) -> str:
    """The text with what was no UTF-8 read as Windows-1252, as web pages are, and without NUL."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    try:
        text.encode()
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "surrogateescape")
        text = raw.decode("utf-8", "windows-1252-instead")
    return text.replace("\0", "")


def _windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    try:
        return wrong.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return wrong.decode("latin-1"), error.end


codecs.register_error("windows-1252-instead", _windows)
