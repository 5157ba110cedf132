"""What the first run asks."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.organization.queries import Hours
from lumbung.organization.web.forms import zone_field
from lumbung.organization.web.hours_form import HoursForm
from lumbung.project.first_run import code

WORKDAY = (Hours(time(8), time(16)),)
FRIDAY = (Hours(time(8), time(11, 30)), Hours(time(13), time(16)))
USUAL_WEEK: Sequence[tuple[Hours, ...]] = (WORKDAY, WORKDAY, WORKDAY, WORKDAY, FRIDAY, (), ())


class FirstRunForm(HoursForm):
    """The code of the terminal, the library, its first branch with hours, and the first librarian."""

    code = forms.CharField(
        label=_("Kode dari terminal"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "autofocus": True}),
        help_text=_("Tertulis di jendela tempat Lumbung dijalankan, contoh: K7QPW-2MWXR."),
    )
    library_name = forms.CharField(label=_("Nama perpustakaan"), max_length=200)
    institution = forms.CharField(label=_("Lembaga induk"), max_length=200, required=False)
    time_zone = zone_field()
    branch_name = forms.CharField(
        label=_("Nama cabang pertama"),
        max_length=120,
        help_text=_("Contoh: Perpustakaan Pusat. Cabang lain ditambahkan kemudian."),
    )
    branch_code = forms.CharField(label=_("Kode cabang"), max_length=20, initial="PUSAT")
    person = forms.CharField(
        label=_("Nama Anda"), max_length=200, help_text=_("Anda menjadi pustakawan pertama dan boleh melakukan semuanya.")
    )
    username = forms.CharField(
        label=_("Nama pengguna"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    email = forms.EmailField(label=_("Surel"), required=False, help_text=_("Untuk mengatur ulang kata sandi."))
    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Paling sedikit 8 karakter."),
    )
    password_again = forms.CharField(
        label=_("Kata sandi sekali lagi"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, week=USUAL_WEEK, **kwargs)

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if not code.matches(typed):
            raise forms.ValidationError(_("Kode ini tidak cocok. Salin persis seperti tertulis di terminal."))
        return typed

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if "password" in told and told["password"] != told.get("password_again"):
            self.add_error("password_again", _("Kedua kata sandi tidak sama."))
        return told

    def answers(self) -> dict[str, Any]:
        """What was told, as ``found_library`` takes it."""
        told = self.cleaned_data
        return {
            "library": {"name": told["library_name"], "institution": told["institution"], "time_zone": told["time_zone"]},
            "branch": {"name": told["branch_name"], "code": told["branch_code"]},
            "spells": self.spells(),
            "librarian": {key: told[key] for key in ("username", "email", "password")} | {"name": told["person"]},
        }
