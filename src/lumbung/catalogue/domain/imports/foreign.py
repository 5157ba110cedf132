"""Files that are no records at all, known by what they hold, so that they are refused whole and say where they belong."""

import gzip
import re
import zipfile
import zlib
from contextlib import suppress
from typing import BinaryIO

from lumbung.catalogue.refusals import (
    IS_DATABASE,
    IS_DOCUMENT,
    IS_MNEMONIC,
    IS_OLD_OFFICE,
    IS_OTHER_JSON,
    IS_PACKED,
    IS_TABLE,
)
from lumbung.formats.marc.reading import GZIP, HEAD, Format, format_of
from lumbung.kernel.refusals import Reason, Refusal
from lumbung.kernel.sheets import UnreadableTableError, rows_of

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = {b"Rar!": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = {"xl/": (IS_TABLE, "Excel"), "word/": (IS_DOCUMENT, "Word"), "ppt/": (IS_DOCUMENT, "PowerPoint")}
_OTHERS = [
    (re.compile(rb"\s*%PDF-"), IS_DOCUMENT, "PDF"),
    (re.compile(rb"\{\\rtf"), IS_DOCUMENT, "RTF"),
    (re.compile(rb"\s*<(?:!doctype\s+)?html\b", re.IGNORECASE), IS_DOCUMENT, "HTML"),
    (re.compile(rb"\x89PNG"), IS_DOCUMENT, "PNG"),
    (re.compile(rb"\xff\xd8\xff"), IS_DOCUMENT, "JPEG"),
    (re.compile(rb"SQLite format 3\0"), IS_DATABASE, "SQLite"),
    (re.compile(rb"(?>\s+|--[^\n]*\n|/\*.*?\*/;?)*+(?:CREATE|INSERT|DROP|SET|LOCK|USE)\s", re.DOTALL | re.IGNORECASE), IS_DATABASE, "SQL"),
    (re.compile(rb"=LDR  "), IS_MNEMONIC, ""),
]  # fmt: skip
_OF_RECORDS = re.compile(rb'"(?:leader|fields)"')
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1f]")


def objection_to(file: BinaryIO, *, name: str) -> Reason | None:
    """What ``file`` (seekable) is, if it is something else than records; a packed one is looked into."""
    head = _head(file)
    found = _known(file, head.removeprefix(b"\xef\xbb\xbf"))
    return found[0](name=name, kind=found[1]) if found else None


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(GZIP):
        file.seek(0)
        with suppress(OSError, EOFError, zlib.error):  # a broken one is told of by the reader
            return gzip.GzipFile(fileobj=file).read(HEAD)
    return head


def _known(file: BinaryIO, head: bytes) -> tuple[Refusal, str] | None:
    if head.startswith(_ZIP):
        return _of_zip(file)
    if head.startswith(_OLD_OFFICE):
        return IS_OLD_OFFICE, ""
    for start, kind in _ARCHIVES.items():
        if head.startswith(start):
            return IS_PACKED, kind
    for pattern, refusal, kind in _OTHERS:
        if pattern.match(head):
            return refusal, kind
    form = format_of(head)
    if form is Format.MARC_IN_JSON and not _OF_RECORDS.search(head):
        return IS_OTHER_JSON, ""
    return (IS_TABLE, "CSV") if form is Format.ISO_2709 and _is_table(head) else None


def _of_zip(file: BinaryIO) -> tuple[Refusal, str]:
    file.seek(0)
    with suppress(zipfile.BadZipFile, OSError):
        names = zipfile.ZipFile(file).namelist()
        for start, told in _PARTS.items():
            if any(name.startswith(start) for name in names):
                return told
    return IS_PACKED, "ZIP"


def _is_table(head: bytes) -> bool:
    """Whether these are lines of text in two columns or more. Records in ISO 2709, be they broken, begin with a number or hold
    characters of control."""
    if _CONTROL.search(head) or re.match(rb"\s*[0-9]{5}[a-z ]{3}", head):
        return False
    try:
        rows = rows_of(head.rpartition(b"\n")[0] if len(head) == HEAD else head)
    except UnreadableTableError:
        return False
    return len(rows) > 1 and all(len(row) > 1 for row in rows[:2])
