"""The form that brings a file in."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.imports import ImportOptions, Profile, Rule
from lumbung.catalogue.domain.overlaying import Choice, Group
from lumbung.catalogue.models import ItemType
from lumbung.formats.marc import Encoding
from lumbung.organization.models import Branch

LARGEST = 512 * 1024 * 1024


CHOICES = [
    ("", _("Menurut pilihan di atas")),
    (Choice.OURS, _("Yang ada tetap")),
    (Choice.THEIRS, _("Ganti dengan isi berkas")),
    (Choice.BOTH, _("Gabungkan keduanya")),
    (Choice.FILL, _("Isi yang masih kosong")),
]


def choice_of(label: Any) -> forms.ChoiceField:
    """What becomes of a group of fields when a record that is there is changed."""
    return forms.ChoiceField(label=label, choices=CHOICES, required=False)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas cantuman"),
        help_text=_(
            "MARC 21 (ISO 2709), MARCXML, atau MARC-in-JSON; boleh .gz. "
            "Paling besar 512 MB; yang lebih besar lewat perintah lumbung import."
        ),
        widget=forms.FileInput(attrs={"accept": ".mrc,.marc,.dat,.xml,.json,.gz"}),
    )
    way = forms.ChoiceField(
        label=_("Cara"),
        choices=[
            ("rehearsal", _("Uji coba dahulu: periksa seluruh berkas, belum menyimpan apa pun")),
            ("import", _("Langsung impor")),
        ],
        initial="rehearsal",
        widget=forms.RadioSelect,
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Cabang bawaan"), required=False, empty_label=_("Menurut berkas"), to_field_name="code",
        help_text=_("Untuk eksemplar yang tidak menyebut cabang."),
    )  # fmt: skip
    item_type = forms.ModelChoiceField(
        ItemType.objects.all(),
        label=_("Jenis eksemplar bawaan"),
        required=False,
        empty_label=_("Menurut berkas"),
        to_field_name="code",
    )
    items = forms.ChoiceField(
        label=_("Eksemplar di dalam berkas"),
        choices=[
            (Profile.AUTO, _("Kenali otomatis")),
            (Profile.KOHA, _("Ruas 952 (Koha)")),
            (Profile.HOLDINGS, _("Ruas 852 dan 876–878")),
            (Profile.NONE, _("Jangan buat eksemplar")),
        ],
    )
    duplicates = forms.ChoiceField(
        label=_("Bila judulnya sudah ada"),
        choices=[
            (Rule.ADD, _("Tambahkan juga, dengan peringatan")),
            (Rule.SKIP, _("Lewati")),
            (Rule.ITEMS, _("Masukkan eksemplarnya saja, pada judul yang ada")),
            (Rule.MERGE, _("Lengkapi judul yang ada dengan isi berkas")),
            (Rule.OVERLAY, _("Ganti isi judul yang ada; ruas lokal (9XX) tetap")),
        ],
        required=False,
        help_text=_(
            "Dikenali dari nomor kendali beserta pemberinya, atau ISBN. Eksemplar pada cantuman yang dicocokkan ikut masuk."
        ),
    )
    by_title = forms.BooleanField(
        required=False, label=_("Judul, pengarang, dan tahun yang sama juga berarti judul yang sama, walau nomornya tidak ada")
    )
    encoding = forms.ChoiceField(
        label=_("Penyandian huruf"),
        choices=[
            (Encoding.AUTO, _("Kenali otomatis")),
            (Encoding.UTF_8, "UTF-8"),
            (Encoding.MARC_8, "MARC-8"),
            (Encoding.LATIN_1, "Latin-1"),
        ],
    )
    numbers = choice_of(_("Nomor (0XX)"))
    description = choice_of(_("Pengarang utama, judul, terbitan, fisik (1XX–3XX)"))
    series = choice_of(_("Seri (4XX, 8XX)"))
    notes = choice_of(_("Catatan (5XX)"))
    subjects = choice_of(_("Subjek (6XX)"))
    names = choice_of(_("Nama tambahan dan hubungan (7XX)"))
    holdings = choice_of(_("Pernyataan kepemilikan (841–868)"))
    links = choice_of(_("Tautan (856)"))
    local = choice_of(_("Ruas lokal (9XX)"))
    again = forms.BooleanField(required=False, label=_("Berkas ini pernah diimpor, dan memang ingin diimpor lagi"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Berkas ini %(size)s; paling besar 512 MB.") % {"size": filesizeformat(file.size)})
        return file

    def groups(self) -> list[forms.BoundField]:
        """The choices for groups of fields, in the order of MARC 21."""
        return [self[group.value] for group in Group]

    def options(self) -> ImportOptions:
        """The choices, as the verb takes them. Only for a form that is valid."""
        told = self.cleaned_data
        return ImportOptions(
            encoding=Encoding(told["encoding"]),
            items=Profile(told["items"]),
            branch=told["branch"].code if told["branch"] else "",
            item_type=told["item_type"].code if told["item_type"] else "",
            again=told["again"],
            duplicates=Rule(told["duplicates"] or Rule.ADD),
            by_title=told["by_title"],
            choices={group: Choice(told[group.value]) for group in Group if told[group.value]},
        )
