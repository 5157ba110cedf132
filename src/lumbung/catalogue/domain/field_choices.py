"""Two records side by side, field by field, and the record that comes of what was chosen."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lumbung.catalogue.domain.bibliographic.numbers import LONGEST
from lumbung.catalogue.domain.overlaying import MERGE, OWN_CONTROL, additions, completed, meaning, put_in_order
from lumbung.formats.marc import Field, Record


@dataclass(frozen=True, slots=True)
class Chosen:
    """Places of fields: of the record that stays, and of the one that goes."""

    ours: frozenset[int]
    theirs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Fields of one tag beside each other, with their places; ``fixed`` ones are no choice: control numbers stay their record's.

    ``same``: to the letter. Fields that say the same in other letters stand beside each other too, and are a choice.
    """

    tag: str
    ours: Field | None
    theirs: Field | None
    our_place: int
    their_place: int
    fixed: bool
    same: bool


def usual_choice(kept: Record, gone: Record) -> Chosen:
    """All of ours, and of theirs what adds something: numbers, subjects, names and links that we lack, the rest where we have none."""
    ours = frozenset(at for at, each in enumerate(kept.fields) if each.tag not in OWN_CONTROL)
    return Chosen(ours, frozenset(additions(kept.fields, gone, MERGE)))


def together(kept: Record, gone: Record, chosen: Chosen) -> Record:
    """The record of these fields. The control number of the one that goes is noted in 035, so that it is still found by it."""
    ours = [deepcopy(each) for at, each in enumerate(kept.fields) if at in chosen.ours or each.tag in OWN_CONTROL]
    theirs = [each for at, each in enumerate(gone.fields) if at in chosen.theirs and each.tag not in OWN_CONTROL]
    made = completed(Record(kept.leader, ours), theirs)
    if (former := _former_number(kept, gone)) is not None and meaning(former) not in {meaning(each) for each in made.fields}:
        put_in_order(made.fields, former)
    return made


def pairs(kept: Record, gone: Record) -> list[Pair]:
    """Every field of either, in the order of tags; those that say the same beside each other, then what is left."""
    tags = sorted({each.tag for each in (*kept.fields, *gone.fields)})
    return [pair for tag in tags for pair in _of_tag(tag, kept, gone)]


def _of_tag(tag: str, kept: Record, gone: Record) -> Iterator[Pair]:
    ours = [(at, each) for at, each in enumerate(kept.fields) if each.tag == tag]
    theirs = [(at, each) for at, each in enumerate(gone.fields) if each.tag == tag]
    fixed = tag in OWN_CONTROL
    left = []
    for at, each in ours:
        twin = next((pair for pair in theirs if meaning(pair[1]) == meaning(each)), None)
        if twin is None:
            left.append((at, each))
            continue
        theirs.remove(twin)
        yield Pair(tag, each, twin[1], at, twin[0], fixed, same=each == twin[1])
    for n in range(max(len(left), len(theirs))):
        at, mine = left[n] if n < len(left) else (-1, None)
        place, other = theirs[n] if n < len(theirs) else (-1, None)
        yield Pair(tag, mine, other, at, place, fixed, same=False)


def _former_number(kept: Record, gone: Record) -> Field | None:
    number, giver = gone.control("001").strip(), gone.control("003").strip()
    if not number or (number, giver) == (kept.control("001").strip(), kept.control("003").strip()):
        return None
    return Field("035", " ", " ", [("a", (f"({giver}){number}" if giver else number)[:LONGEST])])
