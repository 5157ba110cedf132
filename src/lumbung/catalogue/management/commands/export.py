"""``lumbung export``"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lumbung.catalogue.domain.exports import FORMS, RecordSelection, Told
from lumbung.catalogue.models import ImportRun, Material, Record
from lumbung.kernel.refusals import Refused
from lumbung.kernel.system_words import system_words
from lumbung.organization.models import Branch


class Command(BaseCommand):
    group = "Koleksi"
    help = (
        "Mengekspor cantuman, seluruhnya atau yang dipilih: MARC dengan setiap ruas dan eksemplarnya (952), MODS, Dublin Core, "
        "tabel, atau untuk pengelola rujukan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", default="iso2709", choices=list(FORMS), help="bentuk berkas (bawaan: iso2709)")
        parser.add_argument(
            "--without-copies", action="store_true", help="cantuman persis seperti tersimpan, tanpa eksemplar yang ada sekarang"
        )
        parser.add_argument("--output", metavar="FILE", help="berkas tujuan (bawaan: keluaran baku)")
        parser.add_argument("--find", default="", metavar="KATA", help="hanya judul yang ditemukan pencarian ini")
        parser.add_argument("--material", default="", choices=Material.values, help="hanya jenis koleksi ini")
        parser.add_argument("--branch", default="", metavar="KODE", help="hanya judul dengan eksemplar di cabang ini")
        parser.add_argument("--import-run", type=int, metavar="NOMOR", help="hanya judul dari impor ini")
        parser.add_argument(
            "--since", type=date.fromisoformat, metavar="TTTT-BB-HH", help="hanya yang ditambahkan sejak hari ini"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.left_out = 0
        told = Told(copies=not options["without_copies"], too_long=self._too_long, pages=_pages())
        try:
            pieces = FORMS[options["format"]].write(self._selection(options).records(), told)
            self._write(options["output"], pieces)
        except Refused as refused:
            raise CommandError("; ".join(map(str, refused.reasons))) from refused
        except OSError as error:
            raise CommandError(
                f"{options['output'] or 'Keluaran baku'} tidak dapat ditulisi: {system_words(error)}."
            ) from error
        if self.left_out:
            raise CommandError(f"{self.left_out} cantuman terlalu panjang untuk ISO 2709. Ekspor dengan --format marcxml.")

    def _selection(self, options: dict[str, Any]) -> RecordSelection:
        branch = Branch.objects.filter(code__iexact=options["branch"]).first() if options["branch"] else None
        if options["branch"] and branch is None:
            raise CommandError(f"Tidak ada cabang dengan kode {options['branch']}.")
        run = options["import_run"]
        if run is not None and not ImportRun.objects.filter(pk=run).exists():
            raise CommandError(f"Tidak ada impor nomor {run}.")
        return RecordSelection(
            words=options["find"],
            material=options["material"],
            branch=branch.pk if branch else None,
            import_run=run,
            added_since=options["since"],
        )

    def _write(self, output: str | None, pieces: Iterator[bytes]) -> None:
        if output:
            self._into(Path(output), pieces)
        else:
            sys.stdout.buffer.writelines(pieces)
            sys.stdout.buffer.flush()

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


def _pages() -> str:
    """Where our record pages begin, where the library has told its address."""
    return f"{settings.SITE_URL.rstrip('/')}/records/" if settings.SITE_URL else ""
