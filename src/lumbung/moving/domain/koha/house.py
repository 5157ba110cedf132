"""Branches, shelving locations, item types, categories and closed days of Koha."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from lumbung.kernel import clock
from lumbung.moving.domain.plain import Category, ClosedDay, CopyType, Place, Plain, Room
from lumbung.moving.domain.sources import Problem, Source, text_of
from lumbung.moving.domain.staging import AT
from lumbung.moving.domain.values import line, number
from lumbung.moving.refusals import CLOSED_DAY_YEARLY, OPEN_AFTER_ALL

SHELVES = (
    "SELECT min(rowid) AS _at, coalesce(nullif(homebranch, ''), holdingbranch) AS home, location FROM items"
    " WHERE coalesce(location, '') <> '' AND coalesce(nullif(homebranch, ''), holdingbranch, '') <> '' GROUP BY 2, 3 ORDER BY 1"
)


def places(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("branches", after=after):
        name = line(row.get("branchname")) or line(row.get("branchcode"))
        yield Place(source_id=line(row.get("branchcode")), at=row[AT], name=name, raw=row)


def rooms(source: Source, after: int) -> Iterator[Plain]:
    """The shelving locations that items stand in, by the names that the authorised values give them."""
    names = {
        text_of(row, "authorised_value"): line(row.get("lib"))
        for row in source.staged.rows("authorised_values", where="category = 'LOC'")
    }
    for row in source.staged.ask(SHELVES):
        code, home = line(row.get("location")), line(row.get("home"))
        if row[AT] > after:
            yield Room(source_id=f"{home}/{code}", at=row[AT], place=home, code=code, name=names.get(code) or code, raw=row)


def count_rooms(source: Source) -> int:
    return len(source.staged.ask(SHELVES))


def copy_types(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("itemtypes", after=after):
        name = line(row.get("description")) or line(row.get("itemtype"))
        yield CopyType(source_id=line(row.get("itemtype")), at=row[AT], name=name, raw=_without_picture(row))


def _without_picture(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "imageurl"}


def categories(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("categories", after=after):
        name = line(row.get("description")) or line(row.get("categorycode"))
        months = number(row.get("enrolmentperiod"), least=1, most=240) or 12
        yield Category(source_id=line(row.get("categorycode")), at=row[AT], name=name, membership_months=months, raw=row)


def closed_days(source: Source, after: int) -> Iterator[Plain]:
    """Days on which every branch is closed, and those of single branches: dates, and every week."""
    for at, each in enumerate(_by_place(source), start=1):
        if at > after:
            key = _key(each.day.isoformat() if each.day else f"w{each.weekday}", each.place)
            warnings = (CLOSED_DAY_YEARLY(day=f"{each.day:%d/%m/%Y}"),) if each.day and each.is_yearly else ()
            yield ClosedDay(
                source_id=key,
                at=at,
                day=each.day,
                weekday=each.weekday,
                reason=each.reason,
                place=each.place,
                warnings=warnings,
                raw={"day": key, "title": each.reason},
            )


def _key(day: str, place: str | None) -> str:
    return f"{day}@{place}" if place is not None else day


def count_closed_days(source: Source) -> int:
    return len(_by_place(source))


def told(source: Source) -> Iterator[Problem]:
    """Days that Koha says are open after all: nobody announces them here."""
    today = clock.today(source.zone)
    for row in source.staged.rows("special_holidays"):
        on = _date(row.get("year"), row.get("month"), row.get("day"))
        if on and on >= today and text_of(row, "isexception") == "1":
            yield Problem(OPEN_AFTER_ALL(day=f"{on:%d/%m/%Y}", place=text_of(row, "branchcode")), "special_holidays")


class DayOff(NamedTuple):
    """A day off, or one of every week: that of one branch, or with no ``place`` that of all."""

    day: date | None
    weekday: int | None
    reason: str
    place: str | None
    is_yearly: bool


def _by_place(source: Source) -> list[DayOff]:
    """Every day off, those of every week first: once where all branches have it for the same reason, else of each branch by itself."""
    every = {text_of(row, "branchcode") for row in source.staged.rows("branches")}
    return [each for (on, weekday), rows in sorted(_found(source).items()) for each in _days_off(on, weekday, rows, every)]


def _found(source: Source) -> dict[tuple[str, int], list[dict[str, object]]]:
    """The rows of every day off, by date, and by weekday those of every week."""
    rows: dict[tuple[str, int], list[dict[str, object]]] = defaultdict(list)
    for row in source.staged.rows("special_holidays"):
        on = _date(row.get("year"), row.get("month"), row.get("day"))
        if on and text_of(row, "isexception") != "1":
            rows[on.isoformat(), -1].append(row)
    for row in source.staged.rows("repeatable_holidays"):
        if (weekday := number(row.get("weekday"), most=6)) is not None and text_of(row, "weekday"):
            rows["", (weekday - 1) % 7].append(row)
        elif on := _next(clock.today(source.zone), row.get("month"), row.get("day")):
            rows[on.isoformat(), -1].append(row)
    return rows


def _days_off(on: str, weekday: int, rows: Sequence[dict[str, object]], every: set[str]) -> list[DayOff]:
    """One for all branches; or one for each that has it, told by its own rows. Why a day is off every week is announced to nobody."""
    own: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        own[text_of(row, "branchcode")].append(row)
    is_same = not on or not every or len({_reason(first) for first, *_ in own.values()}) == 1
    if is_same and every <= own.keys():
        return [_day_off(on, weekday, rows, None)]
    return [_day_off(on, weekday, own[place], place) for place in sorted(own)]


def _day_off(on: str, weekday: int, rows: Sequence[dict[str, object]], place: str | None) -> DayOff:
    return DayOff(
        date.fromisoformat(on) if on else None,
        None if on else weekday,
        _reason(rows[0]),
        place,
        bool(on) and any("year" not in row for row in rows),
    )


def closed_day_facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """What the tables of holidays themselves say of these days."""
    found: dict[str, Mapping[str, str]] = {}
    today = clock.today(source.zone)
    for table in ("special_holidays", "repeatable_holidays"):
        for row in source.staged.rows(table):
            year = text_of(row, "year")
            on = _date(year, row.get("month"), row.get("day")) if year else _next(today, row.get("month"), row.get("day"))
            if on and text_of(row, "isexception") != "1":
                for key in (on.isoformat(), _key(on.isoformat(), text_of(row, "branchcode"))):
                    found.setdefault(key, {"day": on.isoformat(), "reason": _reason(row)})
    return {key: found[key] for key in keys if key in found}


def names(table: str, key: str, name: str) -> Callable[[Source, Sequence[str]], Mapping[str, Mapping[str, str]]]:
    """What a table of codes calls these."""

    def facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        rows = source.staged.under(table, key, keys)
        return {str(each): {"name": line(row.get(name)) or line(each)} for each, (row, *_) in rows.items()}

    return facts


def _reason(row: dict[str, object]) -> str:
    return line(row.get("title")) or line(row.get("description")) or "Libur"


def _next(today: date, month: object, day: object) -> date | None:
    """When the day of a month comes next."""
    this = _date(today.year, month, day)
    return this if this and this >= today else _date(today.year + 1, month, day)


def _date(year: object, month: object, day: object) -> date | None:
    try:
        return date(int(str(year)), int(str(month)), int(str(day)))
    except ValueError:
        return None
