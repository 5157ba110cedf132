from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.project.backup import BackupUnsound
from lumbung.project.drill import proof_of, restored_elsewhere
from lumbung.project.restore import NotEmpty, restore_backup


class Command(BaseCommand):
    help = gettext_noop(
        "Memulihkan cadangan, membangun indeks lagi, dan membuktikan bahwa semuanya kembali. Hentikan Lumbung lebih dulu."
    )
    group = "Pemeliharaan"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        from_where = _("folder cadangan, misalnya cadangan/lumbung-20260801-230000")
        parser.add_argument("folder", metavar="DIR", type=Path, help=from_where)
        parser.add_argument("--force", action="store_true", help=_("ganti perpustakaan yang sudah ada di sini"))
        drill = _("latihan: pulihkan di folder sementara, buktikan, dan jangan ubah apa pun di sini")
        parser.add_argument("--prove", action="store_true", help=drill)
        parser.add_argument("--report", metavar="FILE", type=Path, help=_("tulis juga buktinya ke berkas ini"))

    def handle(self, *, folder: Path, force: bool, prove: bool, report: Path | None, **options: Any) -> None:
        try:
            told = self._rehearse(folder) if prove else self._restore(folder, force=force)
            if report is not None:
                head = _("Cadangan %(name)s") % {"name": folder.name}
                report.write_text(f"{head}\n\n{told}", encoding="utf-8")
        except NotEmpty:
            raise CommandError(
                _("Di sini sudah ada perpustakaan. Pilih --data DIR lain, atau --force untuk menggantinya.")
            ) from None
        except BackupUnsound as error:
            raise CommandError(_("Pemulihan gagal: %(why)s") % {"why": error}) from None
        except OSError as error:
            raise CommandError(_("Laporan tidak dapat ditulis: %(why)s") % {"why": error}) from None

    def _rehearse(self, folder: Path) -> str:
        head = _("Terbukti sama:")
        proof = head + restored_elsewhere(folder).partition(head)[2]
        self.stdout.write(proof + _("Latihan selesai; tidak ada yang diubah di sini."))
        return proof

    def _restore(self, folder: Path, *, force: bool) -> str:
        manifest = restore_backup(folder, force=force)
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        told = _("Kembali seperti %(made_at)s: %(rows)s baris dan %(files)s berkas cocok.")
        self.stdout.write(told % {"made_at": manifest.made_at, "rows": rows, "files": files})
        self.stdout.write(_("Membangun indeks pencarian …"))
        call_command("reindex")
        proof = "\n".join([_("Terbukti sama:"), *(f"  {line}" for line in proof_of(manifest))]) + "\n"
        self.stdout.write(proof)
        return proof
