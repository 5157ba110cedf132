"""The forms of one's own account."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm, SetPasswordForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.accounts.domain.notices import offered_to
from lumbung.accounts.domain.passwords import ADVICE
from lumbung.accounts.models import ApiToken, User
from lumbung.kernel import clock, scopes
from lumbung.kernel.ui.forms import Day

DIFFERS = _("Kata sandi yang kedua berbeda dari yang pertama. Ketik keduanya lagi.")
INDONESIAN_ZONES = [
    ("Asia/Jakarta", _("WIB – Jakarta, Sumatra, Jawa, Kalimantan Barat dan Tengah")),
    ("Asia/Makassar", _("WITA – Makassar, Bali, Nusa Tenggara, Sulawesi, Kalimantan Selatan, Timur, dan Utara")),
    ("Asia/Jayapura", _("WIT – Jayapura, Maluku, Papua")),
]


class SignInForm(LoginForm):  # type: ignore[misc]
    """One box for whatever people know themselves by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Nama pengguna, surel, nomor kartu, atau NIM")
        login.max_length = 254
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        password.label = _("Kata sandi")
        password.help_text = ""
        password.widget.attrs = {"autocomplete": "current-password"}
        self.fields["remember"].label = _("Tetap masuk di perangkat ini")


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Where the link to a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("Surel")
        email.widget.attrs = {"type": "email", "autocomplete": "email", "maxlength": email.max_length}


class SamePasswordTwice:
    """For forms of a new password: tells in our words that it was not typed twice alike."""

    def add_error(self, field: str | None, error: Any) -> None:
        differs = field == "password2" and not isinstance(error, ValidationError)
        super().add_error(field, DIFFERS if differs else error)  # type: ignore[misc]


class NewPasswordForm(SamePasswordTwice, ResetPasswordKeyForm):  # type: ignore[misc]
    """After the link in the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new_password(self.fields)


class FirstPasswordForm(SamePasswordTwice, SetPasswordForm):  # type: ignore[misc]
    """For somebody who has none yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new_password(self.fields)


class OtherPasswordForm(SamePasswordTwice, ChangePasswordForm):  # type: ignore[misc]
    """The way to a forgotten password stands under the form, once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.fields["oldpassword"]
        now.label, now.help_text, now.widget.attrs = _("Kata sandi sekarang"), "", {"autocomplete": "current-password"}
        _name_new_password(self.fields)


def _name_new_password(fields: dict[str, forms.Field]) -> None:
    for name, label in (("password1", _("Kata sandi baru")), ("password2", _("Kata sandi baru, sekali lagi"))):
        fields[name].label = label
        fields[name].widget.attrs = {"autocomplete": "new-password"}
    fields["password1"].help_text = ADVICE


class PreferencesForm(forms.ModelForm[User]):
    """Language and clock, empty for the library's own; and of their work colleagues choose what they are told of."""

    language = forms.ChoiceField(
        label=_("Bahasa"), required=False, choices=[("", _("Ikuti perpustakaan")), *User.Languages.choices]
    )
    time_zone = forms.ChoiceField(label=_("Zona waktu"), required=False)
    notices = forms.MultipleChoiceField(label=_("Kabari saya bila"), required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = User
        fields = ("language", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {zone for zone, _name in INDONESIAN_ZONES}
        others = sorted(zone for zone in available_timezones() - known if "/" in zone and not zone.startswith("Etc/"))
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            ("", _("Ikuti perpustakaan")),
            (pgettext_lazy("country", "Indonesia"), INDONESIAN_ZONES),
            (_("Negara lain"), [(zone, zone.replace("_", " ")) for zone in others]),
        ]
        if offered := offered_to(self.instance):
            self.fields["notices"].choices = [(kind.key, kind.words) for kind in offered]  # type: ignore[attr-defined]
            self.initial["notices"] = [kind.key for kind in offered if kind.key not in self.instance.muted_notices]
        else:
            del self.fields["notices"]


class TokenForm(forms.Form):
    """A new token of the user: of the scopes, those that are of use to them are there to choose from."""

    name = forms.CharField(
        label=_("Nama"),
        max_length=ApiToken._meta.get_field("name").max_length,
        help_text=_("Untuk program apa, misalnya “Aplikasi rak”."),
    )
    scopes = forms.MultipleChoiceField(label=_("Yang boleh dilakukannya"), widget=forms.CheckboxSelectMultiple)
    expires_on = Day(
        label=_("Berlaku sampai"),
        required=False,
        help_text=_("Sampai akhir hari itu. Bila kosong, berlaku sampai dicabut."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = list(scopes.open_to(user).items())  # type: ignore[attr-defined]
        self.fields["expires_on"].initial = timezone.localdate(clock.now()) + timedelta(days=365)

    @property
    def wanted(self) -> dict[str, Any]:
        """What the verb is asked for; the day ends by the clock of the reader."""
        last = self.cleaned_data["expires_on"]
        ends = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min)) if last else None
        return {"name": self.cleaned_data["name"], "scopes": self.cleaned_data["scopes"], "expires_at": ends}
