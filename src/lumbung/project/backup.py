"""Backups: everything Lumbung keeps, consistent although it is being used, checked before it counts as one.

A backup is a folder: the database (an SQLite file, or what pg_dump writes), ``data/`` with the files and the secret, and
``backup.json``, written last, with the row count of every table and the SHA-256 of every file; ``contents/`` has digital contents that
lie elsewhere, if they were asked for. The search index and the collected
page files are left out: they are made anew. So is what is infected: it belongs in no backup.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from lumbung import __version__
from lumbung.kernel import clock
from lumbung.kernel.manifests import MANIFEST, Manifest, hashes, read_manifest, write_manifest
from lumbung.project import backup_contents
from lumbung.project.proof import digests_of

SQLITE = "database.sqlite3"
POSTGRESQL = "database.pgdump"
KEPT = "data"
MADE_ANEW = (
    "lumbung.sqlite3*",
    "index",
    "page-index",
    "cache",
    "static",
    ".writable",
    ".preparing",
    ".in-use",
    ".served",
    ".restore-*",
    ".unpacked-*",
    "departures",
    "quarantine",
)


class BackupUnsound(Exception):
    """The folder is no whole backup; the text says why, in the operator's language."""


def make_backup(folder: Path, *, with_contents: bool = False) -> tuple[Path, Manifest]:
    """Write a backup into a new folder inside ``folder``, check it, and return where it is. Other processes may go on working.

    ``with_contents``: digital contents that lie outside the data folder come along; otherwise they are only named.
    """
    made_at = clock.now()
    final = folder / f"lumbung-{made_at:%Y%m%d-%H%M%S}"
    partial = folder / f".{final.name}.partial"
    partial.mkdir(parents=True, mode=0o700)
    try:
        is_sqlite = connection.vendor == "sqlite"
        rows, digests = _save_sqlite(partial / SQLITE) if is_sqlite else _save_postgresql(partial / POSTGRESQL)
        shutil.copytree(settings.DATA, partial / KEPT, ignore=shutil.ignore_patterns(*MADE_ANEW))
        place = backup_contents.elsewhere()
        wanted = backup_contents.contents() if place else {}
        if with_contents:
            backup_contents.copy_contents(partial, wanted)
        files = hashes(partial)
        manifest = Manifest(__version__, made_at.isoformat(), connection.vendor, rows, files, digests, place, wanted)
        write_manifest(partial, manifest)
        verify(partial)
        partial.rename(final)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return final, manifest


def verify(folder: Path) -> Manifest:
    """Read the whole backup again and compare. Raises ``BackupUnsound``."""
    try:
        manifest = read_manifest(folder)
    except (OSError, ValueError, TypeError):
        said = _("%(folder)s bukan cadangan Lumbung yang lengkap (%(file)s tidak ada atau rusak)")
        raise BackupUnsound(said % {"folder": folder, "file": MANIFEST}) from None
    found = hashes(folder)
    if wrong := sorted(path for path in {*found, *manifest.files} if found.get(path) != manifest.files.get(path)):
        said = _("berkas cadangan berubah, hilang, atau berlebih: %(files)s")
        raise BackupUnsound(said % {"files": ", ".join(wrong[:5])})
    if manifest.engine == "sqlite":
        _verify_sqlite(folder / SQLITE, manifest)
    return manifest


def counted(tables: list[str], cursor: Any) -> dict[str, int]:
    """How many rows each table has."""
    quote = connection.ops.quote_name
    counts = {}
    for table in sorted(tables):
        cursor.execute(f"SELECT count(*) FROM {quote(table)}")  # noqa: S608 -- the database itself named the table
        counts[table] = cursor.fetchone()[0]
    return counts


def differing_tables(manifest: Manifest, cursor: Any) -> list[str]:
    """The tables whose rows do not say what they said when the backup was made."""
    found = digests_of(manifest.digests, cursor)
    return [table for table, digest in manifest.digests.items() if found[table] != digest]


def _save_sqlite(target: Path) -> tuple[dict[str, int], dict[str, str]]:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        tables = [
            name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
        ]
        return counted(tables, copy.cursor()), digests_of(tables, copy.cursor())


def _verify_sqlite(file: Path, manifest: Manifest) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        if faults := [line for (line,) in copy.execute("PRAGMA integrity_check") if line != "ok"]:
            raise BackupUnsound(_("basis data dalam cadangan rusak: %(fault)s") % {"fault": faults[0]})
        if counted(list(manifest.rows), copy.cursor()) != manifest.rows:
            raise BackupUnsound(_("jumlah baris dalam cadangan tidak cocok"))
        if differing := differing_tables(manifest, copy.cursor()):
            said = _("isi baris dalam cadangan tidak cocok: %(tables)s")
            raise BackupUnsound(said % {"tables": ", ".join(differing[:5])})


def _save_postgresql(target: Path) -> tuple[dict[str, int], dict[str, str]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        run_postgresql("pg_dump", "-Fc", "--no-owner", f"--snapshot={snapshot}", "-f", str(target))
        tables = connection.introspection.table_names(cursor)
        return counted(tables, cursor), digests_of(tables, cursor)


def run_postgresql(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on our database. Raises ``BackupUnsound`` with what it said."""
    found = shutil.which(program) or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)), None
    )
    if found is None:
        said = _("program %(program)s tidak ada di mesin ini; pasang postgresql-client")
        raise BackupUnsound(said % {"program": program})
    done = subprocess.run([found, *arguments], env=_database_address(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupUnsound(f"{program}: {done.stderr.strip()[-500:]}")


def _database_address() -> dict[str, str]:
    """The environment with the place of the database as PostgreSQL reads it; a password never stands on a command line."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    given = connection.get_connection_params()
    return {**os.environ, **{name: str(given[key]) for key, name in names.items() if given.get(key)}}
