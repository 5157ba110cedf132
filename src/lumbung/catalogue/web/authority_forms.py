"""The simple form of an authority, and the form that names another to merge with."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.authorities.choosing import authorities_called
from lumbung.catalogue.domain.authorities.entry import AuthorityEntry
from lumbung.catalogue.models import Authority, HeadingKind
from lumbung.catalogue.web.entry_form import LinesField, OneLine, text
from lumbung.kernel.ui.keys import key_in


class AuthorityForm(forms.Form):
    """``version`` is the version of the authority that the editor saw."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=HeadingKind)
    heading = OneLine(
        label=_("Tajuk"),
        help_text=_("Orang: kata utama dahulu bila perlu, tahun lahir di belakang. Contoh: Toer, Pramoedya Ananta, 1925-2006."),
    )
    see = LinesField(
        label=_("Nama lain"),
        rows=3,
        help_text=_("Satu nama per baris. Siapa pun yang mencari dengan nama ini akan sampai ke tajuk di atas."),
    )
    broader = LinesField(label=_("Lebih luas"), help_text=_("Satu tajuk per baris."))
    narrower = LinesField(label=_("Lebih sempit"), help_text=_("Satu tajuk per baris."))
    related = LinesField(label=_("Lihat juga"), help_text=_("Satu tajuk per baris."))
    note = text(_("Ruang lingkup"))
    source = LinesField(label=_("Sumber"), help_text=_("Dari mana bentuk nama ini diketahui; satu per baris."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        entry: AuthorityEntry | None = None,
        version: int | None = None,
        begun: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {**asdict(entry or AuthorityEntry()), **(begun or {}), "version": version}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)

    def entry(self) -> AuthorityEntry:
        """What was filled in. Raises KeyError before the form is valid."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return AuthorityEntry(**{**told, "kind": HeadingKind(told["kind"])})


class MergeForm(forms.Form):
    """Which authority stays, for one of this ``kind`` to go: its heading as it is written, or its number."""

    into = forms.CharField(
        label=_("Gabungkan ke tajuk"),
        max_length=300,
        help_text=_("Ketik tajuknya dan pilih dari daftar, atau tulis nomornya."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, kind: str) -> None:
        super().__init__(data)
        self.kind = kind
        self.fields["into"].widget.attrs["data-headings"] = kind

    def clean_into(self) -> Authority:
        told: str = self.cleaned_data["into"].strip()
        named = authorities_called(told, HeadingKind(self.kind))  # a heading may be a number: "1984"
        if not named and (numbered := Authority.objects.filter(pk=key_in(told)).first()):
            return numbered
        if len(named) > 1:
            numbers = ", ".join(str(each.pk) for each in named)
            raise forms.ValidationError(
                _("Ada beberapa tajuk yang tertulis begitu. Tulis nomornya: %(numbers)s.") % {"numbers": numbers}
            )
        if not named:
            raise forms.ValidationError(_("Tidak ada tajuk sejenis dengan nama atau nomor itu."))
        return named[0]
