"""Lists of holidays as the government announces them: read, looked through, then announced all at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from lumbung.kernel import clock, events
from lumbung.kernel.days import written_day
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.sheets import UnreadableTableError, rows_of
from lumbung.kernel.turns import wait_for_turn
from lumbung.organization import queries
from lumbung.organization.domain.calendar import TURN, announce_closure, withdraw_closure
from lumbung.organization.events import HolidaysImported, HolidaysWithdrawn
from lumbung.organization.models import Closure, HolidayList
from lumbung.organization.refusals import (
    HOLIDAY_DAY_UNREADABLE,
    HOLIDAY_KIND_UNKNOWN,
    HOLIDAY_NAME_WRONG,
    HOLIDAYS_BEGAN,
    NO_NEW_HOLIDAYS,
    NOT_HOLIDAYS,
)

COLUMNS = {
    "day": ("tanggal", "hari", "tgl", "date"),
    "name": ("nama", "keterangan", "hari libur", "libur", "perayaan", "name", "holiday"),
    "kind": ("jenis", "kategori", "kind", "type"),
}
"""Column → what its heading may be called, in lower case. Without headings the columns stand in this order."""
LONGEST_NAME = 120
NUMBERS_OF_A_DAY = 3
_WEEKDAY = re.compile(r"^\D+")


@dataclass(frozen=True)
class Holiday:
    """One row of the list, as it was written, and what it is: "new", "there", "past" or "unreadable" (then with the reasons)."""

    written: tuple[str, str, str]
    state: str
    day: date | None = None
    kind: Closure.Kinds = Closure.Kinds.HOLIDAY
    reasons: tuple[Reason, ...] = ()

    @property
    def name(self) -> str:
        return self.written[1]


def read_holidays(content: bytes) -> list[Holiday]:
    """What is in the list (CSV or XLSX: day, name, kind), row by row; nothing is kept.

    A day on which every branch is closed already, or that stands higher up in the list, is "there". No kind means a national holiday.
    Refuses what is no table.
    """
    rows = _written_rows(content)
    today = clock.today(queries.library().zone)
    known = list(Closure.objects.filter(branch=None, last_day__gte=today).values_list("first_day", "last_day"))
    read = []
    for written in rows:
        holiday = _read(written, today, known)
        if holiday.state == "new" and holiday.day:
            known.append((holiday.day, holiday.day))
        read.append(holiday)
    return read


@transaction.atomic
def import_holidays(content: bytes, *, by: events.Actor | None) -> HolidayList:
    """Announce what is new in the list as closures of every branch. Refuses a list with nothing new, and what is no table."""
    wait_for_turn(TURN)
    new = [each for each in read_holidays(content) if each.state == "new"]
    if not new:
        raise Refused(NO_NEW_HOLIDAYS())
    kept = HolidayList.objects.create(read_at=clock.now())
    announced = [
        announce_closure(first_day=each.day, last_day=each.day, reason=each.name, kind=each.kind, by=by).pk
        for each in new
        if each.day
    ]
    Closure.objects.filter(pk__in=announced).update(holiday_list=kept)
    events.record(HolidaysImported(holiday_list=kept.pk, count=len(announced)), by=by)
    return kept


@transaction.atomic
def withdraw_holidays(holiday_list: HolidayList, *, by: events.Actor | None) -> int:
    """Call off every closure of the list that still stands, and say how many. Refuses once one of them has begun."""
    kept = HolidayList.objects.select_for_update().get(pk=holiday_list.pk)
    closures, key = list(kept.closures.select_for_update()), kept.pk
    if any(each.first_day <= clock.today(queries.library().zone) for each in closures):
        raise Refused(HOLIDAYS_BEGAN())
    for each in closures:
        withdraw_closure(each, by=by)
    kept.delete()
    events.record(HolidaysWithdrawn(holiday_list=key, count=len(closures)), by=by)
    return len(closures)


def _written_rows(content: bytes) -> list[tuple[str, str, str]]:
    try:
        rows = rows_of(content)
    except UnreadableTableError:
        raise Refused(NOT_HOLIDAYS()) from None
    headings = [cell.casefold() for cell in rows[0]] if rows else []
    places = [next((headings.index(each) for each in called if each in headings), None) for called in COLUMNS.values()]
    if places[0] is None and rows and _day(rows[0][0]):
        return [_picked(row, (0, 1, 2)) for row in rows]
    if None in places[:2]:
        raise Refused(NOT_HOLIDAYS())
    return [_picked(row, places) for row in rows[1:]]


def _picked(row: Sequence[str], places: Sequence[int | None]) -> tuple[str, str, str]:
    day, name, kind = (row[at] if at is not None and at < len(row) else "" for at in places)
    return day, " ".join(name.split()), kind


def _read(written: tuple[str, str, str], today: date, known: Sequence[tuple[date, date]]) -> Holiday:
    day, kind = _day(written[0]), _kind(written[2])
    if reasons := tuple(_faults(written, day, kind)):
        return Holiday(written, "unreadable", reasons=reasons)
    if day is None or kind is None or day < today:
        return Holiday(written, "past", day, kind or Closure.Kinds.HOLIDAY)
    there = any(first <= day <= last for first, last in known)
    return Holiday(written, "there" if there else "new", day, kind)


def _faults(written: tuple[str, str, str], day: date | None, kind: Closure.Kinds | None) -> Iterator[Reason]:
    if day is None:
        yield HOLIDAY_DAY_UNREADABLE(text=written[0])
    if not 0 < len(written[1]) <= LONGEST_NAME:
        yield HOLIDAY_NAME_WRONG()
    if kind is None:
        yield HOLIDAY_KIND_UNKNOWN(text=written[2])


def _day(text: str) -> date | None:
    """One day, also with its weekday in front; None for a stretch of days, which would lose all but its first."""
    return written_day(_WEEKDAY.sub("", text)) if len(re.findall(r"\d+", text)) <= NUMBERS_OF_A_DAY else None


def _kind(text: str) -> Closure.Kinds | None:
    text = text.casefold()
    if "cuti" in text or text in {"joint leave", Closure.Kinds.JOINT_LEAVE.value}:
        return Closure.Kinds.JOINT_LEAVE
    return Closure.Kinds.HOLIDAY if not text or "libur" in text or "nasional" in text or "holiday" in text else None
