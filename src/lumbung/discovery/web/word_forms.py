"""Forms of the words' pages. What may be said is judged by the verbs; forms read what was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.search.models import WordGroup

LARGEST = 2_000_000

KINDS = [
    (WordGroup.Kinds.SYNONYM, _("Sinonim: setiap kata menemukan yang lain")),
    (WordGroup.Kinds.ONE_WAY, _("Searah: kata pertama menemukan yang lain, tidak sebaliknya")),
    (WordGroup.Kinds.FAMILY, _("Keluarga kata: dihitung sebagai satu kata")),
    (WordGroup.Kinds.APART, _("Berdiri sendiri: keluar dari keluarganya")),
]


class GroupForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"), choices=KINDS, widget=forms.RadioSelect)
    terms = forms.CharField(
        label=_("Kata"),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("Satu per baris. Sinonim boleh lebih dari satu kata, misalnya: kecerdasan buatan."),
    )
    note = forms.CharField(
        label=_("Catatan"), required=False, max_length=200, help_text=_("Untuk sesama petugas: mengapa, atau usul siapa.")
    )

    def clean_terms(self) -> list[str]:
        return str(self.cleaned_data["terms"]).splitlines()


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Cari kata"), required=False)
    kind = forms.ChoiceField(label=_("Jenis"), required=False, choices=[("", _("Semua jenis")), *WordGroup.Kinds.choices])


class TableForm(forms.Form):
    file = forms.FileField(label=_("Berkas CSV"), help_text=_("Kolom: jenis, kata, catatan, dipakai. Kata dipisahkan tanda |."))
    way = forms.ChoiceField(
        label=_("Cara"),
        choices=[("rehearsal", _("Uji coba: belum ada yang disimpan")), ("import", _("Simpan sekarang"))],
        initial="rehearsal",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Berkas terlalu besar; paling besar 2 MB."))
        return file
