"""Tables that come in from spreadsheet programs: CSV however it is parted and encoded, and XLSX (ECMA-376). Every cell becomes text."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from itertools import islice, pairwise
from typing import Any, BinaryIO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type."""
MOST_ROWS = 100_000
MOST_LINES = 1_000_000
LARGEST_UNPACKED = 400 << 20
SEPARATORS, NONE = ";,\t|", "\x1f"
SAMPLE, SAMPLE_ROWS = 200_000, 100
_SAID = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)
"""The line by which Excel is told the separator."""
SIGNATURE_OF_ZIP = b"PK\x03\x04"
_ZEROS = re.compile(r"^0{2,}$")
_DAMAGED = (zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError, SyntaxError)
"""What a damaged file makes the reader of sheets raise."""


class UnreadableTableError(Exception):
    """The file is no table that can be read."""


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of the first sheet that is not empty, cells without the blanks around them; rows without any text are left out.

    Raises ``UnreadableTableError`` for what is neither CSV nor XLSX, for a damaged file, and for more than ``MOST_ROWS`` rows.
    """
    lines = _xlsx(content) if content.startswith(SIGNATURE_OF_ZIP) else _csv(content)
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line]
        if any(cells):
            rows.append(cells)
        if len(rows) > MOST_ROWS:
            raise UnreadableTableError
    return rows


def unread_sheets(content: bytes) -> list[str]:
    """The names of the sheets that are seen in the file, hold something (be it damaged), and come after the one that ``rows_of`` reads."""
    if not content.startswith(SIGNATURE_OF_ZIP):
        return []
    with _readable():
        sheets = _sheets(content)
        next(filter(_holds_something, sheets), None)
        return [each.title for each in sheets if each.sheet_state == "visible" and _may_hold_something(each)]


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableTableError
    if said := _SAID.match(text):
        text, separator = text[said.end() :], said[1]
    else:
        separator = _separator(text[:SAMPLE])
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        raise UnreadableTableError from None


def _separator(sample: str) -> str:
    """The row of heads decides, if another row becomes columns by one of its separators too. Else it is a title, or the only column:
    then the one by which most rows agree; if there is none, what parts the first row, and if nothing does, the rows stay whole."""
    tables = {each: _parted(sample, each) for each in SEPARATORS}
    by_heads = [each for each, rows in tables.items() if _heads_fit(rows, each)]
    by_rows = [each for each, rows in tables.items() if _stands_under_a_title(rows, each)]
    by_first = [each for each, rows in tables.items() if rows and len(rows[0]) > 1]
    return max(by_heads or by_rows or by_first or [NONE], key=lambda each: _fit(tables.get(each, [])))


def _parted(sample: str, separator: str) -> list[list[str]]:
    """The first rows that say something."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), SAMPLE_ROWS):
            if "".join(row).strip(SEPARATORS + " "):
                rows.append(row)  # noqa: PERF401 -- what was read before an error counts
    return rows


def _is_parted(row: Sequence[str], separator: str) -> bool:
    """Whether the row has columns: a comma or semicolon before a blank, as in “Budi, S.H.”, is one of a sentence."""
    return len(row) > 1 and not (separator in ",;" and all(cell[:1].isspace() for cell in row[1:]))


def _heads_fit(rows: Sequence[Sequence[str]], separator: str) -> bool:
    """Whether the first row is one of heads: those below have as many columns, or fewer where empty ones at the end are not written."""
    if not rows or not _is_parted(rows[0], separator):
        return False
    heads = len(rows[0])
    return any(len(row) == heads or (len(row) < heads and _is_parted(row, separator)) for row in rows[1:])


def _stands_under_a_title(rows: Sequence[Sequence[str]], separator: str) -> bool:
    """Whether most rows become columns by it, and the first that does may be one of heads: numbers that a comma parts, as in “1,5”, are
    the decimals of an only column."""
    parted = [row for row in rows if _is_parted(row, separator)]
    if _fit(parted)[0] <= len(rows) / 2:
        return False
    return separator != "," or not all(before[-1:].isdigit() and after[:1].isdigit() for before, after in pairwise(parted[0]))


def _fit(rows: Iterable[Sequence[str]]) -> tuple[float, int]:
    """How well the rows become columns when they are parted so: those of one width speak for it, shorter ones half, wider ones against
    it; one that stays whole says nothing. Among equals, the more columns the better."""
    widths = Counter(len(row) for row in rows if len(row) > 1)

    def speaks_for(width: int) -> float:
        shorter = sum(count for each, count in widths.items() if each < width)
        wider = sum(count for each, count in widths.items() if each > width)
        return widths[width] + shorter / 2 - wider

    return max(((speaks_for(width), width) for width in widths), default=(0, 0))


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, else what Windows wrote for the west."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _xlsx(content: bytes) -> Iterator[list[str]]:
    with _readable():
        sheet = next(filter(_holds_something, _sheets(content)), None)
        for row in sheet.iter_rows() if sheet is not None else ():
            yield [_text(cell) for cell in row]


def _sheets(content: bytes) -> Iterator[Any]:
    from openpyxl import load_workbook  # noqa: PLC0415 -- it is large; most processes never read a sheet

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
            raise UnreadableTableError
    yield from load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets


def _holds_something(sheet: Any) -> bool:
    return any(any(map(_text, row)) for row in sheet.iter_rows())


def _may_hold_something(sheet: Any) -> bool:
    try:
        return _holds_something(sheet)
    except _DAMAGED:
        return True


@contextmanager
def _readable() -> Iterator[None]:
    """Whatever is damaged in the file is one error."""
    try:
        yield
    except _DAMAGED as error:
        raise UnreadableTableError from error


def _text(cell: Any) -> str:
    """What the cell says: a whole number without a decimal point and with the leading zeros its format shows, a day as ISO 8601."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and _ZEROS.match(str(cell.number_format)):
        return str(value).zfill(len(cell.number_format))
    return str(value)


def xlsx(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """The table as an XLSX file of one sheet; every cell is text, so no number loses its zeros and no text becomes a formula."""
    kept = io.BytesIO()
    write_xlsx(kept, header, rows)
    return kept.getvalue()


def write_xlsx(file: BinaryIO, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    """The same, into a file, row by row; past the rows a sheet holds it goes on in another."""
    from openpyxl import Workbook  # noqa: PLC0415 -- it is large; most processes never write a sheet
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 -- the same

    def append(row: Sequence[Any]) -> int:
        cells = [WriteOnlyCell(sheet, value=_CONTROL.sub("", "" if value is None else str(value))) for value in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
        return 1

    book, lines, written = Workbook(write_only=True), iter(rows), MOST_LINES
    while written == MOST_LINES:
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        append(header)
        written = sum(map(append, islice(lines, MOST_LINES)))
    book.save(file)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
