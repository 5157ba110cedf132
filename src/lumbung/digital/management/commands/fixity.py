from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lumbung.digital.domain import fixity
from lumbung.digital.models import KeptContent


class Command(BaseCommand):
    help = "Membaca ulang setiap berkas digital di semua tempatnya, sekarang juga, dan memperbaiki yang rusak dari salinan yang utuh."
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
        self.stdout.write("{read} isi berkas dibaca: {mended} diperbaiki, {troubled} rusak atau hilang.".format(**counts))
        if counts["troubled"] or counts["silent"]:
            raise CommandError(
                "Belum semuanya utuh, atau satu tempat tidak menjawab; lihat di atas, dan Koleksi → Pelestarian."
            )

    def _tell(self, checked: KeptContent) -> None:
        if checked.mended:
            self.stdout.write(f"{checked}: rusak di {', '.join(checked.mended)}, sudah diperbaiki dari salinan yang utuh.")
        if checked.is_in_trouble:
            self.stderr.write(f"{checked}: {checked.get_condition_display()}, dan tidak ada salinan yang utuh.")
        if checked.said:
            self.stderr.write(f"{checked}: satu tempat tidak menjawab: {checked.said}")
