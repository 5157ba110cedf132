"""Changing the crosswalk: a line, a whole table, and taking a change back. Every change is kept with what stood before."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from lumbung.catalogue import queries
from lumbung.catalogue.class_pairs import Pair
from lumbung.catalogue.domain.crosswalk.numbers import NEW, OLD, key_of, written
from lumbung.catalogue.events import CrosswalkChanged, CrosswalkChangeUndone
from lumbung.catalogue.models import ClassPair, CrosswalkChange
from lumbung.catalogue.refusals import CROSSWALK_UNDONE, NOT_A_2X, NOT_A_297, PAIR_LINE, PAIR_TWICE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused

COLUMNS = ("2X", "297", "keterangan")
Line = dict[str, str] | None


def set_pair(old: str, new: str, caption: str = "", *, by: events.Actor | None) -> CrosswalkChange | None:
    """Let this pair go before the usual one; an empty ``new`` says that there is no counterpart. None when it stood so. Refuses numbers
    that are not of their scheme."""
    return bring_in_pairs([(old, new, caption)], by=by)


def forget_pair(old: str, *, by: events.Actor | None) -> CrosswalkChange | None:
    """Let the usual pair hold again, or none where there is none."""
    return _change({old: None}, by=by)


def bring_in_pairs(rows: Sequence[Sequence[str]], *, by: events.Actor | None) -> CrosswalkChange | None:
    """Set all of these lines (2X, 297, caption) at once; those that are not named stay. Refuses with every line that is wrong, and then
    changes nothing. None when all stood so."""
    reasons: list[Reason] = []
    wanted: dict[str, Line] = {}
    for at, row in enumerate(rows, start=1):
        old, new, caption = (*(cell.strip().lstrip("'") for cell in row[:3]), "", "", "")[:3]
        wrong = _faults(old, new)
        reasons += [PAIR_LINE(line=at, reason=str(each)) for each in wrong] if len(rows) > 1 else wrong
        if not wrong and (name := _name(old)) in wanted:
            reasons.append(PAIR_TWICE(line=at, number=name))
        elif not wrong:
            wanted[name] = {"new": _name(new), "caption": caption[:120]}
    if reasons:
        raise Refused(reasons)
    usual = {pair.old: {"new": _name(pair.new), "caption": str(pair.caption)} for pair in queries.class_pairs() if not pair.own}
    return _change({old: None if usual.get(old) == line else line for old, line in wanted.items()}, by=by)


@transaction.atomic
def undo_crosswalk_change(change: CrosswalkChange, *, by: events.Actor | None) -> CrosswalkChange:
    """Give the lines back what they said; those that were changed since stay. Refuses a change that is undone already."""
    current = CrosswalkChange.objects.select_for_update().get(pk=change.pk)
    if current.undone_at is not None:
        raise Refused(CROSSWALK_UNDONE())
    held = _held(current.lines)
    _put({old: each["before"] for old, each in current.lines.items() if held[old] == each["after"]})
    current.undone_at = clock.now()
    current.save(update_fields=["undone_at"])
    events.record(CrosswalkChangeUndone(crosswalk_change=current.pk), by=by)
    return current


def rows_of(pairs: Sequence[Pair]) -> list[list[str]]:
    """The table as ``bring_in_pairs`` reads it."""
    return [[pair.old, pair.new, str(pair.caption)] for pair in pairs]


@transaction.atomic
def _change(wanted: Mapping[str, Line], *, by: events.Actor | None) -> CrosswalkChange | None:
    held = _held(wanted)
    lines = {old: {"before": held[old], "after": line} for old, line in wanted.items() if held[old] != line}
    if not lines:
        return None
    _put({old: each["after"] for old, each in lines.items()})
    made = CrosswalkChange.objects.create(lines=lines, at=clock.now(), by_id=by.pk if by is not None else None)
    events.record(CrosswalkChanged(crosswalk_change=made.pk, numbers=sorted(lines)), by=by)
    return made


def _held(olds: Mapping[str, Any]) -> dict[str, Line]:
    rows = ClassPair.objects.select_for_update().filter(old__in=list(olds))
    found = {each.old: {"new": each.new, "caption": each.caption} for each in rows}
    return {old: found.get(old) for old in olds}


def _put(lines: Mapping[str, Line]) -> None:
    for old, line in lines.items():
        if line is None:
            ClassPair.objects.filter(old=old).delete()
        else:
            ClassPair.objects.update_or_create(old=old, defaults=line)
    queries.class_pairs.changed()


def _faults(old: str, new: str) -> list[Reason]:
    faults = [] if key_of(old).startswith(OLD) else [NOT_A_2X(number=old)]
    return faults + ([] if not new or key_of(new).startswith(NEW) else [NOT_A_297(number=new)])


def _name(number: str) -> str:
    """The number as the table has it."""
    return written(key_of(number)) if number else ""
