"""Sheets of labels as shops sell them, in millimetres. Every printer is a little off: the form lets one shift the whole sheet."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A sheet with ``columns`` × ``rows`` labels, the first ``left`` and ``top`` from its corner, ``gap`` apart. All in millimetres."""

    width: float
    height: float
    columns: int
    rows: int
    label_width: float
    label_height: float
    left: float = 0
    top: float = 0
    gap_across: float = 0
    gap_down: float = 0

    @property
    def places(self) -> int:
        return self.columns * self.rows


A4 = {"width": 210.0, "height": 297.0}
F4 = {"width": 215.0, "height": 330.0}
TOM_AND_JERRY = {"width": 205.0, "height": 165.0}

PAPERS: dict[str, tuple[str | Promise, Paper]] = {
    "a4-24": (_("A4, 24 label 70 × 37 mm"), Paper(**A4, columns=3, rows=8, label_width=70, label_height=37.125)),
    "a4-40": (
        _("A4, 40 label 48,5 × 25,4 mm"),
        Paper(**A4, columns=4, rows=10, label_width=48.5, label_height=25.4, left=8, top=21.5),
    ),
    "f4-24": (_("F4, 24 label 70 × 40 mm"), Paper(**F4, columns=3, rows=8, label_width=70, label_height=40, left=2.5, top=5)),
    "tj-103": (
        _("Tom & Jerry 103, 12 label 64 × 32 mm"),
        Paper(**TOM_AND_JERRY, columns=3, rows=4, label_width=64, label_height=32, left=4, top=14, gap_across=3, gap_down=3),
    ),
    "tj-107": (
        _("Tom & Jerry 107, 24 label 50 × 18 mm"),
        Paper(**TOM_AND_JERRY, columns=3, rows=8, label_width=50, label_height=18, left=24.5, top=4, gap_across=3, gap_down=2),
    ),
    "tj-121": (
        _("Tom & Jerry 121, 8 label 75 × 38 mm"),
        Paper(**TOM_AND_JERRY, columns=2, rows=4, label_width=75, label_height=38, left=26, top=2, gap_across=3, gap_down=3),
    ),
    "a4-6": (
        _("A4, 6 kantong buku 95 × 90 mm"),
        Paper(**A4, columns=2, rows=3, label_width=95, label_height=90, left=10, top=13.5),
    ),
    "a4-3": (_("A4, 3 kartu 125 × 75 mm"), Paper(**A4, columns=1, rows=3, label_width=125, label_height=75, left=42.5, top=36)),
    "f4-4": (_("F4, 4 kartu 125 × 75 mm"), Paper(**F4, columns=1, rows=4, label_width=125, label_height=75, left=45, top=15)),
}
