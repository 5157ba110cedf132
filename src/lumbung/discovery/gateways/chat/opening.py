"""*Jam* in chat: when the library is open, today or on the day asked, with closures; and by when a person answers."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.kernel import clock
from lumbung.kernel.days import written_day
from lumbung.kernel.ui.words import day, mid_day
from lumbung.messaging.chat import Answer, Asking, Command, Cue, Offer, Outcome, Promise, words_against
from lumbung.organization.models import Branch, Offering
from lumbung.organization.queries import (
    branches,
    calendar_of,
    coming_closures,
    library,
    next_open_day,
    public_branches,
    services,
    status_now,
)

ANSWERED_WITHIN = timedelta(hours=2)
"""How long after it wrote, or after the doors open, somebody is answered by a person."""
MOST_BRANCHES = 6
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ["senin monday", "selasa tuesday", "rabu wednesday", "kamis thursday", "jumat friday", "sabtu saturday", "minggu ahad sunday"]
    )
    for name in names.split()
}  # fmt: skip
_RELATIVE: list[tuple[str, Callable[[date], date]]] = [
    ("lusa", lambda today: today + timedelta(days=2)),
    ("day after tomorrow", lambda today: today + timedelta(days=2)),
    ("besok", lambda today: today + timedelta(days=1)),
    ("bsk", lambda today: today + timedelta(days=1)),
    ("tomorrow", lambda today: today + timedelta(days=1)),
]
_DATED = re.compile(r"\d{1,2}[ /.-](?:[a-z]{3,9}|\d{1,2})(?:[ /.-]\d{4})?")


def hours(asking: Asking) -> Outcome:
    """The hours of the day asked at every branch; what closes it, and when it opens next."""
    shown = public_branches()[:MOST_BRANCHES]
    if not shown:
        return Answer(_("Jam buka belum dicatat, Kak. Tanyakan saja pada petugas."), (Offer(_("Tanya petugas"), "petugas"),))
    asked = [(branch, day_asked(asking.text, clock.today(branch.zone))) for branch in shown]
    lines = [_branch_line(branch, day) for branch, day in asked]
    if any(calendar_of(branch).closure_on(day) for branch, day in asked) and (still := _still_open()):
        lines.append(still)
    coming = [
        _("%(reason)s: tutup %(first)s") % {"reason": each.reason, "first": _span(each.first_day, each.last_day)}
        for each in coming_closures()[:2]
    ]
    return Answer("\n".join(lines), foot="\n".join(coming))


def _still_open() -> str:
    """The services that are to be had from anywhere while the doors are closed, with what limits them."""
    told = [
        f"{each.name} ({each.state_note})" if each.state_note else each.name
        for each in services()
        if each.state != Offering.States.CLOSED and (each.online_way or each.by_contact)
    ]
    where = f" {settings.SITE_URL}{reverse('organization:services')}" if settings.SITE_URL else ""
    return _("Yang tetap dapat dari mana saja: %(services)s.") % {"services": "; ".join(told)} + where if told else ""


def day_asked(text: str, today: date) -> date:
    """The day the words speak of, today where they name none; a weekday is the next one of its name."""
    folded = text.casefold()
    weekday = next((number for name, number in _WEEKDAYS.items() if re.search(rf"(?<!\w){name}(?!\w)", folded)), None)
    if weekday is not None and not re.search(r"minggu (?:depan|ini|lalu)", folded):
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    for word, that in _RELATIVE:
        if re.search(rf"(?<!\w){word}(?!\w)", folded):
            return that(today)
    return _dated(folded, today) or today


def _dated(text: str, today: date) -> date | None:
    found = _DATED.search(text)
    if found is None:
        return None
    if told := written_day(found[0]):
        return told
    told = written_day(f"{found[0]} {today.year}")
    return written_day(f"{found[0]} {today.year + 1}") if told and told < today else told


def _branch_line(branch: Branch, asked: date) -> str:
    calendar, today = calendar_of(branch), clock.today(branch.zone)
    named = {"branch": branch.name, "day": mid_day(asked) if asked == today else day(asked)}
    if not calendar.has_hours and calendar.closure_on(asked) is None:
        return _("%(branch)s: jam bukanya belum dicatat.") % named
    spells = calendar.hours_on(asked)
    period = next((f" ({each.name})" for each in calendar.periods_on(asked) if any(each.weeks.on(asked))), "")
    if spells:
        named["hours"] = ", ".join(f"{_clock(each.opens)}–{_clock(each.closes)}" for each in spells) + period
        line = _("%(branch)s: %(day)s buka %(hours)s.") % named
        return f"{line} {_now(branch)}".rstrip() if asked == today else line
    closure = calendar.closure_on(asked)
    named["reason"] = f" ({closure.reason})" if closure else ""
    opens = next_open_day(branch, asked)
    line = _("%(branch)s: %(day)s tutup%(reason)s.") % named
    return line if opens == asked else line + " " + _opens_again(branch, opens)


def _opens_again(branch: Branch, opens: date) -> str:
    spells = calendar_of(branch).hours_on(opens)
    at = " " + _clock(spells[0].opens) if spells else ""
    return _("Buka lagi %(day)s%(at)s.") % {"day": day(opens), "at": at}


def _now(branch: Branch) -> str:
    status = status_now(branch)
    if status.is_open and status.until:
        return _("Sekarang buka sampai %(at)s %(zone)s.") % {"at": _clock(status.until.timetz()), "zone": status.zone}
    if status.opens_at is None:
        return ""
    when = status.opens_at
    if when.date() == clock.today(branch.zone):
        return _("Sekarang tutup, buka %(at)s %(zone)s.") % {"at": _clock(when.timetz()), "zone": status.zone}
    return _("Sekarang sudah tutup. Buka lagi %(day)s %(at)s.") % {"day": day(when.date()), "at": _clock(when.timetz())}


def promise(_identity: Any) -> Promise | None:
    """The library's people, within two hours while they are there, else two hours after the doors open."""
    named = library()
    if named.pk is None:
        return None
    name = _("petugas %(library)s") % {"library": named.short_name or named.name}
    return Promise(name, answered_by(clock.now()))


def answered_by(now: datetime) -> datetime | None:
    """Two open hours after ``now`` at the branch that opens first; None where no hours are known."""
    moments = [moment for branch in branches() if (moment := _staffed_after(branch, now)) is not None]
    return min(moments, default=None)


def _staffed_after(branch: Branch, now: datetime) -> datetime | None:
    """When ``ANSWERED_WITHIN`` of opening hours will have passed at the branch."""
    calendar, local, left = calendar_of(branch), now.astimezone(branch.zone), ANSWERED_WITHIN
    if not calendar.has_hours:
        return None
    for days in range(60):
        on = local.date() + timedelta(days=days)
        for spell in calendar.hours_on(on):
            begins = max(datetime.combine(on, spell.opens, branch.zone), local)
            ends = datetime.combine(on, spell.closes, branch.zone)
            if ends - begins >= left:
                return begins + left
            left -= max(ends - begins, timedelta())
    return None


def _span(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def _clock(value: time) -> str:
    return formats.time_format(value)


_MONTHS = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)[a-z]*"
_NAMED = "|".join(["hari ini", "besok", "bsk", "lusa", "today", "tomorrow", *_WEEKDAYS, rf"\d{{1,2}} {_MONTHS}(?: \d{{4}})?"])
_DAYS = rf"(?:(?:pada|hari|tanggal|tgl|on) )*(?:{_NAMED})"
HOURS = Command(
    name="hours",
    words=("jam", "jam buka", "hours", "opening hours", "jadwal", "buka"),
    title=gettext_lazy("Jam buka"),
    run=hours,
    takes=_DAYS,
    beside=f"(?:{_DAYS})?",
    examples=("jam buka besok", "opening hours", "perpustakaan tutup jam berapa"),
    cues=(
        Cue.of(
            6,
            r"(?:jam|jadwal)(?: \w+)? (?:buka|tutup|operasional|layanan|pelayanan|kerja)(?:nya)?|(?:buka|tutup|bukanya|tutupnya)",
        ),
        Cue.of(
            6,
            r"opening hours?|what time|(?:are|is|do|does|when)(?: \w+){0,3} (?:open|opens|close|closes|closed)"
            r"|open (?:on|today|tomorrow|now)",
        ),
        Cue.of(
            6,
            r"(?:hari|besok|senin|selasa|rabu|kamis|jumat|sabtu|minggu|perpustakaan)(?: \w+){0,2} libur|libur (?:tidak|kapan|ya|hari)",
        ),
    ),
    against=words_against("loker|pendaftaran|lowongan|akun|file|link|ruang|room"),
)
