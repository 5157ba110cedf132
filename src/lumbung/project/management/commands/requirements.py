from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.project.clone import clone
from lumbung.project.requirements import rows_of, stories_by_row, with_stories


class Command(BaseCommand):
    help = gettext_noop("Menampilkan tiap kebutuhan beserta uji cerita yang menunjukkannya (hanya dari klon sumber).")
    group = "Pemeliharaan"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ids", nargs="*", metavar="R001", help=_("hanya baris ini"))
        parser.add_argument("--write", action="store_true", help=_("perbarui docs/requirements.md"))
        parser.add_argument("--met", action="store_true", help=_("hanya yang sudah ditunjukkan"))

    def handle(self, *, ids: list[str], write: bool, met: bool, **options: Any) -> None:
        root = clone()
        document = root / "docs" / "requirements.md"
        text = with_stories(document.read_text(encoding="utf-8"), stories_by_row(root))
        rows = rows_of(text)
        if unknown := sorted(set(ids) - {row.id for row in rows}):
            said = _("Tidak ada kebutuhan %(ids)s di docs/requirements.md.")
            raise CommandError(said % {"ids": ", ".join(unknown)}, returncode=2)
        if write:
            document.write_text(text, encoding="utf-8")
        for row in rows:
            if (not ids or row.id in ids) and (row.stories or not met):
                self.stdout.write(f"{'✓' if row.stories else '–'} {row.id} {row.sentence}")
                for lack in row.missing:
                    self.stdout.write("       " + _("belum: %(lack)s") % {"lack": lack})
                for story in row.stories:
                    self.stdout.write(f"       {story}")
        told = {"met": sum(bool(row.stories) for row in rows), "all": len(rows)}
        self.stdout.write(_("%(met)s dari %(all)s kebutuhan ditunjukkan oleh uji cerita.") % told)
