from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lumbung.kernel.system_words import system_words
from lumbung.project.backup import BackupUnsound, make_backup
from lumbung.project.backup_contents import told_of


class Command(BaseCommand):
    help = "Mencadangkan semuanya ke folder baru di dalam DIR dan memeriksanya; Lumbung boleh tetap berjalan."
    group = "Pemeliharaan"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="tempat cadangan, sebaiknya di disk lain")
        parser.add_argument(
            "--with-contents", action="store_true", help="sertakan juga isi berkas digital yang disimpan di S3 atau disk lain"
        )

    def handle(self, *, folder: Path, with_contents: bool, **options: Any) -> None:
        try:
            place, manifest = make_backup(folder, with_contents=with_contents)
        except BackupUnsound as error:
            raise CommandError(f"Cadangan gagal: {error}") from None
        except OSError as error:
            raise CommandError(f"Cadangan gagal: {folder} tidak dapat ditulisi ({system_words(error)})") from None
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        self.stdout.write(f"Cadangan lengkap dan sudah diperiksa: {place}\n{rows} baris, {files} berkas.")
        for line in told_of(manifest):
            self.stdout.write(line)
