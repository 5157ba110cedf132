"""Type-1 queries: terms with Bib-1 attributes, joined by AND and OR."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import reduce

from lumbung.formats.ber import OBJECT_IDENTIFIER, SEQUENCE, Class, Node, constructed, identifier, integer, string

BIB_1 = "1.2.840.10003.3.1"


class Use(IntEnum):
    """What of a record a term is sought in (Bib-1 attribute type 1)."""

    TITLE = 4
    ISBN = 7
    ISSN = 8
    LOCAL_NUMBER = 12
    DATE = 31
    AUTHOR = 1003
    ANY = 1016


class Attributes(IntEnum):
    """The types of Bib-1 attributes."""

    USE = 1
    RELATION = 2
    POSITION = 3
    STRUCTURE = 4
    TRUNCATION = 5
    COMPLETENESS = 6


@dataclass(frozen=True, slots=True)
class Term:
    """Words, and where and how to look for them: an attribute's type and its value."""

    text: str
    attributes: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class And:
    """Records that answer to both."""

    first: "Query"
    second: "Query"


@dataclass(frozen=True, slots=True)
class Or:
    """Records that answer to one or both."""

    first: "Query"
    second: "Query"


Query = Term | And | Or


def all_of(queries: Sequence[Query]) -> Query:
    """Records that answer to every one of these queries, of which there is at least one."""
    return reduce(And, queries)


def any_of(queries: Sequence[Query]) -> Query:
    """Records that answer to any of these queries, of which there is at least one."""
    return reduce(Or, queries)


def rpn_query(query: Query, charset: str = "utf-8") -> Node:
    """``RPNQuery``, as the type-1 choice of ``Query``."""
    return constructed(1, identifier(OBJECT_IDENTIFIER, BIB_1, tag=Class.UNIVERSAL), _structure(query, charset))


def _structure(query: Query, charset: str) -> Node:
    if not isinstance(query, Term):
        operator = constructed(46, Node(0 if isinstance(query, And) else 1))
        return constructed(1, _structure(query.first, charset), _structure(query.second, charset), operator)
    attributes = [
        constructed(SEQUENCE, integer(120, kind), integer(121, value), tag=Class.UNIVERSAL)
        for kind, value in query.attributes.items()
    ]
    term = string(45, query.text.encode(charset, "replace"))
    return constructed(0, constructed(102, constructed(44, *attributes), term))
