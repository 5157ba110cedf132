"""Statements of a dump: tables and their rows; everything else is passed over."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from lumbung.formats.sql_dump.opening import mended, texts
from lumbung.formats.sql_dump.text_window import Window

LARGEST_VALUE = 64 << 20  # MySQL's own limit for a packet
LONGEST_WORD = 200  # of what is neither text nor blob
LARGEST_STATEMENT = 1 << 20  # of a table's definition
_NAME = r"(?:`(?:[^`]|``)+`|\"[^\"]+\"|[\w$.]+)"
_BLANKS = re.compile(r"(?:\s+|--[^\n]*+\n|#[^\n]*+\n|/\*.*?\*/|;)*+", re.DOTALL)
_DELIMITER = re.compile(r"DELIMITER[ \t]+(\S+)", re.IGNORECASE)
_DELIMITER_BACK = re.compile(r"\n\s*DELIMITER[ \t]+;", re.IGNORECASE)
_CREATE = re.compile(rf"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?((?:{_NAME}\s*\.\s*)?{_NAME})\s*\(", re.IGNORECASE)
_DROP = re.compile(rf"DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?((?:{_NAME}\s*\.\s*)?{_NAME})", re.IGNORECASE)
_INSERT = re.compile(
    rf"(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE)\s+)*(?:INTO\s+)?((?:{_NAME}\s*\.\s*)?{_NAME})"
    rf"\s*(?:\(([^()']*)\))?\s*VALUES?\s*(?=\()",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"(?:[^'\"`;]++|'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+'|\"[^\"\\]*+(?:\\.[^\"\\]*+)*+\"|`[^`]*+`)*+;", re.DOTALL
)
_VALUE = re.compile(
    r"\s*(?:"
    r"(?:_\w+\s*|N)?'([^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+)'"
    r"|(?:_\w+\s*)?0x([0-9A-Fa-f]*+)"
    r"|(?:_\w+\s*)?[xX]'([0-9A-Fa-f]*+)'"
    r"|[bB]'([01]*+)'"
    r"|\"([^\"\\]*+(?:(?:\\.|\"\")[^\"\\]*+)*+)\""
    r"|([^\s,()'\"]++)"
    r")\s*[,)]",
    re.DOTALL,
)
_TEXT, _HEX, _HEX_QUOTED, _BITS, _TEXT_DOUBLE, _BARE = range(1, 7)
_QUOTED = re.compile(r"\s*'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+'\s*(?=\S)", re.DOTALL)
_CAN_BE_LONG = re.compile(r"['\"]|[xXbBN]'|_\w+\s*'|(?:_\w+\s*)?0[xX]")
_ROW_OPENS = re.compile(r"\s*\(")
_ROW_FOLLOWS = re.compile(r"\s*([,;])\s*")
_RESUMES = re.compile(r"\n(?=(?:INSERT|REPLACE|CREATE|DROP|LOCK|UNLOCK|ALTER|DELIMITER)\b|--|/\*)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPE_DOUBLE = re.compile(r'\\(.)|""', re.DOTALL)
_ESCAPED = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_KEYS = re.compile(r"(?:PRIMARY|KEY|UNIQUE|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|CHECK|FOREIGN|PERIOD)\b", re.IGNORECASE)
_COLUMN = re.compile(rf"\s*({_NAME})\s")
_MADE_BY = re.compile(r"(?:MySQL|MariaDB) dump|mysqldump-php", re.IGNORECASE)
_COMPLETE = "Dump completed"

Value = str | bytes | None


class Cut(StrEnum):
    """What is wrong with a dump."""

    ENDS_EARLY = "ends_early"
    """It breaks off: in the middle of a row or statement, without the last line its maker writes, or as a packed file."""
    ROW_UNREADABLE = "row_unreadable"
    """No SQL that we know; the reader goes on with the next statement."""
    WRONG_COUNT = "wrong_count"
    """A row with more or fewer values than its table has columns."""
    VALUE_TOO_LARGE = "value_too_large"


@dataclass(frozen=True, slots=True)
class Table:
    """A table begins, or begins anew: what rows it had are void. ``columns`` in their order."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """``values`` in the order of ``columns``: text as it was stored, numbers as they stand, blobs as bytes, NULL as None."""

    table: str
    columns: tuple[str, ...]
    values: list[Value]


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong, after ``rows`` good rows of ``table`` ("" outside of one). ``sample`` is how it begins."""

    cut: Cut
    table: str
    rows: int
    sample: str = ""


Event = Table | Row | Defect


def read(file: BinaryIO, *, fallback: Mapping[str, Sequence[str]] | None = None) -> Iterator[Event]:
    """Everything the dump holds, in its order. ``file`` is unpacked already (``open_dump``).

    ``fallback`` has the columns of tables that a dump of data alone does not define.
    """
    return _Reader(file, fallback or {}).events()


class _Reader:
    def __init__(self, file: BinaryIO, fallback: Mapping[str, Sequence[str]]) -> None:
        self.text = Window(texts(file))
        self.columns: dict[str, tuple[str, ...]] = {name: tuple(columns) for name, columns in fallback.items()}
        self.counts: dict[str, int] = {}
        self.unfinished = False

    def events(self) -> Iterator[Event]:
        text = self.text
        text.more()
        promised = bool(_MADE_BY.search(text.ahead(4096)))
        last: Event | None = None
        while self._skip_blanks():
            for last in self._statement():
                yield last
        told = isinstance(last, Defect) and last.cut is Cut.ENDS_EARLY
        if not told and (text.broken or self.unfinished or (promised and _COMPLETE not in text.tail)):
            yield Defect(Cut.ENDS_EARLY, "", 0)

    def _skip_blanks(self) -> bool:
        """Move to the next statement. False at the end of the dump."""
        text = self.text
        while True:
            found = _BLANKS.match(text.buffer, text.at)
            text.at = found.end() if found else text.at
            if text.at < len(text.buffer) and not text.buffer.startswith(("/*", "--", "#"), text.at):
                return True
            if len(text.buffer) - text.at > LARGEST_VALUE:  # a comment without end
                text.skip_past(_RESUMES)
            elif not text.more():
                return False

    def _statement(self) -> Iterator[Event]:
        text = self.text
        text.at_least(4096)
        buffer, at = text.buffer, text.at
        if found := _DELIMITER.match(buffer, at):
            self._skip_routine(found[1], found.end())
        elif found := _INSERT.match(buffer, at):
            text.at = found.end()
            yield from self._rows(_plain(found[1]), found[2])
        elif found := _CREATE.match(buffer, at):
            yield from self._definition(_plain(found[1]), found.end() - at)
        else:
            if found := _DROP.match(buffer, at):
                self.counts.pop(_plain(found[1]), None)
            self._skip_statement()

    def _skip_routine(self, mark: str, after: int) -> None:
        """Triggers and procedures stand between ``DELIMITER ;;`` and ``DELIMITER ;``."""
        self.text.at = after
        if mark != ";":
            self.text.skip_past(_DELIMITER_BACK)

    def _skip_statement(self) -> str:
        """Move behind the statement; returns it, or nothing when it does not end."""
        text = self.text
        while (found := _STATEMENT.match(text.buffer, text.at)) is None:
            if len(text.buffer) - text.at > LARGEST_STATEMENT:
                text.skip_past(_RESUMES)
                return ""
            if not text.more():
                self.unfinished = bool(text.buffer[text.at :].strip())
                text.at = len(text.buffer)
                return ""
        text.at = found.end()
        return found[0]

    def _definition(self, name: str, head: int) -> Iterator[Event]:
        """``head`` is the length of what stands before the names of the columns."""
        if columns := tuple(_columns(self._skip_statement()[head:])):
            self.columns[name] = columns
            self.counts[name] = 0
            yield Table(name, columns)

    def _rows(self, name: str, named: str | None) -> Iterator[Event]:
        columns = tuple(_plain(each) for each in named.split(",")) if named else self.columns.get(name, ())
        if name not in self.counts:
            self.counts[name] = 0
            yield Table(name, self.columns.get(name) or columns)
        text = self.text
        while True:
            row = self._row()
            if not isinstance(row, list):
                yield Defect(row, name, self.counts[name], text.ahead(200))
                text.skip_past(_RESUMES)
                return
            if columns and len(row) != len(columns):
                yield Defect(Cut.WRONG_COUNT, name, self.counts[name], repr(row)[:200])
            else:
                self.counts[name] += 1
                yield Row(name, columns or tuple(f"column_{at}" for at, _ in enumerate(row)), row)
            while (follows := _ROW_FOLLOWS.match(text.buffer, text.at)) is None or follows.end() == len(text.buffer):
                if not text.more():
                    break
            if follows is None or follows[1] == ";":
                text.at = follows.end() if follows else text.at
                if follows is None:
                    self._skip_statement()  # ON DUPLICATE KEY UPDATE, or the end
                return
            text.at = follows.end()

    def _row(self) -> list[Value] | Cut:
        """The next row, from its bracket to its bracket; or why there is none. Leaves the window where the row began then."""
        text = self.text
        if (opens := _ROW_OPENS.match(text.buffer, text.at)) is None:
            return Cut.ENDS_EARLY if text.ended else Cut.ROW_UNREADABLE
        at = opens.end()
        values: list[Value] = []
        while True:
            buffer = text.buffer
            scan = _VALUE.scanner(buffer, at).match  # type: ignore[attr-defined]  # it is there since Python 2, untyped
            while found := scan():
                kind = found.lastindex
                values.append(_text(found[1]) if kind == _TEXT else _other(kind, found[kind]))
                at = found.end()
                if buffer[at - 1] == ")":
                    text.at = at
                    return values
            if len(buffer) - at > LARGEST_VALUE:
                return Cut.VALUE_TOO_LARGE
            before = text.at
            if _cannot_be_a_value(buffer, at):
                return Cut.ROW_UNREADABLE
            if not text.more():
                return Cut.ENDS_EARLY
            at -= before - text.at


def _cannot_be_a_value(buffer: str, at: int) -> bool:
    """Whether what stands there is no value, however much more text follows."""
    if whole := _QUOTED.match(buffer, at):
        return buffer[whole.end()] not in ",)"
    start = buffer[at : at + 2 * LONGEST_WORD].lstrip()
    return len(start) >= LONGEST_WORD and _CAN_BE_LONG.match(start) is None


def _text(raw: str) -> str:
    if "\\" in raw or "''" in raw:
        raw = _ESCAPE.sub(_unescaped, raw)
    return raw if raw.isascii() and "\0" not in raw else mended(raw)


def _unescaped(found: re.Match[str]) -> str:
    return found[0][0] if found[1] is None else _ESCAPED.get(found[1], found[1])


def _other(kind: int | None, raw: str) -> Value:
    if kind in {_HEX, _HEX_QUOTED}:
        return bytes.fromhex(raw if len(raw) % 2 == 0 else f"0{raw}")
    if kind == _BITS:
        return str(int(raw or "0", 2))
    if kind == _TEXT_DOUBLE:
        return mended(_ESCAPE_DOUBLE.sub(_unescaped, raw))
    return None if raw.upper() == "NULL" else mended(raw)


def _plain(name: str) -> str:
    """The table's or column's own name: without the database's, and without quotes."""
    last = name.strip().rpartition(".")[2].strip() if "`" not in name else name.strip().rpartition("`.")[2]
    return last.strip().strip('`"').replace("``", "`")


def _columns(body: str) -> Iterator[str]:
    """The names of the columns in the body of a CREATE TABLE."""
    for part in _parts(body):
        if not _KEYS.match(part.strip()) and (found := _COLUMN.match(part)):
            yield _plain(found[1])


_PART = re.compile(r"'(?:[^'\\]|\\.|'')*'|`[^`]*`|\"[^\"]*\"|[(),]|[^'`\"(),]+", re.DOTALL)


def _parts(body: str) -> Iterator[str]:
    """What stands between the commas of the outermost level, up to the bracket that ends it."""
    depth = 0
    part: list[str] = []
    for found in _PART.finditer(body):
        piece = found[0]
        if piece == ")" and depth == 0:
            break
        if piece == "," and depth == 0:
            yield "".join(part)
            part = []
            continue
        depth += (piece == "(") - (piece == ")")
        part.append(piece)
    yield "".join(part)
