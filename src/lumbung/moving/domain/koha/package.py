"""Reading Koha's files into staged tables: one dump of everything, or a ZIP of MARC, CSV and a dump of the circulation tables."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lumbung.formats import marc
from lumbung.formats.zip_bounds import Unsafe, look_over
from lumbung.kernel.sheets import UnreadableTableError, rows_of
from lumbung.moving.domain.dumps import not_ours, stage_dump
from lumbung.moving.domain.koha.tables import CODES, INDEXES, ITEM_COLUMNS, MARC, SKIPPED, WANTED
from lumbung.moving.domain.sources import Problem, Progress, unsafe_archive
from lumbung.moving.domain.staging import Staged
from lumbung.moving.refusals import MARC_UNREADABLE, NOT_A_DUMP, NOT_A_TABLE, OTHER_SYSTEM, TABLE_MISSING

DUMPS, RECORDS, TABLES = (".sql", ".gz", ".bz2"), (".mrc", ".marc", ".xml", ".marcxml", ".iso2709"), (".csv",)
OTHERWISE = {"biblio_metadata": MARC}
"""What stands for a table that is not there."""


def read_package(path: Path, staged: Staged, progress: Progress) -> list[Problem]:
    """Stage everything of the file. Problems: what is damaged, and each table of Koha's that nothing stands for."""
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(dir=staged.path.parent) as folder:
        try:
            for part in _parts(path, Path(folder)):
                problems += _stage(part, staged, progress)
        except Unsafe as unsafe:
            return [unsafe_archive(unsafe, path)]
    progress(path.stat().st_size)
    if MARC not in staged.columns and not any(column in staged.columns.get(table, ()) for table, column in WANTED.items()):
        return [not_ours(staged, path)]
    missing = [each for each in WANTED if each not in staged.columns and OTHERWISE.get(each, each) not in staged.columns]
    for table, (code, name, uses) in CODES.items():
        if table not in staged.columns:
            _make_of_uses(staged, table, code, name, uses)
    for table, column in INDEXES:
        staged.index(table, column)
    return problems + [Problem(TABLE_MISSING(table=table), table) for table in missing]


def _make_of_uses(staged: Staged, table: str, code: str, name: str, uses: Mapping[str, str]) -> None:
    """A table of codes that did not come along, made of the codes in use, which are their own names."""
    found: dict[str, None] = {}
    for where, column in uses.items():
        for row in staged.ask(f"SELECT DISTINCT {column} AS code FROM {where} WHERE coalesce({column}, '') <> '' ORDER BY 1"):  # noqa: S608 -- ours
            found.setdefault(str(row["code"]))
    staged.make(table, [code, name])
    for each in found:
        staged.put(table, [each, each])
    staged.settle()


def _parts(path: Path, folder: Path) -> Iterator[Path]:
    """The file itself, or the files of the archive one by one: dumps, then records, then tables, for what a dump has goes before."""
    if not zipfile.is_zipfile(path):
        yield path
        return
    with zipfile.ZipFile(path) as archive:
        look_over(archive.infolist(), most=shutil.disk_usage(folder).free // 2)
        members = [each for each in archive.infolist() if not each.is_dir() and _rank(each.filename) < len(_KINDS)]
        for number, member in enumerate(sorted(members, key=lambda each: _rank(each.filename))):
            part = folder / f"{number}-{Path(member.filename).name}"
            with archive.open(member) as packed, part.open("wb") as file:
                shutil.copyfileobj(packed, file)
            yield part
            part.unlink()


_KINDS = (DUMPS, RECORDS, TABLES)


def _rank(name: str) -> int:
    ending = Path(name).suffix.lower()
    return next((rank for rank, kinds in enumerate(_KINDS) if ending in kinds), len(_KINDS))


def _stage(part: Path, staged: Staged, progress: Progress) -> list[Problem]:
    if _rank(part.name) == 1:
        return list(_stage_records(part, staged))
    if _rank(part.name) == 2:  # noqa: PLR2004 -- the third of the kinds
        return _stage_borrowers(part, staged)
    told = stage_dump(part, staged, progress, fallback={}, wanted=WANTED, skipped=SKIPPED)
    return [each for each in told if each.reason.code not in {TABLE_MISSING.code, NOT_A_DUMP.code, OTHER_SYSTEM.code}]


def _stage_records(part: Path, staged: Staged) -> Iterator[Problem]:
    """The records; their copies too, unless a dump has the items."""
    if MARC not in staged.columns:
        staged.make(MARC, ["biblionumber", "record"])
    with_items = "items" not in staged.columns or "made_of_952" in staged.columns["items"]
    if "items" not in staged.columns:
        staged.make("items", [*ITEM_COLUMNS.values(), "more_subfields_xml", "biblionumber", "made_of_952"])
    with part.open("rb") as file:
        for entry in marc.read(file):
            if entry.record is None:
                yield Problem(MARC_UNREADABLE(file=part.name.partition("-")[2], position=entry.position))
                continue
            number = number_of(entry.record) or f"ke-{entry.position}"
            staged.put(MARC, [number, json.dumps(marc.to_json(entry.record), ensure_ascii=False)])
            for field in entry.record.fields if with_items else ():
                if field.tag == "952" and not field.is_control:
                    _put_item(field, number, staged)
    staged.settle()


def number_of(record: marc.Record) -> str:
    """Koha's own number of a record: 999 $c, else 001."""
    own = next(
        (
            value
            for each in record.fields
            if each.tag == "999" and not each.is_control
            for code, value in each.subfields
            if code == "c"
        ),
        "",
    )
    return own.strip() or (record.control("001") or "").strip()


def _put_item(field: marc.Field, number: str, staged: Staged) -> None:
    told: dict[str, str] = {}
    more: list[str] = []
    for code, text in field.subfields:
        if code in ITEM_COLUMNS and code not in told:
            told[code] = text.strip()
        else:
            more.append(f"${code} {text.strip()}")
    if not told.get("9"):
        told["9"] = f"{number}/{told.get('p', '')}"
    staged.put("items", [*(told.get(code) for code in ITEM_COLUMNS), " ".join(more), number, "1"])


def _stage_borrowers(part: Path, staged: Staged) -> list[Problem]:
    """The CSV of ``export_borrowers.pl --show-header``, unless a dump has the borrowers."""
    if "borrowers" in staged.columns:
        return []
    try:
        head, *rows = rows_of(part.read_bytes())
    except (UnreadableTableError, ValueError):
        return [Problem(NOT_A_TABLE(file=part.name.partition("-")[2]))]
    if "borrowernumber" not in {each.lower() for each in head}:
        return [Problem(NOT_A_TABLE(file=part.name.partition("-")[2]))]
    staged.make("borrowers", head)
    for row in rows:
        staged.put("borrowers", [*row, *[""] * len(head)][: len(head)])
    staged.settle()
    return []
