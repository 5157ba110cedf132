"""Putting an EPUB under lock (LCP 1.0, section 2): its resources encrypted one by one, and a list of what is encrypted."""

import hmac
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import IO
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from lumbung.formats.epub import Archive, Unreadable, plain_by_nature
from lumbung.formats.lcp.ciphers import AES_256_CBC, BLOCK, locked

MIMETYPE, ENCRYPTION, LICENCE = "mimetype", "META-INF/encryption.xml", "META-INF/license.lcpl"
PIECE = 1 << 18
STORED = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp3", ".m4a", ".mp4", ".aac", ".ogg", ".opus", ".webm", ".woff", ".woff2")
"""Packed already: packing once more only costs the reader time."""
CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
XENC = "http://www.w3.org/2001/04/xmlenc#"
XSIG = "http://www.w3.org/2000/09/xmldsig#"
COMPRESSION = "http://www.idpf.org/2016/encryption#compression"
KEY_TYPE = "http://readium.org/2014/01/lcp#EncryptedContentKey"
KEY_PLACE = "license.lcpl#/encryption/content_key"


class Unprotectable(ValueError):
    """The publication is no EPUB that can be read, or is under a lock already."""


@dataclass(frozen=True)
class _Locked:
    name: str
    size: int
    is_packed: bool


def protect(source: IO[bytes], target: Path, key: bytes) -> None:
    """Write the EPUB under lock, an entry at a time. The same EPUB and key make the same file.

    What readers need before they have a key stays open: the packages, navigation, the cover; fonts that are hidden already are left so.
    Raises Unprotectable.
    """
    try:
        with Archive(source) as archive:
            if LICENCE in archive.entries:
                raise Unprotectable("protected")
            _write(archive, target, key)
    except Unreadable as unreadable:
        raise Unprotectable(str(unreadable)) from unreadable


def with_licence(protected: Path, target: Path, licence: bytes) -> None:
    """Write the protected publication with the licence in it: one file that opens with the passphrase."""
    with protected.open("rb") as source, target.open("wb") as copy:
        copyfileobj(source, copy, PIECE)
    with zipfile.ZipFile(target, "a") as book:
        book.writestr(_entry(LICENCE, packed=True), licence)


def _write(archive: Archive, target: Path, key: bytes) -> None:
    already = _already_hidden(archive)
    open_ones = plain_by_nature(archive) | {name for data in already for name in _names_in(data)}
    encrypted = []
    with zipfile.ZipFile(target, "w") as book:
        book.writestr(_entry(MIMETYPE, packed=False), "application/epub+zip")
        for name in archive.entries:
            if name in open_ones or name.startswith("META-INF/"):
                if name != ENCRYPTION:
                    _put(book, _entry(name, packed=True), archive.pieces(name, PIECE), archive.size(name))
            elif name != MIMETYPE:
                encrypted.append(_put_locked(book, archive, name, key))
        book.writestr(_entry(ENCRYPTION, packed=True), _listed(encrypted, already))


def _put_locked(book: zipfile.ZipFile, archive: Archive, name: str, key: bytes) -> _Locked:
    is_packed = not name.lower().endswith(STORED)
    pieces, size = archive.pieces(name, PIECE), archive.size(name)
    start = hmac.digest(key, name.encode(), "sha256")[:BLOCK]
    _put(book, _entry(name, packed=False), locked(key, _packed(pieces) if is_packed else pieces, start), size)
    return _Locked(name, size, is_packed)


def _put(book: zipfile.ZipFile, info: zipfile.ZipInfo, pieces: Iterator[bytes], size: int) -> None:
    with book.open(info, "w", force_zip64=size > zipfile.ZIP64_LIMIT // 2) as entry:
        for piece in pieces:
            entry.write(piece)


def _entry(name: str, *, packed: bool) -> zipfile.ZipInfo:
    """Without the day it was written, so that writing it again makes the same."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    return info


def _packed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def _already_hidden(archive: Archive) -> list[Element]:
    """What the publication says is encrypted before we come: fonts, hidden as their makers want it."""
    if ENCRYPTION not in archive.entries:
        return []
    try:
        root: Element = fromstring(archive.read(ENCRYPTION), forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Unprotectable(ENCRYPTION) from error
    found = root.findall(f"{{{XENC}}}EncryptedData")
    if any(each.find(f".//{{{XSIG}}}KeyInfo") is not None for each in found):
        raise Unprotectable("protected")
    return found


def _names_in(data: Element) -> Iterator[str]:
    for reference in data.iter(f"{{{XENC}}}CipherReference"):
        yield unquote(reference.get("URI", ""))


def _listed(encrypted: list[_Locked], already: list[Element]) -> bytes:
    root = Element(f"{{{CONTAINER}}}encryption")
    root.extend(already)
    for each in encrypted:
        data = SubElement(root, f"{{{XENC}}}EncryptedData")
        SubElement(data, f"{{{XENC}}}EncryptionMethod", Algorithm=AES_256_CBC)
        info = SubElement(data, f"{{{XSIG}}}KeyInfo")
        SubElement(info, f"{{{XSIG}}}RetrievalMethod", URI=KEY_PLACE, Type=KEY_TYPE)
        cipher = SubElement(data, f"{{{XENC}}}CipherData")
        SubElement(cipher, f"{{{XENC}}}CipherReference", URI=quote(each.name))
        properties = SubElement(data, f"{{{XENC}}}EncryptionProperties")
        told = SubElement(properties, f"{{{XENC}}}EncryptionProperty")
        how = {"Method": "8" if each.is_packed else "0", "OriginalLength": str(each.size)}
        SubElement(told, f"{{{COMPRESSION}}}Compression", how)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
