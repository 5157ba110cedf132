"""Numbers and days in words, as people here say them."""

from datetime import UTC, date, datetime, time

from django.utils import formats, timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.kernel import clock

ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

UNGROUPED = 1000


def number(value: float | None, decimals: int | None = None) -> str:
    """1.284 in Indonesian, 1,284 in English; nothing for None."""
    if type(value) is int and decimals is None:  # pages of results say two hundred of these
        if -UNGROUPED < value < UNGROUPED:
            return str(value)
        return f"{value:,}".replace(",", formats.get_format("THOUSAND_SEPARATOR"))
    return "" if value is None else formats.number_format(value, decimals, use_l10n=True, force_grouping=True)


def rupiah(amount: int) -> str:
    """Rp1.500, without cents; −Rp1.500 below nothing."""
    return f"{'−' if amount < 0 else ''}Rp{number(abs(amount))}"


def on_its_clock(value: datetime) -> datetime:
    """A moment that was put on the clock of a place (a due date, on that of the branch that lent) stays on it, wherever it is read; one in
    UTC, as the database gives it, is told in the zone now active."""
    return timezone.localtime(value) if _is_bare(value) else value


def day(value: date | datetime) -> str:
    """Sen 7 Des 2026, on the clock of the value."""
    return formats.date_format(_local_day(value), "D j M Y")


def time_of_day(value: time | datetime) -> str:
    """07.30 in Indonesian, 07:30 in English."""
    return formats.time_format(value, "TIME_FORMAT")


def day_and_time(value: datetime) -> str:
    """23 November 2026, 16.05, in the zone of the value."""
    return formats.date_format(value, "DATETIME_FORMAT")


def near_day(value: date | datetime) -> str:
    """Hari ini, Besok, Kemarin, else Sen 7 Des, with the year when it is not this year."""
    that, today = _local_day(value), _today_beside(value)
    near = {0: _("Hari ini"), 1: _("Besok"), -1: _("Kemarin")}.get((that - today).days)
    return near or formats.date_format(that, "D j M" if that.year == today.year else "D j M Y")


def mid_day(value: date | datetime) -> str:
    """The same in the middle of a sentence: hari ini, besok, Sen 7 Des."""
    near = near_day(value)
    return near if any(each.isdigit() for each in near) else near.lower()


def due(value: datetime) -> tuple[str, str]:
    """The state of a due date (ok, due, late: class names of a tag) and its words: Terlambat 3 hari, Besok, Sen 7 Des.

    It ends with a day of the branch that lent, so it is told on that branch's clock; one in bare UTC is refused with a ValueError.
    """
    if _is_bare(value):
        raise ValueError("a due date is told on the clock of the branch that lent")
    days = (_local_day(value) - _today_beside(value)).days
    if value < clock.now():
        late = max(-days, 1)
        return "late", ngettext("Terlambat %(days)d hari", "Terlambat %(days)d hari", late) % {"days": late}
    return ("due" if days <= 2 else "ok"), near_day(value)  # noqa: PLR2004 -- two days is when people must plan


def weekday(number: int) -> str:
    """Senin for 0 … Minggu for 6."""
    return str(WEEKDAYS[number])


def zone_name(name: str) -> str:
    """WIB, WITA or WIT; any other zone by its own name."""
    return ZONES.get(name, name)


def initials(name: str) -> str:
    """At most two letters to stand for a person: first letters of the first and the last word of the name."""
    words = [word for word in name.split() if word[0].isalnum()] or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def shown_name(name: str, how: str) -> str:
    """The name as others may read it: ``whole``, ``short`` ("Siti A. P.") or ``letters`` ("S. A. P."). One word alone is never shown whole
    where letters are asked for."""
    words = [word for word in name.split() if word[0].isalnum()]
    if how == "whole" or not words:
        return name
    first = words[0] if how == "short" else f"{words[0][0].upper()}."
    return " ".join([first, *(f"{word[0].upper()}." for word in words[1:])])


def _local_day(value: date | datetime) -> date:
    return on_its_clock(value).date() if isinstance(value, datetime) else value


def _today_beside(value: date | datetime) -> date:
    """Today where the value is told: on the clock of a moment, in the zone now active beside a day."""
    return (
        clock.now().astimezone(on_its_clock(value).tzinfo).date()
        if isinstance(value, datetime)
        else timezone.localdate(clock.now())
    )


def _is_bare(value: datetime) -> bool:
    return value.tzinfo is UTC
