"""Putting a backup back, and proving it: the same rows, the same files.

A backup made on SQLite can be put into PostgreSQL: the rows move over through the models, so a library can grow without starting anew.
"""

import shutil
import sqlite3
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


class NotEmpty(Exception):
    """There is a library here already, and nobody said that it may be replaced."""


def restore_backup(folder: Path, *, force: bool) -> Manifest:
    """Replace what is here by the backup. Raises ``NotEmpty`` (unless forced) and ``BackupUnsound``, both before anything changed."""
    manifest = verify(folder)
    if _numbers(manifest.version) > _numbers(__version__):
        raise BackupUnsound(f"cadangan ini dari Lumbung {manifest.version}, yang lebih baru daripada {__version__}")
    if not force and _holds_a_library():
        raise NotEmpty
    if manifest.engine == connection.vendor:
        _replace_database(folder, manifest)
    elif manifest.engine == "sqlite":
        _carry_over(folder, manifest)
    else:
        raise BackupUnsound("cadangan PostgreSQL hanya dapat dipulihkan ke PostgreSQL")
    call_command("migrate", verbosity=0, interactive=False)
    _put_files_back(folder / KEPT)
    return manifest


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _holds_a_library() -> bool:
    user = get_user_model()
    return user._meta.db_table in connection.introspection.table_names() and user.objects.exists()


def _replace_database(folder: Path, manifest: Manifest) -> None:
    if manifest.engine == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{folder / SQLITE}?mode=ro", uri=True)) as backup:
            backup.backup(connection.connection)
        connection.close()
    else:
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
        connection.close()
        run_postgresql(
            "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error",
            "-d", str(settings.DATABASES["default"]["NAME"]), str(folder / POSTGRESQL),
        )  # fmt: skip
    _prove_rows(manifest.rows)


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
    fields = kind._meta.local_concrete_fields
    while batch := list(islice(rows, BATCH)):
        manager._insert(batch, fields=fields, using="default", raw=True)  # noqa: SLF001 -- raw: times of creation as written


def _prove_rows(expected: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        found = counted(list(expected), cursor)
    if wrong := [table for table, count in expected.items() if found[table] != count]:
        raise BackupUnsound(f"jumlah baris tidak cocok sesudah pemulihan: {', '.join(wrong)}")


def _put_files_back(kept: Path) -> None:
    ignored = shutil.ignore_patterns(*MADE_ANEW)
    for path in settings.DATA.iterdir():
        if path.name not in ignored(str(settings.DATA), [path.name]):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(kept, settings.DATA, dirs_exist_ok=True)
    expected, found = hashes(kept), hashes(settings.DATA)
    if wrong := [path for path, digest in expected.items() if found.get(path) != digest]:
        raise BackupUnsound(f"berkas tidak sama sesudah pemulihan: {', '.join(wrong[:5])}")
