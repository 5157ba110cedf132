"""What a client says."""

from collections.abc import Sequence
from enum import StrEnum

from lumbung.formats.ber import bits, boolean, constructed, encode, identifier, integer, string
from lumbung.formats.z3950.rpn import Query, rpn_query

VERSIONS, OPTIONS = {0, 1, 2}, {0, 1}  # versions 1 to 3; search and present
NOT_AT_ONCE = 1
RESULT_SET = "default"
FINISHED = 0


class Syntax(StrEnum):
    """The forms of records that are asked for, by their object identifiers."""

    MARC21 = "1.2.840.10003.5.10"
    XML = "1.2.840.10003.5.109.10"


def init(*, largest: int, name: str = "Lumbung", version: str = "") -> bytes:
    """``InitializeRequest``: ``largest`` bytes are the most that one message should have."""
    request = constructed(
        20,
        bits(3, VERSIONS, 3),
        bits(4, OPTIONS, 2),
        integer(5, largest),
        integer(6, largest),
        string(111, name),
        string(112, version) if version else None,
    )
    return encode(request)


def search(query: Query, databases: Sequence[str], *, charset: str = "utf-8") -> bytes:
    """``SearchRequest``: find, and send no records yet."""
    request = constructed(
        22,
        integer(13, 0),
        integer(14, NOT_AT_ONCE),
        integer(15, 0),
        boolean(16, True),
        string(17, RESULT_SET),
        constructed(18, *(string(105, each) for each in databases)),
        constructed(21, rpn_query(query, charset)),
    )
    return encode(request)


def present(start: int, count: int, *, syntax: Syntax, schema: str = "") -> bytes:
    """``PresentRequest`` for ``count`` records of the last search from ``start``, the first being 1.

    ``schema`` is an element set name (F: the full record); without one the server sends what it thinks right.
    """
    request = constructed(
        24,
        string(31, RESULT_SET),
        integer(30, start),
        integer(29, count),
        constructed(19, string(0, schema)) if schema else None,
        identifier(104, syntax),
    )
    return encode(request)


def close() -> bytes:
    return encode(constructed(48, integer(211, FINISHED)))
