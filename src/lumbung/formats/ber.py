"""The Basic Encoding Rules of ASN.1 (ITU-T X.690), as far as protocols between libraries use them.

A value is a ``Node``: a tag with bytes, or with nodes. Definite and indefinite lengths are read, definite ones written. What is no BER
raises ``Malformed``, whatever the bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

DEEPEST = 40
CONSTRUCTED, MORE, LOW_SEVEN, HIGH_NUMBER = 0x20, 0x80, 0x7F, 0x1F
INDEFINITE = 0x80
LONGEST_LENGTH, LONGEST_TAG = 4, 4
END_OF_CONTENTS = b"\0\0"


class Malformed(ValueError):
    """The bytes are not what the rules say."""


class _Cut(Exception):
    """The bytes end before the value does."""


class Class(IntEnum):
    UNIVERSAL = 0x00
    APPLICATION = 0x40
    CONTEXT = 0x80
    PRIVATE = 0xC0


BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OBJECT_IDENTIFIER, EXTERNAL = 1, 2, 3, 4, 5, 6, 8
SEQUENCE, VISIBLE_STRING, GENERAL_STRING = 16, 26, 27


@dataclass(frozen=True, slots=True)
class Node:
    """One value. ``data`` are the bytes of a primitive one; ``parts`` (None in a primitive one) what a constructed one holds."""

    number: int
    data: bytes = b""
    parts: tuple["Node", ...] | None = None
    tag: Class = field(default=Class.CONTEXT)

    def all(self, number: int, tag: Class = Class.CONTEXT) -> Iterator["Node"]:
        return (each for each in self.parts or () if each.number == number and each.tag is tag)

    def get(self, number: int, tag: Class = Class.CONTEXT) -> "Node | None":
        """The first part with this tag."""
        return next(self.all(number, tag), None)

    def integer(self) -> int:
        """Two's complement, big-endian; Malformed when empty, constructed or beyond 64 bits."""
        if self.parts is not None or not 0 < len(self.data) <= 9:  # noqa: PLR2004 -- a sign byte before 64 bits
            raise Malformed("not an integer")
        return int.from_bytes(self.data, "big", signed=True)

    def octets(self) -> bytes:
        """The bytes of a string; those of a string sent in pieces, together."""
        return self.data if self.parts is None else b"".join(each.octets() for each in self.parts)

    def text(self) -> str:
        """A string of the protocol itself: UTF-8 as servers send it, whatever the standard's older character sets say."""
        return self.octets().decode("utf-8", "replace")

    def identifier(self) -> str:
        """An object identifier with dots between its numbers."""
        if not self.data or self.data[-1] & MORE:
            raise Malformed("not an object identifier")
        arcs, value = [], 0
        for byte in self.data:
            value = value << 7 | byte & LOW_SEVEN
            if not byte & MORE:
                arcs.append(value)
                value = 0
        first = min(arcs[0] // 40, 2)
        return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))


def constructed(number: int, *parts: Node | None, tag: Class = Class.CONTEXT) -> Node:
    """A node of these parts; those that are None are left out."""
    return Node(number, parts=tuple(each for each in parts if each is not None), tag=tag)


def integer(number: int, value: int, *, tag: Class = Class.CONTEXT) -> Node:
    return Node(number, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True), tag=tag)


def boolean(number: int, value: bool) -> Node:
    return Node(number, b"\xff" if value else b"\0")


def string(number: int, value: str | bytes, *, tag: Class = Class.CONTEXT) -> Node:
    return Node(number, value.encode() if isinstance(value, str) else value, tag=tag)


def bits(number: int, positions: set[int], length: int) -> Node:
    """A bit string of ``length`` bits, those at ``positions`` set; the first bit is the highest of the first byte."""
    size = (length + 7) // 8
    value = sum(1 << (8 * size - 1 - each) for each in positions)
    return Node(number, bytes([8 * size - length]) + value.to_bytes(size, "big"))


def identifier(number: int, dotted: str, *, tag: Class = Class.CONTEXT) -> Node:
    first, second, *arcs = map(int, dotted.split("."))
    return Node(number, b"".join(_base_128(each) for each in [40 * first + second, *arcs]), tag=tag)


def encode(node: Node) -> bytes:
    """The node as bytes, every length definite."""
    body = node.data if node.parts is None else b"".join(encode(each) for each in node.parts)
    head = node.tag | (0 if node.parts is None else CONSTRUCTED)
    start = bytes([head | node.number]) if node.number < HIGH_NUMBER else bytes([head | HIGH_NUMBER]) + _base_128(node.number)
    return start + _length(len(body)) + body


def decode(data: bytes) -> Node:
    """The one value these bytes are. Raises Malformed for anything else."""
    try:
        node, end = _node(data, 0, 0)
    except _Cut:
        raise Malformed("the value is cut off") from None
    if end != len(data):
        raise Malformed("more follows the value")
    return node


def first_length(data: bytes) -> int | None:
    """How many of the bytes, which may end anywhere, are the first value; None while it is not whole. Raises Malformed."""
    try:
        return _node(data, 0, 0)[1]
    except _Cut:
        return None


def _node(data: bytes, at: int, depth: int) -> tuple[Node, int]:
    if depth > DEEPEST:
        raise Malformed("nested too deep")
    tag, is_constructed, number, at = _tag(data, at)
    length, at = _length_at(data, at)
    if length is None:
        if not is_constructed:
            raise Malformed("a primitive value has a length")
        parts, end = _parts_to_end(data, at, depth)
        return Node(number, parts=parts, tag=tag), end
    end = at + length
    if end > len(data):
        raise _Cut
    if not is_constructed:
        return Node(number, data[at:end], tag=tag), end
    held: list[Node] = []
    while at < end:
        part, at = _node(data, at, depth + 1)
        held.append(part)
    if at != end:
        raise Malformed("a part is longer than the whole")
    return Node(number, parts=tuple(held), tag=tag), end


def _parts_to_end(data: bytes, at: int, depth: int) -> tuple[tuple[Node, ...], int]:
    held: list[Node] = []
    while data[at : at + 2] != END_OF_CONTENTS:
        part, at = _node(data, at, depth + 1)
        held.append(part)
    return tuple(held), at + 2


def _tag(data: bytes, at: int) -> tuple[Class, bool, int, int]:
    head = _byte(data, at)
    tag, number, at = Class(head & 0xC0), head & HIGH_NUMBER, at + 1
    if number == HIGH_NUMBER:
        number, start = 0, at
        while True:
            byte = _byte(data, at)
            number, at = number << 7 | byte & LOW_SEVEN, at + 1
            if not byte & MORE:
                break
            if at - start >= LONGEST_TAG:
                raise Malformed("a tag has too many bytes")
    return tag, bool(head & CONSTRUCTED), number, at


def _length_at(data: bytes, at: int) -> tuple[int | None, int]:
    first, at = _byte(data, at), at + 1
    if first < INDEFINITE:
        return first, at
    if first == INDEFINITE:
        return None, at
    size = first & LOW_SEVEN
    if size > LONGEST_LENGTH:
        raise Malformed("a length has too many bytes")
    if at + size > len(data):
        raise _Cut
    return int.from_bytes(data[at : at + size], "big"), at + size


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise _Cut
    return data[at]


def _length(length: int) -> bytes:
    if length < INDEFINITE:
        return bytes([length])
    size = (length.bit_length() + 7) // 8
    return bytes([INDEFINITE | size]) + length.to_bytes(size, "big")


def _base_128(value: int) -> bytes:
    held = [value & LOW_SEVEN]
    while value := value >> 7:
        held.append(value & LOW_SEVEN | MORE)
    return bytes(reversed(held))
