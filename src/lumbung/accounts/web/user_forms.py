"""Forms on which staff keep the accounts. The verbs judge; forms read what was typed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.models import Role, User
from lumbung.kernel.ui.submission import FormForVerb


class UserForm(FormForVerb):
    class Meta:
        model = User
        fields: ClassVar = ["name", "username", "email"]
        help_texts: ClassVar = {
            "username": _("Untuk masuk. Huruf, angka, atau tanda . _ @ + / - tanpa spasi."),
            "email": _("Untuk mengatur ulang kata sandi."),
        }


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Peran"),
        choices=Role,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Boleh lebih dari satu. Peran menentukan menu dan tindakan yang tersedia bagi orang ini."),
    )


class NewUserForm(UserForm, RolesForm):
    password = forms.CharField(
        label=_("Kata sandi awal"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kosongkan bila orang ini membuat kata sandinya sendiri, lewat surelnya atau tautan dari Anda."),
    )

    def clean_password(self) -> Any:
        return self.cleaned_data["password"] or None
