"""What a CQL query says, as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Operator(Enum):
    AND = "and"
    OR = "or"
    NOT = "not"
    PROX = "prox"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a context set: ``set`` is its prefix in lower case, or the address the query gave for the prefix; "" is the server's
    own choice. ``local`` is the name in lower case: CQL takes no notice of case but in terms."""

    set: str
    local: str

    def __str__(self) -> str:
        return f"{self.set}.{self.local}" if self.set else self.local


@dataclass(frozen=True, slots=True)
class Modifier:
    name: Name
    comparison: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A sign such as ``>=`` (then the name's set is empty), or a name such as ``cql.any``."""

    name: Name
    modifiers: tuple[Modifier, ...] = ()


ANYWHERE = Name("cql", "serverchoice")
SERVER_CHOICE = Relation(Name("", "="))


@dataclass(frozen=True, slots=True)
class Clause:
    """``term`` as written: a backslash before a quotation mark is gone, every other is kept for whoever reads the masks."""

    term: str
    index: Name = ANYWHERE
    relation: Relation = SERVER_CHOICE


@dataclass(frozen=True, slots=True)
class Boolean:
    operator: Operator
    left: Tree
    right: Tree
    modifiers: tuple[Modifier, ...] = ()


Tree = Clause | Boolean


@dataclass(frozen=True, slots=True)
class SortKey:
    index: Name
    modifiers: tuple[Modifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    root: Tree
    sort_keys: tuple[SortKey, ...] = ()
