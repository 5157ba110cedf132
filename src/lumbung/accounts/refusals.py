"""Why a verb of this part may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

USERNAME_NOT_VALID = Refusal(
    "username_not_valid",
    _("Nama pengguna terdiri atas 1–60 huruf, angka, atau tanda . _ @ + / - tanpa spasi. Yang diketik: “%(username)s”."),
)
USERNAME_TAKEN = Refusal("username_taken", _("Nama pengguna %(username)s sudah dipakai orang lain."))
EMAIL_NOT_VALID = Refusal("email_not_valid", _("“%(email)s” bukan alamat surel."))
EMAIL_TAKEN = Refusal("email_taken", _("Alamat surel %(email)s sudah dipakai pengguna lain."))
NAME_EMPTY = Refusal("name_empty", _("Nama belum diisi."))
PASSWORD_TOO_WEAK = Refusal("password_too_weak", _("Kata sandi belum cukup kuat. %(advice)s"))
LANGUAGE_UNKNOWN = Refusal("language_unknown", _("Bahasa “%(language)s” tidak tersedia."))
TIME_ZONE_UNKNOWN = Refusal("time_zone_unknown", _("Zona waktu “%(time_zone)s” tidak dikenal."))
ROLE_UNKNOWN = Refusal("role_unknown", _("Peran “%(role)s” tidak dikenal."))
LAST_ADMINISTRATOR = Refusal(
    "last_administrator", _("%(name)s adalah administrator terakhir. Tunjuk administrator lain lebih dahulu.")
)
ACCOUNT_INACTIVE = Refusal("account_inactive", _("Akun %(name)s nonaktif. Aktifkan kembali lebih dahulu."))
NOT_ONESELF = Refusal("not_oneself", _("Anda tidak dapat menonaktifkan akun Anda sendiri."))
SCOPE_UNKNOWN = Refusal("scope_unknown", _("Lingkup “%(scope)s” tidak dikenal."))
SCOPES_EMPTY = Refusal("scopes_empty", _("Pilih sedikitnya satu lingkup untuk token ini."))
TOKEN_NAME_EMPTY = Refusal("token_name_empty", _("Beri nama token ini supaya kelak dikenali."))
EXPIRY_PAST = Refusal("expiry_past", _("Tanggal kedaluwarsa token sudah lewat."))
