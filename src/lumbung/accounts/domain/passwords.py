"""What a new password may not be, told in our own words."""

from typing import Any

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

ADVICE = gettext_lazy(
    "Paling sedikit 8 huruf, angka, atau tanda, bukan nama Anda, dan bukan kata sandi yang sering dipakai orang. Beberapa kata yang "
    "tidak berhubungan mudah diingat dan sulit ditebak."
)
USUAL_HERE = frozenset({
    "alhamdulillah", "astaghfirullah", "bandungku", "bhinneka", "bismillah", "indonesia", "indonesiaraya", "jakartaku", "katakunci",
    "katasandi", "mahasiswa", "merahputih", "merdeka", "pancasila", "perpustakaan", "rahasia", "sayangku", "sayangkamu", "terserah",
    "universitas", "yogyakarta",
})  # fmt: skip
"""What people here like to take, with or without digits behind it. Django's own list knows English."""


class LongEnough(django.MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        return (
            ngettext(
                "Kata sandi ini terlalu pendek: pakai paling sedikit %d huruf, angka, atau tanda.",
                "Kata sandi ini terlalu pendek: pakai paling sedikit %d huruf, angka, atau tanda.",
                self.min_length,
            )
            % self.min_length
        )

    def get_help_text(self) -> str:
        return str(ADVICE)


class NotTheirName(django.UserAttributeSimilarityValidator):
    """Unlike the name, the username and the e-mail address."""

    def __init__(self) -> None:
        super().__init__(("username", "name", "email"))

    def get_error_message(self) -> str:
        return _("Kata sandi ini terlalu mirip dengan %(verbose_name)s Anda, jadi mudah ditebak.")

    def get_help_text(self) -> str:
        return ""


class NotUsual(django.CommonPasswordValidator):
    """None that many people have."""

    def validate(self, password: str, user: Any = None) -> None:
        if password.lower().rstrip("0123456789!.@#") in USUAL_HERE:
            raise ValidationError(self.get_error_message(), code="password_too_common")
        super().validate(password, user)

    def get_error_message(self) -> str:
        return _("Kata sandi ini dipakai banyak orang, jadi mudah ditebak. Pilih yang lain.")

    def get_help_text(self) -> str:
        return ""
