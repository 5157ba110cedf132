"""The form that begins a move."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from lumbung.moving.domain import inbox
from lumbung.moving.domain.options import Options, Places
from lumbung.moving.domain.registry import SOURCES
from lumbung.organization.models import Branch


def _files() -> list[tuple[str, str]]:
    return [(each.name, f"{each.name} ({filesizeformat(each.stat().st_size)})") for each in inbox.listed() if each.is_file()]


def _beside() -> list[tuple[str, Any]]:
    """Folders and archives: what pictures and files may come in."""
    found = [each for each in inbox.listed() if each.is_dir() or each.suffix.lower() == ".zip"]
    return [("", _("Tidak ada")), *((each.name, each.name) for each in found)]


class MoveForm(forms.Form):
    source = forms.ChoiceField(label=_("Sistem asal"), widget=forms.RadioSelect)
    file = forms.ChoiceField(
        label=_("Cadangan basis data"), help_text=_("Yang sudah ada di kotak masuk server. Unggah dahulu bila belum ada.")
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(),
        label=_("Cabang penerima"),
        to_field_name="code",
        empty_label=None,
        help_text=_("Anggota dan pinjaman dicatat di cabang ini."),
    )
    places = forms.ChoiceField(
        label=_("Lokasi di sistem lama menjadi"),
        choices=[(Places.ROOMS, _("ruang atau koleksi di cabang penerima")), (Places.BRANCHES, _("cabang sendiri-sendiri"))],
        initial=Places.ROOMS,
        widget=forms.RadioSelect,
        help_text=_("Koha membawa cabangnya sendiri, beserta raknya; pilihan ini tidak berlaku untuknya."),
    )
    images = forms.ChoiceField(label=_("Gambar (images)"), required=False)
    repository = forms.ChoiceField(label=_("Berkas digital (repository)"), required=False)
    origin = forms.SlugField(
        label=_("Nama asal"),
        required=False,
        max_length=30,
        help_text=_("Isi hanya bila beberapa perpustakaan dengan sistem yang sama digabung, misalnya slims-teknik."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"].choices = [(name, each.label) for name, each in SOURCES.items()]  # type: ignore[attr-defined]
        self.fields["file"].choices = _files()  # type: ignore[attr-defined]
        self.fields["images"].choices = self.fields["repository"].choices = _beside()  # type: ignore[attr-defined]
        self.fields["source"].initial = next(iter(SOURCES))
        self.fields["branch"].initial = Branch.objects.order_by("pk").values_list("code", flat=True).first()

    def address(self) -> str:
        """The choices as the query of an address, for the page that asks more."""
        return urlencode({name: self.data.get(name, "") for name in self.fields})

    def options(self, columns: Mapping[str, str] | None = None) -> Options:
        """The choices, as the verb takes them, with what columns are. Only for a form that is valid."""
        told = self.cleaned_data
        return Options(
            origin=told["origin"] or told["source"],
            branch=told["branch"].code,
            places=Places(told["places"]),
            images=str(inbox.path_of(told["images"])) if told["images"] else "",
            files=str(inbox.path_of(told["repository"])) if told["repository"] else "",
            columns=dict(columns or {}),
        )
