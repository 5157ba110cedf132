"""What people write in cells, made plain: days, prices, years, numbers that a spreadsheet spoilt."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from lumbung.moving.domain.values import LATEST, OLDEST, money
from lumbung.moving.domain.values import day as iso_day

_SPOILT = re.compile(r"-?\d+([.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?!\d)")
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
_LAST_MONTH = 12
_PRICE = re.compile(r"\d[\d.,]*")


def is_spoilt(text: str) -> bool:
    """Whether a spreadsheet wrote a long number as ``9.78602E+12``: its last digits are gone for good."""
    return bool(_SPOILT.fullmatch(text.strip()))


def year(text: str) -> str:
    """The first year in the text; empty when there is none."""
    found = _YEAR.search(text)
    return found[1] if found else ""


def months_first(cells: Iterable[str]) -> bool:
    """Whether days in this column are written month first: some second number is no month, and no first one says otherwise."""
    pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := _NUMERIC.fullmatch(cell.strip()))]
    return any(second > _LAST_MONTH for _, second in pairs) and all(first <= _LAST_MONTH for first, _ in pairs)


def day(text: str, *, month_first: bool = False) -> date | None:
    """The day in 2024-05-31, 31/05/2024, 31-5-24, 4 Jun 2024, 4 Juni 2024, or a spreadsheet's day number; None for none."""
    text = text.strip()
    if told := iso_day(text):
        return told
    if _SERIAL.fullmatch(text):
        return _SERIAL_BEGIN + timedelta(days=int(float(text)))
    if found := _NUMERIC.match(text):
        first, second = int(found[1]), int(found[2])
        return _made(found[3], *((first, second) if month_first else (second, first)))
    if (found := _WORDED.match(text)) and (month := _MONTHS.get(found[2][:3].lower())):
        return _made(found[3], month, int(found[1]))
    return None


def price(text: str) -> Decimal | None:
    """The amount in ``Rp 45.000,00``, ``45,000`` or ``45000``; None for none. A mark parts decimals before one or two digits alone."""
    found = _PRICE.search(text)
    if found is None:
        return None
    whole, mark, rest = _last_parted(found[0].strip(".,"))
    is_decimal = bool(mark) and len(rest) in {1, 2}
    digits = re.sub(r"\D", "", whole if is_decimal else whole + rest)
    return money(f"{digits or 0}.{rest}" if is_decimal else digits)


def many(text: str) -> list[str]:
    """Several values in one cell: parted by ; or | or line ends or ``<…>``, or by commas where each part looks like a whole name."""
    if text.startswith("<") and text.endswith(">"):
        parts = text[1:-1].split("><")
    elif re.search(r"[;|\n]", text):
        parts = re.split(r"[;|\n]", text)
    elif all(" " in part.strip() for part in text.split(",")):
        parts = text.split(",")
    else:
        parts = [text]
    return list(dict.fromkeys(each for part in parts if (each := part.strip(" ,"))))


def _last_parted(text: str) -> tuple[str, str, str]:
    at = max(text.rfind("."), text.rfind(","))
    return (text, "", "") if at < 0 else (text[:at], text[at], text[at + 1 :])


def _made(year_text: str, month: int, day_of_month: int) -> date | None:
    told = int(year_text)
    if told < _HALF_CENTURY:
        told += 1900 if told >= _CENTURY_TURNS else 2000
    try:
        made = date(told, month, day_of_month)
    except ValueError:
        return None
    return made if OLDEST <= made.year <= LATEST else None
