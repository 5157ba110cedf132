"""Days as people, spreadsheets and other systems write them, made plain."""

import re
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?!\d)")
_WORDED = re.compile(r"(\d{1,2})[ /.-]*([A-Za-z]{3,9})[ /.,-]*(\d{4}|\d{2})(?!\d)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ["jan", "feb peb", "mar", "apr", "mei may", "jun", "jul", "agu aug ags agt", "sep", "okt oct", "nov nop", "des dec"], start=1
    )
    for name in names.split()
}  # fmt: skip
_SERIAL_BEGIN = date(1899, 12, 30)
_SERIAL = re.compile(r"[2-6]\d{4}(\.0+)?")
_CENTURY_TURNS = 50
_HALF_CENTURY = 100
OLDEST, LATEST = 1000, 9998
"""The years within which a library has days. Before and behind them are those that stand for none, and those no zone can tell."""


def is_within_reach(day: date) -> bool:
    """Whether a library can have this day, or this moment: one could still reckon a month or a zone from it."""
    return OLDEST <= day.year <= LATEST


def iso_day(value: object) -> date | None:
    """The day in ``2024-05-31`` or ``2024-05-31 10:00:00``; None for none, for ``0000-00-00`` and for a day no calendar has."""
    found = _ISO.match(str(value or "").strip())
    if found is None:
        return None
    try:
        told = date(*map(int, found.groups()))
    except ValueError:
        return None
    return told if is_within_reach(told) else None


def written_day(text: str, *, month_first: bool = False) -> date | None:
    """The day in 2024-05-31, 31/05/2024, 31-5-24, 4 Jun 2024, 4 Juni 2024, or a spreadsheet's day number; None for none."""
    text = text.strip()
    if told := iso_day(text):
        return told
    if _SERIAL.fullmatch(text):
        return _SERIAL_BEGIN + timedelta(days=int(float(text)))
    if found := NUMERIC.match(text):
        first, second = int(found[1]), int(found[2])
        return _made(found[3], *((first, second) if month_first else (second, first)))
    if (found := _WORDED.match(text)) and (month := _MONTHS.get(found[2][:3].lower())):
        return _made(found[3], month, int(found[1]))
    return None


def _made(year_text: str, month: int, day_of_month: int) -> date | None:
    told = int(year_text)
    if told < _HALF_CENTURY:
        told += 1900 if told >= _CENTURY_TURNS else 2000
    try:
        made = date(told, month, day_of_month)
    except ValueError:
        return None
    return made if is_within_reach(made) else None
