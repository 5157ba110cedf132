"""The forms of the members' pages. What may be wrong with a member is told by the verbs, not here."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.ui.forms import Day, DayInput
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.members.models import Category, Member, MemberIdentifier
from lumbung.organization.models import Branch

LONGEST_REASON = 200
STATES = [("", _("Semua status")), ("current", _("Aktif")), ("expired", _("Masa berlaku habis")), ("blocked", _("Diblokir"))]


class ListForm(forms.Form):
    """Which members the list shows."""

    q = forms.CharField(label=_("Nama, NIM, atau nomor kartu"), required=False, max_length=100)
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Kategori"), required=False, empty_label=_("Semua kategori")
    )
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"), required=False, empty_label=_("Semua cabang"))
    state = forms.ChoiceField(label=_("Status"), required=False, choices=STATES)


class MemberForm(FormForVerb):
    """A member's own facts; numbers from others stand in ``IdentifierForms`` beside it."""

    barcode = forms.CharField(
        label=_("Nomor kartu"),
        required=False,
        max_length=60,
        help_text=_("Kosongkan untuk memakai NIM; bila tidak ada, nomor dibuatkan."),
    )
    email = forms.CharField(label=_("Surel"), required=False, max_length=254, widget=forms.EmailInput)

    class Meta:
        model = Member
        fields = (
            "name",
            "category",
            "branch",
            "programme",
            "intake",
            "unit",
            "barcode",
            "email",
            "phone",
            "born_on",
            "guarantor",
            "guarantor_contact",
            "note",
        )
        widgets: ClassVar = {
            "phone": forms.TextInput({"type": "tel"}),
            "born_on": DayInput(),
            "note": forms.Textarea({"rows": 3}),
        }
        help_texts: ClassVar = {"name": _("Seperti ditulis pemiliknya. Nama satu kata juga diterima.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].help_text = _("Bagi yang tidak di program studi: bagian, sekolah, atau lembaga.")
        self.fields["guarantor"].help_text = _(
            "Orang tua, lembaga, atau siapa pun yang menanggung pinjaman anggota ini; boleh kosong."
        )
        self.fields["born_on"].help_text = _(
            "Boleh kosong. Untuk membedakan orang yang senama, dan bagi aturan peminjaman yang menyebut umur."
        )
        self.fields["phone"].help_text = _("Contoh: 0812-3456-7890")


class RegistrationForm(MemberForm):
    """A new member; dates left empty follow the category. Whoever opens it begins to type the name."""

    joined_on = Day(label=_("Anggota sejak"), required=False, help_text=_("Bila kosong: hari ini."))
    expires_on = Day(
        label=_("Anggota sampai"),
        required=False,
        help_text=_("Bila kosong: menurut masa keanggotaan kategorinya."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True


class IdentifierForm(forms.Form):
    """One number somebody else gave this person. A row without a number is left out."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=MemberIdentifier.Kinds.choices)
    value = forms.CharField(label=_("Nomor"), required=False, max_length=60)


IdentifierForms = forms.formset_factory(IdentifierForm, extra=2, max_num=12, absolute_max=100)


def numbers_in(rows: Any) -> list[tuple[str, str]]:
    """The identifiers a valid ``IdentifierForms`` holds."""
    return [(row["kind"], row["value"]) for row in rows.cleaned_data if row.get("value")]


class RenewalForm(forms.Form):
    until = Day(
        label=_("Berlaku sampai"),
        required=False,
        help_text=_("Bila kosong: menurut masa keanggotaan kategorinya."),
    )


class BlockForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=LONGEST_REASON, required=False)
    until = Day(label=_("Hari terakhir"), required=False, help_text=_("Bila kosong: sampai dicabut."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "block_%s", **kwargs})  # beside a form with a day of its own


class CategoryForm(FormForVerb):
    class Meta:
        model = Category
        fields = ("code", "name", "parent", "membership_months", "joining", "teaches")
        labels: ClassVar = {"parent": _("Kategori induk")}
        help_texts: ClassVar = {
            "parent": _("Aturan peminjaman kategori induk berlaku juga di sini, selama tidak ada aturan sendiri.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joining"].required = False

    def clean_joining(self) -> str:
        """Nobody joins from home unless it is said so."""
        return self.cleaned_data["joining"] or Category.Joining.AT_THE_DESK
