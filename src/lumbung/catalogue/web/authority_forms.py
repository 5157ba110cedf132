"""The simple form of an authority, and the form that names another to merge with."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.authorities.entry import AuthorityEntry
from lumbung.catalogue.models import Authority, HeadingKind
from lumbung.catalogue.web.entry_form import LinesField, OneLine, text


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
    """The number of the authority that stays."""

    into = forms.IntegerField(label=_("Gabungkan ke tajuk nomor"), min_value=1)

    def clean_into(self) -> Authority:
        found = Authority.objects.filter(pk=self.cleaned_data["into"]).first()
        if found is None:
            raise forms.ValidationError(_("Tidak ada tajuk dengan nomor itu."))
        return found
