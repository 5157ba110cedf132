"""Rows of a sheet that tell of members."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lumbung.catalogue.domain.capitals import readable_name
from lumbung.kernel.days import written_day
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.plain import Person
from lumbung.moving.domain.sheets import cells
from lumbung.moving.domain.sheets.columns import IDENTIFIERS
from lumbung.moving.domain.sheets.table import SHEET, Table
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import short_name
from lumbung.moving.refusals import CARD_SPOILT, DAY_UNREADABLE, NUMBER_SPOILT

CARDS = ("card", *IDENTIFIERS)
"""Numbers that serve as that of the card, the best first."""
WHO = ("name", "email", "phone", "unit")
LONGEST_ID = 60


def members(table: Table, after: int) -> Iterator[Person]:
    """A member for each row. Where there is no card number, the first other number serves as one; whoever has no number is known by name,
    address, telephone and unit. One whose only number the sheet spoilt has a fault: that is mended in the sheet."""
    for row in table.rows(after):
        warnings, notes = list[Reason](), table.texts(row, "note")
        numbers = {kind: _number(table, row, kind, warnings, notes) for kind in CARDS}
        card = next(filter(None, numbers.values()), "")
        yield Person(
            source_id=card.upper() or _who(table, row),
            at=row[AT],
            name=readable_name(table.text(row, "name")),
            barcode=card,
            category=table.text(row, "category").casefold() or None,
            joined_on=_day(table, row, "joined", warnings, notes),
            expires_on=_day(table, row, "expires", warnings, notes),
            email=table.text(row, "email"),
            phone=_number(table, row, "phone", warnings, notes),
            unit=", ".join(table.texts(row, "unit")),
            note="\n".join(notes),
            identifiers=tuple((kind, numbers[kind]) for kind in IDENTIFIERS if numbers[kind]),
            warnings=tuple(warnings),
            faults=() if card else tuple(_spoilt(table, row)),
            raw=table.raw(row),
        )


def facts(table: Table, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """What the cells themselves say of these members."""
    wanted, found = {*keys}, {}
    for row in table.rows():
        told, card = {"name": table.text(row, "name")}, next(filter(None, (table.text(row, kind) for kind in CARDS)), "")
        if (key := card.upper() or _who(table, row)) in wanted:
            found[key] = {**told, "barcode": card} if card else told
    return found


def count(table: Table) -> int:
    return table.staged.count(SHEET)


def _who(table: Table, row: Row) -> str:
    """What tells somebody without a number from others."""
    said = " · ".join(told for target in WHO if (told := table.text(row, target).casefold()))
    return said if len(said) <= LONGEST_ID else short_name(said)


def _spoilt(table: Table, row: Row) -> Iterator[Reason]:
    for kind in CARDS:
        if cells.is_spoilt(told := table.text(row, kind)):
            yield CARD_SPOILT(number=told, column=table.head(kind))


def _number(table: Table, row: Row, target: str, warnings: list[Reason], notes: list[str]) -> str:
    told = table.text(row, target)
    if cells.is_spoilt(told):
        warnings.append(NUMBER_SPOILT(number=told, column=table.head(target)))
        notes.append(f"{table.head(target)}: {told}")
        return ""
    return told


def _day(table: Table, row: Row, target: str, warnings: list[Reason], notes: list[str]) -> date | None:
    told = table.text(row, target)
    day = written_day(told, month_first=table.months_first.get(target, False))
    if told and day is None:
        warnings.append(DAY_UNREADABLE(day=told, column=table.head(target)))
        notes.append(f"{table.head(target)}: {told}")
    return day
