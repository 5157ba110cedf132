"""Values as other systems write them, made plain: moments, numbers, text out of HTML."""

import html
import re
from base64 import b32encode
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from hashlib import blake2b
from zoneinfo import ZoneInfo

from lumbung.kernel.days import iso_day

_TIME = re.compile(r"[ T](\d{1,2}):(\d\d)(?::(\d\d))?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
_SILENT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(
    r"</?(?:a|b|blockquote|body|br|center|code|div|em|font|h[1-6]|hr|i|img|li|o:p|ol|p|pre|s|small|span|strike|strong|sub|sup|table"
    r"|tbody|td|th|thead|tr|tt|u|ul)\b[^>]*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
MOST_MONEY = Decimal("9999999999.99")


def line(value: object) -> str:
    """One line of text: no control characters, blanks single, nothing at the ends. None is empty."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    if _CONTROL.search(text):
        text = _CONTROL.sub("", text)
    return " ".join(text.split())


def plain_text(value: object) -> str:
    """Text without HTML, its lines kept; what only looks like HTML ("a < b") stays."""
    if value is None:
        return ""
    text = str(value)
    if "<" in text:
        text = _TAG.sub("", _LINE.sub("\n", _SILENT.sub("", text)))
    if "&" in text:
        text = html.unescape(text)
    lines = (line(each) for each in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(each for each in lines if each)


def short_name(key: str) -> str:
    """Eight letters and digits for what a list tells something by: the same in each list that has it, and another's in none."""
    return b32encode(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).digest()).decode()


def moment(value: object, zone: ZoneInfo, *, at: time = time(0)) -> datetime | None:
    """The moment in ``2024-05-31 10:00:00``, which is told in ``zone``; of a day alone, the time ``at``."""
    told = iso_day(value)
    if told is None:
        return None
    found = _TIME.search(str(value))
    try:
        clock = time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else at
    except ValueError:
        clock = at
    return datetime.combine(told, clock, zone)


def written(value: object) -> str:
    """A value of a row of ours as the proof compares it; nothing is empty."""
    return "" if value is None else str(value)


def number(value: object, *, least: int = 0, most: int = 2_000_000_000) -> int | None:
    """A whole number within bounds; None for none."""
    try:
        told = int(Decimal(str(value).strip()))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return told if least <= told <= most else None


def money(value: object) -> Decimal | None:
    """An amount a copy may have cost; None for none and for nothing."""
    try:
        told = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return told.quantize(Decimal("0.01")) if told.is_finite() and 0 < told <= MOST_MONEY else None
