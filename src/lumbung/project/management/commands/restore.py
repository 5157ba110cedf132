from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lumbung.project.backup import BackupUnsound
from lumbung.project.restore import NotEmpty, restore_backup


class Command(BaseCommand):
    help = "Memulihkan cadangan, membangun indeks lagi, dan membuktikan bahwa semuanya kembali. Hentikan Lumbung lebih dulu."
    group = "Pemeliharaan"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", metavar="DIR", type=Path, help="folder cadangan, misalnya cadangan/lumbung-20260801-230000"
        )
        parser.add_argument("--force", action="store_true", help="ganti perpustakaan yang sudah ada di sini")

    def handle(self, *, folder: Path, force: bool, **options: Any) -> None:
        try:
            manifest = restore_backup(folder, force=force)
        except NotEmpty:
            raise CommandError(
                "Di sini sudah ada perpustakaan. Pilih --data DIR lain, atau --force untuk menggantinya."
            ) from None
        except BackupUnsound as error:
            raise CommandError(f"Pemulihan gagal: {error}") from None
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        self.stdout.write(f"Kembali seperti {manifest.made_at}: {rows} baris dan {files} berkas cocok.")
        self.stdout.write("Membangun indeks pencarian …")
        call_command("reindex")
