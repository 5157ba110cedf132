"""``lumbung undo-import RUN``"""

# ruff: noqa: N999 -- a command is called as its file is

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lumbung.catalogue.domain import imports
from lumbung.catalogue.models import ImportRun
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.refusals import Refused


class Command(BaseCommand):
    group = "Koleksi"
    help = "Membatalkan satu impor seluruhnya: judul dan eksemplarnya dihapus, barcodenya bebas lagi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, metavar="NOMOR", help="nomor impor, seperti ditampilkan saat mengimpor")

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"Tidak ada impor nomor {options['run']}.")
        try:
            imports.undo_import(run, by=None)
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from refused
        work_off()
        self.stdout.write(
            f"Impor nomor {run.pk} dibatalkan: {run.records_added} judul dan {run.items_added} eksemplar dihapus."
        )
