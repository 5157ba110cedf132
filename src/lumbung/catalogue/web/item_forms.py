"""Forms of items. The verbs judge; forms read what was typed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.copies import barcodes_from
from lumbung.catalogue.domain.items import LONGEST_WHY
from lumbung.catalogue.models import Item, ItemType
from lumbung.catalogue.web.entry_form import LinesField
from lumbung.kernel.ui.forms import DayInput, Price
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.organization.models import Location

MOST_AT_ONCE = 100
NO_LOCATION = _("Tanpa lokasi")


class LocationChoice(forms.ModelChoiceField):
    """A location with its branch before it."""

    def __init__(self, *, nothing: Any = NO_LOCATION) -> None:
        places = Location.objects.select_related("branch").order_by("branch__name", "name")
        super().__init__(places, label=_("Lokasi rak"), required=False, empty_label=nothing)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.branch.name} › {obj.name}"


class ItemForm(FormForVerb):
    location = LocationChoice()

    class Meta:
        model = Item
        fields: ClassVar = [
            "barcode",
            "branch",
            "location",
            "item_type",
            "call_number",
            "volume",
            "copy",
            "accession_number",
            "accessioned_on",
            "source",
            "vendor",
            "price",
            "note",
        ]
        field_classes: ClassVar = {"price": Price}
        widgets: ClassVar = {"accessioned_on": DayInput(), "note": forms.Textarea(attrs={"rows": 2})}
        help_texts: ClassVar = {
            "volume": _("Untuk karya berjilid atau terbitan berseri, misalnya: Jil. 2; Tahun 5 no. 3 (2004).")
        }
        labels: ClassVar = {"accession_number": _("Nomor induk"), "price": _("Harga (rupiah)")}


class CopiesForm(ItemForm):
    """One copy or many: barcodes scanned one after the other, or made from the first."""

    barcodes = LinesField(
        label=_("Barcode"), rows=3, help_text=_("Pindai stikernya satu per satu; setiap baris menjadi satu eksemplar.")
    )
    first_barcode = forms.CharField(
        label=_("Atau buat berurutan mulai dari"),
        max_length=60,
        required=False,
        help_text=_("Contoh: B0012457. Berikutnya dinaikkan satu."),
    )
    count = forms.IntegerField(
        label=_("Jumlah eksemplar"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=1,
        required=False,
        help_text=_("Paling banyak 100 sekali tambah. Untuk lebih, tambahkan lagi sesudahnya."),
    )

    numbered = forms.BooleanField(
        label=_("Beri nomor induk otomatis"),
        required=False,
        help_text=_("Satu nomor untuk setiap eksemplar, menurut pola di Buku induk."),
    )

    class Meta(ItemForm.Meta):
        fields: ClassVar = [
            "branch",
            "location",
            "item_type",
            "call_number",
            "volume",
            "accession_number",
            "accessioned_on",
            "source",
            "vendor",
            "price",
            "note",
        ]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        first = told.pop("first_barcode", "").strip()
        count = told.pop("count", None) or 1
        if first and not told.get("barcodes"):
            try:
                told["barcodes"] = barcodes_from(first, count)
            except ValueError:
                self.add_error("first_barcode", _("Barcode pertama harus berakhir dengan angka, contoh: B0012457."))
        elif not told.get("barcodes") and "barcodes" not in self.errors:
            self.add_error("barcodes", _("Pindai sedikitnya satu barcode, atau isi barcode pertama di bawah."))
        if len(told.get("barcodes", ())) > MOST_AT_ONCE:
            self.add_error("barcodes", _("Paling banyak %(most)s eksemplar sekali tambah.") % {"most": MOST_AT_ONCE})
        return told


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=Item.Statuses)
    why = forms.CharField(label=_("Alasan"), required=False, max_length=LONGEST_WHY)


class ItemTypeForm(FormForVerb):
    class Meta:
        model = ItemType
        fields: ClassVar = ["name", "code", "lendable"]
        help_texts: ClassVar = {
            "code": _("Singkat dan tetap; dipakai pada berkas impor."),
            "lendable": _("Bila tidak, eksemplarnya dibaca di tempat."),
        }
