"""Why a verb of this part may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

BARCODE_TAKEN_BY_ITEM = Refusal(
    "barcode_taken_by_item", _("Barcode %(barcode)s sudah dipakai oleh sebuah eksemplar. Pakai barcode lain.")
)
BARCODE_TAKEN_BY_MEMBER = Refusal(
    "barcode_taken_by_member", _("Barcode %(barcode)s sudah dipakai sebagai kartu anggota. Pakai barcode lain.")
)
BARCODE_EMPTY = Refusal("barcode_empty", _("Barcode kosong. Pindai atau ketik barcodenya."))

NAME_EMPTY = Refusal("name_empty", _("Nama masih kosong."))
CODE_EMPTY = Refusal("code_empty", _("Kode masih kosong."))
CODE_TAKEN = Refusal("code_taken", _("Kode %(code)s sudah dipakai. Pilih kode lain."))
TIME_ZONE_UNKNOWN = Refusal("time_zone_unknown", _("Zona waktu “%(zone)s” tidak dikenal."))
EMAIL_UNREADABLE = Refusal("email_unreadable", _("“%(email)s” bukan alamat surel."))
ALREADY_SET_UP = Refusal("already_set_up", _("Perpustakaan ini sudah disiapkan."))
BRANCH_IN_USE = Refusal(
    "branch_in_use",
    _("Cabang %(branch)s masih dipakai oleh eksemplar, anggota, aturan peminjaman, atau transaksi, jadi tidak dapat dihapus."),
)
BRANCH_GONE = Refusal(
    "branch_gone", _("Salah satu cabang yang dipilih sudah dihapus orang lain sejak Anda membuka halaman ini.")
)
GROUP_NAME_TAKEN = Refusal("group_name_taken", _("Sudah ada kelompok cabang dengan nama ini."))
GROUP_EMPTY = Refusal("group_empty", _("Pilih paling sedikit satu cabang untuk kelompok ini."))
GROUP_GONE = Refusal("group_gone", _("Kelompok cabang ini sudah dihapus orang lain sejak Anda membukanya."))
GROUP_STALE = Refusal(
    "group_stale",
    _("Kelompok cabang ini sudah diubah orang lain sejak Anda membukanya. Buka lagi, lalu ulangi perubahan Anda."),
)
GROUP_IN_USE = Refusal(
    "group_in_use",
    _(
        "Kelompok %(group)s masih disebut oleh aturan peminjaman atau batas bersama, jadi tidak dapat dihapus. Ubah aturannya dahulu."
    ),
)
LOCATION_IN_USE = Refusal(
    "location_in_use",
    _("Lokasi %(location)s masih dipakai oleh eksemplar, jadi tidak dapat dihapus. Pindahkan eksemplarnya dahulu."),
)
WEEKDAY_UNKNOWN = Refusal("weekday_unknown", _("Hari ke-%(weekday)s tidak ada; pakai 0 (Senin) sampai 6 (Minggu)."))
SPELL_BACKWARDS = Refusal("spell_backwards", _("%(day)s: jam tutup %(closes)s harus sesudah jam buka %(opens)s."))
SPELLS_OVERLAP = Refusal("spells_overlap", _("%(day)s: jam buka %(first)s dan %(second)s bertumpang tindih."))
CLOSURE_BACKWARDS = Refusal("closure_backwards", _("Hari terakhir penutupan mendahului hari pertamanya."))
CLOSURE_IN_THE_PAST = Refusal(
    "closure_in_the_past",
    _("Penutupan tidak dapat dimulai sebelum hari ini: tanggal jatuh tempo yang lalu bergantung padanya."),
)
CLOSURE_ANNOUNCED = Refusal("closure_announced", _("Penutupan ini sudah diumumkan."))
CLOSURE_TOO_LONG = Refusal("closure_too_long", _("Penutupan paling lama %(days)s hari. Bagi menjadi beberapa penutupan."))
REASON_EMPTY = Refusal("reason_empty", _("Tuliskan alasan penutupan, misalnya “Libur Idulfitri”."))
CLOSURE_BEGAN = Refusal("closure_began", _("Penutupan ini sudah berjalan. Majukan saja hari terakhirnya."))
CLOSURE_NOT_SHORTER = Refusal(
    "closure_not_shorter",
    _("Hari terakhir yang baru harus antara kemarin dan %(last_day)s, dan tidak mendahului hari pertama."),
)
SERVICE_NAME_TAKEN = Refusal("service_name_taken", _("Layanan “%(name)s” sudah ada."))
SERVICE_SUMMARY_EMPTY = Refusal("service_summary_empty", _("Tuliskan dalam satu kalimat apa yang diperoleh pemustaka."))
SERVICE_DESK_ONLY = Refusal(
    "service_desk_only",
    _("Beri layanan ini jalan daring, nyatakan bahwa ia dilayani lewat kontak, atau tuliskan mengapa ia hanya di tempat."),
)
SERVICE_WAY_UNSAFE = Refusal(
    "service_way_unsafe", _("Jalan daring harus halaman situs ini (dimulai dengan /) atau alamat https://.")
)
SERVICE_STATE_UNEXPLAINED = Refusal(
    "service_state_unexplained", _("Tuliskan mengapa layanan ini terbatas atau tutup, dan apa yang masih dapat dilakukan.")
)
PERIOD_BACKWARDS = Refusal("period_backwards", _("Hari terakhir masa ini mendahului hari pertamanya."))
PERIOD_BEGAN = Refusal(
    "period_began",
    _("Masa ini sudah berjalan: hari yang lewat tidak dapat diubah. Hari terakhirnya dapat dipindah, paling awal kemarin."),
)
PERIOD_IN_THE_PAST = Refusal("period_in_the_past", _("Masa baru tidak dapat berakhir sebelum hari ini."))
PERIOD_OVER = Refusal("period_over", _("Masa ini sudah lewat, jadi jam bukanya tidak dapat diubah lagi."))
PERIOD_TOO_LONG = Refusal("period_too_long", _("Satu masa paling lama %(days)s hari."))
NOT_HOLIDAYS = Refusal(
    "not_holidays", _("Ini bukan tabel tanggal, nama, dan jenis. Pakai templatnya, atau tempel satu libur sebaris.")
)
HOLIDAY_DAY_UNREADABLE = Refusal(
    "holiday_day_unreadable", _("Tanggal “%(text)s” tidak terbaca; tulis satu hari, contohnya 17 Agustus 2026.")
)
HOLIDAY_NAME_WRONG = Refusal("holiday_name_wrong", _("Nama libur harus 1 sampai 120 huruf."))
HOLIDAY_KIND_UNKNOWN = Refusal(
    "holiday_kind_unknown", _("Jenis “%(text)s” tidak dikenal; tulis libur nasional atau cuti bersama.")
)
NO_NEW_HOLIDAYS = Refusal("no_new_holidays", _("Tidak ada libur baru dalam daftar ini."))
HOLIDAYS_BEGAN = Refusal(
    "holidays_began", _("Sebagian libur dari daftar ini sudah berjalan. Batalkan yang belum satu per satu di Hari tutup.")
)
BRANCH_UNDER_ITSELF = Refusal("branch_under_itself", _("Cabang ini tidak dapat menjadi bagian dari dirinya sendiri."))
LEVEL_UNKNOWN = Refusal("level_unknown", _("Jenjang “%(level)s” tidak dikenal; pakai D1–D4, S1, Profesi, Sp, S2, atau S3."))
PROGRAMME_IN_USE = Refusal(
    "programme_in_use", _("Program studi %(programme)s masih dipakai oleh anggota atau aturan, jadi tidak dapat dihapus.")
)
NOT_A_TABLE = Refusal(
    "not_a_table",
    _("Berkas ini bukan tabel CSV atau XLSX dengan kolom kode, nama, dan jenjang. Periksa baris judul kolomnya."),
)
