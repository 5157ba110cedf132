from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lumbung.project.backup import BackupUnsound
from lumbung.project.drill import proof_of, restored_elsewhere
from lumbung.project.restore import NotEmpty, restore_backup

PROOF = "Terbukti sama:"


class Command(BaseCommand):
    help = "Memulihkan cadangan, membangun indeks lagi, dan membuktikan bahwa semuanya kembali. Hentikan Lumbung lebih dulu."
    group = "Pemeliharaan"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", metavar="DIR", type=Path, help="folder cadangan, misalnya cadangan/lumbung-20260801-230000"
        )
        parser.add_argument("--force", action="store_true", help="ganti perpustakaan yang sudah ada di sini")
        parser.add_argument(
            "--prove",
            action="store_true",
            help="latihan: pulihkan di folder sementara, buktikan, dan jangan ubah apa pun di sini",
        )
        parser.add_argument("--report", metavar="FILE", type=Path, help="tulis juga buktinya ke berkas ini")

    def handle(self, *, folder: Path, force: bool, prove: bool, report: Path | None, **options: Any) -> None:
        try:
            told = self._rehearse(folder) if prove else self._restore(folder, force=force)
            if report is not None:
                report.write_text(f"Cadangan {folder.name}\n\n{told}", encoding="utf-8")
        except NotEmpty:
            raise CommandError(
                "Di sini sudah ada perpustakaan. Pilih --data DIR lain, atau --force untuk menggantinya."
            ) from None
        except BackupUnsound as error:
            raise CommandError(f"Pemulihan gagal: {error}") from None
        except OSError as error:
            raise CommandError(f"Laporan tidak dapat ditulis: {error}") from None

    def _rehearse(self, folder: Path) -> str:
        proof = PROOF + restored_elsewhere(folder).partition(PROOF)[2]
        self.stdout.write(proof + "Latihan selesai; tidak ada yang diubah di sini.")
        return proof

    def _restore(self, folder: Path, *, force: bool) -> str:
        manifest = restore_backup(folder, force=force)
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        self.stdout.write(f"Kembali seperti {manifest.made_at}: {rows} baris dan {files} berkas cocok.")
        self.stdout.write("Membangun indeks pencarian …")
        call_command("reindex")
        proof = "\n".join([PROOF, *(f"  {line}" for line in proof_of(manifest))]) + "\n"
        self.stdout.write(proof)
        return proof
