"""``lumbung export``"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lumbung.catalogue.domain.exports import all_records, export_records
from lumbung.catalogue.models import Record
from lumbung.formats.marc import Format


class Command(BaseCommand):
    group = "Koleksi"
    help = "Mengekspor semua cantuman, setiap ruas, indikator, dan urutannya, dengan eksemplarnya dalam ruas 952."

    def add_arguments(self, parser: ArgumentParser) -> None:
        forms = [each.value for each in Format if each is not Format.AUTO]
        parser.add_argument("--format", default=Format.ISO_2709.value, choices=forms, help="bentuk berkas (bawaan: iso2709)")
        parser.add_argument(
            "--without-copies", action="store_true", help="cantuman persis seperti tersimpan, tanpa eksemplar yang ada sekarang"
        )
        parser.add_argument("--output", metavar="FILE", help="berkas tujuan (bawaan: keluaran baku)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.left_out = 0
        copies = not options["without_copies"]
        pieces = export_records(all_records(), Format(options["format"]), copies=copies, too_long=self._too_long)
        try:
            if options["output"]:
                self._into(Path(options["output"]), pieces)
            else:
                sys.stdout.buffer.writelines(pieces)
                sys.stdout.buffer.flush()
        except OSError as error:
            raise CommandError(f"Tidak dapat menulis: {error.strerror}") from error
        if self.left_out:
            raise CommandError(f"{self.left_out} cantuman terlalu panjang untuk ISO 2709. Ekspor dengan --format marcxml.")

    def _into(self, path: Path, pieces: Any) -> None:
        """Write beside the target and put it in place when whole, so that nobody takes half an export for one."""
        beside = path.with_name(f"{path.name}.sebagian")
        try:
            with beside.open("wb") as file:
                file.writelines(pieces)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    def _too_long(self, record: Record, why: str) -> None:
        self.left_out += 1
        self.stderr.write(f"Judul nomor {record.pk} dilewati: {why}")
