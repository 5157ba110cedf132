"""``lumbung leave``"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lumbung.kernel.system_words import system_words
from lumbung.moving.domain.departures import note_packed
from lumbung.moving.domain.packing import count_rows, pack

EVERY = 20_000


class Command(BaseCommand):
    group = "Pemeliharaan"
    help = (
        "Menulis seluruh perpustakaan dalam bentuk terbuka (MARC, CSV, JSON Lines, berkas) ke folder baru di dalam DIR, untuk dibawa ke "
        "mana pun; lumbung restore membacanya kembali."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="tempat paketnya, sebaiknya di disk lain")

    def handle(self, *, folder: Path, **options: Any) -> None:
        self.total, self.next = count_rows(), EVERY
        try:
            place, manifest = pack(folder, self._tell)
        except OSError as error:
            raise CommandError(f"Paket tidak jadi: {folder} tidak dapat ditulisi ({system_words(error)})") from None
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        note_packed(rows, files)
        self.stdout.write(
            f"Paket lengkap: {place}\n{rows} baris, {files} berkas. Dibaca kembali dengan: lumbung restore {place}"
        )

    def _tell(self, rows: int) -> None:
        if sys.stderr.isatty() and rows >= self.next:
            self.next = rows + EVERY
            self.stderr.write(f"\r{rows} dari {self.total} baris   ", ending="")
