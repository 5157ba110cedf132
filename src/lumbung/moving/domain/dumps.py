"""A dump of MySQL or MariaDB set down in staged tables: what the sources that come as a dump share."""

import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from lumbung.formats import sql_dump
from lumbung.formats.mojibake import mended
from lumbung.formats.sql_dump import Cut
from lumbung.formats.zip_bounds import Unsafe
from lumbung.moving.domain.sources import Problem, Progress, unsafe_archive
from lumbung.moving.domain.staging import Staged
from lumbung.moving.refusals import (
    DUMP_CUT,
    DUMP_ENDS_EARLY,
    DUMP_WRONG_COUNT,
    KEY_COLUMN_MISSING,
    NOT_A_DUMP,
    OTHER_SYSTEM,
    TABLE_MISSING,
    TEXT_MENDED,
)

EVERY = 5_000
SIGNS = {
    "SLiMS": ("biblio", "biblio_id"),
    "INLISLite": ("catalog_ruas", "catalogid"),
    "Koha": ("borrowers", "borrowernumber"),
}
"""A table of each system, with a column that no other has in one of that name."""
_SAID = {Cut.ENDS_EARLY: DUMP_ENDS_EARLY, Cut.WRONG_COUNT: DUMP_WRONG_COUNT}


def stage_dump(
    path: Path,
    staged: Staged,
    progress: Progress,
    *,
    fallback: Mapping[str, Sequence[str]],
    wanted: Mapping[str, str],
    skipped: Collection[str] = (),
) -> list[Problem]:
    """Stage every table of the dump but ``skipped``. Problems: damage, text that was mended, and tables of ``wanted`` that are missing or
    lack the column they are known by; such a table is staged no longer."""
    mendings: Counter[str] = Counter()
    problems: list[Problem] = []
    with path.open("rb") as file:
        try:
            with sql_dump.open_dump(file) as unpacked:
                for count, each in enumerate(sql_dump.read(unpacked, fallback=fallback)):
                    _take(each, staged, problems, mendings, skipped)
                    if count % EVERY == 0:
                        progress(file.tell())
        except Unsafe as unsafe:
            return [unsafe_archive(unsafe, path)]
        except (sql_dump.NotADumpError, zipfile.BadZipFile, NotImplementedError):
            return [Problem(NOT_A_DUMP(file=path.name), refused=True)]
    staged.settle()
    progress(path.stat().st_size)
    problems += [Problem(TEXT_MENDED(table=table, count=count), table) for table, count in sorted(mendings.items())]
    return problems + list(_missing(staged, path, wanted))


def not_ours(staged: Staged, path: Path) -> Problem:
    """Why nothing of this file can be read: it is another system's, or none's that is known."""
    for system, (table, column) in SIGNS.items():
        if column in staged.columns.get(table, ()):
            return Problem(OTHER_SYSTEM(file=path.name, system=system), refused=True)
    return Problem(NOT_A_DUMP(file=path.name), refused=True)


def _missing(staged: Staged, path: Path, wanted: Mapping[str, str]) -> Iterator[Problem]:
    known = {table for table, column in wanted.items() if column in staged.columns.get(table, ())}
    if not known:
        yield not_ours(staged, path)
        return
    for table, column in wanted.items():
        if table not in staged.columns:
            yield Problem(TABLE_MISSING(table=table), table)
        elif table not in known:
            staged.drop(table)
            yield Problem(KEY_COLUMN_MISSING(table=table, column=column), table)


def _take(
    each: sql_dump.Event, staged: Staged, problems: list[Problem], mendings: Counter[str], skipped: Collection[str]
) -> None:
    if isinstance(each, sql_dump.Row):
        table = each.table.lower()
        if table not in skipped:
            staged.put(table, _values(each, table, staged, mendings))
    elif isinstance(each, sql_dump.Table):
        if each.name.lower() not in skipped:
            staged.make(each.name, each.columns or ("column_0",))
    else:
        refusal = _SAID.get(each.cut, DUMP_CUT)
        problems.append(Problem(refusal(table=each.table or "–", rows=each.rows, sample=each.sample[:120]), each.table))


def _values(row: sql_dump.Row, table: str, staged: Staged, mendings: Counter[str]) -> Sequence[sql_dump.reading.Value]:
    values = row.values
    for at, value in enumerate(values):
        if isinstance(value, str) and not value.isascii():
            values[at] = mended(value)
            mendings[table] += values[at] != value
    columns = staged.columns[table]
    if _are_the_same(tuple(row.columns), columns):
        return values
    staged.settle()
    staged.widen(table, row.columns)
    named = dict(zip((each.lower() for each in row.columns), values, strict=True))
    return [named.get(each) for each in staged.columns[table]]


@lru_cache(maxsize=512)
def _are_the_same(columns: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return len(columns) == len(others) and all(map(_same, columns, others))


def _same(one: str, other: str) -> bool:
    return one is other or one.lower() == other
