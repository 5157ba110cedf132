"""What was read from the other system, set down in a file of its own: every table whole, to be read in any order with flat memory.

The file is made from the source's input and can be made again at any time; nothing of ours stands in it.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
STRETCH = 2_000
MOST_COLUMNS = 500
AT = "_at"
"""The column with a row's place in its table."""


class Staged:
    """The staged tables. Names of tables and columns are those of the source, in lower case."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
        )
        self.columns: dict[str, tuple[str, ...]] = {}
        self._pending: dict[str, list[Sequence[Any]]] = {}
        self._look()

    def _look(self) -> None:
        for (name,) in self.database.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY rowid").fetchall():
            self.columns[name] = tuple(row[1] for row in self.database.execute(f"PRAGMA table_info({_quoted(name)})"))

    def close(self) -> None:
        self.database.close()

    def make(self, table: str, columns: Sequence[str]) -> None:
        """Make a table, empty; one of that name is gone."""
        table = table.lower()
        names = [each.lower() for each in columns][:MOST_COLUMNS]
        self._pending.pop(table, None)
        self.database.execute(f"DROP TABLE IF EXISTS {_quoted(table)}")
        self.database.execute(f"CREATE TABLE {_quoted(table)} ({', '.join(map(_quoted, names))})")
        self.columns[table] = tuple(names)

    def drop(self, table: str) -> None:
        """Take a table out again."""
        self.database.execute(f"DROP TABLE IF EXISTS {_quoted(table)}")
        self.columns.pop(table, None)

    def widen(self, table: str, columns: Sequence[str]) -> None:
        """Give a table columns that its definition did not tell."""
        for each in columns:
            if each.lower() not in self.columns[table]:
                self.database.execute(f"ALTER TABLE {_quoted(table)} ADD COLUMN {_quoted(each.lower())}")
                self.columns[table] += (each.lower(),)

    def put(self, table: str, values: Sequence[Any]) -> None:
        """Add a row, its values in the order of the columns."""
        waiting = self._pending.setdefault(table, [])
        waiting.append(values)
        if len(waiting) >= STRETCH:
            self._write(table)

    def settle(self) -> None:
        """Write whatever still waits."""
        for table in list(self._pending):
            self._write(table)

    def _write(self, table: str) -> None:
        places = ", ".join("?" * len(self.columns[table]))
        self.database.execute("BEGIN")
        self.database.executemany(f"INSERT INTO {_quoted(table)} VALUES ({places})", self._pending.pop(table))  # noqa: S608 -- quoted
        self.database.execute("COMMIT")

    def index(self, table: str, *columns: str) -> None:
        """Let rows be found by these columns, where the table has them."""
        if table in self.columns and set(columns) <= set(self.columns[table]):
            name = _quoted(f"{table} by {' '.join(columns)}")
            self.database.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {_quoted(table)} ({', '.join(map(_quoted, columns))})")

    def count(self, table: str, where: str = "1") -> int:
        """How many rows; none when there is no such table. ``where`` is SQL of ours."""
        if table not in self.columns:
            return 0
        return int(self.database.execute(f"SELECT count(*) FROM {_quoted(table)} WHERE {where}").fetchone()[0])  # noqa: S608 -- ours

    def rows(self, table: str, *, after: int = 0, where: str = "1") -> Iterator[Row]:
        """The rows behind place ``after``, in order, a stretch at a time. A table that is not there has none."""
        for stretch in self.stretches(table, after=after, where=where):
            yield from stretch

    def stretches(self, table: str, *, after: int = 0, where: str = "1", size: int = STRETCH) -> Iterator[list[Row]]:
        if table not in self.columns:
            return
        names = (AT, *self.columns[table])
        statement = f"SELECT rowid, * FROM {_quoted(table)} WHERE rowid > ? AND ({where}) ORDER BY rowid LIMIT {size}"  # noqa: S608 -- ours
        while found := self.database.execute(statement, (after,)).fetchall():
            yield [dict(zip(names, row, strict=True)) for row in found]
            after = found[-1][0]

    def ask(self, statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Rows by a statement of ours; a table or column that the source lacks gives none."""
        try:
            cursor = self.database.execute(statement, parameters)
        except sqlite3.OperationalError:
            return []
        names = [each[0] for each in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def under(self, table: str, column: str, keys: Sequence[Any]) -> dict[Any, list[Row]]:
        """The rows whose ``column`` is one of ``keys``, by that column, each in order of place."""
        found: dict[Any, list[Row]] = {}
        if table not in self.columns or column not in self.columns[table] or not keys:
            return found
        names, at = (AT, *self.columns[table]), self.columns[table].index(column) + 1
        places = ", ".join("?" * len(keys))
        statement = f"SELECT rowid, * FROM {_quoted(table)} WHERE {_quoted(column)} IN ({places}) ORDER BY rowid"  # noqa: S608 -- quoted
        for row in self.database.execute(statement, keys):
            found.setdefault(row[at], []).append(dict(zip(names, row, strict=True)))
        return found

    def named(self, table: str, key: str, name: str) -> dict[str, str]:
        """A small table as names by key."""
        return {str(row.get(key)): str(row.get(name) or "") for row in self.rows(table)}


def as_json(row: Row) -> str:
    """A row as a line of JSON, its blobs in hexadecimal."""
    kept = {name: (f"0x{value.hex()}" if isinstance(value, bytes) else value) for name, value in row.items() if name != AT}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
