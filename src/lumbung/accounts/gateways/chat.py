"""Signing in, in chat: where a forgotten password is made anew. Never in the chat itself."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.messaging.chat import Answer, Asking, Command, Cue, Offer, Outcome, register


def register_commands() -> None:
    """Make these commands known."""
    register(PASSWORD)


def password(_asking: Asking) -> Outcome:
    """Where to ask for a new password; it goes to the e-mail address the library knows, nowhere else."""
    lines = [_("Kata sandi tidak pernah dikirim lewat chat. Buat yang baru lewat surel yang terdaftar:")]
    if settings.SITE_URL:
        lines.append(settings.SITE_URL + reverse("account_reset_password"))
    else:
        lines.append(_("buka situs perpustakaan, pilih Masuk, lalu “Lupa kata sandi”."))
    lines.append(_("Surelnya sudah tidak dipakai? Petugas dapat membantu."))
    return Answer("\n".join(lines), (Offer(_("Tanya petugas"), "petugas"),))


PASSWORD = Command(
    name="password",
    words=("sandi", "kata sandi", "password", "lupa kata sandi", "lupa password", "lupa sandi", "reset password"),
    title=gettext_lazy("Lupa kata sandi"),
    run=password,
    examples=("lupa password", "ganti kata sandi"),
    listed=False,
    cues=(
        Cue.of(
            9,
            r"(?:lupa|reset|ganti|ubah|forgot|forgotten|change|lost)(?: \w+){0,3} (?:password|sandi|pin)"
            r"|(?:password|sandi)(?: \w+){0,3} lupa",
        ),
    ),
)
