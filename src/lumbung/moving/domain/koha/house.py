"""Branches, shelving locations, item types, categories and closed days of Koha."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from lumbung.kernel import clock
from lumbung.moving.domain.plain import Category, ClosedDay, CopyType, Place, Plain, Room
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT
from lumbung.moving.domain.values import line, number

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
    """Days on which every branch is closed: single ones, and every week. What holds for one branch alone stays with its table."""
    for at, ((on, weekday), reason) in enumerate(_shared(source), start=1):
        if at > after:
            key = on.isoformat() if on else f"w{weekday}"
            yield ClosedDay(source_id=key, at=at, day=on, weekday=weekday, reason=reason, raw={"day": key, "title": reason})


def count_closed_days(source: Source) -> int:
    return len(_shared(source))


def _shared(source: Source) -> list[tuple[tuple[date | None, int | None], str]]:
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    reasons: dict[tuple[str, int], str] = {}
    for row in source.staged.rows("special_holidays"):
        on = _date(row.get("year"), row.get("month"), row.get("day"))
        if on and text_of(row, "isexception") != "1":
            _note(found, reasons, (on.isoformat(), -1), row)
    for row in source.staged.rows("repeatable_holidays"):
        if (weekday := number(row.get("weekday"), most=6)) is not None and text_of(row, "weekday"):
            _note(found, reasons, ("", (weekday - 1) % 7), row)
        elif on := _next(clock.today(source.zone), row.get("month"), row.get("day")):
            _note(found, reasons, (on.isoformat(), -1), row)
    branches = max(1, source.staged.count("branches"))
    kept = sorted(each for each, where in found.items() if len(where) >= branches)
    return [((date.fromisoformat(on) if on else None, None if on else weekday), reasons[on, weekday]) for on, weekday in kept]


def closed_day_facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """What the tables of holidays themselves say of these days."""
    found: dict[str, Mapping[str, str]] = {}
    today = clock.today(source.zone)
    for table in ("special_holidays", "repeatable_holidays"):
        for row in source.staged.rows(table):
            year = text_of(row, "year")
            on = _date(year, row.get("month"), row.get("day")) if year else _next(today, row.get("month"), row.get("day"))
            if on and on.isoformat() in keys and text_of(row, "isexception") != "1":
                found.setdefault(on.isoformat(), {"day": on.isoformat(), "reason": _reason(row)})
    return found


def names(table: str, key: str, name: str) -> Callable[[Source, Sequence[str]], Mapping[str, Mapping[str, str]]]:
    """What a table of codes calls these."""

    def facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        rows = source.staged.under(table, key, keys)
        return {str(each): {"name": line(row.get(name)) or line(each)} for each, (row, *_) in rows.items()}

    return facts


def _note(
    found: dict[tuple[str, int], set[str]], reasons: dict[tuple[str, int], str], key: tuple[str, int], row: dict[str, object]
) -> None:
    found[key].add(text_of(row, "branchcode"))
    reasons.setdefault(key, _reason(row))


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
