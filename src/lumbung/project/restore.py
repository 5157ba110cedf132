"""Putting a backup back, and proving it: the same rows, the same files. What is here stays whole until all of that has been proved.

A backup made on SQLite can be put into PostgreSQL: the rows move over through the models, so a library can grow without starting anew.
"""

import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung import __version__
from lumbung.formats.zip_bounds import Unsafe, look_over
from lumbung.kernel import json_rows
from lumbung.kernel.manifests import Manifest, hashes
from lumbung.moving.domain.packing import ROWS, library_tables
from lumbung.project import backup_contents
from lumbung.project.backup import (
    KEPT,
    MADE_ANEW,
    POSTGRESQL,
    SQLITE,
    BackupUnsound,
    counted,
    differing_tables,
    run_postgresql,
    verify,
)

OTHER = "backup"
BATCH = 500
BESIDE, UNPACKED = ".restore-", ".unpacked-"
UNSAFE = {
    "locked": gettext_lazy("terkunci kata sandi; buka kuncinya, lalu kemas lagi tanpa kata sandi"),
    "too_many": gettext_lazy("memuat terlalu banyak berkas untuk sebuah cadangan"),
    "too_large": gettext_lazy("jauh lebih besar isinya daripada yang wajar, atau daripada ruang yang ada di sini"),
}
"""Why nothing of an archive may be unpacked, by the codes of ``zip_bounds``."""
PATIENCE = "30s"
"""How long to wait for programs that still use the tables."""


class NotEmpty(Exception):
    """There is a library here already, and nobody said that it may be replaced."""


def restore_backup(folder: Path, *, force: bool) -> Manifest:
    """Replace what is here by the backup, or by the package that ``lumbung leave`` made, packed or not.

    Raises ``NotEmpty`` (unless forced) and ``BackupUnsound``, both before anything changed.
    """
    if folder.is_file():
        with _unpacked(folder) as unpacked:
            return restore_backup(unpacked, force=force)
    manifest = verify(folder)
    if _numbers(manifest.version) > _numbers(__version__):
        said = _("cadangan ini dari Lumbung %(theirs)s, yang lebih baru daripada %(ours)s")
        raise BackupUnsound(said % {"theirs": manifest.version, "ours": __version__})
    if not force and _holds_a_library():
        raise NotEmpty
    with _files_beside(folder / KEPT) as files:
        _replace_database(folder, manifest)
        call_command("migrate", verbosity=0, interactive=False)
        _exchange_files(files, alone=manifest.engine != ROWS)
    backup_contents.put_back(folder)
    return manifest


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=UNPACKED, dir=settings.DATA) as beside:
        try:
            with zipfile.ZipFile(file) as packed:
                look_over(packed.infolist(), most=shutil.disk_usage(beside).free)
                packed.extractall(beside)
        except Unsafe as unsafe:
            raise BackupUnsound(f"{file.name} {UNSAFE[unsafe.code]}") from None
        except (zipfile.BadZipFile, NotImplementedError, zlib.error) as error:
            said = _("%(file)s bukan arsip ZIP yang utuh (%(why)s)")
            raise BackupUnsound(said % {"file": file.name, "why": error}) from None
        yield Path(beside)


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
        case "rows", _:
            _read_rows(folder, manifest)
        case "postgresql", "postgresql":
            _replay_postgresql(folder, manifest)
        case _:
            raise BackupUnsound(_("cadangan PostgreSQL hanya dapat dipulihkan ke PostgreSQL"))


def _copy_sqlite(folder: Path, manifest: Manifest) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{folder / SQLITE}?mode=ro", uri=True)) as backup:
        backup.backup(connection.connection)
    connection.close()
    _prove_rows(manifest.rows)
    _prove_contents(manifest)


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
    _prove_contents(manifest)


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
            said = _("pulihkan dulu ke SQLite dengan versi ini, lalu cadangkan lagi: %(differing)s")
            raise BackupUnsound(said % {"differing": sorted(there ^ here)[:3]})
        _fill(manifest, lambda kind: kind._base_manager.using(OTHER).order_by("pk").iterator(chunk_size=BATCH))  # noqa: SLF001


def _read_rows(folder: Path, manifest: Manifest) -> None:
    """From JSON Lines, into either engine. What is no part of a library (who is signed in, work that waits) is empty afterwards."""
    call_command("migrate", verbosity=0, interactive=False)
    if unknown := sorted(manifest.rows.keys() - {kind._meta.db_table for kind in library_tables()}):
        raise BackupUnsound(_("tabel yang tidak dikenal versi ini: %(tables)s") % {"tables": ", ".join(unknown[:5])})
    try:
        _fill(manifest, lambda kind: _rows_in(folder / ROWS, kind))
    except IntegrityError as error:
        raise BackupUnsound(_("isinya tidak cocok satu sama lain: %(why)s") % {"why": error}) from None


def _rows_in(folder: Path, kind: type[models.Model]) -> Iterator[models.Model]:
    path = folder / f"{kind._meta.db_table}.jsonl"
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield json_rows.row_of(kind, line)
            except json_rows.UnreadableRowError as error:
                said = _("%(file)s, baris %(number)s, tidak terbaca: %(why)s")
                raise BackupUnsound(said % {"file": path.name, "number": number, "why": error}) from None


def _fill(manifest: Manifest, rows_of: Callable[[type[models.Model]], Iterator[models.Model]]) -> None:
    """Empty every table and fill it, in one transaction: foreign keys are looked at when it ends."""
    kinds = [kind for kind in apps.get_models(include_auto_created=True) if kind._meta.managed and not kind._meta.proxy]
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in connection.ops.sql_flush(no_style(), [kind._meta.db_table for kind in kinds]):
                cursor.execute(statement)
        for kind in kinds:
            _insert(kind, rows_of(kind))
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


def _insert(kind: type[models.Model], rows: Iterator[models.Model]) -> None:
    fields = json_rows.stored_fields(kind)
    while batch := list(islice(rows, BATCH)):
        manager: Any = kind._base_manager  # noqa: SLF001 -- every row, whatever the model's own manager hides
        manager._insert(batch, fields=fields, using="default", raw=True)  # noqa: SLF001 -- raw: times of creation as written


def _prove_contents(manifest: Manifest) -> None:
    """SQLite is asked as the backup was: our own connection makes moments and keys of what the rows say."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)) as plain:
            differing = differing_tables(manifest, plain.cursor())
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            differing = differing_tables(manifest, cursor)
    if differing:
        said = _("isi baris tidak sama sesudah pemulihan: %(tables)s")
        raise BackupUnsound(said % {"tables": ", ".join(differing[:5])})


def _prove_rows(expected: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        found = counted(list(expected), cursor)
    if wrong := [table for table, count in expected.items() if found[table] != count]:
        said = _("jumlah baris tidak cocok sesudah pemulihan: %(tables)s")
        raise BackupUnsound(said % {"tables": ", ".join(wrong)})


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
            raise BackupUnsound(_("berkas tidak sama sesudah disalin: %(files)s") % {"files": ", ".join(wrong[:5])})
        yield files


def _exchange_files(files: Path, *, alone: bool) -> None:
    """Put what was copied beside into its place; all that is left to do is to give names. ``alone``: nothing else stays."""
    ignored = shutil.ignore_patterns(*MADE_ANEW)
    for path in settings.DATA.iterdir():
        if path.name not in ignored(str(settings.DATA), [path.name]) and (alone or (files / path.name).exists()):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in files.iterdir():
        path.rename(settings.DATA / path.name)
