from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.kernel.system_words import system_words
from lumbung.project.backup import BackupUnsound, make_backup
from lumbung.project.backup_contents import told_of


class Command(BaseCommand):
    help = gettext_noop("Mencadangkan semuanya ke folder baru di dalam DIR dan memeriksanya; Lumbung boleh tetap berjalan.")
    group = "Pemeliharaan"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help=_("tempat cadangan, sebaiknya di disk lain"))
        told = _("sertakan juga isi berkas digital yang disimpan di S3 atau disk lain")
        parser.add_argument("--with-contents", action="store_true", help=told)

    def handle(self, *, folder: Path, with_contents: bool, **options: Any) -> None:
        try:
            place, manifest = make_backup(folder, with_contents=with_contents)
        except BackupUnsound as error:
            raise CommandError(_("Cadangan gagal: %(why)s") % {"why": error}) from None
        except OSError as error:
            said = _("Cadangan gagal: %(folder)s tidak dapat ditulisi (%(why)s)")
            raise CommandError(said % {"folder": folder, "why": system_words(error)}) from None
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        self.stdout.write(_("Cadangan lengkap dan sudah diperiksa: %(place)s") % {"place": place})
        self.stdout.write(_("%(rows)s baris, %(files)s berkas.") % {"rows": rows, "files": files})
        for line in told_of(manifest):
            self.stdout.write(line)
