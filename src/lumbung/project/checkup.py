"""The checks of ``lumbung doctor`` that belong to no part: the machine, the data folder, the database, background work, mail."""

import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lumbung.kernel import clock, failures, health
from lumbung.kernel.health import Trouble
from lumbung.kernel.jobs.leases import is_current
from lumbung.kernel.jobs.tasks import WORKER
from lumbung.kernel.models import JournalEntry, Lease
from lumbung.kernel.secrets_at_rest import KEY_FILE
from lumbung.organization import queries as organization
from lumbung.project.tables import differing_tables

ENOUGH_ROOM = 1_000_000_000
NEWEST_SEEN_PYTHON = (3, 14)
CLOCK_ERROR = timedelta(minutes=5)
SHOWN = 5


def python() -> Iterator[Trouble]:
    if sys.version_info[:2] > NEWEST_SEEN_PYTHON:
        version = ".".join(map(str, sys.version_info[:2]))
        yield Trouble(f"Python {version} belum pernah dicoba.", "Pakai Python 3.11–3.14 bila ada yang janggal.", grave=False)


def data_folder() -> Iterator[Trouble]:
    probe = settings.DATA / ".writable"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield Trouble(f"Folder data tidak dapat ditulisi: {error}", f"Beri izin menulis pada {settings.DATA}.")
    free = shutil.disk_usage(settings.DATA).free
    if free < ENOUGH_ROOM:
        yield Trouble(f"Ruang disk tinggal {free // 1_000_000} MB.", "Kosongkan disk atau pindahkan folder data (--data DIR).")


def secret() -> Iterator[Trouble]:
    for path in (settings.DATA / "secret.key", settings.DATA / KEY_FILE):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
            yield Trouble("Kunci rahasia dapat dibaca pengguna lain di mesin ini.", f"chmod 600 {path}")


def database() -> Iterator[Trouble]:
    yield from _sqlite_faults() if connection.vendor == "sqlite" else _postgresql_faults()


def _sqlite_faults() -> Iterator[Trouble]:
    mend = "Hentikan Lumbung dan pulihkan cadangan terakhir: lumbung restore DIR"
    with connection.cursor() as cursor:
        faults = [line for (line,) in cursor.execute("PRAGMA integrity_check").fetchall() if line != "ok"]
        yield from (Trouble(f"Basis data: {fault}", mend) for fault in faults[:SHOWN])
        lost = cursor.execute("PRAGMA foreign_key_check").fetchall()
        yield from (
            Trouble(f"Basis data: baris {row} di {table} menunjuk ke {to} yang tidak ada.", mend)
            for table, row, to, _ in lost[:SHOWN]
        )


def _postgresql_faults() -> Iterator[Trouble]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE NOT convalidated UNION ALL "
            "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
        )
        for (name,) in cursor.fetchall():
            yield Trouble(f"Basis data: {name} tidak berlaku.", f"VALIDATE CONSTRAINT atau REINDEX untuk {name}.")


def migrations() -> Iterator[Trouble]:
    if differing := differing_tables():
        yield Trouble(
            f"Tabel basis data lain daripada yang dikenal versi ini: {', '.join(differing[:SHOWN])}.",
            "Data ini dibuat oleh versi percobaan. Keluarkan koleksi dengan versi itu (lumbung export), lalu impor ke folder data baru.",
        )
        return
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Trouble(f"{len(plan)} perubahan basis data belum dijalankan.", "lumbung up menjalankannya; atau: lumbung migrate")


def background_work() -> Iterator[Trouble]:
    workers = Lease.objects.filter(name__startswith=WORKER)
    if not any(is_current(lease) for lease in workers):
        yield Trouble(
            "Pekerjaan latar tidak berjalan.", "Jalankan lumbung up, atau lumbung work di samping lumbung serve.", grave=False
        )
    if count := failures.count_failures():
        yield Trouble(f"{count} pekerjaan latar gagal.", "Lihat halaman Pekerjaan di ruang staf (/staff/jobs).", grave=False)


def clocks() -> Iterator[Trouble]:
    newest = JournalEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest and newest > clock.now() + CLOCK_ERROR:
        yield Trouble(
            f"Jam mesin terlambat: jurnal sudah sampai {newest:%Y-%m-%d %H.%M} UTC.",
            "Betulkan jam mesin (timedatectl set-ntp true).",
        )


def mail() -> Iterator[Trouble]:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        yield Trouble("Surel hanya ditulis ke layar.", "Setel LUMBUNG_EMAIL_URL=smtp://… agar surel terkirim.", grave=False)
    elif settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        try:
            with get_connection(timeout=5):
                pass
        except OSError as error:
            yield Trouble(f"Server surel tidak menjawab: {error}", "Periksa LUMBUNG_EMAIL_URL.")


def opening_hours() -> Iterator[Trouble]:
    for branch in organization.branches_without_hours():
        yield Trouble(
            f"Cabang {branch} belum punya jam buka: jatuh tempo tidak dapat melompati hari tutup.",
            "Isi jam bukanya di Organisasi → Cabang.",
            grave=False,
        )


def add_checks() -> None:
    for name, check in {
        "Python": python,
        "Folder data": data_folder,
        "Kunci rahasia": secret,
        "Migrasi": migrations,
        "Basis data": database,
        "Pekerjaan latar": background_work,
        "Jam mesin": clocks,
        "Surel": mail,
        "Jam buka": opening_hours,
    }.items():
        health.add(name, check)
