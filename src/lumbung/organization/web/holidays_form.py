"""The form of a list of holidays: pasted, or as a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST_LIST = 200_000


class HolidaysForm(forms.Form):
    text = forms.CharField(
        label=_("Tempel daftar"),
        required=False,
        max_length=LARGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("Satu libur sebaris: tanggal, nama, jenis. Contoh: 17 Agustus 2026, Hari Kemerdekaan, libur nasional"),
    )
    file = forms.FileField(label=_("Atau berkas CSV atau XLSX"), required=False)

    def clean(self) -> dict[str, Any]:
        file = self.cleaned_data.get("file")
        if file and (file.size or 0) > LARGEST_LIST:
            self.add_error("file", _("Berkas paling besar 200 kB."))
        if not file and not self.cleaned_data.get("text") and not self.errors:
            raise forms.ValidationError(_("Tempel daftarnya atau pilih berkas."))
        return self.cleaned_data

    @property
    def content(self) -> bytes:
        """What was given, the file before the text. Only for a form that is valid."""
        file = self.cleaned_data["file"]
        content: bytes = file.read() if file else self.cleaned_data["text"].encode()
        return content

    @staticmethod
    def as_text(rows: Iterable[Sequence[str]]) -> str:
        """The rows as they can be pasted again."""
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\n").writerows([("tanggal", "nama", "jenis"), *rows])
        return text.getvalue()
