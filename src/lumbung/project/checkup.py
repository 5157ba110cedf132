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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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
        untried = _("Python %(version)s belum pernah dicoba.") % {"version": version}
        yield Trouble(untried, _("Pakai Python 3.11–3.14 bila ada yang janggal."), grave=False)


def data_folder() -> Iterator[Trouble]:
    probe = settings.DATA / ".writable"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield Trouble(
            _("Folder data tidak dapat ditulisi: %(why)s") % {"why": error},
            _("Beri izin menulis pada %(folder)s.") % {"folder": settings.DATA},
        )
    free = shutil.disk_usage(settings.DATA).free
    if free < ENOUGH_ROOM:
        yield Trouble(
            _("Ruang disk tinggal %(megabytes)s MB.") % {"megabytes": free // 1_000_000},
            _("Kosongkan disk atau pindahkan folder data (--data DIR)."),
        )


def secret() -> Iterator[Trouble]:
    for path in (settings.DATA / "secret.key", settings.DATA / KEY_FILE):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
            yield Trouble(_("Kunci rahasia dapat dibaca pengguna lain di mesin ini."), f"chmod 600 {path}")


def database() -> Iterator[Trouble]:
    yield from _sqlite_faults() if connection.vendor == "sqlite" else _postgresql_faults()


def _sqlite_faults() -> Iterator[Trouble]:
    mend = _("Hentikan Lumbung dan pulihkan cadangan terakhir: lumbung restore DIR")
    with connection.cursor() as cursor:
        faults = [line for (line,) in cursor.execute("PRAGMA integrity_check").fetchall() if line != "ok"]
        yield from (Trouble(_("Basis data: %(fault)s") % {"fault": fault}, mend) for fault in faults[:SHOWN])
        lost = cursor.execute("PRAGMA foreign_key_check").fetchall()
        told = _("Basis data: baris %(row)s di %(table)s menunjuk ke %(to)s yang tidak ada.")
        for table, row, to, _key in lost[:SHOWN]:
            yield Trouble(told % {"row": row, "table": table, "to": to}, mend)


def _postgresql_faults() -> Iterator[Trouble]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE NOT convalidated UNION ALL "
            "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
        )
        for (name,) in cursor.fetchall():
            yield Trouble(
                _("Basis data: %(name)s tidak berlaku.") % {"name": name},
                _("VALIDATE CONSTRAINT atau REINDEX untuk %(name)s.") % {"name": name},
            )


def migrations() -> Iterator[Trouble]:
    if differing := differing_tables():
        yield Trouble(
            _("Tabel basis data lain daripada yang dikenal versi ini: %(tables)s.") % {"tables": ", ".join(differing[:SHOWN])},
            _(
                "Data ini dibuat oleh versi percobaan. Keluarkan koleksi dengan versi itu (lumbung export), lalu impor ke folder data baru."
            ),
        )
        return
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Trouble(
            _("%(count)s perubahan basis data belum dijalankan.") % {"count": len(plan)},
            _("lumbung up menjalankannya; atau: lumbung migrate"),
        )


def background_work() -> Iterator[Trouble]:
    workers = Lease.objects.filter(name__startswith=WORKER)
    if not any(is_current(lease) for lease in workers):
        yield Trouble(
            _("Pekerjaan latar tidak berjalan."),
            _("Jalankan lumbung up, atau lumbung work di samping lumbung serve."),
            grave=False,
        )
    if count := failures.count_failures():
        failed = _("%(count)s pekerjaan latar gagal.") % {"count": count}
        yield Trouble(failed, _("Lihat halaman Pekerjaan di ruang staf (/staff/jobs)."), grave=False)


def clocks() -> Iterator[Trouble]:
    newest = JournalEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    if newest and newest > clock.now() + CLOCK_ERROR:
        yield Trouble(
            _("Jam mesin terlambat: jurnal sudah sampai %(newest)s UTC.") % {"newest": f"{newest:%Y-%m-%d %H:%M}"},
            _("Betulkan jam mesin (timedatectl set-ntp true)."),
        )


def mail() -> Iterator[Trouble]:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        mend = _("Setel LUMBUNG_EMAIL_URL=smtp://… agar surel terkirim.")
        yield Trouble(_("Surel hanya ditulis ke layar."), mend, grave=False)
    elif settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        try:
            with get_connection(timeout=5):
                pass
        except OSError as error:
            yield Trouble(_("Server surel tidak menjawab: %(why)s") % {"why": error}, _("Periksa LUMBUNG_EMAIL_URL."))


def opening_hours() -> Iterator[Trouble]:
    for branch in organization.branches_without_hours():
        yield Trouble(
            _("Cabang %(branch)s belum punya jam buka: jatuh tempo tidak dapat melompati hari tutup.") % {"branch": branch},
            _("Isi jam bukanya di Organisasi → Cabang."),
            grave=False,
        )


def add_checks() -> None:
    for name, check in {
        gettext_noop("Python"): python,
        gettext_noop("Folder data"): data_folder,
        gettext_noop("Kunci rahasia"): secret,
        gettext_noop("Migrasi"): migrations,
        gettext_noop("Basis data"): database,
        gettext_noop("Pekerjaan latar"): background_work,
        gettext_noop("Jam mesin"): clocks,
        gettext_noop("Surel"): mail,
        gettext_noop("Jam buka"): opening_hours,
    }.items():
        health.add(name, check)
