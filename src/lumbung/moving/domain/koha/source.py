"""Koha as a source of plain rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from lumbung.moving.domain.koha import articles, cases, columns, hosts, house, lending, people, records
from lumbung.moving.domain.koha.package import read_package
from lumbung.moving.domain.koha.reading import table_of_records
from lumbung.moving.domain.koha.tables import DERIVED, MOVED, PARTLY
from lumbung.moving.domain.plain import (
    Bound,
    Category,
    ClosedDay,
    Copy,
    CopyType,
    Lending,
    Owed,
    Person,
    Place,
    Plain,
    Promised,
    Room,
    Rule,
    StaffUser,
    Title,
    Waiting,
    Wanted,
)
from lumbung.moving.domain.sources import Kept, Problem, Progress, Source
from lumbung.moving.domain.staging import Staged


class Koha(Source):
    name: ClassVar[str] = "koha"
    label: ClassVar[str] = "Koha"
    accepts: ClassVar[str] = ".sql,.gz,.bz2,.zip"
    has_branches: ClassVar[bool] = True

    @classmethod
    def read_in(cls, path: Path, staged: Staged, progress: Progress) -> list[Problem]:
        problems = read_package(path, staged, progress)
        if any(each.refused for each in problems):
            return problems
        read = cls(staged, origin=cls.name, zone=ZoneInfo("UTC"))
        return [*problems, *cases.silent(read), *house.told(read), *columns.told(staged)]

    def rows(self, kind: type[Plain], *, after: int = 0) -> Iterator[Plain]:
        tell = _ROWS.get(kind)
        return tell(self, after) if tell else iter(())

    def orphans(self) -> Iterator[Plain]:
        return records.Holdings(self).orphans()

    def count(self, kind: type[Plain]) -> int:
        if kind in _COUNTS:
            return _COUNTS[kind](self)
        table, where = _TABLES.get(kind, ("", "1"))
        return self.staged.count(table, where) if table else 0

    def sums(self) -> Mapping[str, int]:
        return {
            "open_loans": self.staged.count("issues"),
            "holds": self.staged.count("reserves"),
            "owed": lending.total_owed(self),
        }

    def facts(self, kind: type[Plain], source_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        tell = _FACTS.get(kind)
        return tell(self, source_ids) if tell else {}

    def kept(self) -> Sequence[Kept]:
        found = []
        for table in self.staged.columns:
            if table in DERIVED:
                found.append(Kept(table, "derived"))
            elif table in columns.TAKEN:
                found += columns.kept(self.staged, table)
            elif table not in MOVED:
                found.append(Kept(table, "rest" if table in PARTLY else "no_room"))
        return found


def _titles(source: Source, after: int) -> Iterator[Plain]:
    return records.Holdings(source).titles(after)


_ROWS: dict[type[Plain], Callable[[Source, int], Iterator[Plain]]] = {
    Place: house.places,
    Room: house.rooms,
    CopyType: house.copy_types,
    Category: house.categories,
    Rule: cases.rules,
    ClosedDay: house.closed_days,
    StaffUser: people.staff,
    Title: _titles,
    Bound: hosts.bound,
    Person: people.members,
    Lending: lending.loans,
    Waiting: lending.holds,
    Wanted: articles.articles,
    Promised: lending.bookings,
    Owed: lending.owed,
}
_COUNTS: dict[type[Plain], Callable[[Source], int]] = {
    Title: lambda source: source.staged.count(*table_of_records(source)),
    Bound: hosts.count,
    Room: house.count_rooms,
    Rule: cases.count,
    ClosedDay: house.count_closed_days,
    StaffUser: people.count_staff,
    Lending: lambda source: source.staged.count("issues") + source.staged.count("old_issues"),
}
_TABLES: dict[type[Plain], tuple[str, str]] = {
    Place: ("branches", "1"),
    CopyType: ("itemtypes", "1"),
    Category: ("categories", "1"),
    Copy: ("items", "1"),
    Person: ("borrowers", "1"),
    Waiting: ("reserves", "1"),
    Wanted: ("article_requests", "1"),
    Promised: ("bookings", "1"),
    Owed: ("accountlines", lending.OUTSTANDING),
}
_FACTS: dict[type[Plain], Callable[[Source, Sequence[str]], Mapping[str, Mapping[str, str]]]] = {
    Title: records.title_facts,
    Bound: hosts.facts,
    Copy: records.copy_facts,
    Person: people.facts,
    Lending: lending.facts,
    Waiting: lending.hold_facts,
    Wanted: articles.facts,
    Promised: lending.booking_facts,
    Rule: cases.facts,
    ClosedDay: house.closed_day_facts,
    Place: house.names("branches", "branchcode", "branchname"),
    CopyType: house.names("itemtypes", "itemtype", "description"),
    Category: house.names("categories", "categorycode", "description"),
}
