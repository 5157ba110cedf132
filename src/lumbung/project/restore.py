"""Putting a backup back, and proving it: the same rows, the same files. What is here stays whole until all of that has been proved.

A backup made on SQLite can be put into PostgreSQL: the rows move over through the models, so a library can grow without starting anew.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from lumbung import __version__
from lumbung.project.backup import (
    KEPT,
    MADE_ANEW,
    POSTGRESQL,
    SQLITE,
    BackupUnsound,
    Manifest,
    counted,
    hashes,
    run_postgresql,
    verify,
)

OTHER = "backup"
BATCH = 500
BESIDE = ".restore-"
PATIENCE = "30s"
"""How long to wait for programs that still use the tables."""


class NotEmpty(Exception):
    """There is a library here already, and nobody said that it may be replaced."""


def restore_backup(folder: Path, *, force: bool) -> Manifest:
    """Replace what is here by the backup. Raises ``NotEmpty`` (unless forced) and ``BackupUnsound``, both before anything changed."""
    manifest = verify(folder)
    if _numbers(manifest.version) > _numbers(__version__):
        raise BackupUnsound(f"cadangan ini dari Lumbung {manifest.version}, yang lebih baru daripada {__version__}")
    if not force and _holds_a_library():
        raise NotEmpty
    with _files_beside(folder / KEPT) as files:
        _replace_database(folder, manifest)
        call_command("migrate", verbosity=0, interactive=False)
        _exchange_files(files)
    return manifest


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _holds_a_library() -> bool:
    user = get_user_model()
    return user._meta.db_table in connection.introspection.table_names() and user.objects.exists()


def _replace_database(folder: Path, manifest: Manifest) -> None:
    match manifest.engine, connection.vendor:
        case "sqlite", "sqlite":
            _copy_sqlite(folder, manifest)
        case "sqlite", _:
            _carry_over(folder, manifest)
        case "postgresql", "postgresql":
            _replay_postgresql(folder, manifest)
        case _:
            raise BackupUnsound("cadangan PostgreSQL hanya dapat dipulihkan ke PostgreSQL")


def _copy_sqlite(folder: Path, manifest: Manifest) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{folder / SQLITE}?mode=ro", uri=True)) as backup:
        backup.backup(connection.connection)
    connection.close()
    _prove_rows(manifest.rows)


def _replay_postgresql(folder: Path, manifest: Manifest) -> None:
    """Drop, fill and count in one transaction of one script: what fails anywhere leaves every old row where it was."""
    with tempfile.TemporaryDirectory(prefix=BESIDE, dir=settings.DATA) as beside:
        dump, drop, proof = (Path(beside, name) for name in ("dump.sql", "drop.sql", "proof.sql"))
        run_postgresql("pg_restore", "--no-owner", "-f", str(dump), str(folder / POSTGRESQL))
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            tables = ", ".join(map(quote, connection.introspection.table_names(cursor)))
        connection.close()
        drop.write_text(f"SET lock_timeout = '{PATIENCE}';\n" + (f"DROP TABLE {tables} CASCADE;\n" if tables else ""))
        proof.write_text("".join(_proof_of(table, quote(table), count) for table, count in manifest.rows.items()))
        scripts = [argument for script in (drop, dump, proof) for argument in ("-f", str(script))]
        run_postgresql("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, *scripts)


def _proof_of(table: str, quoted: str, count: int) -> str:
    return (
        f"DO $proof$ BEGIN IF (SELECT count(*) FROM public.{quoted}) <> {count:d} THEN "  # noqa: S608 -- the manifest is ours
        f"RAISE EXCEPTION 'jumlah baris tidak cocok: %', $name${table}$name$; END IF; END $proof$;\n"
    )


def _carry_over(folder: Path, manifest: Manifest) -> None:
    """From SQLite into another engine, in one transaction: foreign keys are looked at when it ends."""
    call_command("migrate", verbosity=0, interactive=False)
    with _also_open(folder / SQLITE):
        if (there := MigrationRecorder(connections[OTHER]).applied_migrations().keys()) != (
            here := MigrationRecorder(connection).applied_migrations().keys()
        ):
            raise BackupUnsound(f"pulihkan dulu ke SQLite dengan versi ini, lalu cadangkan lagi: {sorted(there ^ here)[:3]}")
        kinds = [kind for kind in apps.get_models(include_auto_created=True) if kind._meta.managed and not kind._meta.proxy]
        with transaction.atomic():
            _empty(kinds)
            for kind in kinds:
                _copy_rows(kind)
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), kinds):
                    cursor.execute(statement)
            ours = {kind._meta.db_table for kind in kinds}
            _prove_rows({table: count for table, count in manifest.rows.items() if table in ours})


@contextmanager
def _also_open(file: Path) -> Iterator[None]:
    """Within the block Django knows the backup's database as OTHER."""
    connections.databases[OTHER] = {
        **settings.DATABASES["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {},
    }
    try:
        yield
    finally:
        connections[OTHER].close()
        del connections.databases[OTHER]


def _empty(kinds: Sequence[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        tables = ", ".join(connection.ops.quote_name(kind._meta.db_table) for kind in kinds)
        cursor.execute(f"TRUNCATE {tables}")


def _copy_rows(kind: type[models.Model]) -> None:
    manager: Any = kind._base_manager  # noqa: SLF001 -- every row, whatever the model's own manager hides
    rows = manager.using(OTHER).order_by("pk").iterator(chunk_size=BATCH)
    fields = [field for field in kind._meta.local_concrete_fields if not field.generated]
    while batch := list(islice(rows, BATCH)):
        manager._insert(batch, fields=fields, using="default", raw=True)  # noqa: SLF001 -- raw: times of creation as written


def _prove_rows(expected: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        found = counted(list(expected), cursor)
    if wrong := [table for table, count in expected.items() if found[table] != count]:
        raise BackupUnsound(f"jumlah baris tidak cocok sesudah pemulihan: {', '.join(wrong)}")


@contextmanager
def _files_beside(kept: Path) -> Iterator[Path]:
    """Within the block the backup's files lie in the data folder beside ours, proved to be the same."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    for left_over in settings.DATA.glob(f"{BESIDE}*"):  # by a restore that was killed
        shutil.rmtree(left_over)
    with tempfile.TemporaryDirectory(prefix=BESIDE, dir=settings.DATA) as beside:
        files = Path(beside, KEPT)
        shutil.copytree(kept, files)
        expected, found = hashes(kept), hashes(files)
        if wrong := [path for path, digest in expected.items() if found.get(path) != digest]:
            raise BackupUnsound(f"berkas tidak sama sesudah disalin: {', '.join(wrong[:5])}")
        yield files


def _exchange_files(files: Path) -> None:
    """Put what was copied beside into its place; all that is left to do is to give names."""
    ignored = shutil.ignore_patterns(*MADE_ANEW)
    for path in settings.DATA.iterdir():
        if path.name not in ignored(str(settings.DATA), [path.name]):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in files.iterdir():
        path.rename(settings.DATA / path.name)
