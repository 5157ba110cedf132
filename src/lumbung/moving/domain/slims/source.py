"""SLiMS as a source of plain rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

from lumbung.moving.domain.dumps import stage_dump
from lumbung.moving.domain.plain import (
    Attached,
    Category,
    ClosedDay,
    Copy,
    CopyType,
    Count,
    CountedCopy,
    Cover,
    Lending,
    Owed,
    Person,
    Photo,
    Place,
    Plain,
    Rule,
    StaffUser,
    Title,
    Visiting,
    Waiting,
)
from lumbung.moving.domain.slims import beside, counting, house, lending, people
from lumbung.moving.domain.slims.holdings import Holdings
from lumbung.moving.domain.slims.tables import COLUMNS_KEPT, DERIVED, FALLBACK, INDEXES, MOVED, SKIPPED, WANTED
from lumbung.moving.domain.sources import Kept, Problem, Progress, Source, Wanted, text_of
from lumbung.moving.domain.staging import Staged

Rows = Callable[[Source, int], Iterator[Plain]]


class Slims(Source):
    name: ClassVar[str] = "slims"
    label: ClassVar[str] = "SLiMS 9 (Bulian) atau 8"

    @classmethod
    def read_in(cls, path: Path, staged: Staged, progress: Progress) -> list[Problem]:
        problems = stage_dump(path, staged, progress, fallback=FALLBACK, wanted=WANTED, skipped=SKIPPED)
        for table, column in INDEXES:
            staged.index(table, column)
        return problems

    def rows(self, kind: type[Plain], *, after: int = 0) -> Iterator[Plain]:
        tell = _ROWS.get(kind)
        return tell(self, after) if tell else iter(())

    def orphans(self) -> Iterator[Plain]:
        return Holdings(self).orphans()

    def count(self, kind: type[Plain]) -> int:
        if kind in _COUNTS:
            return _COUNTS[kind](self)
        table = _TABLES.get(kind)
        return self.staged.count(table) if table else 0

    def sums(self) -> Mapping[str, int]:
        return {
            "open_loans": self.staged.count("loan", lending.OPEN),
            "holds": self.staged.count("reserve"),
            "owed": sum(lending.balances(self).values()),
        }

    def facts(self, kind: type[Plain], source_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        tell = _FACTS.get(kind)
        return tell(self, source_ids) if tell else {}

    def images(self) -> Iterator[Wanted]:
        for row in self.staged.rows("biblio", where="coalesce(image, '') <> ''") if self._has("biblio", "image") else ():
            yield Wanted(f"docs/{text_of(row, 'image')}", "title", text_of(row, "biblio_id"))
        for row in (
            self.staged.rows("member", where="coalesce(member_image, '') <> ''") if self._has("member", "member_image") else ()
        ):
            yield Wanted(f"persons/{text_of(row, 'member_image')}", "member", text_of(row, "member_id"))

    def files(self) -> Iterator[Wanted]:
        attached = {text_of(row, "file_id") for row in self.staged.ask(beside.FILES)}
        for row in self.staged.rows("files"):
            if text_of(row, "file_id") in attached:  # those become files of their titles
                continue
            folder, name = text_of(row, "file_dir").strip("/"), text_of(row, "file_name")
            if name and not text_of(row, "file_url").startswith(("http://", "https://")):
                yield Wanted(f"{folder}/{name}" if folder else name, "file", text_of(row, "file_id"))

    def _has(self, table: str, column: str) -> bool:
        return column in self.staged.columns.get(table, ())

    def kept(self) -> Sequence[Kept]:
        found = []
        for table in self.staged.columns:
            if table in DERIVED:
                found.append(Kept(table, "derived"))
            elif table == lending.HISTORY:
                found.append(Kept(table, "rest"))
            elif table in COLUMNS_KEPT:
                found.append(Kept(table, "columns", COLUMNS_KEPT[table] + self._own_columns(table)))
            elif table not in MOVED:
                found.append(Kept(table, "no_room"))
        return found

    def _own_columns(self, table: str) -> tuple[str, ...]:
        """Columns that plugins added: nobody here knows them."""
        return tuple(each for each in self.staged.columns[table] if table in FALLBACK and each not in FALLBACK[table])


def _titles(source: Source, after: int) -> Iterator[Plain]:
    return Holdings(source).titles(after)


_ROWS: dict[type[Plain], Rows] = {
    Place: house.places,
    CopyType: house.copy_types,
    Category: house.categories,
    Rule: house.rules,
    ClosedDay: house.closed_days,
    StaffUser: people.staff,
    Title: _titles,
    Person: people.members,
    Lending: lending.loans,
    Waiting: lending.holds,
    Owed: lending.owed,
    Visiting: beside.visits,
    Count: counting.counts,
    CountedCopy: counting.lines,
    Attached: beside.attachments,
    Cover: beside.covers,
    Photo: beside.photos,
}
_COUNTS: dict[type[Plain], Callable[[Source], int]] = {
    Rule: lambda source: source.staged.count("mst_member_type") + source.staged.count("mst_loan_rules"),
    Owed: lambda source: len(lending.balances(source)),
    Lending: lambda source: source.staged.count("loan") + lending.count_history(source),
    Attached: beside.count_attachments,
    Cover: beside.count_covers,
    Photo: beside.count_photos,
}
_TABLES: dict[type[Plain], str] = {
    Place: "mst_location",
    CopyType: "mst_coll_type",
    Category: "mst_member_type",
    ClosedDay: "holiday",
    StaffUser: "user",
    Title: "biblio",
    Copy: "item",
    Person: "member",
    Waiting: "reserve",
    Visiting: "visitor_count",
    Count: "stock_take",
    CountedCopy: "stock_take_item",
}
_FACTS: dict[type[Plain], Callable[[Any, Sequence[str]], Mapping[str, Mapping[str, str]]]] = {
    Title: cast(Any, lambda source, ids: Holdings(source).title_facts(ids)),
    Copy: cast(Any, lambda source, ids: Holdings(source).copy_facts(ids)),
    Person: people.facts,
    Lending: lending.facts,
    Owed: lending.owed_facts,
    Count: counting.facts,
}
