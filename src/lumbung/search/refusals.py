"""Why a verb of this part may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

KIND_UNKNOWN = Refusal("kind_unknown", _("Jenis “%(kind)s” tidak dikenal. Yang ada: %(known)s."))
TOO_FEW_TERMS = Refusal("too_few_terms", _("Tulis sedikitnya %(least)s kata yang berbeda, satu per baris."))
TOO_MANY_TERMS = Refusal(
    "too_many_terms", _("Paling banyak %(most)s kata dalam satu kelompok. Bagi menjadi beberapa kelompok.")
)
TERM_WITHOUT_WORD = Refusal("term_without_word", _("“%(term)s” tidak berisi huruf atau angka."))
TERM_TOO_LONG = Refusal("term_too_long", _("“%(term)s” terlalu panjang; paling banyak %(most)s huruf."))
NOT_ONE_WORD = Refusal("not_one_word", _("“%(term)s” lebih dari satu kata. Untuk frasa, pakai jenis Sinonim."))
FUNCTION_WORD = Refusal("function_word", _("“%(term)s” kata tugas yang ada di hampir setiap judul."))
GROUP_EXISTS = Refusal("group_exists", _("Kelompok dengan kata-kata ini sudah ada."))
IN_ANOTHER_FAMILY = Refusal("in_another_family", _("“%(term)s” sudah ada dalam kelompok “%(group)s”. Ubah kelompok itu."))
BUILT_IN_STAYS = Refusal(
    "built_in_stays", _("Kelompok bawaan atau temuan dari koleksi tidak dapat dihapus: ia akan datang lagi. Matikan saja.")
)
ALREADY_UNDONE = Refusal("already_undone", _("Perubahan ini sudah diurungkan."))
CHANGED_SINCE = Refusal(
    "changed_since", _("Kelompok ini sudah diubah lagi sesudahnya. Urungkan dahulu perubahan yang terbaru.")
)
NOT_A_TABLE = Refusal("not_a_table", _("Berkas ini bukan CSV dengan kolom %(columns)s di baris pertama."))
TOO_MANY_ROWS = Refusal("too_many_rows", _("Paling banyak %(most)s baris dalam satu berkas."))
