"""Why this part may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

ACCOUNT_CLOSED = Refusal("account_closed", _("Saluran %(account)s sedang dimatikan."))
OPTED_OUT = Refusal("opted_out", _("Orang ini meminta berhenti menerima pesan lewat saluran ini."))
LEFT = Refusal("left", _("Orang ini memblokir atau meninggalkan akun kita."))
BLOCKED = Refusal("blocked", _("Lawan bicara ini sedang diblokir."))
WINDOW_CLOSED = Refusal(
    "window_closed", _("Sudah lebih dari %(hours)s jam sejak orang ini menulis; saluran ini menunggu ia menulis lagi.")
)
MUST_WRITE_FIRST = Refusal("must_write_first", _("Saluran ini hanya dapat dipakai setelah orang itu menulis lebih dahulu."))
TEXT_TOO_LONG = Refusal("text_too_long", _("Teks %(length)s karakter; saluran ini memuat paling banyak %(most)s."))
NOTHING_TO_SAY = Refusal("nothing_to_say", _("Pesan kosong tidak dikirim."))
PICTURE_TOO_LARGE = Refusal("picture_too_large", _("Gambar ini tidak dapat dikirim lewat saluran ini."))
NOT_RESENDABLE = Refusal("not_resendable", _("Pesan ini tidak dapat dikirim ulang: %(state)s."))
NOT_UNCERTAIN = Refusal("not_uncertain", _("Nasib pesan ini sudah diketahui: %(state)s."))
TEXT_FORGOTTEN = Refusal("text_forgotten", _("Teks pesan ini sudah dilupakan."))
WORDING_UNREADABLE = Refusal("wording_unreadable", _("Kata-kata ini tidak dapat dibaca: %(reason)s"))
UNKNOWN_KIND = Refusal("unknown_kind", _("Tidak ada saluran “%(kind)s”."))
FIELD_MISSING = Refusal("field_missing", _("“%(label)s” harus diisi."))
TEMPLATE_UNUSABLE = Refusal("template_unusable", _("Templat ini belum dapat dipakai: %(state)s."))
TEMPLATE_PLACES = Refusal("template_places", _("Templat ini punya %(places)s isian; Anda menulis %(given)s baris."))
TEMPLATE_TAKEN = Refusal("template_taken", _("Pemberitahuan itu sudah memakai templat lain dalam bahasa ini."))
TEMPLATES_UNREAD = Refusal("templates_unread", _("Templat tidak dapat dibaca dari saluran ini: %(reason)s"))
