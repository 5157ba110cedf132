"""Forms of requests, orders, receipts, funds and vendors. What may be said is judged by the verbs; forms read what was typed."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.acquisitions.models import Fund, OrderLine, PurchaseRequest, Vendor
from lumbung.acquisitions.models.wanted import FACTS, MOST_COPIES
from lumbung.catalogue.domain.copies import barcodes_from
from lumbung.catalogue.models import ItemType, Record
from lumbung.kernel.ui.forms import Day, Rupiah
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.organization.models import Branch, Location

OVER = _("Alasan melampaui pagu dana")
OVER_HELP = _("Hanya bila dananya kurang dan hal itu diizinkan; alasannya tercatat.")


class FactsForm(forms.Form):
    """What title is meant."""

    title = forms.CharField(label=_("Judul"), max_length=300)
    creator = forms.CharField(label=_("Pengarang"), max_length=200, required=False)
    isbn = forms.CharField(
        label=_("ISBN"),
        max_length=40,
        required=False,
        help_text=_("10 atau 13 angka, di halaman hak cipta atau sampul belakang."),
    )
    publisher = forms.CharField(label=_("Penerbit"), max_length=200, required=False)
    year = forms.CharField(label=_("Tahun terbit"), max_length=10, required=False)

    def facts(self) -> dict[str, str]:
        """The facts as typed. Only for a form that is valid."""
        return {name: self.cleaned_data[name] for name in FACTS}


class RequestForm(FactsForm):
    """A request as a colleague notes it, for a member or for the library itself."""

    copies = forms.IntegerField(label=_("Jumlah eksemplar"), min_value=1, max_value=MOST_COPIES, initial=1)
    price_guess = Rupiah(label=_("Perkiraan harga (Rp)"), required=False)
    why = forms.CharField(
        label=_("Untuk apa"), max_length=500, required=False, help_text=_("Misalnya mata kuliah dan jumlah mahasiswanya.")
    )
    code = forms.CharField(
        label=_("Kartu, NIM, atau nomor lain pengusul"),
        max_length=200,
        required=False,
        help_text=_("Kosong: usul perpustakaan."),
    )
    pickup_branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Pesankan bagi pengusul di"), required=False, empty_label=_("Tidak perlu")
    )


class OwnRequestForm(FactsForm):
    """A request as a member makes it."""

    copies = forms.IntegerField(label=_("Jumlah eksemplar"), min_value=1, max_value=MOST_COPIES, initial=1)
    why = forms.CharField(
        label=_("Untuk apa"), max_length=500, required=False, help_text=_("Misalnya mata kuliah atau judul skripsi Anda.")
    )
    pickup_branch = forms.ModelChoiceField(
        Branch.objects.all(),
        label=_("Pesankan untuk saya, diambil di"),
        required=False,
        empty_label=_("Tidak perlu dipesankan"),
        help_text=_("Begitu bukunya datang, Anda masuk daftar tunggunya."),
    )


class AcceptForm(forms.Form):
    priority = forms.TypedChoiceField(
        label=_("Prioritas"), choices=PurchaseRequest.Priorities, coerce=int, initial=PurchaseRequest.Priorities.NORMAL
    )
    fund = forms.ModelChoiceField(
        Fund.objects.filter(is_active=True), label=_("Dana"), required=False, empty_label=_("Belum ditentukan")
    )
    copies = forms.IntegerField(label=_("Jumlah eksemplar"), min_value=1, max_value=MOST_COPIES)
    reason = forms.CharField(label=_("Alasan"), max_length=300, required=False)


class OrderForm(forms.Form):
    vendor = forms.ModelChoiceField(Vendor.objects.filter(is_active=True), label=_("Rekanan"), empty_label=_("Pilih…"))
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Dikirim ke"), empty_label=None)
    note = forms.CharField(label=_("Catatan untuk rekanan"), max_length=500, required=False)


class PriceForm(forms.Form):
    """What a line of an order costs, and from which fund."""

    copies = forms.IntegerField(label=_("Eksemplar"), min_value=1, max_value=MOST_COPIES, initial=1)
    unit_price = Rupiah(label=_("Harga satuan (Rp)"))
    discount = forms.IntegerField(label=_("Potongan (%)"), min_value=0, max_value=100, initial=0, required=False)
    fund = forms.ModelChoiceField(Fund.objects.filter(is_active=True), label=_("Dana"), empty_label=None)
    again = forms.BooleanField(label=_("Tetap pesan, walau ISBN-nya sudah dipesan"), required=False)

    def clean_discount(self) -> int:
        return self.cleaned_data["discount"] or 0


class RequestLineForm(PriceForm):
    """A line for an accepted request."""

    request = forms.ModelChoiceField(
        PurchaseRequest.objects.filter(state=PurchaseRequest.States.ACCEPTED), label=_("Usulan"), empty_label=None
    )
    field_order = ("request", "copies", "unit_price", "discount", "fund", "again")


class TitleLineForm(FactsForm, PriceForm):
    """A line for a title that nobody asked for."""


class SendForm(forms.Form):
    due_on = Day(label=_("Diharapkan datang"), required=False)
    over_because = forms.CharField(label=OVER, max_length=300, required=False, help_text=OVER_HELP)


class LocationChoice(forms.ModelChoiceField):
    """A location of the branch to which the order is delivered."""

    def label_from_instance(self, location: Any) -> str:
        return str(location.name)


class ReceiveForm(forms.Form):
    """Copies that came: barcodes scanned one after the other, or made from the first."""

    barcodes = forms.CharField(
        label=_("Barcode"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short", "autofocus": True, "spellcheck": "false"}),
        help_text=_("Tempelkan stikernya dan pindai satu per satu; setiap baris menjadi satu eksemplar."),
    )
    first_barcode = forms.CharField(
        label=_("Atau berurutan mulai dari"), max_length=60, required=False, help_text=_("Contoh: B0012457.")
    )
    count = forms.IntegerField(label=_("Jumlah eksemplar"), min_value=1, max_value=MOST_COPIES, required=False)
    record = forms.ChoiceField(label=_("Cantuman untuk eksemplar ini"), required=False)
    item_type = forms.ModelChoiceField(ItemType.objects.all(), label=_("Jenis eksemplar"), empty_label=None)
    location = LocationChoice(Location.objects.none(), label=_("Lokasi rak"), required=False, empty_label=_("Tanpa lokasi"))
    call_number = forms.CharField(label=_("Nomor panggil"), max_length=120, required=False)
    invoice = forms.CharField(label=_("Nomor faktur"), max_length=60, required=False)
    price_each = Rupiah(label=_("Harga tiap eksemplar menurut faktur (Rp)"))
    over_because = forms.CharField(label=OVER, max_length=300, required=False, help_text=OVER_HELP)

    def __init__(self, line: OrderLine, alike: Sequence[Record], *args: Any, **kwargs: Any) -> None:
        """``alike`` are records that may be the title's, where none is known to be."""
        super().__init__(*args, **kwargs)
        self.alike = {str(each.pk): each for each in alike}
        records: Any = self.fields["record"]
        records.choices = [("", _("Buat cantuman baru")), *((key, _described(each)) for key, each in self.alike.items())]
        places: Any = self.fields["location"]
        places.queryset = Location.objects.filter(branch=line.order.branch_id).order_by("name")

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        scanned = [text for text in (" ".join(line.split()) for line in told.get("barcodes", "").splitlines()) if text]
        first, count = told.pop("first_barcode", "").strip(), told.pop("count", None) or 1
        if first and not scanned:
            try:
                scanned = barcodes_from(first, count)
            except ValueError:
                self.add_error("first_barcode", _("Barcode pertama harus berakhir dengan angka, contoh: B0012457."))
        told["barcodes"], told["record"] = scanned, self.alike.get(told.get("record", ""))
        return told


def _described(record: Record) -> str:
    return " · ".join(filter(None, [record.title, record.creator, str(record.year or "")]))


class FundForm(FormForVerb):
    amount = Rupiah(label=_("Pagu (Rp)"))

    class Meta:
        model = Fund
        fields: ClassVar = ["name", "year", "amount", "is_active"]
        help_texts: ClassVar = {"name": _("Misalnya DIPA buku teks, atau Hibah alumni.")}


class VendorForm(FormForVerb):
    class Meta:
        model = Vendor
        fields: ClassVar = ["name", "contact", "email", "phone", "address", "delivery_days", "is_active"]
        widgets: ClassVar = {"address": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {"delivery_days": _("Sesudah itu pesanan dianggap terlambat, bila tanggalnya tidak ditentukan.")}


class NumberingForm(forms.Form):
    pattern = forms.CharField(
        label=_("Pola nomor surat"), max_length=45, help_text=_("Memuat {nomor} dan {tahun}; boleh {bulan} (angka Romawi).")
    )
