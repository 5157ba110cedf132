"""The form for labels: which items, on what paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.labels import PAPERS, Bars, Kind, Layout, Paper
from lumbung.catalogue.web.item_selection_form import SelectionForm

OWN = "own"
KINDS = [
    (Kind.SPINE, _("Label punggung")),
    (Kind.BARCODE, _("Label barcode")),
    (Kind.BOTH, _("Punggung dan barcode")),
    (Kind.POCKET, _("Kantong buku dan slip tanggal")),
    (Kind.CARD, _("Kartu katalog")),
]
MEASURES = {
    "width": _("Lebar lembar (mm)"),
    "height": _("Tinggi lembar (mm)"),
    "columns": _("Label ke samping"),
    "rows": _("Label ke bawah"),
    "label_width": _("Lebar label (mm)"),
    "label_height": _("Tinggi label (mm)"),
    "left": _("Tepi kiri (mm)"),
    "top": _("Tepi atas (mm)"),
    "gap_across": _("Jarak ke samping (mm)"),
    "gap_down": _("Jarak ke bawah (mm)"),
}
NEEDED = ("width", "height", "columns", "rows", "label_width", "label_height")
SLACK = 0.5


class LabelForm(SelectionForm):
    kind = forms.ChoiceField(label=_("Jenis"), choices=KINDS, initial=Kind.BOTH)
    bars = forms.ChoiceField(
        label=_("Kode"),
        choices=[(Bars.CODE_128, "Code 128"), (Bars.CODE_39, "Code 39"), (Bars.QR, "QR")],
        initial=Bars.CODE_128,
    )
    paper = forms.ChoiceField(label=_("Kertas"), initial="a4-24")
    start = forms.IntegerField(
        label=_("Mulai dari label ke-"), min_value=1, initial=1, help_text=_("Untuk lembar yang sudah terpakai sebagian.")
    )
    shift_right = forms.FloatField(label=_("Geser ke kanan (mm)"), required=False, min_value=-50, max_value=50)
    shift_down = forms.FloatField(label=_("Geser ke bawah (mm)"), required=False, min_value=-50, max_value=50)
    outlines = forms.BooleanField(label=_("Cetak garis tepi label"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        choice = self.fields["paper"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [*((code, name) for code, (name, _paper) in PAPERS.items()), (OWN, _("Ukuran sendiri"))]
        for name, label in MEASURES.items():
            whole = name in {"columns", "rows"}
            kind = forms.IntegerField if whole else forms.FloatField
            lowest = 0 if name not in NEEDED else 1 if whole else 5
            self.fields[name] = kind(label=label, required=False, min_value=lowest, max_value=40 if whole else 1300)

    @property
    def measures(self) -> list[forms.BoundField]:
        return [self[name] for name in MEASURES]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("paper") == OWN:
            for name in NEEDED:
                if told.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Isi ukuran ini."))
        if not self.errors:
            paper = self._paper()
            used_across = paper.left + paper.columns * paper.label_width + (paper.columns - 1) * paper.gap_across
            used_down = paper.top + paper.rows * paper.label_height + (paper.rows - 1) * paper.gap_down
            if used_across > paper.width + SLACK or used_down > paper.height + SLACK:
                self.add_error("paper", _("Label sebanyak dan sebesar itu tidak muat pada lembarnya."))
            if told["start"] > paper.places:
                self.add_error("start", _("Satu lembar hanya memuat %(count)s label.") % {"count": paper.places})
        return told

    def _paper(self) -> Paper:
        told = self.cleaned_data
        return Paper(**{name: told[name] or 0 for name in MEASURES}) if told["paper"] == OWN else PAPERS[told["paper"]][1]

    def layout(self) -> Layout:
        """What paper and how. Only for a form that is valid."""
        told = self.cleaned_data
        return Layout(
            kind=Kind(told["kind"]),
            paper=self._paper(),
            bars=Bars(told["bars"]),
            start=told["start"],
            shift_right=told["shift_right"] or 0,
            shift_down=told["shift_down"] or 0,
            outlines=told["outlines"],
        )
