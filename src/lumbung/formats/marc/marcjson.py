"""MARC-in-JSON: the form in which records are stored, and one in which they travel (a list, or one record after another)."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

import orjson

from lumbung.formats.marc.defects import Defect, Kind
from lumbung.formats.marc.entry import Entry
from lumbung.formats.marc.record import Field, Record
from lumbung.formats.marc.rules import DELIMITERS, content_defects, leader_of_24

BLOCK = 1 << 18
LARGEST = 16 << 20
_INSIDE = rb'[^"\\]*+(?:\\.[^"\\]*+)*+("?)'  # of a string, up to its end or that of the block
_REST_OF_STRING = re.compile(_INSIDE, re.DOTALL)
_MARKS = re.compile(rb'[{}]|"' + _INSIDE, re.DOTALL)  # braces, and whole strings, whose braces do not count
_STEPS = {b"{": 1, b"}": -1}
_START = re.compile(rb"[^ \t\r\n,\[\]]")


class MalformedRecord(ValueError):
    """This JSON is not a record as MARC-in-JSON has it."""


def to_json(record: Record) -> dict[str, Any]:
    """The record as MARC-in-JSON, ready for ``json.dumps``."""
    fields: list[dict[str, Any]] = []
    for each in record.fields:
        if each.value is not None:
            fields.append({each.tag: each.value})
        else:
            subfields = [{code: text} for code, text in each.subfields]
            fields.append({each.tag: {"ind1": each.ind1, "ind2": each.ind2, "subfields": subfields}})
    return {"leader": record.leader, "fields": fields}


def dumps(record: Record) -> str:
    """``json.dumps(to_json(record))`` as short as can be, ten times as fast: an import writes thousands a second."""
    try:
        return orjson.dumps(to_json(record)).decode()
    except orjson.JSONEncodeError:  # half of a surrogate pair, which UTF-8 cannot say
        return json.dumps(to_json(record), ensure_ascii=False, separators=(",", ":"))


def from_json(data: Any) -> Record:
    """The record that ``to_json`` wrote. Raises ``MalformedRecord`` when ``data`` has another shape."""
    try:
        return Record(data["leader"], [_field(tag, content) for each in data["fields"] for tag, content in each.items()])
    except (KeyError, TypeError, AttributeError) as error:
        raise MalformedRecord(str(error)) from error


def fields_by_tag(text: str, *, below: str) -> tuple[str, dict[str, list[Field]]]:
    """The leader of a record that ``dumps`` wrote, and its fields under their tags, those whose tags come before ``below``."""
    data = orjson.loads(text)
    index: dict[str, list[Field]] = {}
    for each in data["fields"]:
        for tag, content in each.items():
            if tag in index:
                index[tag].append(_field(tag, content))
            elif tag < below:
                index[tag] = [_field(tag, content)]
    return data["leader"], index


def _field(tag: str, content: Any) -> Field:
    if isinstance(content, str):
        return Field(tag, value=content)
    return Field(tag, content["ind1"], content["ind2"], [pair for each in content["subfields"] for pair in each.items()])


def read_marcjson(stream: BinaryIO, *, offset: int = 0, position: int = 0) -> Iterator[Entry]:
    """Every record of the stream, which stands at ``offset`` with ``position`` entries read before."""
    for start, raw, end in _values(stream, offset):
        position += 1
        record, defects = _decode(raw)
        yield Entry(position, start, raw, end, record, defects)


def _decode(raw: bytes) -> tuple[Record | None, list[Defect]]:
    try:
        record = from_json(json.loads(raw))
    except (ValueError, RecursionError) as error:
        return None, [Defect(Kind.MALFORMED_JSON, str(error)[:200], refused=True)]
    if not is_text(record):
        return None, [Defect(Kind.MALFORMED_JSON, "text expected", refused=True)]
    if b"\\u" in raw and (found := _unstorable(record)):
        return None, [Defect(Kind.CONTROL_CHARACTER, f"u{ord(found):04x}", refused=True)]
    record.leader, defects = leader_of_24(record.leader)
    defects += content_defects(record)
    return (None if any(each.refused for each in defects) else record), defects


def is_text(record: Record) -> bool:
    """Whether there is text wherever text belongs; JSON may have numbers there."""
    data = [each for each in record.fields if each.value is None]
    told = [record.leader, *(part for each in data for part in (each.ind1, each.ind2))]
    return all(isinstance(each, str) for each in (*told, *(text for each in data for _, text in each.subfields)))


def _unstorable(record: Record) -> str:
    """The first character, if any, that some database does not take or that would break the record in an ISO 2709 file: half of a
    surrogate pair, and what ends values there."""
    texts = [record.leader]
    for field in record.fields:
        texts += [field.tag, field.ind1, field.ind2, field.value or "", *chain.from_iterable(field.subfields)]
    return next((each for each in "".join(texts) if each in DELIMITERS or "\ud800" <= each <= "\udfff"), "")


def _values(stream: BinaryIO, offset: int) -> Iterator[tuple[int, bytes, int]]:
    """Where each JSON value starts, its bytes, LARGEST at most, and where it ends. One that never ends is the rest."""
    block, at = stream.read(BLOCK), 0
    while block:
        found = _START.search(block, at)
        if not found:
            offset += len(block)
            block, at = stream.read(BLOCK), 0
            continue
        at = found.start()
        start, raw, value = offset + at, bytearray(), _Value(is_object=found[0] == b"{")
        while block:
            end = value.end_in(block, at)
            raw += block[at : min(end or len(block), at + LARGEST - len(raw))]
            if end:
                at = end
                break
            offset += len(block)
            block, at = stream.read(BLOCK), 0
        yield start, bytes(raw), offset + at


class _Value:
    """A value while it is read block by block, each byte looked at once."""

    def __init__(self, *, is_object: bool) -> None:
        self._is_object = is_object
        self._depth = 0
        self._in_string = self._escaped = False

    def end_in(self, block: bytes, at: int) -> int:
        """Where the value, read on from ``at``, ends in this block; 0 when it goes on. A stray start ends with its line."""
        if not self._is_object:
            return block.find(b"\n", at) + 1
        if self._in_string:
            rest = _REST_OF_STRING.match(block, at + self._escaped)
            self._leave_open(rest, block)
            at = rest.end() if rest else len(block)
        if self._in_string:
            return 0
        for mark in _MARKS.finditer(block, at):
            self._depth += _STEPS.get(mark[0], 0)
            if not self._depth:
                return mark.end()
            self._leave_open(mark, block)
        return 0

    def _leave_open(self, mark: re.Match[bytes] | None, block: bytes) -> None:
        """Note whether the block broke off inside a string, and there behind a backslash."""
        self._in_string = mark is not None and mark[1] == b""
        self._escaped = self._in_string and mark is not None and mark.end() < len(block)
