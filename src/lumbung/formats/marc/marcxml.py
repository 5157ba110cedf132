"""Reading MARCXML.

The stream is cut into ``<record>`` elements first and each is parsed alone, by expat without any document type: a record that is not
well-formed costs no other one, memory stays flat, and no entity can be declared, so none can expand or reach outside.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from lumbung.formats.marc.defects import Defect, Kind
from lumbung.formats.marc.entry import Entry
from lumbung.formats.marc.record import Field, Record
from lumbung.formats.marc.rules import content_defects, leader_of_24

BLOCK = 1 << 18
LARGEST = 16 << 20
_MARK = re.compile(rb"<!--|<!\[CDATA\[|<(?:[\w.-]+:)?record(?=[\s>/])")
_CLOSERS = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_RECORD_END = re.compile(rb"</(?:[\w.-]+:)?record\s*>")
_RECORD_START = re.compile(rb"<(?:[\w.-]+:)?record(?=[\s>/])")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ROOT_END = re.compile(rb"</(?:[\w.-]+:)?[\w.-]+\s*>\s*\Z")
_LONGEST_MARK = 64


def read_marcxml(stream: BinaryIO, *, offset: int = 0, position: int = 0, declared: str = "") -> Iterator[Entry]:
    """Every record of the stream, which stands at ``offset`` with ``position`` entries read before.

    ``declared`` is the encoding of the XML declaration, when reading starts beyond it. Elements are known by their local names, in
    whatever namespace they come.
    """
    first = position
    for start, raw, encoding, closed in _elements(stream, offset, declared):
        position += 1
        yield _entry(position, start, raw, encoding, closed=closed)
    if position == first and not offset:
        yield Entry(1, 0, b"", 0, None, [Defect(Kind.NO_RECORD, refused=True)])


def declared_encoding(head: bytes) -> str:
    """What the XML declaration at the start of a file says; empty when it says nothing."""
    found = _ENCODING.match(head.lstrip(b"\xef\xbb\xbf \r\n\t"))
    return found[1].decode("ascii") if found else ""


def _entry(position: int, start: int, raw: bytes, encoding: str, *, closed: bool) -> Entry:
    end = start + len(raw)
    try:
        record, defects = _Parser(encoding).parse(raw)
    except (expat.ExpatError, LookupError, ValueError) as error:
        kind = Kind.NOT_WELL_FORMED if closed else Kind.TRUNCATED
        return Entry(position, start, raw, end, None, [Defect(kind, str(error), refused=True)])
    record.leader, found = leader_of_24(record.leader)
    defects += found + content_defects(record)
    return Entry(position, start, raw, end, None if any(each.refused for each in defects) else record, defects)


def _elements(stream: BinaryIO, offset: int, declared: str) -> Iterator[tuple[int, bytes, str, bool]]:
    """Each ``<record>`` element: place, bytes, encoding, and whether its end was found before the next began."""
    buffer = stream.read(BLOCK)
    encoding = declared or declared_encoding(buffer[:200])
    more = bool(buffer)
    while buffer:
        cut, element, closed = _first_element(buffer, last=not more)
        if element is not None:
            yield offset + cut - len(element), element, encoding, closed
        offset += cut
        buffer = buffer[cut:]
        if cut == 0 or not buffer:
            block = stream.read(BLOCK) if len(buffer) <= LARGEST else b""
            more = bool(block)
            buffer += block
            if not block and cut == 0 and not _first_element(buffer, last=True)[0]:
                return


def _first_element(buffer: bytes, *, last: bool) -> tuple[int, bytes | None, bool]:
    """How much of ``buffer`` is settled, the record element that ends there, and whether it was closed; 0 asks for more bytes."""
    mark = _MARK.search(buffer)
    if mark is None:
        return (len(buffer) if last else max(0, len(buffer) - _LONGEST_MARK)), None, False
    if closer := _CLOSERS.get(mark[0]):
        closed_at = buffer.find(closer, mark.end())
        unclosed = len(buffer) if last else 0
        return (closed_at + len(closer) if closed_at >= 0 else unclosed), None, False
    return _element_at(mark.start(), mark.end(), buffer, last=last)


def _element_at(start: int, after: int, buffer: bytes, *, last: bool) -> tuple[int, bytes | None, bool]:
    """The record element that starts here; one that is not closed ends where the next begins, or with the file."""
    end = _RECORD_END.search(buffer, after)
    following = _RECORD_START.search(buffer, after, end.start() if end else len(buffer))
    if following:
        return following.start(), buffer[start : following.start()], False
    if end:
        return end.end(), buffer[start : end.end()], True
    return (len(buffer), buffer[start:], False) if last else (0, None, False)


class _Parser:
    """One record element into a record."""

    def __init__(self, encoding: str) -> None:
        self.record = Record("")
        self.defects: list[Defect] = []
        self.text: list[str] = []
        self.field: Field | None = None
        self.code = ""
        self.expat = expat.ParserCreate(encoding or "utf-8")
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self.text.append

    def parse(self, raw: bytes) -> tuple[Record, list[Defect]]:
        self.expat.Parse(raw, True)
        return self.record, self.defects

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.text.clear()
        if local == "subfield":
            self.code = attributes.get("code", "")
        elif local == "datafield":
            self.field = Field(attributes.get("tag", ""), attributes.get("ind1", " "), attributes.get("ind2", " "))
            self.record.fields.append(self.field)
        elif local == "controlfield":
            self.field = Field(attributes.get("tag", ""), value="")
            self.record.fields.append(self.field)

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        text = "".join(self.text)
        self.text.clear()
        if local == "subfield" and self.field is not None:
            self.field.subfields.append((self.code, text))
        elif local == "controlfield" and self.field is not None:
            self.field.value = text
        elif local == "leader":
            self.record.leader = text
