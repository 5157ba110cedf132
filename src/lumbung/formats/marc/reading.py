"""Reading a file of records in whatever form it comes: packed or not, ISO 2709, MARCXML or MARC-in-JSON."""

import io
import re
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO, cast

from lumbung.formats.marc.defects import Defect, Kind
from lumbung.formats.marc.entry import Encoding, Entry
from lumbung.formats.marc.iso2709 import read_iso2709
from lumbung.formats.marc.marcjson import read_marcjson
from lumbung.formats.marc.marcxml import declared_encoding, read_marcxml

HEAD = 4096
SKIP = 1 << 20
PACKED = 1 << 16
GZIP, GZIP_WINDOW = b"\x1f\x8b", 31
_XML = re.compile(rb"<[?!A-Za-z]")
_JSON = re.compile(rb'\[?\s*\{\s*"')


class Format(StrEnum):
    """A form in which records travel; ``AUTO`` looks at the first bytes."""

    AUTO = "auto"
    ISO_2709 = "iso2709"
    MARCXML = "marcxml"
    MARC_IN_JSON = "marcjson"


def format_of(head: bytes) -> Format:
    """The form of a file that begins with ``head``; what is not XML or JSON is read as ISO 2709."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \r\n\t\0")
    if _XML.match(start):
        return Format.MARCXML
    return Format.MARC_IN_JSON if _JSON.match(start) else Format.ISO_2709


def read(
    file: BinaryIO,
    *,
    form: Format = Format.AUTO,
    encoding: Encoding = Encoding.AUTO,
    offset: int = 0,
    position: int = 0,
) -> Iterator[Entry]:
    """Every entry of ``file`` (seekable, standing anywhere) from ``offset``, a place in the unpacked bytes where an entry ended.

    A packed file that breaks off gives what could be unpacked, and a last entry that says so.
    """
    file.seek(0)
    packed = file.read(2) == GZIP
    file.seek(0)
    stream = cast(BinaryIO, _Unpacked(file)) if packed else file
    head = stream.read(HEAD)
    if form is Format.AUTO:
        form = format_of(head)
    stream = _at(file, offset, packed=packed)
    last = Entry(position, offset, b"", offset, None)
    declared = declared_encoding(head[:200])
    for last in _entries(stream, form, encoding=encoding, offset=offset, position=position, declared=declared):
        yield last
    if packed and cast(_Unpacked, stream).broken:
        yield Entry(last.position + 1, last.end, b"", last.end, None, [Defect(Kind.TRUNCATED, "gzip", refused=True)])


def _entries(
    stream: BinaryIO, form: Format, *, encoding: Encoding, offset: int, position: int, declared: str
) -> Iterator[Entry]:
    if form is Format.MARCXML:
        return read_marcxml(stream, offset=offset, position=position, declared=declared)
    if form is Format.MARC_IN_JSON:
        return read_marcjson(stream, offset=offset, position=position)
    return read_iso2709(stream, encoding=encoding, offset=offset, position=position)


def _at(file: BinaryIO, offset: int, *, packed: bool) -> BinaryIO:
    if not packed:
        file.seek(offset)
        return file
    file.seek(0)
    stream = cast(BinaryIO, _Unpacked(file))
    while offset > 0:
        skipped = stream.read(min(SKIP, offset))
        if not skipped:
            break
        offset -= len(skipped)
    return stream


class _Unpacked(io.RawIOBase):
    """The bytes in a gzip file (of one or more members), as many as can be had."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._member = zlib.decompressobj(GZIP_WINDOW)
        self._packed = b""
        self.broken = False

    def read(self, size: int = -1) -> bytes:
        while not self.broken:
            self._packed = self._packed or self._file.read(PACKED)
            if not self._packed:
                self.broken = not self._member.eof
                break
            if unpacked := self._next(size):
                return unpacked
        return b""

    def _next(self, size: int) -> bytes:
        if self._member.eof:
            self._packed = self._packed.lstrip(b"\0")  # members may be followed by padding
            self._member = zlib.decompressobj(GZIP_WINDOW) if self._packed else self._member
        try:
            unpacked = self._member.decompress(self._packed, max(size, 0))
        except zlib.error:
            self.broken = True
            return b""
        self._packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return unpacked
