"""The reasons for which verbs of this part refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

NO_DOMAIN = Refusal(
    "no_domain",
    _("Pengenal repositori harus berupa nama domain, misalnya perpustakaan.kampus.ac.id; “%(value)s” bukan nama domain."),
)
EMAIL_WRONG = Refusal("email_wrong", _("“%(value)s” bukan alamat surel."))
TOO_MANY_EMAILS = Refusal("too_many_emails", _("Paling banyak %(most)d alamat surel."))
PAGE_SIZE_WRONG = Refusal("page_size_wrong", _("Jumlah cantuman per halaman paling sedikit 10 dan paling banyak 1.000."))
NO_IDENTIFIERS = Refusal("no_identifiers", _("Berkas tidak memuat baris “nomor cantuman, pengenal lama”."))
SOURCE_NAME_EMPTY = Refusal("source_name_empty", _("Beri nama sumbernya."))
SOURCE_NAME_TAKEN = Refusal("source_name_taken", _("Sudah ada sumber bernama %(name)s."))
SOURCE_ADDRESS_WRONG = Refusal(
    "source_address_wrong", _("“%(address)s” bukan alamat OAI-PMH: tulis https://… tanpa tanda tanya di belakangnya.")
)
SOURCE_HAS_RECORDS = Refusal(
    "source_has_records", _("Masih ada %(count)d cantuman dari sumber ini di katalog. Keluarkan dahulu.")
)
