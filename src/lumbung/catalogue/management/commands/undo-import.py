"""``lumbung undo-import RUN``"""

# ruff: noqa: N999 -- a command is called as its file is

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.catalogue.domain import imports
from lumbung.catalogue.models import ImportRun
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.refusals import Refused
from lumbung.kernel.terminal import command, in_library_language


class Command(BaseCommand):
    group = "Koleksi"
    help = gettext_noop("Membatalkan satu impor seluruhnya: judul dan eksemplarnya dihapus, barcodenya bebas lagi.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, metavar=_("NOMOR"), help=_("nomor impor, seperti ditampilkan saat mengimpor"))

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(_("Tidak ada impor nomor %(number)s.") % {"number": options["run"]})
        try:
            with in_library_language():
                imports.undo_import(run, by=None)
        except KeyboardInterrupt:
            said = _("Lanjutkan dengan: %(command)s") % {"command": command(f"undo-import {run.pk}")}
            raise CommandError(_("Dihentikan.") + f" {said}", returncode=130) from None
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from refused
        with in_library_language():
            work_off()
        told = _("Impor nomor %(number)s dibatalkan: %(titles)s judul dan %(copies)s eksemplar dihapus.")
        self.stdout.write(told % {"number": run.pk, "titles": run.records_added, "copies": run.items_added})
        if run.left_places:
            self.stdout.write(run.left_places)
