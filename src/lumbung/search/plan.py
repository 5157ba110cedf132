"""A query as every engine understands it: what must match, and what it is worth where it does.

Leaves only match. A score comes from ``Worth`` alone, and is a constant: no engine's statistics have a say in the order, so every
engine gives the same one. An engine's whole task is to translate these nodes. All scores are multiples of 1/1024, so sums are exact
in single precision, in whatever order they are added.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """The field has this token, or this number."""

    field: str
    value: str | int


@dataclass(frozen=True, slots=True)
class Phrase:
    """The field has these tokens side by side."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """The field has a token that begins so."""

    field: str
    stem: str


@dataclass(frozen=True, slots=True)
class Masked:
    """The field has a token that reads so: ``*`` is any letters, ``?`` is one, all else is itself."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Range:
    """The number in the field is from ``low`` to ``high``, both included; None is open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The facet has any of the values."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What matches ``part`` is worth ``score``, whatever ``part`` itself says of scores. ``why`` names the hypothesis, ``words``
    what it was asked of."""

    part: Node
    score: float
    why: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class All:
    """Every part matches; scores add up."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least ``at_least`` of the parts match; scores of those that do add up."""

    parts: tuple[Node, ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Best:
    """At least one part matches; the score is the best one's and ``others`` of the rest."""

    parts: tuple[Node, ...]
    others: float = 0.0


@dataclass(frozen=True, slots=True)
class Better:
    """``part`` matches; each of ``bonuses`` that does too adds its score."""

    part: Node
    bonuses: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class But:
    """``part`` matches and none of ``without``."""

    part: Node
    without: tuple[Node, ...]


Node = Term | Phrase | Prefix | Masked | Range | Chosen | Everything | Nothing | Worth | All | Any | Best | Better | But


def sequence(field: str, tokens: tuple[str, ...]) -> Node:
    """The tokens side by side; one alone is a term."""
    return Term(field, tokens[0]) if len(tokens) == 1 else Phrase(field, tokens)


def parted(parts: tuple[Node, ...]) -> tuple[list[Node], list[Node]]:
    """The parts of an ``All`` that say what matches, and all that the others leave out: an engine leaves out a few of many at no cost,
    where it would go through the many to meet them one by one."""
    wanted: list[Node] = []
    left_out: list[Node] = []
    for part in parts:
        match part:
            case But(Everything(), without):
                left_out += without
            case _:
                wanted.append(part)
    return wanted or [Everything()], left_out


def any_of(parts: list[Node]) -> Node:
    """Any of the parts, without a shell around one; nothing for none."""
    return _joined(parts, Any)


def all_of(parts: list[Node]) -> Node:
    """All of the parts, without a shell around one; everything for none."""
    return _joined(parts, All) if parts else Everything()


def _joined(parts: list[Node], kind: type[All] | type[Any]) -> Node:
    if not parts:
        return Nothing()
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def worths(node: Node) -> list[Worth]:
    """Every hypothesis in the query, in the order written."""
    match node:
        case Worth():
            return [node]
        case All(parts) | Any(parts) | Best(parts):
            return [each for part in parts for each in worths(part)]
        case Better(part, bonuses):
            return [each for one in (part, *bonuses) for each in worths(one)]
        case But(part, _):
            return worths(part)
        case _:
            return []
