"""Forms of copy cataloguing."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import ItemType, TakeOverProfile, Target
from lumbung.catalogue.web.item_forms import LocationChoice
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.organization.models import Branch


class QuestionForm(forms.Form):
    """What is looked for elsewhere. An ISBN alone is the quickest."""

    isbn = forms.CharField(
        label="ISBN",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "autofocus": True}),
    )
    title = forms.CharField(label=_("Judul"), max_length=200, required=False)
    creator = forms.CharField(label=_("Pengarang"), max_length=200, required=False)
    words = forms.CharField(label=_("Kata lain"), max_length=200, required=False)


class TakeForm(forms.Form):
    """How a record comes in, and the copy that comes with it. Without a barcode only the record is taken."""

    barcode = forms.CharField(
        label=_("Barcode eksemplar"),
        max_length=60,
        required=False,
        help_text=_("Pindai stikernya. Kosongkan bila eksemplarnya ditambahkan nanti."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"), required=False, empty_label=_("Pilih…"))
    location = LocationChoice()
    item_type = forms.ModelChoiceField(
        ItemType.objects.all(), label=_("Jenis eksemplar"), required=False, empty_label=_("Pilih…")
    )
    numbered = forms.BooleanField(label=_("Beri nomor induk otomatis"), required=False)
    profile = forms.ModelChoiceField(
        TakeOverProfile.objects.all(), label=_("Profil"), required=False, empty_label=_("Menurut katalog asalnya")
    )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("barcode"):
            for name in ("branch", "item_type"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Pilih ini untuk eksemplarnya."))
        return told

    def copies(self) -> Mapping[str, Any]:
        """What ``take_over`` is told of the copy. Only for a form that is valid."""
        told = self.cleaned_data
        if not told["barcode"].strip():
            return {}
        shared = {name: told[name] for name in ("branch", "location", "item_type", "numbered")}
        return {"barcodes": [told["barcode"]], **shared}


class TargetForm(FormForVerb):
    class Meta:
        model = Target
        fields: ClassVar = [
            "name",
            "protocol",
            "address",
            "database",
            "syntax",
            "encoding",
            "version",
            "schema",
            "indexes",
            "timeout",
            "most",
            "profile",
            "place",
            "switched_on",
            "note",
        ]
        widgets: ClassVar = {
            "indexes": forms.Textarea(attrs={"rows": 4, "class": "short", "spellcheck": "false"}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts: ClassVar = {
            "address": _("SRU: https://sru.contoh.ac.id/katalog. Z39.50: z3950.contoh.ac.id:210."),
            "database": _("Z39.50: nama pangkalan data, misalnya LCDB. SRU: bila bagian dari alamatnya."),
            "indexes": _(
                "Satu per baris, bila server itu menyebutnya lain: isbn pica.isb, title pica.tit all; untuk Z39.50: title 1=4 4=6. "
                "Yang dikenal: isbn, title, creator, words."
            ),
            "timeout": _("Sesudah itu katalog ini tidak ditunggu lagi; yang lain tetap menjawab."),
            "profile": _("Kosong: profil yang biasa dipakai."),
            "place": _("Kecil berarti lebih dahulu."),
        }


class ProfileForm(FormForVerb):
    location = LocationChoice()

    class Meta:
        model = TakeOverProfile
        fields: ClassVar = [
            "name",
            "usual",
            "kept",
            "dropped",
            "moved",
            "added",
            "call_number",
            "branch",
            "location",
            "item_type",
        ]
        widgets: ClassVar = {
            "moved": forms.Textarea(attrs={"rows": 3, "class": "short", "spellcheck": "false"}),
            "added": forms.Textarea(attrs={"rows": 3, "class": "short", "spellcheck": "false"}),
        }
        help_texts: ClassVar = {
            "kept": _("Kosong: semua ruas. Contoh: 0XX 1XX 245 250 26X 300 4XX 5XX 650 7XX."),
            "dropped": _("Contoh: 005 029 9XX 650$0 XXX$9. X berarti angka apa saja; $9 berarti subruas itu saja."),
            "moved": _("Satu aturan per baris: dari dan ke. Contoh: 653 650."),
            "added": _("Baris MARC. Contoh: 040 ## $dPERPUS-X."),
            "branch": _("Tempat eksemplar yang ikut ditambahkan, bila tidak dipilih lain."),
        }


def remembered(profile: TakeOverProfile | None, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of taking over begins with: what was chosen last, else what the profile says; the only branch there is."""
    first = {name: getattr(profile, f"{name}_id", None) for name in ("branch", "location", "item_type")}
    first = {name: value for name, value in first.items() if value}
    branches = list(Branch.objects.values_list("pk", flat=True)[:2])
    only = {"branch": branches[0]} if len(branches) == 1 else {}
    return {**only, **first, **kept}
