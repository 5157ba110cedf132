"""Two versions of a record side by side, field by field and subfield by subfield."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from lumbung.catalogue.domain.merging import changes, with_leader
from lumbung.formats.marc import Field, Record


@dataclass(frozen=True, slots=True)
class Piece:
    """A subfield (``code`` empty: the text of a control field), and whether the other side has it not."""

    code: str
    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    indicators: str
    indicators_differ: bool
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Row:
    """One field on both sides; None where there is none."""

    tag: str
    before: Side | None
    after: Side | None

    @property
    def same(self) -> bool:
        return self.before == self.after


def compared(before: Record, after: Record) -> list[Row]:
    """Every field of either, in order."""
    held = with_leader(before)
    told = changes(held, with_leader(after))
    rows = [_row(None, field) for field in told.added.get(-1, [])]
    for at, field in enumerate(held):
        rows.append(_row(field, told.became[at]))
        rows += [_row(None, each) for each in told.added.get(at, [])]
    return rows


def _row(before: Field | None, after: Field | None) -> Row:
    tag = (before or after or Field("")).tag
    pieces = list(_pieces(before)), list(_pieces(after))
    kept = [set[int](), set[int]()]
    for first, second, size in SequenceMatcher(None, *pieces, autojunk=False).get_matching_blocks():
        kept[0] |= set(range(first, first + size))
        kept[1] |= set(range(second, second + size))
    other = [_indicators(after), _indicators(before)]
    sides = [
        None
        if field is None
        else Side(
            _indicators(field),
            other[n] is not None and other[n] != _indicators(field),
            [Piece(code, text, at not in kept[n]) for at, (code, text) in enumerate(pieces[n])],
        )
        for n, field in enumerate((before, after))
    ]
    return Row(tag, sides[0], sides[1])


def side_of(field: Field | None) -> Side | None:
    """A field shown by itself, with nothing marked."""
    if field is None:
        return None
    return Side(_indicators(field), False, [Piece(code, text, False) for code, text in _pieces(field)])


def _pieces(field: Field | None) -> Iterator[tuple[str, str]]:
    if field is not None and field.value is not None:
        yield "", field.value
    elif field is not None:
        yield from field.subfields


def _indicators(field: Field | None) -> str:
    return "" if field is None or field.value is not None else (field.ind1 + field.ind2).replace(" ", "#")
