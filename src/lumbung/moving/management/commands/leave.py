"""``lumbung leave``"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.kernel.system_words import system_words
from lumbung.kernel.terminal import in_library_language, in_this_language
from lumbung.moving.domain.departures import note_packed
from lumbung.moving.domain.packing import count_rows, pack

EVERY = 20_000


class Command(BaseCommand):
    group = "Pemeliharaan"
    help = gettext_noop(
        "Menulis seluruh perpustakaan dalam bentuk terbuka (MARC, CSV, JSON Lines, berkas) ke folder baru di dalam DIR, untuk dibawa ke "
        "mana pun; lumbung restore membacanya kembali."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help=_("tempat paketnya, sebaiknya di disk lain"))

    def handle(self, *, folder: Path, **options: Any) -> None:
        self.total, self.next = count_rows(), EVERY
        try:
            tell = in_this_language(self._tell)
            with in_library_language():
                place, manifest = pack(folder, tell)
        except OSError as error:
            said = _("Paket tidak jadi: %(folder)s tidak dapat ditulisi (%(why)s)")
            raise CommandError(said % {"folder": folder, "why": system_words(error)}) from None
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        note_packed(rows, files)
        self.stdout.write(_("Paket lengkap: %(place)s") % {"place": place})
        told = _("%(rows)s baris, %(files)s berkas. Dibaca kembali dengan: lumbung restore %(place)s")
        self.stdout.write(told % {"rows": rows, "files": files, "place": place})

    def _tell(self, rows: int) -> None:
        if sys.stderr.isatty() and rows >= self.next:
            self.next = rows + EVERY
            told = _("%(rows)s dari %(total)s baris") % {"rows": rows, "total": self.total}
            self.stderr.write(f"\r{told}   ", ending="")
