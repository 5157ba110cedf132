"""The simple form of a record: plain words in, plain words out; MARC stays behind it."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.catalogue.domain.simple_entry import SimpleEntry
from lumbung.catalogue.models import Material

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

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows, "class": "short"}), **kwargs)

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
        help_text=_("Satu nama per baris; yang pertama menjadi tajuk utama. Nama tunggal seperti Sugiyono ditulis apa adanya."),
    )
    bodies = LinesField(label=_("Lembaga atau pertemuan"), help_text=_("Satu nama per baris."))
    edition = text(_("Edisi"))
    place = text(_("Tempat terbit"))
    publisher = text(_("Penerbit"))
    year = text(_("Tahun terbit"), max_length=40)
    extent = text(_("Jumlah halaman atau satuan"), help_text=_("Contoh: xii, 248 halaman; 1 DVD (90 menit)."))
    details = text(_("Keterangan fisik lain"), help_text=_("Contoh: ilustrasi, peta."))
    dimensions = text(_("Ukuran"), help_text=_("Contoh: 23 cm."))
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
        help_text=_("Satu tajuk per baris; bagiannya dipisah dua tanda hubung. Contoh: Pendidikan -- Indonesia."),
    )
    summary = long_text(_("Ringkasan"))
    dissertation = text(_("Catatan tugas akhir"), help_text=_("Contoh: Skripsi (Sarjana)--Universitas Nusa, 2024."))
    notes = LinesField(label=_("Catatan"), rows=3, help_text=_("Satu catatan per baris."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, label=_("Ini bukan ganda; tetap simpan"))

    def __init__(self, data: Any = None, *, entry: SimpleEntry | None = None, version: int | None = None) -> None:
        held = {} if entry is None else asdict(entry)
        super().__init__(data, initial={**held, "version": version})
        language, known = self.fields["language"], {code for code, _label in LANGUAGES}
        if isinstance(language, forms.ChoiceField) and (code := held.get("language")) and code not in known:
            language.choices = [*LANGUAGES, (code, code)]

    def clean_isbn(self) -> list[str]:
        typed: list[str] = self.cleaned_data["isbn"]
        wrong = [each for each in typed if each not in (self.initial.get("isbn") or ()) and not isbn_13(each)]
        if wrong:
            raise forms.ValidationError([_("ISBN %(isbn)s tidak sah: periksa angkanya.") % {"isbn": each} for each in wrong])
        return typed

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("dissertation") and told.get("material") != Material.THESIS:
            self.add_error("dissertation", _("Hanya untuk tugas akhir. Kosongkan, atau pilih jenis koleksi Tugas akhir."))
        return told

    def entry(self) -> SimpleEntry:
        """What was filled in. Only for a form that is valid."""
        told = self.cleaned_data
        values = {each.name: told[each.name] for each in fields(SimpleEntry)}
        return SimpleEntry(**{**values, "material": Material(told["material"])})

    def start_again_from(self, version: int) -> None:
        """Keep what was typed, on top of a newer version of the record."""
        self.data = {**self.data.dict(), "version": str(version)} if isinstance(self.data, QueryDict) else self.data


def said(entry: SimpleEntry) -> list[tuple[Any, Sequence[str]]]:
    """The label and the values of everything the entry says, in the order of the form."""
    labels = {name: field.label for name, field in EntryForm.base_fields.items()}
    values = {name: getattr(entry, name) for name in labels if hasattr(entry, name)}
    values["material"] = entry.material.label
    values["language"] = dict(LANGUAGES).get(entry.language, entry.language) if entry.language else ""
    return [(labels[name], value if isinstance(value, list) else [value]) for name, value in values.items() if value]


def differences(mine: SimpleEntry, theirs: SimpleEntry) -> list[tuple[Any, Sequence[str], Sequence[str]]]:
    """Label, my values and theirs, for everything in which two entries differ."""
    mine_said, theirs_said = dict(said(mine)), dict(said(theirs))
    labels = [field.label for field in EntryForm.base_fields.values()]
    return [
        (label, mine_said.get(label, []), theirs_said.get(label, []))
        for label in labels
        if mine_said.get(label) != theirs_said.get(label)
    ]
