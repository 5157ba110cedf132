"""What may be done to every record of a batch, step by step."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import Any

from lumbung.catalogue.domain.batches.by_rule import (
    class_by_crosswalk,
    crosswalk_kept,
    enter_by_rule,
    name_rule_faults,
    name_rule_kept,
    scheme_faults,
)
from lumbung.catalogue.domain.batches.patterns import Search
from lumbung.catalogue.domain.marc_fields import place
from lumbung.catalogue.refusals import STEP_CODE, STEP_LINE, STEP_NAME_TAG, STEP_NOTHING, STEP_POSITION, STEP_TAG
from lumbung.formats.marc import Field, Record
from lumbung.formats.marc.lines import Unreadable, from_lines
from lumbung.kernel.refusals import Reason

TAG = re.compile(r"[0-9A-Za-z*X]{3}|LDR")
FIXED = ("LDR", "006", "007", "008")
POSITION = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")
CODE = re.compile(r"[a-z0-9]?")


class Action(StrEnum):
    ADD = "add"
    REPLACE = "replace"
    SET = "set"
    DELETE_FIELD = "delete_field"
    DELETE_SUBFIELD = "delete_subfield"
    MOVE = "move"
    POSITION = "position"
    NAMES = "names"
    CLASS = "class"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. ``tag`` may have wildcards (6XX, ***); ``code`` is a subfield, empty for all of them; ``find`` narrows to fields in which
    it occurs, or is what is replaced; ``put`` is what comes: a text, for ADD a whole field (``650 #4 $aPadi``), for MOVE a tag and a code
    (``500 a``), for POSITION the characters at ``code`` (``35-37``) of a leader or fixed field, for NAMES ``koma`` where names with a comma
    are turned as well, for CLASS the scheme (``297`` or ``2X``). ``rule`` is the library's rule that the step follows, as ``kept`` put it
    there."""

    action: str
    tag: str = ""
    code: str = ""
    find: str = ""
    put: str = ""
    regex: bool = False
    same_case: bool = False
    rule: Mapping[str, Any] = dataclass_field(default_factory=dict)

    def kept(self) -> "Step":
        """The step with the rule it follows, as it stands now."""
        if self.action == Action.NAMES:
            return replace(self, rule=name_rule_kept(self.put))
        return replace(self, rule=crosswalk_kept()) if self.action == Action.CLASS else self

    def faults(self) -> list[Reason]:
        """Everything that keeps the step from being carried out."""
        found = [] if self.action == Action.ADD or TAG.fullmatch(self.tag) else [STEP_TAG(tag=self.tag)]
        search = Search(self.find, self.regex, self.same_case).fault(self.put if self.action == Action.REPLACE else "")
        return [*found, *([search] if search else []), *_FAULTS[Action(self.action)](self)]

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def steps_of(stored: Sequence[dict[str, Any]]) -> list[Step]:
    """The steps that ``stored`` wrote."""
    return [Step(**each) for each in stored]


def applied(record: Record, steps: Sequence[Step]) -> Record:
    """A copy of the record on which every step was carried out, in order. Refuses a pattern that takes too long."""
    made = deepcopy(record)
    for step in steps:
        _DO[Action(step.action)](made, step)
    made.fields = [each for each in made.fields if each.is_control or each.subfields]
    return made


def _add(record: Record, step: Step) -> None:
    [field] = from_lines(step.put).fields
    if field not in record.fields:
        place(record, field)


def _replace(record: Record, step: Step) -> None:
    search = Search(step.find, step.regex, step.same_case)
    for field in _matching(record, step.tag):
        if field.value is not None:
            field.value = search.replaced(field.value, step.put) if step.find else field.value
        else:
            field.subfields = [
                (code, search.replaced(text, step.put) if step.code in {"", code} else text) for code, text in field.subfields
            ]
            field.subfields = [(code, text) for code, text in field.subfields if text.strip()]


def _set(record: Record, step: Step) -> None:
    for field in _narrowed(record, step):
        if field.is_control:
            continue
        at = next((n for n, (code, _) in enumerate(field.subfields) if code == step.code), None)
        if at is None:
            field.subfields.append((step.code, step.put))
        else:
            field.subfields[at] = (step.code, step.put)


def _delete_field(record: Record, step: Step) -> None:
    gone = list(map(id, _narrowed(record, step)))
    record.fields = [each for each in record.fields if id(each) not in gone]


def _delete_subfield(record: Record, step: Step) -> None:
    search = Search(step.find, step.regex, step.same_case)
    for field in _matching(record, step.tag):
        field.subfields = [(code, text) for code, text in field.subfields if code != step.code or not search.is_in(text)]


def _move(record: Record, step: Step) -> None:
    tag, _, code = step.put.partition(" ")
    for field in _narrowed(record, step):
        if not step.code:
            record.fields = [each for each in record.fields if each is not field]
            field.tag = tag
            place(record, field)
            continue
        moved = [(code or step.code, text) for each, text in field.subfields if each == step.code]
        if tag == field.tag:
            field.subfields = [(code or each, text) if each == step.code else (each, text) for each, text in field.subfields]
        elif moved:
            field.subfields = [(each, text) for each, text in field.subfields if each != step.code]
            place(record, Field(tag, subfields=moved))


def _position(record: Record, step: Step) -> None:
    start, end = _places(step.code)
    if step.tag == "LDR":
        record.leader = _overwritten(record.leader, start, end, step.put)
        return
    for field in record.all(step.tag):
        if field.value is not None and Search(step.find, step.regex, step.same_case).is_in(field.value):
            field.value = _overwritten(field.value, start, end, step.put)


def _names(record: Record, step: Step) -> None:
    enter_by_rule(record, list(_narrowed(record, step)), dict(step.rule))


def _class(record: Record, step: Step) -> None:
    class_by_crosswalk(_narrowed(record, step), step.put, step.rule)


def _places(code: str) -> tuple[int, int]:
    found = POSITION.fullmatch(code)
    start = int(found[1]) if found else 0
    return start, int(found[2]) + 1 if found and found[2] else start + 1


def _overwritten(text: str, start: int, end: int, put: str) -> str:
    return text.ljust(end)[:start] + put.replace("#", " ").ljust(end - start)[: end - start] + text[end:]


def _matching(record: Record, tag: str) -> Iterator[Field]:
    wanted = re.compile(tag.replace("*", ".").replace("X", ".").replace("x", ".") if tag != "LDR" else "LDR")
    return (each for each in list(record.fields) if wanted.fullmatch(each.tag))


def _narrowed(record: Record, step: Step) -> Iterator[Field]:
    """The fields of the tag in which ``find`` occurs, in the subfield ``code`` where one is named (but for SET, which writes there)."""
    search, code = Search(step.find, step.regex, step.same_case), "" if step.action == Action.SET else step.code
    for field in _matching(record, step.tag):
        texts = [field.value] if field.value is not None else [text for each, text in field.subfields if code in {"", each}]
        if (not step.find and not code) or any(search.is_in(text) for text in texts):
            yield field


def _add_faults(step: Step) -> list[Reason]:
    try:
        fields = from_lines(step.put).fields
    except Unreadable:
        fields = []
    return [] if len(fields) == 1 and fields[0].tag not in FIXED[:1] else [STEP_LINE(line=step.put)]


def _code_faults(step: Step) -> list[Reason]:
    return [] if step.code and CODE.fullmatch(step.code) else [STEP_CODE(code=step.code)]


def _move_faults(step: Step) -> list[Reason]:
    tag, _, code = step.put.partition(" ")
    right = re.fullmatch(r"[0-9A-Za-z]{3}", tag) and CODE.fullmatch(code) and CODE.fullmatch(step.code)
    return [] if right else [STEP_LINE(line=step.put)]


def _position_faults(step: Step) -> list[Reason]:
    start, end = _places(step.code)
    right = step.tag in FIXED and POSITION.fullmatch(step.code) and start < end and len(step.put) == end - start
    return [] if right else [STEP_POSITION(place=step.code)]


_FAULTS: dict[Action, Callable[[Step], list[Reason]]] = {
    Action.ADD: _add_faults,
    Action.REPLACE: lambda step: (
        [] if step.find and CODE.fullmatch(step.code) else [STEP_CODE(code=step.code)] if step.find else [STEP_NOTHING()]
    ),
    Action.SET: _code_faults,
    Action.DELETE_FIELD: lambda step: [] if CODE.fullmatch(step.code) else [STEP_CODE(code=step.code)],
    Action.DELETE_SUBFIELD: _code_faults,
    Action.MOVE: _move_faults,
    Action.POSITION: _position_faults,
    Action.CLASS: lambda step: scheme_faults(step.put),
    Action.NAMES: lambda step: [*name_rule_faults(), *([] if step.tag[1:] == "00" else [STEP_NAME_TAG(tag=step.tag)])],
}
_DO: dict[Action, Callable[[Record, Step], None]] = {
    Action.ADD: _add,
    Action.REPLACE: _replace,
    Action.SET: _set,
    Action.DELETE_FIELD: _delete_field,
    Action.DELETE_SUBFIELD: _delete_subfield,
    Action.MOVE: _move,
    Action.POSITION: _position,
    Action.NAMES: _names,
    Action.CLASS: _class,
}
