"""The disaster drill: a backup is restored on an empty folder, and everything in it is proved equal, in words that staff can read."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from lumbung.digital.domain import fixity
from lumbung.digital.models import KeptContent
from lumbung.discovery.domain.indexing import compare
from lumbung.kernel import clock
from lumbung.kernel.manifests import Manifest, read_manifest
from lumbung.project.backup import BackupUnsound
from lumbung.project.backup_contents import brought, proved

RESTORE = (sys.executable, "-m", "lumbung", "restore")


def restored_elsewhere(folder: Path) -> str:
    """Restore the backup in a folder that is thrown away afterwards, in a process of its own; what that told. Raises ``BackupUnsound``."""
    with tempfile.TemporaryDirectory(prefix="lumbung-latihan-") as data:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LUMBUNG_DATABASE")}
        environment = {**kept, "LUMBUNG_DATA": data, "LUMBUNG_SEARCH_URL": "", **_places(folder)}
        command = [*RESTORE, str(folder.resolve())]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- our own program
    if done.returncode:
        head = _("Pemulihan gagal: %(why)s").partition("%(why)s")[0]
        raise BackupUnsound(done.stderr.strip().rpartition("\n")[2].removeprefix(head))
    return done.stdout


def _places(folder: Path) -> dict[str, str]:
    """A backup that brings its digital contents along is proved by them alone, in the folder that is thrown away."""
    try:
        has_contents = bool(brought(read_manifest(folder)))
    except (OSError, ValueError, TypeError):
        return {}
    return {"LUMBUNG_FILES_URL": "", "LUMBUNG_FILES_COPY_URL": ""} if has_contents else {}


def proof_of(manifest: Manifest) -> Iterator[str]:
    """What is proved of the library that was restored here, a sentence each. Raises ``BackupUnsound`` at the first that is not equal."""
    rows, files = sum(manifest.rows.values()), len(manifest.files)
    told = _("Basis data: %(tables)s tabel, %(rows)s baris.") % {"tables": len(manifest.rows), "rows": rows}
    yield f"{told} {_rows_told(manifest)}"
    yield _("Berkas: %(files)s berkas sama sampai bita terakhir (SHA-256).") % {"files": files}
    with _unwritten():
        proved_here = [*_contents_told(manifest), _index_told()]
    yield from proved_here
    now, made = f"{clock.now():%Y-%m-%d %H:%M}", manifest.made_at[:16].replace("T", " ")
    yield _("Dibuktikan %(now)s UTC; cadangan dibuat %(made)s UTC.") % {"now": now, "made": made}


@contextlib.contextmanager
def _unwritten() -> Iterator[None]:
    """What is looked at within leaves no row behind: what was restored stays as it was kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _rows_told(manifest: Manifest) -> str:
    if not manifest.digests:
        return _("Jumlahnya sama; cadangan versi lama ini tidak menyimpan sidik jari isinya.")
    return _("Isi setiap baris sama.")


def _contents_told(manifest: Manifest) -> list[str]:
    """Every digital content that the database knows is read where it is kept."""
    fixity.register_all()
    count = 0
    for content in KeptContent.objects.order_by("pk").iterator():
        checked = fixity.check(content)
        if checked.is_in_trouble or not checked.checked_at or checked.said:
            said = _("isi berkas digital %(hash)s tidak utuh: %(why)s")
            raise BackupUnsound(said % {"hash": checked.sha256[:12], "why": checked.said or checked.condition})
        count += 1
    return list(proved(manifest, count))


def _index_told() -> str:
    differing = compare()
    if differing["missing"] or differing["extra"] or differing["stale"]:
        raise BackupUnsound(_("indeks berbeda dari basis data: %(how)s") % {"how": differing})
    return _("Indeks pencarian: %(records)s judul, semuanya seperti basis data.") % differing
