"""Titles and copies from a spreadsheet: each row becomes a MARC record, and the import of MARC does the rest.

So a table has the dry run, the report row by row, the rules for duplicates, the course and the undo that every import has.
"""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.catalogue.domain.capitals import readable_title
from lumbung.catalogue.domain.imports.options import ImportOptions
from lumbung.catalogue.domain.imports.runs import start_import
from lumbung.catalogue.domain.imports.table_columns import ITEM_CODES, LISTS, NOT_IN_FORM, Target
from lumbung.catalogue.domain.language_names import language_code
from lumbung.catalogue.domain.name_entry import enter_names
from lumbung.catalogue.domain.revision import new_marc
from lumbung.catalogue.domain.simple_entry import SimpleEntry
from lumbung.catalogue.models import ImportRun, Material
from lumbung.catalogue.refusals import NO_TITLE_COLUMN, TABLE_EMPTY
from lumbung.formats import marc
from lumbung.formats.marc import Field, Record
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused

NOTHING = b'{"leader":"00000nam a2200000 c 4500","fields":[]}\n'
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_NUMBER = re.compile(r"\d{1,5}")
_PARTED = re.compile(r"\s*[;|]\s*")


@dataclass(frozen=True, kw_only=True)
class TableOptions:
    """``columns`` names the target of each column by its place; ``material`` and ``language`` stand for rows that do not tell;
    ``lower`` writes titles that are all capitals as sentences."""

    columns: Mapping[int, Target]
    material: Material = Material.BOOK
    language: str = ""
    lower: bool = False


def import_table(
    rows: Sequence[Sequence[str]],
    table: TableOptions,
    *,
    name: str,
    by: events.Actor | None,
    options: ImportOptions,
    dry_run: bool,
) -> ImportRun:
    """Make an import of these rows (without the head), waiting. Refuses a table without rows or without a column of titles, and as
    ``start_import`` does. A row without a title is reported by the import; so is what is wrong with its copy."""
    reasons = [] if rows else [TABLE_EMPTY()]
    if Target.TITLE not in table.columns.values():
        reasons.append(NO_TITLE_COLUMN())
    if reasons:
        raise Refused(reasons)
    with tempfile.TemporaryFile() as file:
        file.writelines(lines_of(rows, table))
        file.seek(0)
        return start_import(cast(BinaryIO, file), name=name, by=by, dry_run=dry_run, options=options)


def lines_of(rows: Iterable[Sequence[str]], table: TableOptions) -> Iterator[bytes]:
    """A line of MARC-in-JSON for each row; one without a field for a row without a title, so that the report names it."""
    for row in rows:
        made = record_of(row, table)
        yield json.dumps(marc.to_json(made), ensure_ascii=False).encode() + b"\n" if made else NOTHING


def record_of(row: Sequence[str], table: TableOptions) -> Record | None:
    """The row as a MARC record with its copy; None without a title."""
    told: dict[Target, str] = {}
    for at, target in table.columns.items():
        if at < len(row) and (text := " ".join(row[at].split())):
            told[target] = f"{told[target]}; {text}" if target in told and target in LISTS else told.get(target, text)
    if Target.TITLE not in told:
        return None
    made = enter_names(new_marc(_entry(told, table)))
    if number := told.get(Target.CONTROL_NUMBER):
        made.fields.insert(0, Field("001", value=number))
    copy = [(code, told[target]) for target, code in ITEM_CODES.items() if target in told]
    if Target.BARCODE in told:
        made.fields.append(Field("952", subfields=sorted(copy)))
    return made


def _entry(told: Mapping[Target, str], table: TableOptions) -> SimpleEntry:
    title, _, rest = told[Target.TITLE].partition(" : ")
    values: dict[str, Any] = {
        each.value: _parted(told[each]) if each in LISTS else told[each]
        for each in told
        if each not in NOT_IN_FORM and each not in ITEM_CODES
    }
    values |= {
        "title": readable_title(title) if table.lower else title,
        "subtitle": told.get(Target.SUBTITLE, rest),
        "material": _material(told.get(Target.MATERIAL, ""), table.material),
        "language": language_code(told.get(Target.LANGUAGE, "")) or table.language,
        "year": _year(told.get(Target.YEAR, "")),
        "isbn": [isbn_13(each) or each for each in _parted(told.get(Target.ISBN, ""))],
        "extent": _pages(told.get(Target.EXTENT, "")),
    }
    return SimpleEntry(**values)


def _parted(text: str) -> list[str]:
    return [each for each in _PARTED.split(text) if each]


def _material(text: str, usual: Material) -> Material:
    asked = text.strip().casefold()
    return next((each for each in Material if asked in {each.value, str(each.label).casefold()}), usual)


def _year(text: str) -> str:
    """The year in ``4 Jun 2024``, ``2024-06-04`` or ``c2024``; the text itself where it tells none."""
    found = _YEAR.search(text)
    return found[1] if found else text


def _pages(text: str) -> str:
    """``320`` is 320 pages; what says more stays as it is."""
    return f"{text} halaman" if _NUMBER.fullmatch(text) else text
