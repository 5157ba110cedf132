"""Two cataloguers changed one record: what each did, and what both together make.

Fields are compared with the version both started from. What only one of them touched is taken from that one; what both touched in
different subfields (or different places of a fixed field) is put together; the rest is a clash, for a person to decide.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from lumbung.formats.marc import Field, Record

LEADER_TAG = "LDR"


class Origin(StrEnum):
    """Whose words a merged field has."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the merger: as it was, as each made it (None: not there), and what comes of it. In a clash that is mine."""

    origin: Origin
    base: Field | None
    mine: Field | None
    theirs: Field | None
    merged: Field | None

    @property
    def tag(self) -> str:
        return next(each.tag for each in (self.mine, self.theirs, self.base) if each is not None)

    @property
    def changed(self) -> bool:
        return self.origin is not Origin.SAME


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of each field of the base (None: taken out), and what was put in behind which of them (-1: before the first)."""

    became: Mapping[int, Field | None]
    added: Mapping[int, list[Field]]


def merge(base: Record, mine: Record, theirs: Record) -> list[Part]:
    """The parts of the merged record in order, the leader first."""
    held = with_leader(base)
    ours, others = changes(held, with_leader(mine)), changes(held, with_leader(theirs))
    parts = _added(-1, ours, others)
    for at, field in enumerate(held):
        parts.append(_part(field, ours.became[at], others.became[at]))
        parts += _added(at, ours, others)
    return parts


def merged_record(parts: list[Part], choices: Mapping[int, Origin] | None = None) -> Record:
    """The record the parts make. ``choices`` says for a clash (its place among the parts) whose words count; mine, unless told."""
    chosen = choices or {}
    fields = []
    for at, part in enumerate(parts):
        field = part.theirs if part.origin is Origin.CLASH and chosen.get(at) is Origin.THEIRS else part.merged
        if field is not None:
            fields.append(deepcopy(field))
    leader = next((each.value or "" for each in fields if each.tag == LEADER_TAG), "")
    return Record(leader, [each for each in fields if each.tag != LEADER_TAG])


def with_leader(record: Record) -> list[Field]:
    return [Field(LEADER_TAG, value=record.leader), *record.fields]


def changes(base: list[Field], other: list[Field]) -> Changes:
    """How ``other`` came out of ``base``. A field is taken for changed when one of the same tag stands where it stood."""
    became: dict[int, Field | None] = {}
    added: dict[int, list[Field]] = {}
    matcher = SequenceMatcher(None, [_key(each) for each in base], [_key(each) for each in other], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            became |= dict(zip(range(first, last), other[start:end], strict=True))
            continue
        fresh = other[start:end]
        anchor = first - 1
        for at in range(first, last):
            like = next((n for n, each in enumerate(fresh) if each.tag == base[at].tag), None)
            became[at] = None if like is None else fresh[like]
            if like is not None:
                added.setdefault(anchor, []).extend(fresh[:like])
                fresh, anchor = fresh[like + 1 :], at
        added.setdefault(max(anchor, last - 1), []).extend(fresh)
    return Changes(became, added)


def _part(base: Field, mine: Field | None, theirs: Field | None) -> Part:
    if mine == theirs:
        return Part(Origin.SAME if mine == base else Origin.BOTH, base, mine, theirs, mine)
    if mine == base:
        return Part(Origin.THEIRS, base, mine, theirs, theirs)
    if theirs == base:
        return Part(Origin.MINE, base, mine, theirs, mine)
    together = _together(base, mine, theirs) if mine is not None and theirs is not None else None
    return Part(Origin.BOTH if together else Origin.CLASH, base, mine, theirs, together or mine)


def _together(base: Field, mine: Field, theirs: Field) -> Field | None:
    """One field with what both did, when no one place was changed twice."""
    if base.value is not None and mine.value is not None and theirs.value is not None:
        if not len(base.value) == len(mine.value) == len(theirs.value) or base.tag not in {LEADER_TAG, "006", "007", "008"}:
            return None
        letters = [_either(*three) for three in zip(base.value, mine.value, theirs.value, strict=True)]
        return None if None in letters else Field(base.tag, value="".join(filter(None, letters)))
    codes = [[code for code, _ in each.subfields] for each in (base, mine, theirs)]
    if codes[0] != codes[1] or codes[0] != codes[2] or base.value is not None:
        return None
    texts = [
        _either(*three) for three in zip(*([text for _, text in each.subfields] for each in (base, mine, theirs)), strict=True)
    ]
    first, second = _either(base.ind1, mine.ind1, theirs.ind1), _either(base.ind2, mine.ind2, theirs.ind2)
    if first is None or second is None or None in texts:
        return None
    return Field(base.tag, first, second, [(code, text or "") for code, text in zip(codes[0], texts, strict=True)])


def _either(base: str, mine: str, theirs: str) -> str | None:
    """What the one who changed it made of it; None when both did, each otherwise."""
    if mine in {base, theirs}:
        return theirs
    return mine if theirs == base else None


def _added(at: int, ours: Changes, others: Changes) -> list[Part]:
    mine, theirs = ours.added.get(at, []), others.added.get(at, [])
    told = [Part(Origin.THEIRS, None, None, each, each) for each in theirs if each not in mine]
    return [*told, *(Part(Origin.BOTH if each in theirs else Origin.MINE, None, each, None, each) for each in mine)]


def _key(field: Field) -> tuple[str, str, str, tuple[tuple[str, str], ...], str | None]:
    return field.tag, field.ind1, field.ind2, tuple(field.subfields), field.value
