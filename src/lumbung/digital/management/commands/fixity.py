from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lumbung.digital.domain import fixity
from lumbung.digital.models import KeptContent


class Command(BaseCommand):
    help = gettext_noop(
        "Membaca ulang setiap berkas digital di semua tempatnya, sekarang juga, dan memperbaiki yang rusak dari salinan yang utuh."
    )
    group = "Pemeliharaan"

    def handle(self, **options: Any) -> None:
        fixity.register_all()
        counts = {"read": 0, "mended": 0, "troubled": 0, "silent": 0}
        for checked in fixity.check_each():
            counts["read"] += 1
            counts["mended"] += bool(checked.mended)
            counts["troubled"] += checked.is_in_trouble
            counts["silent"] += bool(checked.said)
            self._tell(checked)
        told = _("%(read)s isi berkas dibaca: %(mended)s diperbaiki, %(troubled)s rusak atau hilang.")
        self.stdout.write(told % counts)
        if counts["troubled"] or counts["silent"]:
            raise CommandError(
                _("Belum semuanya utuh, atau satu tempat tidak menjawab; lihat di atas, dan Koleksi → Pelestarian.")
            )

    def _tell(self, checked: KeptContent) -> None:
        if checked.mended:
            told = _("%(content)s: rusak di %(places)s, sudah diperbaiki dari salinan yang utuh.")
            self.stdout.write(told % {"content": checked, "places": ", ".join(checked.mended)})
        if checked.is_in_trouble:
            told = _("%(content)s: %(condition)s, dan tidak ada salinan yang utuh.")
            self.stderr.write(told % {"content": checked, "condition": checked.get_condition_display()})
        if checked.said:
            told = _("%(content)s: satu tempat tidak menjawab: %(why)s")
            self.stderr.write(told % {"content": checked, "why": checked.said})
