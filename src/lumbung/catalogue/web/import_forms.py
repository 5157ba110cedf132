"""The form that brings a file in."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.imports import ImportOptions, Profile
from lumbung.catalogue.models import ItemType
from lumbung.formats.marc import Encoding
from lumbung.organization.models import Branch

LARGEST = 512 * 1024 * 1024


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
    encoding = forms.ChoiceField(
        label=_("Penyandian huruf"),
        choices=[
            (Encoding.AUTO, _("Kenali otomatis")),
            (Encoding.UTF_8, "UTF-8"),
            (Encoding.MARC_8, "MARC-8"),
            (Encoding.LATIN_1, "Latin-1"),
        ],
    )
    again = forms.BooleanField(required=False, label=_("Berkas ini pernah diimpor, dan memang ingin diimpor lagi"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Berkas ini %(size)s; paling besar 512 MB.") % {"size": filesizeformat(file.size)})
        return file

    def options(self) -> ImportOptions:
        """The choices, as the verb takes them. Only for a form that is valid."""
        told = self.cleaned_data
        return ImportOptions(
            encoding=Encoding(told["encoding"]),
            items=Profile(told["items"]),
            branch=told["branch"].code if told["branch"] else "",
            item_type=told["item_type"].code if told["item_type"] else "",
            again=told["again"],
        )
