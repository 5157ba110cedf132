"""The forms of stock-takes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import ItemType, Material, StockTake
from lumbung.organization.models import Branch, Location


class LocationField(forms.ModelChoiceField):
    """A location with the branch it is in."""

    def label_from_instance(self, obj: Location) -> str:
        return f"{obj.branch} — {obj}"


class StockTakeForm(forms.ModelForm):
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"), required=False, empty_label=_("Semua cabang"))
    location = LocationField(
        Location.objects.select_related("branch").order_by("branch__name", "name"),
        label=_("Lokasi"),
        required=False,
        empty_label=_("Semua lokasi"),
    )
    item_type = forms.ModelChoiceField(
        ItemType.objects.all(), label=_("Jenis eksemplar"), required=False, empty_label=_("Semua jenis")
    )
    material = forms.ChoiceField(label=_("Jenis koleksi"), choices=[("", _("Semua")), *Material.choices], required=False)

    class Meta:
        model = StockTake
        fields = (
            "name", "branch", "location", "item_type", "material", "class_from", "class_to", "code_prefix", "code_suffix",
        )  # fmt: skip
        help_texts = {  # noqa: RUF012 -- Django's own way
            "name": _("Misalnya: Opname akhir tahun 2026, lantai 2."),
            "class_from": _("Misalnya 330. Kosongkan untuk semua kelas."),
            "class_to": _("Misalnya 339; kelas ini ikut seluruhnya, juga 339.5."),
            "code_prefix": _("Bila pemindai menambahkan sesuatu di depan kode."),
            "code_suffix": _("Bila pemindai menambahkan sesuatu di belakang kode."),
        }


class ListForm(forms.Form):
    """A list of barcodes from a portable scanner, as a file or pasted."""

    file = forms.FileField(
        label=_("Berkas daftar barcode"),
        required=False,
        help_text=_("Teks atau CSV, satu barcode per baris (kolom pertama yang dibaca). Paling besar 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,text/plain,text/csv"}),
    )
    codes = forms.CharField(
        label=_("Atau tempelkan di sini"), required=False, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})
    )

    def __init__(self, *args: Any, places: "QuerySet[Location]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = LocationField(
            places, label=_("Dipindai di lokasi"), required=False, empty_label=_("Tidak disebutkan")
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("file") and told["file"].size > LARGEST_LIST:
            self.add_error("file", _("Berkas ini terlalu besar; paling besar 5 MB."))
        elif not told.get("file") and not (told.get("codes") or "").strip():
            self.add_error(None, _("Pilih berkas, atau tempelkan barcodenya."))
        return told


LARGEST_LIST = 5 << 20
