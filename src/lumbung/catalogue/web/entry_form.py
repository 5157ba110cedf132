"""The simple form of a record: plain words in, plain words out; MARC stays behind it."""

import re
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.catalogue.domain.simple_entry import SimpleEntry, tells_a_time
from lumbung.catalogue.models import Material
from lumbung.catalogue.refusals import ISBN_NOT_VALID
from lumbung.catalogue.web.entry_templates import LONG, REST, sections_of

WEB_ADDRESS = re.compile(r"(?:https?|ftps?)://\S", re.IGNORECASE)
LANGUAGES = [
    ("", _("Tidak dinyatakan")),
    ("ind", _("Indonesia")),
    ("eng", _("Inggris")),
    ("ara", _("Arab")),
    ("jav", _("Jawa")),
    ("sun", _("Sunda")),
    ("mad", _("Madura")),
    ("min", _("Minangkabau")),
    ("ban", _("Bali")),
    ("bug", _("Bugis")),
    ("ace", _("Aceh")),
    ("may", _("Melayu")),
    ("dut", _("Belanda")),
    ("ger", _("Jerman")),
    ("fre", _("Prancis")),
    ("spa", _("Spanyol")),
    ("rus", _("Rusia")),
    ("chi", _("Tionghoa")),
    ("jpn", _("Jepang")),
    ("kor", _("Korea")),
    ("san", _("Sanskerta")),
    ("lat", _("Latin")),
]


class LinesField(forms.CharField):
    """Several values, one a line."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 2, headings: str = "", **kwargs: Any) -> None:
        """``headings`` names the kinds of established headings that are offered while one types."""
        attrs = {"rows": rows, "class": "short", **({"data-headings": headings} if headings else {})}
        super().__init__(required=False, widget=forms.Textarea(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def to_python(self, value: Any) -> Any:
        return [line for line in (" ".join(line.split()) for line in (value or "").splitlines()) if line]


class OneLine(forms.CharField):
    """Text that MARC keeps in one subfield: line breaks become blanks."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


def long_text(label: Any, **kwargs: Any) -> OneLine:
    return OneLine(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


def text(label: Any, **kwargs: Any) -> OneLine:
    return OneLine(label=label, required=False, **kwargs)


class EntryForm(forms.Form):
    """``version`` is the version of the record that the editor saw; ``confirmed`` lets a likely duplicate pass."""

    material = forms.ChoiceField(label=_("Jenis koleksi"), choices=Material)
    title = OneLine(label=_("Judul"))
    subtitle = text(_("Anak judul"))
    responsibility = text(
        _("Pernyataan tanggung jawab"),
        help_text=_("Seperti tertulis di halaman judul. Contoh: Sapardi Djoko Damono ; editor, Ayu Utami."),
    )
    people = LinesField(
        label=_("Nama orang"),
        headings="person",
        help_text=_("Satu nama per baris; yang pertama menjadi tajuk utama. Nama tunggal seperti Sugiyono ditulis apa adanya."),
    )
    bodies = LinesField(label=_("Lembaga atau pertemuan"), headings="body,meeting", help_text=_("Satu nama per baris."))
    edition = text(_("Edisi"))
    place = text(_("Tempat terbit"))
    publisher = text(_("Penerbit"))
    year = text(_("Tahun terbit"), max_length=40)
    extent = text(_("Jumlah halaman atau satuan"), help_text=_("Contoh: xii, 248 halaman; 1 DVD (90 menit)."))
    details = text(_("Keterangan fisik lain"), help_text=_("Contoh: ilustrasi, peta."))
    dimensions = text(_("Ukuran"), help_text=_("Contoh: 23 cm."))
    accompanying = text(_("Bahan sertaan"), help_text=_("Contoh: 1 CD-ROM; 1 buku petunjuk."))
    scale = text(_("Skala"), help_text=_("Contoh: Skala 1:25.000."))
    frequency = text(_("Kala terbit"), help_text=_("Contoh: Bulanan; Dua kali setahun."))
    numbering = text(_("Nomor dan tahun terbit pertama"), help_text=_("Contoh: Vol. 1, no. 1 (Jan. 1998)-"))
    host = text(_("Dimuat di"), help_text=_("Judul majalah, jurnal, atau buku yang memuatnya."))
    host_part = text(_("Nomor dan halaman"), help_text=_("Contoh: Vol. 12, no. 2 (2024), hlm. 45-60."))
    host_issn = text(_("ISSN majalah yang memuat"))
    performers = text(_("Pemeran atau penampil"), help_text=_("Contoh: Christine Hakim, Slamet Rahardjo."))
    credits = text(_("Awak produksi"), help_text=_("Contoh: Sutradara, Teguh Karya ; penata musik, Idris Sardi."))
    system = text(_("Kebutuhan alat atau sistem"), help_text=_("Contoh: DVD wilayah 3; pembaca PDF."))
    series = LinesField(label=_("Seri"), help_text=_("Satu per baris; nomornya sesudah titik koma. Contoh: Seri sastra ; 4."))
    isbn = LinesField(label="ISBN", help_text=_("Satu per baris; angka pemeriksanya diuji."))
    issn = LinesField(label="ISSN", help_text=_("Untuk majalah dan jurnal."))
    language = forms.ChoiceField(label=_("Bahasa"), choices=LANGUAGES, required=False)
    classification = text(_("Nomor klasifikasi (DDC)"), max_length=60)
    call_number = text(
        _("Nomor panggil"),
        max_length=120,
        help_text=_("Contoh: 899.221 TOE b. Kosongkan untuk memakai usul dari klasifikasi, pengarang, dan judul."),
    )
    subjects = LinesField(
        label=_("Subjek"),
        rows=4,
        headings="subject,place,genre,person,body,title",
        help_text=_("Satu tajuk per baris; bagiannya dipisah dua tanda hubung. Contoh: Pendidikan -- Indonesia."),
    )
    summary = long_text(_("Ringkasan"))
    dissertation = text(_("Catatan tugas akhir"), help_text=_("Contoh: Skripsi (Sarjana)--Universitas Nusa, 2024."))
    contents = long_text(_("Daftar isi"), help_text=_("Bagian dipisah dua tanda hubung. Contoh: Bab 1 -- Bab 2."))
    audience = text(_("Pembaca sasaran"), help_text=_("Contoh: Kelas 4–6 SD."))
    access = text(_("Syarat akses"), help_text=_("Contoh: Hanya di jaringan kampus."))
    addresses = LinesField(label=_("Alamat internet"), help_text=_("Satu alamat per baris, diawali https://."))
    notes = LinesField(label=_("Catatan"), rows=3, help_text=_("Satu catatan per baris."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    lines = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    draft = forms.IntegerField(required=False, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, label=_("Ini bukan ganda; tetap simpan"))

    def __init__(self, data: Any = None, *, entry: SimpleEntry | None = None, version: int | None = None) -> None:
        held = {} if entry is None else asdict(entry)
        super().__init__(data, initial={**held, "version": version})
        language, known = self.fields["language"], {code for code, _label in LANGUAGES}
        if isinstance(language, forms.ChoiceField) and (code := held.get("language")) and code not in known:
            language.choices = [*LANGUAGES, (code, code)]

    def warnings(self) -> list[str]:
        """What is to be looked at again in a form that is valid: numbers whose check digit is wrong. Books are printed with them."""
        new = [each for each in self.cleaned_data["isbn"] if each not in (self.initial.get("isbn") or ())]
        return [str(ISBN_NOT_VALID(number=each)) for each in new if not isbn_13(each)]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("dissertation") and told.get("material") != Material.THESIS:
            self.add_error("dissertation", _("Hanya untuk tugas akhir. Kosongkan, atau pilih jenis koleksi Tugas akhir."))
        return told

    def clean_year(self) -> str:
        typed: str = self.cleaned_data["year"]
        if typed and typed != self.initial.get("year") and not tells_a_time(typed):
            said = _("“%(year)s” bukan tahun. Contoh: 2019, c2010, [2019?], 19--, atau [tanpa tahun] bila tidak diketahui.")
            raise forms.ValidationError(said % {"year": typed})
        return typed

    def clean_addresses(self) -> list[str]:
        typed: list[str] = self.cleaned_data["addresses"]
        wrong = [each for each in typed if each not in (self.initial.get("addresses") or ()) and not WEB_ADDRESS.match(each)]
        if wrong:
            raise forms.ValidationError([_("Alamat %(address)s harus diawali https://.") % {"address": each} for each in wrong])
        return typed

    def entry(self) -> SimpleEntry:
        """What was filled in. Only for a form that is valid. What differs from the record in blanks alone stays as it was."""
        told = {each.name: self.cleaned_data[each.name] for each in fields(SimpleEntry)}
        for name, value in told.items():
            held = self.initial.get(name)
            if held is not None and _words(held) == _words(value):
                told[name] = held
        return SimpleEntry(**{**told, "material": Material(told["material"])})

    def sections(self) -> list[tuple[Any, list[BoundField], list[BoundField]]]:
        """The template of the kind chosen: heading, short fields and long fields. What holds a value is shown whatever the kind."""
        shown = sections_of(self["material"].value())
        named = {name for _heading, names in shown for name in names}
        rest = [name for name in REST if name not in named and (self[name].value() or name in self.errors)]
        return [
            (heading, [self[name] for name in names if name not in LONG], [self[name] for name in names if name in LONG])
            for heading, names in ([*shown, (_("Isian lain yang sudah terisi"), rest)] if rest else shown)
        ]


def _words(value: Any) -> list[str]:
    return (value if isinstance(value, str) else "\n".join(value)).split()


def said(entry: SimpleEntry) -> list[tuple[Any, Sequence[str]]]:
    """The label and the values of everything the entry says, in the order of the form."""
    labels = {name: field.label for name, field in EntryForm.base_fields.items()}
    values = {name: getattr(entry, name) for name in labels if hasattr(entry, name)}
    values["material"] = entry.material.label
    values["language"] = dict(LANGUAGES).get(entry.language, entry.language) if entry.language else ""
    return [(labels[name], value if isinstance(value, list) else [value]) for name, value in values.items() if value]
