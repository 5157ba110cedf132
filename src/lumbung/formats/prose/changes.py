"""What two editors, or two versions of a text, changed: line by line, and word by word within a changed line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from merge3 import Merge3

Kind = Literal["same", "gone", "new"]
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
ALIKE = 0.4


class Piece(NamedTuple):
    """A stretch of a line; ``marked`` when it is what differs."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Line:
    """A line of either text: in both, only in the older, only in the newer."""

    kind: Kind
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Clash:
    """A place that both changed, each in their own way: what stood there, and what each made of it."""

    before: str
    mine: str
    theirs: str


def lines_between(old: str, new: str) -> list[Line]:
    """Every line of both texts in reading order; in a line that was rewritten the words that differ are marked."""
    before, after = old.splitlines(), new.splitlines()
    told: list[Line] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            told += [Line("same", (Piece(line, False),)) for line in before[a:b]]
        else:
            told += _rewritten(before[a:b], after[c:d])
    return told


def _rewritten(gone: Sequence[str], new: Sequence[str]) -> list[Line]:
    pairs = [_words_between(*pair) for pair in zip(gone, new, strict=False)]
    old_lines = [Line("gone", pair[0]) for pair in pairs] + [Line("gone", (Piece(line, False),)) for line in gone[len(pairs) :]]
    new_lines = [Line("new", pair[1]) for pair in pairs] + [Line("new", (Piece(line, False),)) for line in new[len(pairs) :]]
    return old_lines + new_lines


def _words_between(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return (Piece(old, False),), (Piece(new, False),)
    codes = matcher.get_opcodes()
    gone = tuple(Piece("".join(before[a:b]), what != "equal") for what, a, b, _, _ in codes if b > a)
    made = tuple(Piece("".join(after[c:d]), what != "equal") for what, _, _, c, d in codes if d > c)
    return gone, made


def merged(before: str, mine: str, theirs: str) -> list[str | Clash]:
    """Both changes of ``before`` put together: stretches of agreed text, and the places where a person must choose."""
    told: list[str | Clash] = []
    for group in Merge3(_lines(before), _lines(mine), _lines(theirs)).merge_groups():
        if group[0] == "conflict":
            told.append(Clash(*("".join(lines) for lines in group[1:])))
        elif told and isinstance(told[-1], str):
            told[-1] += "".join(group[1])
        else:
            told.append("".join(group[1]))
    return told


def _lines(text: str) -> list[str]:
    """Lines that all end alike, so that a last line without an end clashes with nobody."""
    return [f"{line}\n" for line in text.splitlines()]
