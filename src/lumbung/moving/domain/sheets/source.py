"""A spreadsheet as a source of plain rows."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.sheets import UnreadableTableError, rows_of, unread_sheets
from lumbung.moving.domain.plain import Category, Copy, CopyType, Person, Place, Plain, Title
from lumbung.moving.domain.sheets import choosing, people
from lumbung.moving.domain.sheets.columns import MEMBERS, TITLES, guess
from lumbung.moving.domain.sheets.table import SHEET, Table
from lumbung.moving.domain.sheets.titles import Titles
from lumbung.moving.domain.sources import Kept, Problem, Progress, Source
from lumbung.moving.domain.staging import Staged
from lumbung.moving.refusals import HEADS_UNSURE, NOT_A_TABLE, SHEETS_UNREAD


class Sheets(Source):
    name: ClassVar[str] = "spreadsheet"
    label: ClassVar[str | Promise] = _("Excel atau CSV")
    accepts: ClassVar[str] = ".xlsx,.csv,.tsv,.txt"
    asks: ClassVar[bool] = True

    @classmethod
    def read_in(cls, path: Path, staged: Staged, progress: Progress) -> list[Problem]:
        try:
            content = path.read_bytes()
            rows, unread = rows_of(content), unread_sheets(content)
        except UnreadableTableError:
            return [Problem(NOT_A_TABLE(file=path.name), refused=True)]
        guessed = guess(rows)
        names = choosing.column_names(rows, guessed.head)
        staged.make(SHEET, names)
        for row in rows[guessed.head + 1 :]:
            staged.put(SHEET, [*row[: len(names)], *[""] * (len(names) - len(row))])
        staged.settle()
        progress(path.stat().st_size)
        unsure = not guessed.sure and guessed.head >= 0
        problems = [Problem(HEADS_UNSURE(heads=", ".join(names)), SHEET)] if unsure else []
        return problems + ([Problem(SHEETS_UNREAD(sheets=", ".join(unread)), SHEET)] if unread else [])

    @classmethod
    def choose(cls, path: Path, said: Mapping[str, str]) -> dict[str, str]:
        return choosing.chosen(path, said)

    @property
    def table(self) -> Table:
        return Table(self.staged, self.columns)

    def rows(self, kind: type[Plain], *, after: int = 0) -> Iterator[Plain]:
        table = self.table
        if kind is Title and table.what == TITLES:
            return iter(Titles(table, self.origin).titles(after))
        if kind is Person and table.what == MEMBERS:
            return iter(people.members(table, after))
        return (row for row in self._named(kind) if row.at > after)

    def count(self, kind: type[Plain]) -> int:
        table = self.table
        if kind is Title:
            return table.count_titles() if table.what == TITLES else 0
        if kind is Copy:
            return table.count_copies() if table.what == TITLES else 0
        if kind is Person:
            return people.count(table) if table.what == MEMBERS else 0
        return sum(1 for _row in self._named(kind))

    def facts(self, kind: type[Plain], source_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        if kind is Title:
            return Titles(self.table, self.origin).title_facts(source_ids)
        return people.facts(self.table, source_ids) if kind is Person else {}

    def kept(self) -> Sequence[Kept]:
        unused = self.table.unused()
        return [Kept(SHEET, "columns", unused)] if unused else []

    def _named(self, kind: type[Plain]) -> Iterator[Plain]:
        """Places, types of copies and categories: each name that stands in their column, once."""
        target = {Place: "place_of_copy", CopyType: "copy_type", Category: "category"}.get(kind)
        table = self.table
        for at, told in table.distinct(target) if target else ():
            yield kind(source_id=told.casefold(), at=at, name=told)  # type: ignore[call-arg]
