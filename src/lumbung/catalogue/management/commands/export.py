"""``lumbung export``"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from lumbung.catalogue.domain.exports import FORMS, RecordSelection, Told
from lumbung.catalogue.models import ImportRun, Material, Record
from lumbung.kernel.refusals import Refused
from lumbung.kernel.system_words import system_words
from lumbung.kernel.terminal import in_library_language, in_this_language
from lumbung.organization.models import Branch


class Command(BaseCommand):
    group = "Koleksi"
    help = gettext_noop(
        "Mengekspor cantuman, seluruhnya atau yang dipilih: MARC dengan setiap ruas dan eksemplarnya (952), MODS, Dublin Core, "
        "tabel, atau untuk pengelola rujukan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", default="iso2709", choices=list(FORMS), help=_("bentuk berkas (bawaan: iso2709)"))
        as_stored = _("cantuman persis seperti tersimpan, tanpa eksemplar yang ada sekarang")
        parser.add_argument("--without-copies", action="store_true", help=as_stored)
        parser.add_argument("--output", metavar="FILE", help=_("berkas tujuan (bawaan: keluaran baku)"))
        parser.add_argument("--force", action="store_true", help=_("timpa berkas tujuan yang sudah ada"))
        parser.add_argument("--find", default="", metavar=_("KATA"), help=_("hanya judul yang ditemukan pencarian ini"))
        parser.add_argument("--material", default="", choices=Material.values, help=_("hanya jenis koleksi ini"))
        parser.add_argument("--branch", default="", metavar=_("KODE"), help=_("hanya judul dengan eksemplar di cabang ini"))
        parser.add_argument("--import-run", type=int, metavar=_("NOMOR"), help=_("hanya judul dari impor ini"))
        since = _("hanya yang ditambahkan sejak hari ini")
        parser.add_argument("--since", type=date.fromisoformat, metavar=_("TTTT-BB-HH"), help=since)

    def handle(self, *args: Any, **options: Any) -> None:
        self.left_out = self.written = 0
        told = Told(copies=not options["without_copies"], too_long=in_this_language(self._too_long), pages=_pages())
        try:
            selection = self._selection(options)
            if options["output"] and Path(options["output"]).is_file() and not options["force"]:
                raise CommandError(_("%(file)s sudah ada. Untuk menimpanya: --force") % {"file": options["output"]})
            with in_library_language():
                pieces = FORMS[options["format"]].write(self._counted(selection.records()), told)
                self._write(options["output"], pieces)
        except Refused as refused:
            raise CommandError("; ".join(map(str, refused.reasons))) from refused
        except OSError as error:
            where = options["output"] or _("Keluaran baku")
            raise CommandError(
                _("%(where)s tidak dapat ditulisi: %(why)s.") % {"where": where, "why": system_words(error)}
            ) from error
        if options["output"]:
            self._tell(options["output"])
        if self.left_out:
            said = ngettext(
                "%(count)s cantuman terlalu panjang untuk ISO 2709. Ekspor dengan --format marcxml.",
                "%(count)s cantuman terlalu panjang untuk ISO 2709. Ekspor dengan --format marcxml.",
                self.left_out,
            )
            raise CommandError(said % {"count": self.left_out})

    def _selection(self, options: dict[str, Any]) -> RecordSelection:
        branch = Branch.objects.filter(code__iexact=options["branch"]).first() if options["branch"] else None
        if options["branch"] and branch is None:
            raise CommandError(_("Tidak ada cabang dengan kode %(code)s.") % {"code": options["branch"]})
        run = options["import_run"]
        if run is not None and not ImportRun.objects.filter(pk=run).exists():
            raise CommandError(_("Tidak ada impor nomor %(number)s.") % {"number": run})
        return RecordSelection(
            words=options["find"],
            material=options["material"],
            branch=branch.pk if branch else None,
            import_run=run,
            added_since=options["since"],
        )

    def _counted(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            self.written += 1
            yield record

    def _tell(self, output: str) -> None:
        """What was written, on standard error as the other commands do."""
        count = self.written - self.left_out
        said = ngettext("%(count)s judul ditulis ke %(file)s.", "%(count)s judul ditulis ke %(file)s.", count)
        self.stderr.write(said % {"count": count, "file": output})

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
        self.stderr.write(_("Judul nomor %(number)s dilewati: %(why)s") % {"number": record.pk, "why": why})


def _pages() -> str:
    """Where our record pages begin, where the library has told its address."""
    return f"{settings.SITE_URL.rstrip('/')}/records/" if settings.SITE_URL else ""
