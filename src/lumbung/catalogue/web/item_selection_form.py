"""The form that chooses many items, for labels and batches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.models import Item, ItemType
from lumbung.catalogue.web.entry_form import LinesField
from lumbung.catalogue.web.item_forms import LocationChoice
from lumbung.catalogue.web.record_selection_form import ListFile
from lumbung.organization.models import Branch


def short(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=120, **kwargs)


class SelectionForm(forms.Form):
    """Which items. What is left empty does not narrow."""

    barcodes = LinesField(label=_("Daftar barcode"), rows=4, help_text=_("Pindai atau tempel, satu per baris."))
    barcodes_file = ListFile(label=_("Atau berkas daftar"), help_text=_("Teks, CSV, atau XLSX; kolom pertama yang dibaca."))
    words = short(
        pgettext_lazy("words to find", "Pencarian"),
        help_text=_("Seperti di kotak pencarian: judul, pengarang, subjek, klasifikasi."),
    )
    import_run = forms.IntegerField(label=_("Nomor impor"), required=False, min_value=1)
    move = forms.IntegerField(label=_("Nomor perpindahan dari sistem lain"), required=False, min_value=1)
    record = forms.IntegerField(label=_("Nomor cantuman"), required=False, min_value=1)
    accession_from = short(_("Nomor induk dari"))
    accession_to = short(_("Sampai nomor induk"))
    shelf_from = short(_("Nomor panggil dari"), help_text=_("Contoh: 610, 2X4, atau 899.221 TOE."))
    shelf_to = short(_("Sampai nomor panggil"))
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"), required=False, empty_label=_("Semua"))
    location = LocationChoice(nothing=_("Semua"))
    item_type = forms.ModelChoiceField(
        ItemType.objects.all(), label=_("Jenis eksemplar"), required=False, empty_label=_("Semua")
    )
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Semua")), *Item.Statuses.choices], required=False)
    not_labelled = forms.BooleanField(label=_("Hanya yang labelnya belum dicetak"), required=False)

    def selection(self) -> Selection:
        """What was chosen. Only for a form that is valid."""
        told = {name: self.cleaned_data[name] for name in Selection.__dataclass_fields__}
        return Selection(**{**told, "barcodes": [*told["barcodes"], *self.cleaned_data["barcodes_file"]]})
