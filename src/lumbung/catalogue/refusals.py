"""Why a verb of this part may refuse, and what can be wrong with a record or item on its way in."""

from django.utils.translation import gettext_lazy as _

from lumbung.formats.marc import Kind
from lumbung.kernel.refusals import Refusal
from lumbung.organization.refusals import BARCODE_EMPTY, BARCODE_TAKEN_BY_ITEM, BARCODE_TAKEN_BY_MEMBER

STALE = Refusal("stale", _("Data ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda."))
NO_TITLE = Refusal("no_title", _("Cantuman belum berjudul. Isi judulnya (ruas 245)."))
NO_FIELDS = Refusal("no_fields", _("Cantuman tidak berisi satu ruas pun."))
MALFORMED = Refusal(
    "malformed_field", _("Ruas %(place)s tidak sesuai bentuk MARC 21: tanda ruas, indikator, atau kode subruasnya salah.")
)
CONTROL_CHARACTERS = Refusal(
    "control_characters", _("Ruas %(place)s memuat karakter kendali pemisah MARC di dalam teksnya. Hapus karakter itu.")
)
DRAFT_ELSEWHERE = Refusal(
    "draft_elsewhere",
    _(
        "Ada draf lain untuk judul ini, dari jendela atau waktu lain. Isian ini disimpan di peramban saja; "
        "lanjutkan atau buang draf itu dahulu."
    ),
)
DRAFT_TOO_LARGE = Refusal("draft_too_large", _("Isian ini terlalu besar untuk sebuah cantuman."))
VERSION_UNKNOWN = Refusal("version_unknown", _("Versi %(version)s tidak tersimpan dalam riwayat cantuman ini."))
HAS_ITEMS = Refusal("has_items", _("Judul ini masih mempunyai %(count)s eksemplar. Hapus eksemplarnya dahulu."))
IN_USE = Refusal("in_use", _("Tidak dapat dihapus karena masih tercatat pada: %(where)s."))
LOCATION_ELSEWHERE = Refusal("location_elsewhere", _("Lokasi %(location)s bukan bagian dari cabang %(branch)s."))
PRICE_NEGATIVE = Refusal("price_negative", _("Harga tidak boleh kurang dari nol."))
SOURCE_UNKNOWN = Refusal("source_unknown", _("Sumber “%(source)s” tidak dikenal."))
STATUS_UNKNOWN = Refusal("status_unknown", _("Status “%(status)s” tidak dikenal."))
ITEM_GONE = Refusal("item_gone", _("Eksemplar ini sudah tidak ada."))
TITLE_OF_THE_COPY = Refusal("title_of_the_copy", _("“%(title)s” adalah judul eksemplar itu sendiri."))
ALREADY_BOUND = Refusal("already_bound", _("“%(title)s” sudah tercatat dijilid dalam eksemplar %(barcode)s."))
BOUND_TITLE_GONE = Refusal("bound_title_gone", _("Judul itu tidak (lagi) tercatat dijilid dalam eksemplar ini."))
RECORD_GONE = Refusal("record_gone", _("Cantuman ini sudah tidak ada."))
COVER_TOO_LARGE = Refusal("cover_too_large", _("Gambar sampul paling besar %(most)s MB. Perkecil, lalu kirim lagi."))
COVER_WRONG_KIND = Refusal(
    "cover_wrong_kind", _("Isi berkas ini bukan gambar JPEG, PNG, WebP, atau GIF yang utuh, apa pun namanya.")
)
COVER_MISSING = Refusal("cover_missing", _("Judul ini belum mempunyai gambar sampul."))

ACCESSION_NUMBER_MISSING = Refusal("accession_number_missing", _("Pola nomor induk harus memuat {nomor}."))
ACCESSION_YEAR_MISSING = Refusal(
    "accession_year_missing", _("Pola yang mulai lagi setiap tahun harus memuat {tahun}; tanpa itu nomornya berulang.")
)
ACCESSION_TOKEN_UNKNOWN = Refusal("accession_token_unknown", _("“%(token)s” tidak dikenal dalam pola nomor induk."))
ACCESSION_DIGITS_WRONG = Refusal("accession_digits_wrong", _("Jumlah angka harus 1 sampai %(most)s."))
NOTHING_CHOSEN = Refusal("nothing_chosen", _("Pilih dahulu: daftar barcode, pencarian, nomor induk, impor, cabang, atau rak."))
NO_ITEMS_CHOSEN = Refusal("no_items_chosen", _("Tidak ada eksemplar yang cocok dengan pilihan ini."))
LABELS_TOO_MANY = Refusal("labels_too_many", _("Lebih dari %(most)s label sekali cetak. Persempit pilihannya."))
INDEX_NOT_READY = Refusal("index_not_ready", _("%(why)s Pilih dengan cara lain, atau tunggu."))
AUTHOR_LETTERS_WRONG = Refusal("author_letters_wrong", _("Jumlah huruf pengarang harus 1 sampai %(most)s."))
TITLE_LETTERS_WRONG = Refusal("title_letters_wrong", _("Jumlah huruf judul harus 0 sampai %(most)s."))
ITEM_TYPE_NAME_EMPTY = Refusal("item_type_name_empty", _("Nama jenis eksemplar masih kosong."))
ITEM_TYPE_CODE_EMPTY = Refusal("item_type_code_empty", _("Kode jenis eksemplar masih kosong."))
ITEM_TYPE_CODE_TAKEN = Refusal("item_type_code_taken", _("Kode jenis eksemplar %(code)s sudah dipakai."))
ITEM_TYPE_IN_USE = Refusal(
    "item_type_in_use",
    _("Jenis %(item_type)s masih dipakai oleh eksemplar atau aturan peminjaman, jadi tidak dapat dihapus. Ubah itu dahulu."),
)

NOTHING_TO_CHANGE = Refusal("nothing_to_change", _("Belum dikatakan apa yang diubah."))
NOT_A_2X = Refusal("not_a_2x", _("“%(number)s” bukan nomor 2X, misalnya 2X4 atau 2X4.2."))
NOT_A_297 = Refusal("not_a_297", _("“%(number)s” bukan nomor 297, misalnya 297.4 atau 297.42."))
PAIR_LINE = Refusal("pair_line", _("Baris %(line)s: %(reason)s"))
PAIR_TWICE = Refusal("pair_twice", _("Baris %(line)s: nomor %(number)s sudah disebut di atasnya."))
CROSSWALK_UNDONE = Refusal("crosswalk_undone", _("Perubahan ini sudah dibatalkan."))
STEP_SCHEME = Refusal("step_scheme", _("Skema tujuan “%(scheme)s” tidak dikenal: isi 297 atau 2X."))
STEP_NAME_TAG = Refusal("step_name_tag", _("Ruas “%(tag)s” bukan ruas nama orang: pakai 100, 600, 700, 800, atau X00."))
NO_NAME_RULE = Refusal("no_name_rule", _("Perpustakaan belum menetapkan aturan nama orang. Pilih aturannya dahulu."))
STEP_TAG = Refusal("step_tag", _("Ruas “%(tag)s” tidak sah: tiga angka, boleh dengan X (6XX) atau * (***)."))
STEP_CODE = Refusal("step_code", _("Subruas “%(code)s” tidak sah di sini: satu huruf kecil atau angka."))
STEP_LINE = Refusal("step_line", _("“%(line)s” tidak terbaca. Tulis seperti 650 #4 $aPadi, atau untuk pindah: 500 a."))
STEP_POSITION = Refusal(
    "step_position",
    _("Posisi “%(place)s” tidak sah: LDR, 006, 007, atau 008 dengan posisi seperti 35-37, dan isi sepanjang itu."),
)
STEP_NOTHING = Refusal("step_nothing", _("Isi apa yang dicari untuk diganti."))
PATTERN_WRONG = Refusal("pattern_wrong", _("Pola “%(pattern)s” tidak terbaca: %(error)s."))
PATTERN_TOO_SLOW = Refusal("pattern_too_slow", _("Pola “%(pattern)s” terlalu lama mencari di sini. Sederhanakan polanya."))
REFERENCE_GONE = Refusal("reference_gone", _("Tujuannya (%(name)s) sudah tidak ada."))
BATCH_NOT_READY = Refusal(
    "batch_not_ready", _("Perubahan massal ini berstatus “%(state)s”, jadi tidak dapat dijalankan atau dibuang.")
)
BATCH_NOT_FINISHED = Refusal(
    "batch_not_finished", _("Perubahan massal ini berstatus “%(state)s”, jadi tidak dapat dibatalkan.")
)
CHANGED_MEANWHILE = Refusal("changed_meanwhile", _("Sudah diubah orang sesudah pratinjau, jadi dibiarkan."))

WITHDRAWAL_TOO_LARGE = Refusal(
    "withdrawal_too_large",
    _("%(count)s eksemplar memenuhi syarat itu; paling banyak %(most)s sekali usul. Persempit pilihannya."),
)
WITHDRAWAL_NOT_PROPOSED = Refusal("withdrawal_not_proposed", _("Penyiangan ini sudah berstatus “%(state)s”."))
WITHDRAWAL_NOT_APPROVED = Refusal(
    "withdrawal_not_approved", _("Penyiangan ini berstatus “%(state)s”, jadi tidak dapat dibatalkan.")
)

PROBLEM_EMPTY = Refusal("problem_empty", _("Katakan apa kerusakannya."))
EXPECTED_IN_THE_PAST = Refusal("expected_in_the_past", _("Perkiraan kembali sudah lewat. Pilih hari ini atau sesudahnya."))
ITEM_IS_WITHDRAWN = Refusal("item_is_withdrawn", _("Eksemplar %(barcode)s sudah disiangi."))
ITEM_IS_LENT = Refusal("item_is_lent", _("Eksemplar %(barcode)s sedang dipinjam. Kembalikan dahulu."))
REPAIR_OPEN = Refusal("repair_open", _("Eksemplar %(barcode)s sudah dalam antrean perbaikan."))
REPAIR_OVER = Refusal("repair_over", _("Perbaikan ini sudah dicatat selesai, atau hasilnya tidak dikenal."))

BARCODE_TWICE = Refusal(
    "barcode_twice", _("Barcode %(barcode)s dua kali dalam daftar ini. Setiap eksemplar perlu barcodenya sendiri.")
)
STOCK_TAKE_NAME_EMPTY = Refusal("stock_take_name_empty", _("Nama opname masih kosong."))
STOCK_TAKE_CLASSES_REVERSED = Refusal(
    "stock_take_classes_reversed", _("Kelas awal %(first)s berdiri sesudah kelas akhir %(last)s. Tukar keduanya.")
)
STOCK_TAKE_BARCODE_TWICE = Refusal(
    "stock_take_barcode_twice", _("Barcode %(barcode)s tercatat dua kali dalam opname yang sama.")
)
STOCK_TAKE_NOT_OPEN = Refusal(
    "stock_take_not_open",
    _("Opname “%(name)s” berstatus “%(state)s”. Pindaian tidak dibuang; buka kembali opnamenya, lalu kirim lagi."),
)
STOCK_TAKE_NOT_CLOSED = Refusal("stock_take_not_closed", _("Opname “%(name)s” belum ditutup."))
STATUSES_STAND = Refusal(
    "statuses_stand", _("Status eksemplar sudah diubah menurut hasil opname ini. Urungkan perubahan status itu dahulu.")
)
STATUSES_UNDONE = Refusal("statuses_undone", _("Perubahan status ini sudah diurungkan."))
FINDING_HAS_NO_ITEMS = Refusal("finding_has_no_items", _("Tidak ada eksemplar yang perlu diubah statusnya."))
SIGNERS_ONE_TO_THREE = Refusal("signers_one_to_three", _("Berita acara ditandatangani oleh satu sampai tiga orang."))
MINUTES_NUMBER_TAKEN = Refusal("minutes_number_taken", _("Nomor berita acara %(number)s sudah dipakai."))

FILE_EMPTY = Refusal("file_empty", _("Berkas %(name)s kosong."))
IS_TABLE = Refusal(
    "is_table",
    _("Berkas %(name)s adalah tabel (%(kind)s), bukan cantuman MARC. Bawa masuk lewat “Impor tabel” di halaman Impor."),
)
IS_OLD_OFFICE = Refusal(
    "is_old_office",
    _(
        "Berkas %(name)s adalah berkas Office lama (misalnya .xls), bukan cantuman MARC. Simpan tabelnya sebagai XLSX atau CSV, "
        "lalu bawa masuk lewat “Impor tabel” di halaman Impor."
    ),
)
IS_DOCUMENT = Refusal(
    "is_document",
    _(
        "Berkas %(name)s adalah dokumen (%(kind)s), bukan cantuman MARC. Dokumen untuk dibaca ditambahkan pada halaman judulnya, "
        "di bawah “Berkas digital”."
    ),
)
IS_DATABASE = Refusal(
    "is_database",
    _("Berkas %(name)s adalah isi basis data (%(kind)s), bukan cantuman MARC. Bawa masuk lewat “Pindah dari sistem lain”."),
)
IS_PACKED = Refusal(
    "is_packed", _("Berkas %(name)s adalah arsip %(kind)s. Bongkar dahulu, lalu impor berkas cantuman di dalamnya.")
)
IS_OTHER_JSON = Refusal("is_other_json", _("Berkas %(name)s adalah JSON, tetapi bukan MARC-in-JSON."))
IS_MNEMONIC = Refusal(
    "is_mnemonic", _("Berkas %(name)s adalah teks MarcEdit (.mrk). Ubah dahulu menjadi .mrc di MarcEdit, lalu impor hasilnya.")
)
TABLE_UNREADABLE = Refusal("table_unreadable", _("Berkas %(name)s tidak terbaca sebagai CSV atau XLSX."))
VOCABULARY_UNREADABLE = Refusal("vocabulary_unreadable", _("Berkas %(name)s tidak terbaca sebagai SKOS: %(error)s"))
TABLE_EMPTY = Refusal("table_empty", _("Tabelnya kosong: perlu satu baris nama kolom dan paling sedikit satu baris isi."))
TABLE_GONE = Refusal("table_gone", _("Berkas tabelnya sudah dihapus. Unggah lagi."))
NO_TITLE_COLUMN = Refusal("no_title_column", _("Katakan kolom mana yang berisi judul."))
ALREADY_IMPORTED = Refusal(
    "already_imported",
    _("Berkas yang sama persis sudah diimpor (impor nomor %(run)s). Konfirmasikan bila memang ingin mengimpornya lagi."),
    waivable=True,
)
NO_BRANCH = Refusal("no_branch", _("Belum ada cabang “%(code)s”. Buat cabangnya dahulu, atau pilih cabang lain."))
NO_ITEM_TYPE = Refusal("no_item_type", _("Belum ada jenis eksemplar “%(code)s”. Buat dahulu, atau pilih jenis lain."))
NOT_RESUMABLE = Refusal(
    "not_resumable", _("Impor nomor %(run)s sudah berstatus “%(state)s”; tidak ada yang perlu dilanjutkan.")
)
RUNS_ELSEWHERE = Refusal("runs_elsewhere", _("Impor nomor %(run)s sedang dijalankan proses lain."))
FILE_GONE = Refusal("file_gone", _("Berkas impor nomor %(run)s sudah tidak ada. Impor kembali dari berkas aslinya."))
NOTHING_TO_UNDO = Refusal("nothing_to_undo", _("Impor nomor %(run)s berstatus “%(state)s”; tidak ada yang dapat dibatalkan."))
CHANGED_SINCE = Refusal("changed_since", _("%(count)s judul dari impor ini sudah diubah sesudah diimpor."))
AUTHORITIES_CHANGED_SINCE = Refusal(
    "authorities_changed_since", _("%(count)s tajuk dari impor ini sudah diubah sesudah diimpor.")
)
ITEMS_SINCE = Refusal("items_since", _("%(count)s eksemplar lain sudah ditambahkan pada judul dari impor ini."))
PLACE_STAYS = Refusal("place_stays", _("%(kind)s “%(name)s” tetap ada: dipakai oleh %(what)s."))
PLACE_STAYS_DESCRIBED = Refusal("place_stays_described", _("%(kind)s “%(name)s” tetap ada: keterangannya sudah dilengkapi."))
USED_SINCE = Refusal("used_since", _("Sudah ada %(count)s %(what)s untuk judul atau eksemplar dari impor ini."))

NOT_BIBLIOGRAPHIC = Refusal(
    "not_bibliographic",
    _(
        "Bukan cantuman bibliografis (jenis “%(place)s” pada label/06), jadi tidak diimpor sebagai judul. "
        "Data kepemilikan ditempelkan bila ruas 004 atau 014 menyebut judulnya."
    ),
)
HOLDINGS_WITHOUT_TITLE = Refusal(
    "holdings_without_title",
    _(
        "Data kepemilikan ini tidak ditempelkan: nomor kendali %(value)s tidak menunjuk tepat satu judul di katalog atau berkas ini."
    ),
)
ISBN_NOT_VALID = Refusal(
    "isbn_not_valid",
    _("ISBN %(number)s tidak sah. Disimpan seperti tertulis dan ditemukan dengan angka itu; periksa angkanya."),
)
ISSN_NOT_VALID = Refusal(
    "issn_not_valid",
    _("ISSN %(number)s tidak sah. Disimpan seperti tertulis dan ditemukan dengan angka itu; periksa angkanya."),
)
HOLDINGS_BY_BARE_NUMBER = Refusal(
    "holdings_by_bare_number",
    _("Ditempelkan pada judul nomor %(record)s menurut nomor kendali %(value)s saja, tanpa kode lembaganya. Periksa."),
)
HOLDINGS_SKIPPED = Refusal(
    "holdings_skipped",
    _(
        "Data kepemilikan ini tidak ditempelkan: nomor kendali %(value)s menunjuk judul nomor %(record)s yang sudah ada, "
        "dan impor ini membiarkan yang sudah ada."
    ),
)
TOO_MANY_HOLDINGS_WAIT = Refusal(
    "too_many_holdings_wait",
    _(
        "Data kepemilikan ini tidak ditempelkan: judul %(value)s belum ada, dan %(most)s data kepemilikan lain sudah menunggu "
        "judulnya. Impor lagi data kepemilikan ini sesudah judulnya masuk."
    ),
)
AUTHORITY_EXISTS = Refusal("authority_exists", _("Tajuk “%(heading)s” sudah ada; yang ada dibiarkan."))
POSSIBLE_DUPLICATE = Refusal(
    "possible_duplicate", _("Mungkin ganda: %(kind)s %(value)s sudah ada pada judul nomor %(record)s.")
)
DUPLICATE_IN_FILE = Refusal(
    "duplicate_in_file", _("Mungkin ganda: %(kind)s %(value)s sudah ada pada cantuman ke-%(position)s di berkas ini.")
)
DUPLICATE_SKIPPED = Refusal("duplicate_skipped", _("Dilewati: %(kind)s %(value)s sudah ada pada judul nomor %(record)s."))
DUPLICATE_GIVEN_ITEMS = Refusal(
    "duplicate_given_items", _("Eksemplarnya saja yang masuk, pada judul nomor %(record)s: %(kind)s %(value)s sama.")
)
DUPLICATE_OVERLAID = Refusal("duplicate_overlaid", _("Menggantikan judul nomor %(record)s: %(kind)s %(value)s sama."))
DUPLICATE_MERGED = Refusal("duplicate_merged", _("Melengkapi judul nomor %(record)s: %(kind)s %(value)s sama."))
ITEM_WITHOUT_BRANCH = Refusal(
    "item_without_branch", _("Eksemplar %(barcode)s tidak menyebut cabang; pilih cabang bawaan saat mengimpor.")
)
ITEM_WITHOUT_BARCODE = Refusal("item_without_barcode", _("Ruas %(place)s tidak memuat barcode; eksemplarnya tidak dibuat."))
BARCODE_TOO_LONG = Refusal("barcode_too_long", _("Barcode %(barcode)s lebih dari %(most)s karakter."))
BRANCH_CREATED = Refusal("branch_created", _("Cabang baru dibuat dari kode “%(code)s”. Lengkapi nama dan jam bukanya."))
LOCATION_CREATED = Refusal("location_created", _("Lokasi baru dibuat dari kode “%(code)s” di cabang %(branch)s."))
ITEM_TYPE_CREATED = Refusal("item_type_created", _("Jenis eksemplar baru dibuat dari kode “%(code)s”."))
BRANCH_CREATED_BY_NAME = Refusal(
    "branch_created_by_name", _("Cabang baru “%(name)s” dibuat dengan kode “%(code)s”. Lengkapi jam bukanya.")
)
LOCATION_CREATED_BY_NAME = Refusal(
    "location_created_by_name", _("Lokasi baru “%(name)s” dibuat dengan kode “%(code)s” di cabang %(branch)s.")
)
ITEM_TYPE_CREATED_BY_NAME = Refusal(
    "item_type_created_by_name", _("Jenis eksemplar baru “%(name)s” dibuat dengan kode “%(code)s”.")
)

NO_HEADING = Refusal(
    "no_heading", _("Cantuman otoritas ini belum mempunyai tajuk (ruas 100, 110, 111, 130, 150, 151, atau 155).")
)
HEADING_EXISTS = Refusal(
    "heading_exists", _("Tajuk “%(heading)s” sudah ada (nomor %(authority)s). Pakai yang itu, atau gabungkan keduanya.")
)
HEADING_JUST_TAKEN = Refusal("heading_just_taken", _("Tajuk ini baru saja dibuat orang lain. Muat ulang, lalu pakai yang itu."))
SEE_IS_HEADING = Refusal(
    "see_is_heading",
    _("Rujukan “lihat” dari “%(heading)s” tidak mungkin: itu sendiri tajuk yang dipakai (nomor %(authority)s)."),
)
SEES_ITSELF = Refusal("sees_itself", _("Tajuk “%(heading)s” tidak dapat merujuk kepada dirinya sendiri."))
CIRCULAR = Refusal(
    "circular", _("Rujukan melingkar: “%(heading)s” akan sekaligus lebih luas dan lebih sempit daripada tajuk ini.")
)
AUTHORITY_GONE = Refusal("authority_gone", _("Tajuk ini sudah tidak ada."))
HEADING_IN_USE = Refusal(
    "heading_in_use",
    _("Tajuk ini masih dipakai %(count)s judul, jadi tidak dapat dihapus. Gabungkan ke tajuk lain, atau ubah judulnya dahulu."),
)
CHANGE_RUNS = Refusal("change_runs", _("Perubahan tajuk ini pada judul-judul masih berjalan. Tunggu sampai selesai."))
KINDS_DIFFER = Refusal("kinds_differ", _("Hanya tajuk sejenis yang dapat digabungkan: %(first)s dan %(second)s."))
NOT_UNDOABLE = Refusal("not_undoable", _("Perubahan tajuk ini sudah dibatalkan, atau masih berjalan."))
CHANGED_AGAIN = Refusal("changed_again", _("Tajuk ini sudah diubah lagi sesudahnya. Batalkan perubahan yang terakhir dahulu."))

_FORMAT = {
    Kind.RECORD_LENGTH: _("Panjang cantuman pada label (“%(place)s”) salah; cantuman dibaca sampai tanda akhirnya."),
    Kind.TRUNCATED: _("Cantuman terpotong (%(place)s)."),
    Kind.TOO_LARGE: _("Cantuman terlalu besar (%(place)s bita) tanpa tanda akhir."),
    Kind.JUNK: _("Bukan data MARC (%(place)s bita)."),
    Kind.NO_RECORD_TERMINATOR: _("Tanda akhir cantuman hilang."),
    Kind.LEADER: _("Panjang label bukan 24 karakter melainkan %(place)s."),
    Kind.INDICATOR_COUNT: _("Label menyebut jumlah indikator “%(place)s”, seharusnya 2."),
    Kind.SUBFIELD_CODE_COUNT: _("Label menyebut panjang kode subruas “%(place)s”, seharusnya 2."),
    Kind.LEADER_CODE: _("Kode label pada posisi %(place)s tidak dikenal MARC 21."),
    Kind.BASE_ADDRESS: _("Alamat awal data pada label (“%(place)s”) salah."),
    Kind.DIRECTORY: _("Direktori cantuman tidak cocok dengan isinya."),
    Kind.TAG: _("Tanda ruas “%(place)s” tidak sah."),
    Kind.NO_FIELDS: _("Cantuman tidak berisi satu ruas pun."),
    Kind.INDICATOR: _("Indikator ruas %(place)s tidak sah."),
    Kind.NO_SUBFIELD: _("Ruas %(place)s tidak mempunyai subruas."),
    Kind.TEXT_BEFORE_SUBFIELD: _("Ada teks sebelum subruas pertama di ruas %(place)s."),
    Kind.SUBFIELD_CODE: _("Kode subruas di ruas %(place)s tidak sah."),
    Kind.ENCODING_FLAG: _("Label/09 menyebut penyandian huruf yang lain daripada yang dipakai datanya."),
    Kind.INVALID_UTF8: _("Ada bita yang bukan UTF-8 (%(place)s); digantikan tanda �."),
    Kind.INVALID_MARC8: _("Ada bita yang tidak berarti dalam MARC-8; digantikan tanda �."),
    Kind.CONTROL_CHARACTER: _("Ada karakter kendali (%(place)s) di dalam teks; digantikan tanda �."),
    Kind.NOT_WELL_FORMED: _("XML tidak tersusun baik: %(place)s."),
    Kind.NO_RECORD: _("Tidak ada cantuman MARC di berkas ini."),
    Kind.MALFORMED_JSON: _("JSON bukan cantuman MARC-in-JSON: %(place)s."),
}
_IMPORT = {
    **{kind.value: Refusal(kind.value, sentence) for kind, sentence in _FORMAT.items()},
    **{
        each.code: each
        for each in (
            AUTHORITY_EXISTS, NO_HEADING,
            BARCODE_EMPTY, BARCODE_TAKEN_BY_ITEM, BARCODE_TAKEN_BY_MEMBER, BARCODE_TOO_LONG, BRANCH_CREATED, ITEM_TYPE_CREATED,
            BRANCH_CREATED_BY_NAME, ITEM_TYPE_CREATED_BY_NAME, LOCATION_CREATED_BY_NAME,
            HOLDINGS_BY_BARE_NUMBER, HOLDINGS_SKIPPED, HOLDINGS_WITHOUT_TITLE, TOO_MANY_HOLDINGS_WAIT,
            DUPLICATE_GIVEN_ITEMS, DUPLICATE_IN_FILE, DUPLICATE_MERGED, DUPLICATE_OVERLAID, DUPLICATE_SKIPPED,
            ISBN_NOT_VALID, ISSN_NOT_VALID,
            ITEM_WITHOUT_BARCODE, ITEM_WITHOUT_BRANCH, LOCATION_CREATED, NOT_BIBLIOGRAPHIC, POSSIBLE_DUPLICATE,
        )
    },
}  # fmt: skip


def import_refusal(kind: str) -> Refusal:
    """The sentence for a kind of import report. Raises KeyError for a kind nobody declared."""
    return _IMPORT[kind]


NOTHING_ASKED = Refusal("nothing_asked", _("Isi ISBN, judul, pengarang, atau kata lain yang dicari."))
NO_TARGETS = Refusal(
    "no_targets", _("Belum ada katalog lain yang ikut ditanya. Nyalakan sedikitnya satu di Katalog lain (menu Perpustakaan).")
)
ISBN_WRONG = Refusal("isbn_wrong", _("ISBN %(isbn)s tidak sah: periksa angkanya."))
ALREADY_HERE = Refusal("already_here", _("Terbitan ini sudah ada: “%(title)s” (nomor %(record)s)."), waivable=True)
TARGET_NAME_EMPTY = Refusal("target_name_empty", _("Nama katalog itu masih kosong."))
TARGET_NAME_TAKEN = Refusal("target_name_taken", _("Sudah ada katalog bernama %(name)s."))
TARGET_ADDRESS_SRU = Refusal(
    "target_address_sru",
    _("Alamat SRU harus diawali http:// atau https://, tanpa nama pengguna. Contoh: https://sru.contoh.ac.id/katalog"),
)
TARGET_ADDRESS_Z3950 = Refusal(
    "target_address_z3950",
    _("Alamat Z39.50 terdiri atas nama server, titik dua, dan nomor porta. Contoh: z3950.contoh.ac.id:210"),
)
TARGET_LIMITS = Refusal(
    "target_limits", _("Batas waktu harus 1 sampai %(longest)s detik, dan cantuman paling banyak 1 sampai %(most)s.")
)
TARGET_INDEX_UNREADABLE = Refusal("target_index_unreadable", _("Nama indeks baris %(number)s tidak terbaca: “%(text)s”."))
PROFILE_NAME_EMPTY = Refusal("profile_name_empty", _("Nama profil masih kosong."))
PROFILE_NAME_TAKEN = Refusal("profile_name_taken", _("Sudah ada profil bernama %(name)s."))
PROFILE_TAG_UNREADABLE = Refusal(
    "profile_tag_unreadable", _("“%(text)s” bukan ruas. Contoh: 650, 9XX (semua 9..), 650$0 (subruas 0 saja).")
)
PROFILE_MOVE_UNREADABLE = Refusal(
    "profile_move_unreadable", _("Baris “%(text)s” tidak terbaca. Tulis dua ruas data, dari dan ke. Contoh: 653 650.")
)
PROFILE_LINE_UNREADABLE = Refusal("profile_line_unreadable", _("Baris MARC ke-%(number)s tidak terbaca: “%(text)s”."))

SAME_RECORD = Refusal("same_record", _("Judul tidak dapat digabungkan dengan dirinya sendiri."))
MERGER_UNDONE = Refusal("merger_undone", _("Penggabungan ini sudah dibatalkan."))
MERGED_ON = Refusal(
    "merged_on", _("Judul ini sesudah itu digabungkan lagi ke judul lain. Batalkan dahulu penggabungan yang terakhir.")
)
PAIR_GONE = Refusal("pair_gone", _("Pasangan ini sudah tidak ada: salah satu judulnya digabungkan atau dihapus."))
NO_TITLES_CHOSEN = Refusal("no_titles_chosen", _("Pilih sedikitnya satu judul."))
ALREADY_ONE_WORK = Refusal("already_one_work", _("Judul-judul ini sudah menjadi satu karya."))
WORK_UNKNOWN = Refusal("work_unknown", _("Judul-judul ini tidak berasal dari satu karya. Muat ulang halamannya."))
WORK_CHANGE_UNDONE = Refusal("work_change_undone", _("Perubahan karya ini sudah dibatalkan."))
