"""Opening hours on a poster beside the door: the week, weeks of their own and closures to come, from the calendar that counts due dates."""

from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from lumbung.kernel import clock, typesetting
from lumbung.kernel.ui.bars import Bars, picture
from lumbung.kernel.ui.words import day, weekday
from lumbung.organization.models import Branch
from lumbung.organization.queries import Week, calendar_of, library

AHEAD = timedelta(days=180)
MOST_CLOSURES, MOST_WEEKS = 14, 3
PAPERS = ("a4", "a3")


def poster(branch: Branch, *, paper: str, feed: str) -> bytes:
    """The poster as PDF. ``paper`` is one of ``PAPERS``; ``feed`` is the address of the calendar, shown as QR code."""
    source = files("lumbung.organization.domain").joinpath("poster.typ").read_text(encoding="utf-8")
    return typesetting.pdf(
        source, {**told(branch), "paper": paper, "scale": 1.41 if paper == "a3" else 1.0, "qr": picture(feed, Bars.QR)["svg"]}
    )


def told(branch: Branch) -> dict[str, Any]:
    """What the poster says, as plain values."""
    calendar, today, of = calendar_of(branch), clock.today(branch.zone), library()
    special = [
        each for each in calendar.periods if today <= each.last_day and each.first_day <= today + AHEAD and each.weeks.spells
    ]
    closures = [each for each in calendar.closures if today <= each.last_day and each.first_day <= today + AHEAD]
    return {
        "library": of.name,
        "institution": of.institution,
        "branch": branch.name,
        "address": branch.address,
        "title": _("Jam buka"),
        "closed": _("Tutup"),
        "unknown": _("Jam buka belum dicatat. Tanyakan di meja layanan."),
        "week": _lines(calendar.week) if calendar.has_hours else [],
        "special": [
            {"name": each.name, "days": _days(each.first_day, each.last_day), "week": _lines(each.weeks.on(each.last_day))}
            for each in special[:MOST_WEEKS]
        ],
        "closures_title": _("Hari tutup"),
        "closures": [
            {"days": _days(each.first_day, each.last_day), "reason": each.reason}
            for each in sorted(closures, key=lambda each: each.first_day)[:MOST_CLOSURES]
        ],
        "scan": _("Pindai untuk menyimpan kalender ini di ponsel Anda"),
        "as_of": _("Menurut kalender pada %(day)s") % {"day": day(today)},
    }


def _lines(week: Week) -> list[dict[str, str]]:
    spells = [", ".join(f"{time_format(each.opens)}–{time_format(each.closes)}" for each in hours) for hours in week]
    return [{"day": weekday(at), "hours": said} for at, said in enumerate(spells)]


def _days(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} – {day(last)}"
