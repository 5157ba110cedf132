"""One record from two: which fields of ours stay and which of theirs come in, told for each group of fields.

What a place holds stands in several fields that their links ($8) tie together: such a statement comes in as a whole, with links that
no other has; to fill, only where ours has none. What stands alone (842 without its 852, say) neither replaces statements nor comes in
beside them; where somebody picks it by hand it stands behind them, as part of none.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from enum import StrEnum

from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.formats.holdings import TAGS as STATED
from lumbung.formats.holdings import behind_holdings, holdings_in, replaced
from lumbung.formats.marc import Field, Record


class Group(StrEnum):
    """A group of fields that one rule holds for. 880 belongs to the field it repeats."""

    NUMBERS = "numbers"
    DESCRIPTION = "description"
    SERIES = "series"
    NOTES = "notes"
    SUBJECTS = "subjects"
    NAMES = "names"
    HOLDINGS = "holdings"
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
    Group.HOLDINGS: Choice.BOTH,
    Group.LINKS: Choice.BOTH,
    Group.LOCAL: Choice.OURS,
}
OWN_CONTROL = frozenset({"001", "003", "005"})
COPIES = frozenset({"852", "876", "877", "878"})
ALONE = frozenset({"841", "842", "843", "844", "845"})
_OF_HOLDINGS = STATED | ALONE
_BY_FIRST = {
    "0": Group.NUMBERS, "1": Group.DESCRIPTION, "2": Group.DESCRIPTION, "3": Group.DESCRIPTION, "4": Group.SERIES,
    "5": Group.NOTES, "6": Group.SUBJECTS, "7": Group.NAMES, "8": Group.LINKS,
}  # fmt: skip


def groups_of(record: Record) -> list[Group]:
    """The group of each field. An 852 that heads a statement belongs to it; one that tells of a copy is local."""
    heads = {id(each.place) for each in holdings_in(record)}
    return [Group.HOLDINGS if id(each) in heads else _group_of(each) for each in record.fields]


def _group_of(field: Field) -> Group:
    tag = field.get("6")[:3] if field.tag == "880" and field.get("6") else field.tag
    if tag in COPIES:
        return Group.LOCAL
    if tag in _OF_HOLDINGS:
        return Group.HOLDINGS
    if tag in {"800", "810", "811", "830"}:
        return Group.SERIES
    if tag in {"006", "007", "008"}:
        return Group.DESCRIPTION
    return _BY_FIRST.get(tag[:1], Group.LOCAL)


def combined(ours: Record, theirs: Record, choices: Choices) -> Record:
    """Our record with what the choices let in of theirs. Its control number stays ours, so that it is still found by it."""
    told = {group for field, group in zip(theirs.fields, groups_of(theirs), strict=True) if field.tag not in OWN_CONTROL}
    if holdings_in(ours) and not holdings_in(theirs):
        told.discard(Group.HOLDINGS)
    gone = {group for group in told if choices[group] is Choice.THEIRS}
    grouped = zip(ours.fields, groups_of(ours), strict=True)
    fields = [deepcopy(each) for each, group in grouped if each.tag in OWN_CONTROL or group not in gone]
    leader = theirs.leader if Group.DESCRIPTION in gone else ours.leader
    return completed(Record(leader, fields), [theirs.fields[at] for at in additions(fields, theirs, choices)])


def completed(record: Record, brought: Sequence[Field]) -> Record:
    """The record with these fields of another; those that make a holdings statement together."""
    statements = holdings_in(Record(fields=list(brought)))
    stated = {id(each) for statement in statements for each in statement.fields}
    fields = list(record.fields)
    alone = [each for each in brought if id(each) not in stated and each.tag in ALONE]
    for each in brought:
        if id(each) not in stated and each.tag not in ALONE:
            put_in_order(fields, deepcopy(each))
    made = Record(record.leader, fields)
    for statement in statements:
        made = replaced(made, None, deepcopy(statement))
    for each in alone:
        made.fields.insert(behind_holdings(made), deepcopy(each))
    return made


def additions(fields: list[Field], theirs: Record, choices: Choices) -> list[int]:
    """Which of their fields, by place, the choices let in beside these fields of ours."""
    held, tags = {meaning(each) for each in fields}, {_kind(each) for each in fields}
    known, has_statements = _known_statements(fields, theirs), bool(holdings_in(Record(fields=fields)))
    let_in = []
    for at, (each, group) in enumerate(zip(theirs.fields, groups_of(theirs), strict=True)):
        choice = choices[group]
        if each.tag in OWN_CONTROL or choice is Choice.OURS:
            continue
        if group is Group.HOLDINGS and has_statements and (choice is not Choice.BOTH or id(each) not in known):
            comes = False
        elif choice is Choice.BOTH:
            comes = not (known[id(each)] if id(each) in known else meaning(each) in held)
        elif id(each) in known:
            comes = True
        else:
            comes = choice is Choice.THEIRS or _kind(each) not in tags
        if comes:
            let_in.append(at)
    return let_in


def _kind(field: Field) -> str:
    """The tag; 260 and 264 are one, for both tell of the publication."""
    return "264" if field.tag == "260" else field.tag


def _known_statements(fields: Sequence[Field], theirs: Record) -> dict[int, bool]:
    """For each of their fields that is part of a statement, whether ours has that statement: every field of it, whatever its links."""
    held = {_unlinked(each) for each in fields}
    return {
        id(each): all(_unlinked(one) in held for one in statement.fields)
        for statement in holdings_in(theirs)
        for each in statement.fields
    }


def _unlinked(field: Field) -> tuple[str, ...]:
    return field.tag, *(text for code, text in field.subfields if code != "8")


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
