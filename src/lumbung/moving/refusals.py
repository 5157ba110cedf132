"""Why a verb of this part may refuse, and what can be said of a row on its way in."""

from functools import cache

from django.utils.translation import gettext_lazy as _

from lumbung.accounts import refusals as accounts
from lumbung.catalogue import refusals as catalogue
from lumbung.circulation import refusals as circulation
from lumbung.kernel.refusals import Refusal
from lumbung.members import refusals as members
from lumbung.organization import refusals as organization

USUAL_TYPE_NAME = {True: _("Umum"), False: _("Baca di tempat"), "in_house": _("%(type)s (baca di tempat)")}

# a move as a whole
SOURCE_UNKNOWN = Refusal("source_unknown", _("Sistem asal “%(source)s” tidak dikenal."))
FILE_MISSING = Refusal("file_missing", _("Berkas %(file)s tidak ada di server ini."))
FILE_OUTSIDE = Refusal("file_outside", _("Berkas %(file)s berada di luar kotak masuk."))
FILE_EMPTY = Refusal("file_empty", _("Berkas %(file)s kosong."))
BRANCH_UNKNOWN = Refusal("branch_unknown", _("Belum ada cabang “%(code)s”. Buat cabangnya dahulu, atau pilih cabang lain."))
ORIGIN_WRONG = Refusal(
    "origin_wrong",
    _("Nama asal terdiri atas huruf kecil, angka, dan tanda hubung, paling panjang 30: “%(origin)s” tidak dapat dipakai."),
)
NOT_RUNNABLE = Refusal("not_runnable", _("Perpindahan nomor %(move)s berstatus “%(state)s”; tidak ada yang perlu dilanjutkan."))
NOT_REHEARSED = Refusal("not_rehearsed", _("Perpindahan nomor %(move)s belum selesai diuji coba."))
RUNS_ELSEWHERE = Refusal("runs_elsewhere", _("Perpindahan nomor %(move)s sedang dijalankan proses lain."))
ANOTHER_UNDER_WAY = Refusal("another_under_way", _("Perpindahan nomor %(move)s masih berjalan. Tunggu sampai selesai."))
NOTHING_TO_UNDO = Refusal(
    "nothing_to_undo", _("Perpindahan nomor %(move)s berstatus “%(state)s”; tidak ada yang dapat dibatalkan.")
)
NOT_DISCARDABLE = Refusal(
    "not_discardable",
    _("Perpindahan nomor %(move)s berstatus “%(state)s”; hanya uji coba yang belum dipindahkan dapat dibuang."),
)
LATER_MOVE = Refusal("later_move", _("Perpindahan nomor %(move)s dibuat sesudah ini. Batalkan yang itu dahulu."))
CHANGED_SINCE = Refusal("changed_since", _("%(count)s %(what)s dari perpindahan ini sudah diubah atau dipakai sesudahnya."))
USED_SINCE = Refusal(
    "used_since", _("Sudah ada %(count)s %(what)s baru untuk judul, eksemplar, atau anggota dari perpindahan ini.")
)

DEPARTURE_UNDER_WAY = Refusal("departure_under_way", _("Paket nomor %(departure)s masih dibuat. Tunggu sampai selesai."))

# the input itself
NOT_A_DUMP = Refusal("not_a_dump", _("%(file)s bukan cadangan basis data sistem ini."))
OTHER_SYSTEM = Refusal(
    "other_system", _("%(file)s adalah cadangan %(system)s. Pilih %(system)s sebagai sistem asalnya, lalu uji coba lagi.")
)
ARCHIVE_LOCKED = Refusal(
    "archive_locked", _("Arsip %(file)s terkunci kata sandi. Buka kuncinya, lalu kemas lagi tanpa kata sandi.")
)
ARCHIVE_UNREADABLE = Refusal("archive_unreadable", _("%(file)s bukan folder dan bukan arsip ZIP yang utuh."))
ARCHIVE_TOO_LARGE = Refusal(
    "archive_too_large",
    _(
        "Isi arsip %(file)s jauh lebih besar daripada yang wajar atau daripada ruang yang ada; tidak ada yang dibongkar darinya."
    ),
)
DUMP_ENDS_EARLY = Refusal(
    "dump_ends_early",
    _("Cadangan terputus sebelum selesai (tabel %(table)s, sesudah baris %(rows)s). Yang utuh tetap terbaca."),
)
DUMP_WRONG_COUNT = Refusal(
    "dump_wrong_count", _("Satu baris tabel %(table)s (sesudah baris %(rows)s) tidak cocok dengan kolomnya: %(sample)s")
)
DUMP_CUT = Refusal("dump_unreadable", _("Bagian tabel %(table)s sesudah baris %(rows)s tidak terbaca: %(sample)s"))
TABLE_MISSING = Refusal("table_missing", _("Tabel %(table)s tidak ada di cadangan ini."))
KEY_COLUMN_MISSING = Refusal(
    "key_column_missing", _("Tabel %(table)s tidak berkolom %(column)s, jadi isinya tidak dapat dipindahkan.")
)
COLUMN_KEPT = Refusal(
    "column_kept",
    _(
        "Kolom %(table)s.%(column)s (%(what)s) terisi pada %(rows)s baris. Belum ada tempatnya di sini; disimpan dengan tabelnya."
    ),
)
COLUMN_DROPPED = Refusal(
    "column_dropped",
    _(
        "Kolom %(table)s.%(column)s (%(what)s) terisi pada %(rows)s baris. Isinya rahasia: tidak dipindahkan dan tidak disimpan."
    ),
)
MARC_UNREADABLE = Refusal(
    "marc_unreadable", _("Cantuman ke-%(position)s dalam %(file)s tidak terbaca; yang lain tetap dibaca.")
)
TEXT_MENDED = Refusal(
    "text_mended", _("%(count)s teks di tabel %(table)s tersimpan dengan penyandian keliru dan sudah dibetulkan.")
)

# a row
ID_EMPTY = Refusal("id_empty", _("Nomor barisnya kosong."))
ID_TOO_LONG = Refusal("id_too_long", _("Nomor barisnya terlalu panjang."))
ID_TWICE = Refusal("id_twice", _("Nomor %(id)s sudah ada pada baris lain."))
KEPT_AS_CHANGED_HERE = Refusal(
    "kept_as_changed_here", _("Sudah diubah di sini sejak perpindahan sebelumnya; yang di sini dibiarkan.")
)
RULE_KEPT = Refusal("rule_kept", _("Aturan untuk kategori dan jenis ini sudah ada; yang di sini dibiarkan."))
RULE_OF_OURS = Refusal(
    "rule_of_ours",
    _("Aturan “%(rule)s” ada di sini dan tidak ada di sistem lama; ia tetap berlaku. Hapus bila tidak dipakai lagi."),
)
RULE_INCOMPLETE = Refusal("rule_incomplete", _("Aturan ini menunjuk kategori atau jenis yang tidak ada."))
RULE_OF_GMD = Refusal(
    "rule_of_gmd", _("Aturan ini khusus untuk GMD %(gmd)s, yang di sini tidak membedakan aturan; disimpan, tidak dipakai.")
)
RULE_PARTS_KEPT = Refusal(
    "rule_parts_kept", _("Bagian aturan ini belum ada padanannya, jadi hanya disimpan bersama tabelnya: %(parts)s.")
)
PERMIT_REASON = Refusal("permit_reason", _("Hak pinjam anggota ini di sistem lama."))
RULE_LIMIT_OF_KIND = Refusal(
    "rule_limit_of_kind",
    _("Di INLISLite batas ini dibandingkan dengan semua pinjaman anggota; di sini dengan pinjaman bahan “%(kind)s” saja."),
)
RULE_BY_DAY_OF_RETURN = Refusal(
    "rule_by_day_of_return",
    _(
        "Di INLISLite denda dan skorsing ini mengikuti hari pengembalian; di sini mengikuti hari peminjaman, karena syarat pinjaman tidak "
        "berubah sesudah dipinjam."
    ),
)
RULE_DAY_UNKNOWN = Refusal(
    "rule_day_unknown",
    _("Harinya tidak terbaca, atau sudah ada aturan lain untuk hari itu; aturan ini hanya disimpan bersama tabelnya."),
)
RULE_OF_UNKNOWN_KIND = Refusal(
    "rule_of_unknown_kind",
    _("Jenis bahan “%(kind)s” tidak ada padanannya di sini, jadi aturannya hanya disimpan bersama tabelnya."),
)
RULE_OF_KIND_TWICE = Refusal(
    "rule_of_kind_twice",
    _(
        "“%(kind)s” dan jenis bahan lain menjadi jenis koleksi yang sama di sini; aturan yang pertama dipakai, yang ini disimpan."
    ),
)
RULE_STRETCHES = Refusal(
    "rule_stretches",
    _(
        "Di INLISLite denda atau skorsing ini dihitung menurut masa %(days)s hari yang sudah genap, paling sedikit satu masa; "
        "di sini denda dikenakan begitu sebuah masa dimulai, dan skorsing menurut hari terlambat. Ubah aturannya bila perlu."
    ),
)
RECORD_UNREADABLE = Refusal("record_unreadable", _("Cantuman MARC-nya tidak terbaca."))
CLOSED_DAY_PAST = Refusal("closed_day_past", _("Hari libur %(day)s sudah lewat; disimpan bersama tabelnya."))
CLOSED_DAY_YEARLY = Refusal(
    "closed_day_yearly",
    _("Libur ini berulang setiap tahun di sistem lama; di sini baru yang terdekat (%(day)s) yang diumumkan."),
)
OPEN_AFTER_ALL = Refusal(
    "open_after_all",
    _("Tanggal %(day)s cabang %(place)s tetap buka walau jatuh pada hari liburnya; disimpan dengan tabelnya."),
)
CLOSED_WEEKDAY = Refusal("closed_weekday", _("Tutup setiap %(day)s: isi jam buka cabang agar berlaku."))
TITLE_MISSING = Refusal("title_missing", _("Judul nomor %(title)s tidak ada atau ditolak."))
COPY_MISSING = Refusal("copy_missing", _("Eksemplar %(copy)s tidak ada atau ditolak."))
MEMBER_MISSING = Refusal("member_missing", _("Anggota %(member)s tidak ada atau ditolak."))
FIELD_UNREADABLE = Refusal("field_unreadable", _("Ruas “%(tag)s” bukan ruas MARC; isinya disimpan sebagai catatan."))
AUTHOR_MISSING = Refusal("author_missing", _("Pengarang nomor %(author)s tidak ada di daftar pengarang."))
TOPIC_MISSING = Refusal("topic_missing", _("Subjek nomor %(topic)s tidak ada di daftar subjek."))
LANGUAGE_UNREADABLE = Refusal("language_unreadable", _("Bahasa “%(language)s” tidak dikenal; ditulis sebagai catatan."))
NUMBER_NOT_VALID = Refusal("number_not_valid", _("ISBN/ISSN “%(number)s” tidak sah; tetap disimpan."))
NUMBER_SPOILT = Refusal(
    "number_spoilt",
    _("Lembar kerja memendekkan nomor “%(number)s” di kolom %(column)s; angka akhirnya hilang, jadi nomor ini dicatat saja."),
)
DAY_UNREADABLE = Refusal("day_unreadable", _("“%(day)s” di kolom %(column)s bukan tanggal; dicatat saja."))
PRICE_UNREADABLE = Refusal("price_unreadable", _("“%(price)s” di kolom %(column)s bukan harga; dicatat saja."))
COPIES_UNREADABLE = Refusal(
    "copies_unreadable",
    _("“%(number)s” di kolom %(column)s bukan jumlah eksemplar; dicatat sebanyak barcodenya, paling sedikit satu. Periksa."),
)
YEAR_UNREADABLE = Refusal("year_unreadable", _("“%(year)s” di kolom %(column)s bukan tahun; dicatat saja."))
SOURCE_NOTED = Refusal("source_noted", _("Sumber perolehan “%(source)s” tidak dikenal; dicatat saja."))
LANGUAGE_NOTED = Refusal("language_noted", _("Bahasa “%(language)s” tidak dikenal; dicatat saja."))
BARCODE_MADE = Refusal("barcode_made", _("Eksemplar ini belum berbarcode; diberi %(barcode)s. Cetak labelnya sesudah pindah."))
COPY_OF_ROW_ABOVE = Refusal(
    "copy_of_row_above",
    _("Judul di baris ini kosong, jadi barisnya dianggap eksemplar judul di atasnya, “%(title)s”. Bila bukan, isi judulnya."),
)
NOT_A_TABLE = Refusal(
    "not_a_table", _("%(file)s bukan tabel yang dapat dibaca: pakai CSV atau XLSX, paling banyak 100.000 baris.")
)
SHEETS_UNREAD = Refusal(
    "sheets_unread",
    _("Hanya satu lembar dibaca. Belum dibaca: %(sheets)s. Simpan lembar itu sebagai berkas sendiri, lalu pindahkan."),
)
HEADS_UNSURE = Refusal(
    "heads_unsure",
    _("Baris pertama dipakai sebagai nama kolom: %(heads)s. Bila itu sudah data, tambahkan baris nama kolom di atasnya."),
)
COLUMN_NEEDED = Refusal("column_needed", _("Tunjukkan kolom “%(column)s”; tanpa itu tidak ada yang dapat dipindahkan."))
COLUMN_TWICE = Refusal("column_twice", _("Dua kolom ditunjuk sebagai “%(column)s”. Pilih satu saja."))
PLACE_UNKNOWN = Refusal("place_unknown", _("Lokasi “%(place)s” tidak ada di daftar lokasi."))
COPY_TYPE_UNKNOWN = Refusal("copy_type_unknown", _("Jenis koleksi “%(type)s” tidak ada di daftarnya."))
STATUS_UNREADABLE = Refusal("status_unreadable", _("Status eksemplar “%(status)s” tidak dikenal; dicatat di catatannya."))
CARD_MADE = Refusal(
    "card_made",
    _(
        "Tidak punya nomor anggota yang dapat dipakai; diberi nomor kartu %(barcode)s. Cetak kartunya, atau ganti nomornya di halaman "
        "anggota."
    ),
)
CARD_SHARED = Refusal(
    "card_shared",
    _(
        "Nomor anggota %(number)s dipakai orang lain juga di sistem lama; orang ini diberi nomor kartu %(barcode)s. Periksa keduanya, lalu "
        "cetak kartunya."
    ),
)
CARD_SPOILT = Refusal(
    "card_spoilt",
    _(
        "Lembar kerja memendekkan nomor “%(number)s” di kolom %(column)s, dan anggota ini tidak punya nomor lain. Betulkan di berkasnya, "
        "lalu pindahkan lagi."
    ),
)
CATEGORY_UNSAID = Refusal("category_unsaid", _("Tipe anggota tidak disebut; dimasukkan ke kategori umum."))
CATEGORY_UNKNOWN = Refusal(
    "category_unknown", _("Tipe anggota “%(category)s” tidak ada di daftarnya; dimasukkan ke kategori umum.")
)
EMAIL_UNREADABLE = Refusal("email_unreadable", _("“%(email)s” bukan alamat surel; dipindahkan ke catatan."))
PHONE_UNREADABLE = Refusal("phone_unreadable", _("“%(phone)s” bukan nomor telepon; dipindahkan ke catatan."))
JOINED_UNKNOWN = Refusal("joined_unknown", _("Tanggal masuk tidak ada; dicatat %(day)s."))
EXPIRY_UNKNOWN = Refusal("expiry_unknown", _("Tanggal akhir keanggotaan tidak ada; dicatat %(day)s, setahun sesudah mulai."))
DATES_TURNED = Refusal(
    "dates_turned",
    _("Masa keanggotaan berakhir (%(day)s) sebelum mulai; kedua tanggalnya ditukar. Periksa di halaman anggota."),
)
PASSWORD_UNREADABLE = Refusal(
    "password_unreadable", _("Kata sandi lamanya berbentuk tidak dikenal; anggota meminta yang baru.")
)
MEMBER_RECOGNISED = Refusal("member_recognised", _("Anggota dengan nomor %(barcode)s sudah ada; datanya di sini dibiarkan."))
STAFF_NOT_ACTIVE = Refusal(
    "staff_not_active",
    _("Akun petugas %(name)s belum aktif: administrator mengaktifkannya di Sistem → Pengguna bila orangnya masih bertugas."),
)
PENDING = Refusal("pending", _("Ditangguhkan di sistem lama"))
TWO_OPEN_LOANS = Refusal("two_open_loans", _("Eksemplar %(copy)s sedang dipinjam dalam pinjaman lain juga."))
DAYS_UNREADABLE = Refusal("days_unreadable", _("Tanggal yang wajib ada kosong atau tidak terbaca."))
PART_UNNAMED = Refusal("part_unnamed", _("Bagian yang diminta tidak disebut"))
RETURN_UNDATED = Refusal("return_undated", _("Sudah kembali tetapi tanpa tanggal; dicatat pada jatuh temponya."))
NOT_LENT = Refusal("not_lent", _("Baris ini bukan pinjaman yang jadi (is_lent 0)."))
BALANCE_CHANGED = Refusal(
    "balance_changed",
    _("Tunggakannya di sistem lama kini Rp%(amount)s; periksa dan sesuaikan sendiri, karena mungkin sudah dibayar di sini."),
)
AMOUNT_ROUNDED = Refusal("amount_rounded", _("Jumlah %(told)s dibulatkan menjadi Rp%(amount)s."))
DEBARRED = Refusal("debarred", _("Diblokir di Koha sampai %(day)s"))
GONE_AWAY = Refusal("gone_away", _("Alamatnya tidak berlaku lagi menurut Koha"))
CARD_LOST = Refusal("card_lost", _("Kartunya hilang menurut Koha"))
COUNT_UNDER_WAY = Refusal(
    "count_under_way", _("Opname “%(name)s” masih berjalan di sistem lama; lanjutkan di menu Opname, atau batalkan di sana.")
)
COUNT_STATUS_UNREADABLE = Refusal(
    "count_status_unreadable", _("Hasil opname “%(status)s” tidak dikenal; dicatat sebagai belum terlihat.")
)
COUNT_MISSING = Refusal("count_missing", _("Opname nomor %(count)s tidak ada dalam cadangan ini."))
FILE_LACKING = Refusal("file_lacking", _("Berkas %(file)s tidak ada di folder yang diberikan."))
FILE_STRANGE = Refusal("file_strange", _("Nama berkas %(file)s keluar dari foldernya; tidak diambil."))


@cache
def _known() -> dict[str, Refusal]:
    parts = (organization, accounts, members, catalogue, circulation)
    found = {each.code: each for part in parts for each in vars(part).values() if isinstance(each, Refusal)}
    return found | {each.code: each for each in globals().values() if isinstance(each, Refusal)}


def finding(code: str) -> Refusal:
    """The refusal a finding was made from: ours, or one of the parts below."""
    return _known().get(code, Refusal(code, code))
