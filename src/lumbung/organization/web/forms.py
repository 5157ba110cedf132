"""Forms of the library's own particulars. What may be said is judged by the verbs; forms read what was typed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.ui.forms import Day, DayInput
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.kernel.ui.words import ZONES
from lumbung.organization.domain.measures import registered
from lumbung.organization.models import Branch, Closure, Library, Location, Offering, Period

ZONE_CHOICES = [
    ("Asia/Jakarta", _("WIB (Jawa, Sumatra)")),
    ("Asia/Pontianak", _("WIB (Kalimantan Barat dan Tengah)")),
    ("Asia/Makassar", _("WITA (Bali, Nusa Tenggara, Sulawesi, Kalimantan lainnya)")),
    ("Asia/Jayapura", _("WIT (Maluku, Papua)")),
]


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(choices=ZONE_CHOICES, label=_("Zona waktu"))


def zones_with(zone: str) -> list[Any]:
    """The Indonesian zones, and the zone in use if it was set to another by other means."""
    return ZONE_CHOICES if not zone or zone in ZONES else [*ZONE_CHOICES, (zone, zone)]


class TypedOnly(FormForVerb):
    """A form for a verb, whose choice of zones has the zone in use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields.get("time_zone")
        if isinstance(zone, forms.ChoiceField):
            zone.choices = zones_with(self.instance.time_zone)


class LibraryForm(TypedOnly):
    time_zone = zone_field()

    class Meta:
        model = Library
        fields: ClassVar = [
            "name", "short_name", "institution", "registration_number", "tagline", "shown_names",
            "address", "phone", "whatsapp", "email", "time_zone",
        ]  # fmt: skip
        widgets: ClassVar = {"address": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "name": _("Tampil di kepala setiap halaman dan pada surat. Contoh: Perpustakaan Universitas Nusa."),
            "short_name": _("Dipakai di layar sempit."),
            "registration_number": _("Dari Perpustakaan Nasional, bila sudah ada."),
            "tagline": _("Satu kalimat di beranda."),
            "shown_names": _("Pada slip pesanan di rak dan layar mesin mandiri, yang dapat dibaca orang lain."),
            "whatsapp": _("Dengan kode negara, contoh: +62 812 3456 7890."),
        }


class BranchForm(TypedOnly):
    time_zone = zone_field()

    class Meta:
        model = Branch
        fields: ClassVar = ["name", "code", "address", "phone", "directions", "time_zone", "parent"]
        widgets: ClassVar = {"address": forms.Textarea(attrs={"rows": 3}), "directions": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "name": _("Contoh: Perpustakaan Pusat, Perpustakaan FKIP, Pojok Baca Rektorat."),
            "code": _("Singkat dan tetap, dipakai pada laporan dan berkas impor. Contoh: PUSAT."),
            "directions": _("Kalimat yang menolong pengunjung menemukan tempat ini."),
            "parent": _("Aturan untuk cabang induk berlaku juga di sini, selama cabang ini tidak mempunyai aturan sendiri."),
        }


class LocationForm(TypedOnly):
    class Meta:
        model = Location
        fields: ClassVar = ["name", "code", "directions"]
        widgets: ClassVar = {"directions": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "name": _("Contoh: Lantai 2, Koleksi Referensi, Ruang Tandon."),
            "code": _("Singkat, dipakai pada berkas impor. Contoh: LT2."),
            "directions": _("Tampil di halaman koleksi. Contoh: naik tangga kiri, rak 300–399 di dekat jendela."),
        }


class BranchChoice(forms.ModelChoiceField):
    """A branch, or every branch when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Branch.objects.all(), required=False, empty_label=_("Semua cabang"), **kwargs)


class ClosureForm(TypedOnly):
    branch = BranchChoice(label=_("Cabang"))

    class Meta:
        model = Closure
        fields: ClassVar = ["branch", "first_day", "last_day", "reason"]
        widgets: ClassVar = {
            "first_day": DayInput(),
            "last_day": DayInput(),
        }
        help_texts: ClassVar = {
            "last_day": _("Sama dengan hari pertama bila tutup sehari saja."),
            "reason": _("Tampil kepada pemustaka. Contoh: Libur Idulfitri."),
        }


class ShortenForm(forms.Form):
    last_day = Day(label=_("Hari terakhir tutup yang baru"))


class PeriodForm(FormForVerb):
    """A period of the year; of one that began the days gone by are shown and stay."""

    branch = BranchChoice(label=_("Cabang"))

    class Meta:
        model = Period
        fields: ClassVar = ["name", "kind", "branch", "first_day", "last_day"]
        widgets: ClassVar = {"first_day": DayInput(), "last_day": DayInput()}
        help_texts: ClassVar = {
            "name": _("Contoh: Semester gasal 2026/2027, UAS, Ramadan 1448."),
            "kind": _("Aturan peminjaman dan denda dapat berbeda menurut jenis masa."),
        }

    def __init__(self, *args: Any, began: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "branch", "first_day") if began else ():
            self.fields[name].disabled = True


class ServiceForm(FormForVerb):
    measure = forms.ChoiceField(
        label=_("Pemakaian dihitung dari"),
        required=False,
        help_text=_("Permintaan lewat meja layanan selalu dihitung; ini menambahkan apa yang dicatat bagian lain."),
    )

    class Meta:
        model = Offering
        fields: ClassVar = [
            "name", "kind", "summary", "online_way", "by_contact", "desk_only_reason", "position", "is_published", "measure",
        ]  # fmt: skip
        help_texts: ClassVar = {
            "summary": _("Satu kalimat: apa yang diperoleh pemustaka."),
            "online_way": _("Halaman situs ini, misalnya /search, atau alamat https:// lain."),
            "desk_only_reason": _("Hanya bila tidak ada jalan daring sama sekali. Tampil kepada umum."),
            "position": _("Yang kecil tampil lebih dulu."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted = [(each.code, str(each.name)) for each in registered()]
        own = self.instance.measure
        kept = [] if not own or own in dict(counted) else [(own, own)]
        self.fields["measure"].choices = [("", _("Hanya permintaan lewat meja")), *counted, *kept]  # type: ignore[attr-defined]


class ServiceStateForm(forms.Form):
    state = forms.ChoiceField(label=_("Keadaan"), choices=Offering.States.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Penjelasan untuk umum"),
        max_length=200,
        required=False,
        help_text=_("Wajib bila terbatas atau tutup. Contoh: Sampai 12 Januari hanya lewat surel dan WhatsApp."),
    )
