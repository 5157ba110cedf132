"""Why lists, saved searches, courses and styles of citation are refused."""

from django.utils.translation import gettext_lazy as _

from lumbung.formats.citation import Fault
from lumbung.kernel.refusals import Refusal

NAME_EMPTY = Refusal("name_empty", _("Beri nama."))
NAME_TOO_LONG = Refusal("name_too_long", _("Namanya terlalu panjang; paling banyak %(most)s huruf."))
NOTE_TOO_LONG = Refusal("note_too_long", _("Catatannya terlalu panjang; paling banyak %(most)s huruf."))
TOO_MANY_LISTS = Refusal("too_many_lists", _("Anda sudah punya %(most)s daftar. Hapus yang tidak dipakai lagi."))
LIST_FULL = Refusal("list_full", _("Daftar “%(list)s” sudah berisi %(most)s judul, sebanyak yang dapat ditampung."))
NO_ADDRESS = Refusal("no_address", _("Akun Anda belum punya alamat surel. Tambahkan di meja layanan."))
MAILED_TOO_OFTEN = Refusal("mailed_too_often", _("Daftar ini baru saja dikirim. Coba lagi beberapa menit lagi."))
NOTHING_ASKED = Refusal("nothing_asked", _("Ketik kata atau pilih saringan dahulu, lalu simpan pencariannya."))
SEARCH_TOO_LONG = Refusal("search_too_long", _("Pencarian ini terlalu panjang untuk disimpan. Kurangi saringannya."))
ALREADY_SAVED = Refusal("already_saved", _("Pencarian ini sudah Anda simpan."))
TOO_MANY_SEARCHES = Refusal("too_many_searches", _("Anda sudah menyimpan %(most)s pencarian. Hapus yang tidak dipakai lagi."))
MAY_NOT_TEACH = Refusal(
    "may_not_teach",
    _("Daftar bacaan kuliah disusun oleh dosen dan guru. Minta meja layanan memeriksa kategori keanggotaan Anda."),
)
CODE_EMPTY = Refusal("code_empty", _("Isi kode mata kuliah."))
NOTHING_TO_READ = Refusal("nothing_to_read", _("Tambahkan sedikitnya satu bacaan sebelum daftar ini diterbitkan."))
COURSE_FULL = Refusal("course_full", _("Daftar bacaan ini sudah berisi %(most)s bacaan, sebanyak yang dapat ditampung."))
SECTION_NOT_EMPTY = Refusal(
    "section_not_empty", _("Keluarkan dahulu bacaan di dalam “%(section)s”; setiap bacaan dapat dikembalikan.")
)
READING_EMPTY = Refusal("reading_empty", _("Tulis apa yang dibaca, atau masukkan nomor judul di katalog."))
NO_SUCH_TITLE = Refusal("no_such_title", _("Tidak ada judul “%(title)s” di katalog."))
NOT_IN_CATALOGUE = Refusal(
    "not_in_catalogue", _("Bacaan ini tidak ada di katalog, jadi tidak ada eksemplar yang dapat ditandon.")
)
RESERVE_OPEN = Refusal("reserve_open", _("Bacaan ini sudah dimintakan tandon."))
RESERVE_IN_THE_PAST = Refusal("reserve_in_the_past", _("Pilih tanggal yang belum lewat."))
RESERVE_COUNT_WRONG = Refusal("reserve_count_wrong", _("Minta antara 1 dan %(most)s eksemplar."))
RESERVE_ANSWERED = Refusal("reserve_answered", _("Permintaan ini sudah dijawab."))
NO_COPIES_CHOSEN = Refusal("no_copies_chosen", _("Pilih sedikitnya satu eksemplar."))
ITEM_OF_ANOTHER_TITLE = Refusal("item_of_another_title", _("Eksemplar %(barcode)s bukan dari judul ini."))
COPY_SET_APART = Refusal("copy_set_apart", _("Eksemplar itu sudah ditandon untuk mata kuliah lain."))
REASON_EMPTY = Refusal("reason_empty", _("Tulis alasannya, supaya dosen tahu."))
STYLE_ADDED = Refusal("style_added", _("Gaya dengan nama itu sudah ada."))
STYLE_FAULTS = {
    Fault.TOO_LARGE: Refusal("style_too_large", _("Berkas lebih besar daripada %(most)s kB.")),
    Fault.NOT_XML: Refusal("style_not_xml", _("Berkas ini bukan XML yang utuh, atau memuat DTD.")),
    Fault.NOT_A_STYLE: Refusal("not_a_style", _("Berkas ini bukan gaya CSL. Unduh berkas .csl dari zotero.org/styles.")),
    Fault.DEPENDENT: Refusal("style_dependent", _("Gaya ini hanya menunjuk ke gaya lain. Unggah gaya induknya yang lengkap.")),
    Fault.WITHOUT_BIBLIOGRAPHY: Refusal("style_without_bibliography", _("Gaya ini tidak mengatur daftar pustaka.")),
    Fault.UNKNOWN_MACRO: Refusal("style_unknown_macro", _("Gaya ini memanggil makro yang tidak ada di dalamnya.")),
    Fault.ENDLESS: Refusal("style_endless", _("Gaya ini terlalu rumit, atau makronya saling memanggil tanpa akhir.")),
    Fault.FAILS: Refusal("style_fails", _("Gaya ini gagal dipakai untuk judul contoh.")),
}
ENDS_BEFORE_IT_BEGINS = Refusal("ends_before_it_begins", _("Hari terakhirnya tidak boleh sebelum hari pertamanya."))
TITLE_STANDS_THERE = Refusal("title_stands_there", _("“%(title)s” sudah ada di daftar ini."))
NOT_AN_INTEREST = Refusal("not_an_interest", _("Pilih subjek atau kelas yang ada di koleksi."))
NOT_PROPOSED = Refusal("not_proposed", _("Usulan minat ini tidak berlaku lagi."))
NEEDS_TOO_LONG = Refusal("needs_too_long", _("Kebutuhannya terlalu panjang; paling banyak %(most)s huruf."))
