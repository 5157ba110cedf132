"""One record from two: which fields of ours stay and which of theirs come in, told for each group of fields."""

from collections.abc import Mapping
from copy import deepcopy
from enum import StrEnum

from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.formats.marc import Field, Record


class Group(StrEnum):
    """A group of fields that one rule holds for. 880 belongs to the field it repeats."""

    NUMBERS = "numbers"
    DESCRIPTION = "description"
    SERIES = "series"
    NOTES = "notes"
    SUBJECTS = "subjects"
    NAMES = "names"
    LINKS = "links"
    LOCAL = "local"


class Choice(StrEnum):
    """Ours alone; theirs alone, where they have any; ours and what theirs add; theirs only for a tag that ours lacks."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    FILL = "fill"


Choices = Mapping[Group, Choice]

OVERLAY: Choices = {**dict.fromkeys(Group, Choice.THEIRS), Group.LOCAL: Choice.OURS}
MERGE: Choices = {
    Group.NUMBERS: Choice.BOTH,
    Group.DESCRIPTION: Choice.FILL,
    Group.SERIES: Choice.FILL,
    Group.NOTES: Choice.FILL,
    Group.SUBJECTS: Choice.BOTH,
    Group.NAMES: Choice.BOTH,
    Group.LINKS: Choice.BOTH,
    Group.LOCAL: Choice.OURS,
}
OWN_CONTROL = frozenset({"001", "003", "005"})
COPIES = frozenset({"852", "876", "877", "878"})
_BY_FIRST = {
    "0": Group.NUMBERS, "1": Group.DESCRIPTION, "2": Group.DESCRIPTION, "3": Group.DESCRIPTION, "4": Group.SERIES,
    "5": Group.NOTES, "6": Group.SUBJECTS, "7": Group.NAMES, "8": Group.LINKS,
}  # fmt: skip


def group_of(field: Field) -> Group:
    tag = field.get("6")[:3] if field.tag == "880" and field.get("6") else field.tag
    if tag in COPIES:
        return Group.LOCAL
    if tag in {"800", "810", "811", "830"}:
        return Group.SERIES
    if tag in {"006", "007", "008"}:
        return Group.DESCRIPTION
    return _BY_FIRST.get(tag[:1], Group.LOCAL)


def combined(ours: Record, theirs: Record, choices: Choices) -> Record:
    """Our record with what the choices let in of theirs. Its control number stays ours, so that it is still found by it."""
    told = {group for field in theirs.fields if field.tag not in OWN_CONTROL for group in (group_of(field),)}
    replaced = {group for group in told if choices[group] is Choice.THEIRS}
    fields = [deepcopy(each) for each in ours.fields if each.tag in OWN_CONTROL or group_of(each) not in replaced]
    for at in additions(fields, theirs, choices):
        put_in_order(fields, deepcopy(theirs.fields[at]))
    leader = theirs.leader if Group.DESCRIPTION in replaced else ours.leader
    return Record(leader, fields)


def additions(fields: list[Field], theirs: Record, choices: Choices) -> list[int]:
    """Which of their fields, by place, the choices let in beside these fields of ours."""
    held, tags = {meaning(each) for each in fields}, {each.tag for each in fields}
    let_in = []
    for at, each in enumerate(theirs.fields):
        choice = choices[group_of(each)]
        if each.tag in OWN_CONTROL or choice is Choice.OURS or (choice is Choice.FILL and each.tag in tags):
            continue
        if choice is not Choice.BOTH or meaning(each) not in held:
            let_in.append(at)
    return let_in


def put_in_order(fields: list[Field], new: Field) -> None:
    """Behind the last field whose tag is not greater: theirs keep their order, ours keep their places."""
    at = next((n + 1 for n in range(len(fields) - 1, -1, -1) if fields[n].tag <= new.tag), 0)
    fields.insert(at, new)


def meaning(field: Field) -> tuple[str, str]:
    """What a field says, punctuation, case and the source of a heading aside; an ISBN however it is written."""
    if field.value is not None:
        return field.tag, field.value
    if field.tag == "020" and (isbn := isbn_13(field.get("a"))):
        return field.tag, isbn
    text = " ".join(text for code, text in field.subfields if code not in "0269")
    return field.tag, " ".join("".join(each if each.isalnum() else " " for each in text.casefold()).split())
