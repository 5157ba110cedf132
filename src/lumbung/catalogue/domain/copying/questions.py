"""What is asked of other catalogues, in the words of each protocol and of each server."""

from dataclasses import dataclass
from typing import NamedTuple

from lumbung.catalogue.domain.bibliographic.numbers import isbn_10
from lumbung.catalogue.models import ForeignSearch, Target
from lumbung.formats import sru, z3950
from lumbung.formats.z3950 import Use

SRU_NAMES = {"isbn": "bath.isbn =", "title": "dc.title all", "creator": "dc.creator all", "words": "cql.serverChoice all"}
BIB_1 = {
    "isbn": f"1={Use.ISBN.value}",
    "title": f"1={Use.TITLE.value}",
    "creator": f"1={Use.AUTHOR.value}",
    "words": f"1={Use.ANY.value}",
}
PARTS = tuple(SRU_NAMES)


class Fault(NamedTuple):
    """A line of index names that cannot be read, by its number from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for; ``isbn`` is thirteen digits. An empty part is not asked for."""

    isbn: str = ""
    title: str = ""
    creator: str = ""
    words: str = ""

    @classmethod
    def of(cls, search: ForeignSearch) -> "Question":
        return cls(search.isbn, search.title, search.creator, search.words)

    def parts(self) -> list[tuple[str, list[str]]]:
        """Each part with the forms it may have: an ISBN is known by thirteen digits to some, by ten to others."""
        told = [(name, [getattr(self, name)]) for name in PARTS if getattr(self, name)]
        return [(name, [*forms, *filter(None, [isbn_10(forms[0])])] if name == "isbn" else forms) for name, forms in told]


def names_of(target: Target) -> dict[str, str]:
    """What the server calls each part: ours unless the target says otherwise."""
    usual = SRU_NAMES if target.protocol == Target.Protocols.SRU else BIB_1
    own = dict(line.split(None, 1) for line in target.indexes.splitlines() if len(line.split(None, 1)) == 2)  # noqa: PLR2004
    return {**usual, **{name: said for name, said in own.items() if name in PARTS}}


def index_faults(protocol: str, text: str) -> list[Fault]:
    """The lines that say nothing of use: an unknown part, or attributes that are no numbers."""
    return [
        Fault(number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not _is_readable(protocol, line.split())
    ]


def _is_readable(protocol: str, words: list[str]) -> bool:
    if len(words) < 2 or words[0] not in PARTS:  # noqa: PLR2004 -- a part and its name
        return False
    if protocol == Target.Protocols.SRU:
        return len(words) <= 3  # noqa: PLR2004 -- and a relation
    return all(_attribute(each) is not None for each in words[1:])


def as_cql(question: Question, target: Target) -> str:
    """The question in CQL, for SRU."""
    names = names_of(target)
    return " and ".join(_clause(names[name], forms) for name, forms in question.parts())


def _clause(said: str, forms: list[str]) -> str:
    index, _, relation = said.partition(" ")
    told = [f"{index} {relation.strip() or '='} {sru.term(each)}" for each in forms]
    return told[0] if len(told) == 1 else f"({' or '.join(told)})"


def as_rpn(question: Question, target: Target) -> z3950.Query:
    """The question as a type-1 query with Bib-1 attributes, for Z39.50."""
    names = names_of(target)
    return z3950.all_of(
        [z3950.any_of([z3950.Term(each, attributes_of(names[name])) for each in forms]) for name, forms in question.parts()]
    )


def attributes_of(said: str) -> dict[int, int]:
    """``1=4 4=6``: use 4 (title), structure 6 (a list of words)."""
    return dict(pair for each in said.split() if (pair := _attribute(each)) is not None)


def _attribute(said: str) -> tuple[int, int] | None:
    kind, _, value = said.partition("=")
    known = kind.isascii() and kind.isdigit() and value.isascii() and value.isdigit() and len(value) <= 5  # noqa: PLR2004
    return (int(kind), int(value)) if known and int(kind) in range(1, 7) else None
