"""The form that chooses many records, for exports and batches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.domain.record_selection import Named, RecordSelection
from lumbung.catalogue.models import Defect, Material
from lumbung.catalogue.web.entry_form import LinesField
from lumbung.kernel.sheets import UnreadableTableError, rows_of
from lumbung.kernel.ui.forms import Day
from lumbung.organization.models import Branch

LARGEST_LIST = 16 << 20


class ListFile(forms.FileField):
    """A list as a file: the first column of CSV, XLSX, or a text with one a line. Its value is those, without a head that is none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ".txt,.csv,.xlsx"})
        super().__init__(required=False, widget=widget, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[str]:
        file = super().clean(data, initial)
        if not file:
            return []
        if file.size > LARGEST_LIST:
            raise forms.ValidationError(_("Berkas daftar paling besar 16 MB."))
        try:
            return [row[0] for row in rows_of(file.read()) if row[0]]
        except UnreadableTableError:
            raise forms.ValidationError(_("Berkas ini tidak terbaca sebagai teks, CSV, atau XLSX.")) from None


class RecordSelectionForm(forms.Form):
    """Which records. What is left empty does not narrow."""

    lines = LinesField(label=_("Isi daftar"), rows=4, help_text=_("Pindai atau tempel, satu per baris."))
    lines_file = ListFile(label=_("Atau berkas daftar"), help_text=_("Teks, CSV, atau XLSX; kolom pertama yang dibaca."))
    lines_are = forms.ChoiceField(
        label=_("Daftar itu berisi"),
        choices=[
            (Named.BARCODE, _("Barcode eksemplar")),
            (Named.RECORD, _("Nomor cantuman")),
            (Named.ISBN, "ISBN"),
            (Named.CONTROL, _("Nomor kendali (001, 035)")),
        ],
        initial=Named.BARCODE,
        required=False,
    )
    words = forms.CharField(
        label=pgettext_lazy("words to find", "Pencarian"),
        required=False,
        max_length=200,
        help_text=_("Seperti di kotak pencarian: judul, pengarang, subjek, klasifikasi."),
    )
    material = forms.ChoiceField(label=_("Jenis koleksi"), choices=[("", _("Semua")), *Material.choices], required=False)
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"), required=False, empty_label=_("Semua"))
    import_run = forms.IntegerField(label=_("Nomor impor"), required=False, min_value=1)
    defect = forms.ChoiceField(label=_("Kekurangan"), choices=[("", _("Semua")), *Defect.choices], required=False)
    added_since = Day(label=_("Ditambahkan sejak"), required=False)

    def selection(self) -> RecordSelection:
        """What was chosen. Only for a form that is valid."""
        told = self.cleaned_data
        return RecordSelection(
            lines=[*told["lines"], *told["lines_file"]],
            lines_are=told["lines_are"] or Named.BARCODE,
            words=told["words"].strip(),
            material=told["material"],
            branch=told["branch"].pk if told["branch"] else None,
            import_run=told["import_run"],
            added_since=told["added_since"],
            defect=told["defect"],
        )
