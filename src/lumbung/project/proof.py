"""Whether two databases hold the same rows, to the last bit: a digest of each table that does not depend on the order of its rows."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

WIDTH = 32
AT_ONCE = 2_000


def digests_of(tables: Iterable[str], cursor: Any) -> dict[str, str]:
    """The digest of each table, as hexadecimal: the sum of the SHA-256 of its rows. Rows are read a stretch at a time.

    Comparable between databases of one engine. ``cursor`` is one of the sqlite3 module, or of our connection to PostgreSQL.
    """
    return {table: _digest(_rows(table, cursor)) for table in sorted(tables)}


def _digest(rows: Iterable[str]) -> str:
    total = 0
    for row in rows:
        total += int.from_bytes(hashlib.sha256(row.encode("utf-8", "surrogatepass")).digest(), "big")
    return (total % (1 << 8 * WIDTH)).to_bytes(WIDTH, "big").hex()


def _rows(table: str, cursor: Any) -> Iterator[str]:
    quoted = connection.ops.quote_name(table)
    if not isinstance(cursor, sqlite3.Cursor):
        cursor.execute(f"DECLARE proof NO SCROLL CURSOR FOR SELECT t::text FROM {quoted} t")  # noqa: S608 -- named by the database
        while rows := _fetched(cursor):
            yield from rows
        cursor.execute("CLOSE proof")
        return
    cursor.execute(f"SELECT * FROM {quoted}")  # noqa: S608 -- named by the database
    while rows := cursor.fetchmany(AT_ONCE):
        yield from map(repr, rows)


def _fetched(cursor: Any) -> list[str]:
    cursor.execute(f"FETCH {AT_ONCE} FROM proof")
    return [row for (row,) in cursor.fetchall()]
