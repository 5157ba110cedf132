"""Why a verb of this part may refuse, and why a file may not be read."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

# contents and their storage
FILE_MISSING = Refusal("file_missing", _("Pilih berkasnya dahulu."))
FILE_EMPTY = Refusal("file_empty", _("Berkas %(file)s kosong: ukurannya 0 bita."))
FILE_TOO_LARGE = Refusal("file_too_large", _("Berkas %(file)s melebihi batas %(most)s MB."))
KIND_UNKNOWN = Refusal(
    "kind_unknown",
    _("Isi berkas %(file)s bukan jenis yang diterima: PDF, EPUB, gambar, suara, video, teks, dokumen kantor, atau ZIP."),
)
KIND_OTHER_THAN_NAME = Refusal(
    "kind_other_than_name", _("Nama berkas %(file)s berakhiran .%(ending)s, tetapi isinya %(kind)s. Simpan ulang berkasnya.")
)
FILE_ACTS = Refusal(
    "file_acts",
    _("Berkas %(file)s memuat skrip atau perintah, sehingga tidak diterima. Cetak ulang ke PDF tanpa skrip, lalu unggah lagi."),
)
ARCHIVE_TOO_LARGE_INSIDE = Refusal(
    "archive_too_large_inside",
    _("Isi berkas %(file)s terlalu besar bila dibuka, jauh melebihi ukurannya. Berkas ini tidak diterima."),
)
ARCHIVE_BROKEN = Refusal("archive_broken", _("Berkas %(file)s rusak atau terkunci, sehingga isinya tidak dapat diperiksa."))
CONTENT_MISSING = Refusal(
    "content_missing", _("Isi berkas ini sedang tidak ditemukan di penyimpanan. Petugas perlu memulihkannya dari cadangan.")
)
FIXITY_NEVER = Refusal(
    "fixity_never", _("Tiap berkas diperiksa paling jarang sekali dalam jumlah hari yang Anda isi: paling sedikit 1.")
)
NOTHING_TO_BAG = Refusal("nothing_to_bag", _("Judul ini belum mempunyai berkas untuk dikeluarkan."))
BAG_FAULTS = {
    "unreadable": Refusal("bag_unreadable", _("%(bag)s bukan ZIP, tar, atau tar.gz yang utuh, sehingga tidak dapat dibuka.")),
    "no_bag": Refusal("bag_not_there", _("%(bag)s bukan bag: bagit.txt tidak ditemukan di dalamnya.")),
    "beside": Refusal("bag_beside", _("Di dalam %(bag)s ada yang lain di samping bag: %(what)s. Kirim satu bag saja.")),
    "too_large": Refusal(
        "bag_too_large", _("Isi %(bag)s terlalu besar atau terlalu banyak bila dibuka. Bag ini tidak diterima.")
    ),
    "declaration": Refusal("bag_declaration", _("bagit.txt tidak tertulis menurut BagIt: versi, lalu pengodean hurufnya.")),
    "version": Refusal("bag_version", _("BagIt versi %(what)s tidak dikenal; yang dikenal 0.93 sampai 1.0.")),
    "encoding": Refusal("bag_encoding", _("Huruf di dalam bag tidak terbaca menurut pengodean yang disebutnya: %(what)s.")),
    "escapes": Refusal("bag_escapes", _("Jalur %(what)s keluar dari bag. Bag ini tidak diterima.")),
    "link": Refusal("bag_link", _("%(what)s adalah tautan atau berkas khusus, bukan berkas biasa.")),
    "locked": Refusal("bag_locked", _("%(what)s terkunci kata sandi.")),
    "twice": Refusal("bag_twice", _("%(what)s ada dua kali di dalam arsip.")),
    "no_manifest": Refusal("bag_no_manifest", _("Bag ini tidak mempunyai daftar sidik jari (manifest).")),
    "algorithm": Refusal("bag_algorithm", _("Sidik jarinya dari jenis yang tidak dikenal; pakai SHA-256 atau SHA-512.")),
    "line": Refusal("bag_line", _("Baris ini di dalam daftar sidik jari tidak dapat dibaca: %(what)s")),
    "listed_twice": Refusal("bag_listed_twice", _("%(what)s tercantum dua kali di dalam daftar sidik jari.")),
    "unlisted": Refusal("bag_unlisted", _("%(what)s ada di dalam bag, tetapi tidak tercantum di dalam daftar sidik jari.")),
    "missing": Refusal("bag_missing", _("%(what)s tercantum, tetapi tidak ada di dalam bag.")),
    "fetch": Refusal("bag_fetch", _("%(what)s masih harus diambil dari alamat lain (fetch.txt). Kirim bag yang lengkap.")),
    "sum": Refusal("bag_sum", _("Sidik jari %(what)s tidak cocok: isinya berubah sejak bag dibuat.")),
    "oxum": Refusal("bag_oxum", _("Jumlah dan ukuran isinya tidak sama dengan yang disebut bag (Payload-Oxum %(what)s).")),
}
BAG_FAULTS_MORE = Refusal("bag_faults_more", _("Dan %(count)s kesalahan lain."))
BAG_ELSEWHERE = Refusal("bag_elsewhere", _("Bag ini berstatus “%(state)s”."))
NOT_THE_SAME_CONTENT = Refusal(
    "not_the_same_content", _("Berkas itu tidak sama sampai bita terakhir dengan yang dahulu disimpan, jadi tidak dipakai.")
)

# files of a title
FILE_NAME_EMPTY = Refusal("file_name_empty", _("Tuliskan nama berkasnya."))
FILE_THERE_ALREADY = Refusal("file_there_already", _("Judul ini sudah mempunyai berkas yang isinya sama: %(name)s."))
SAME_CONTENT = Refusal("same_content", _("Judul ini sudah mempunyai berkas yang isinya sama."))
EMBARGO_WITHOUT_REASON = Refusal("embargo_without_reason", _("Tuliskan alasan embargo."))
EMBARGO_OVER = Refusal("embargo_over", _("Tanggal akhir embargo %(day)s sudah lewat."))
GROUP_EMPTY = Refusal("group_empty", _("Pilih paling sedikit satu kategori anggota atau program studi yang boleh membaca."))
REASON_EMPTY = Refusal("reason_empty", _("Tuliskan alasannya: pembaca yang datang ke alamat lama akan membacanya."))
ALREADY_WITHDRAWN = Refusal("already_withdrawn", _("Berkas ini sudah ditarik."))
NOT_WITHDRAWN = Refusal("not_withdrawn", _("Berkas ini tidak sedang ditarik."))
ALREADY_REPLACED = Refusal("already_replaced", _("Berkas ini sudah digantikan versi yang lebih baru."))
NETWORK_UNREADABLE = Refusal("network_unreadable", _("“%(line)s” bukan alamat jaringan. Contoh: 10.20.0.0/16."))
LIMIT_OUT_OF_RANGE = Refusal("limit_out_of_range", _("Batas ukuran berkas antara 1 MB dan %(most)s MB."))

# why a file may not be read
WITHDRAWN = Refusal("withdrawn", _("Berkas ini ditarik pada %(day)s. Alasan: %(because)s"))
SUPERSEDED = Refusal("superseded", _("Berkas ini digantikan versi yang lebih baru."))
TITLE_HIDDEN = Refusal("title_hidden", _("Judul ini sedang tidak ditampilkan kepada umum."))
EMBARGOED = Refusal("embargoed", _("Berkas ini diembargo: terbuka pada %(day)s. Alasan: %(because)s"))
FOR_MEMBERS = Refusal("for_members", _("Berkas ini untuk anggota perpustakaan."))
MEMBERSHIP_ENDED = Refusal("membership_ended", _("Keanggotaan Anda berakhir pada %(day)s."))
MEMBERSHIP_BLOCKED = Refusal("membership_blocked", _("Keanggotaan Anda sedang diblokir: %(because)s"))
FOR_GROUP = Refusal("for_group", _("Berkas ini untuk: %(who)s."))
FOR_CAMPUS = Refusal("for_campus", _("Berkas ini hanya dapat dibaca dari jaringan kampus."))
FOR_STAFF = Refusal("for_staff", _("Berkas ini untuk petugas perpustakaan."))
FOR_NOBODY = Refusal("for_nobody", _("Berkas ini disimpan dan tidak dibuka untuk dibaca."))
READ_IN_TURN = Refusal(
    "read_in_turn", _("Berkas ini dibaca paling banyak %(most)s orang serentak; masuk dahulu agar tempat Anda tersimpan.")
)
ALL_PLACES_READ = Refusal(
    "all_places_read", _("Sedang dibaca %(most)s orang, sebanyak yang boleh serentak. Anda urutan ke-%(position)s.")
)
CANNOT_BE_MARKED = Refusal(
    "cannot_be_marked", _("Berkas ini tidak dapat diberi tanda unduh, jadi tidak diberikan. Tanyakan di meja layanan.")
)
READ_ONLY = Refusal("read_only", _("Berkas ini dibaca di sini dan tidak diunduh."))

# deposits
DEPOSIT_ELSEWHERE = Refusal(
    "deposit_elsewhere", _("Karya ini berstatus “%(state)s”, jadi langkah itu tidak dapat dilakukan lagi.")
)
DEPOSIT_STALE = Refusal(
    "deposit_stale", _("Karya ini sudah disimpan di tab atau perangkat lain. Periksa isinya, lalu simpan sekali lagi.")
)
YEAR_UNLIKELY = Refusal("year_unlikely", _("Tahun %(year)s tidak mungkin."))
SIMILARITY_OUT_OF_RANGE = Refusal("similarity_out_of_range", _("Kemiripan ditulis dalam persen, dari 0 sampai 100."))
PERSON_WITHOUT_NAME = Refusal("person_without_name", _("Tuliskan nama orang yang nomornya Anda isi."))
QUOTA_FULL = Refusal(
    "quota_full", _("Seluruh berkas karya ini melebihi kuota %(most)s MB. Keluarkan berkas lain atau perkecil gambarnya.")
)
DEPOSIT_FILE_TWICE = Refusal("deposit_file_twice", _("Berkas dengan isi yang sama sudah ada di karya ini."))
FILE_CANNOT_BE_CUT = Refusal("file_cannot_be_cut", _("Berkas ini tidak dapat dibagi: bukan PDF, terkunci, atau rusak."))
CUTS_OVERLAP = Refusal(
    "cuts_overlap",
    _("Halaman bagian “%(label)s” bertumpang tindih atau di luar naskah (1 sampai %(pages)s). Urutkan dari depan."),
)
LACKS_TITLE = Refusal("lacks_title", _("Judul belum ditulis."))
LACKS_TITLE_ENGLISH = Refusal("lacks_title_english", _("Judul dalam bahasa Inggris belum ditulis."))
LACKS_ABSTRACT = Refusal("lacks_abstract", _("Abstrak dalam dua bahasa belum lengkap."))
LACKS_KEYWORDS = Refusal("lacks_keywords", _("Kata kunci belum ditulis."))
LACKS_YEAR = Refusal("lacks_year", _("Tahun belum diisi."))
LACKS_PROGRAMME = Refusal("lacks_programme", _("Program studi belum dipilih."))
LACKS_SUPERVISORS = Refusal("lacks_supervisors", _("Pembimbing dengan nomornya belum lengkap: paling sedikit %(count)s orang."))
LACKS_FILES = Refusal("lacks_files", _("Belum ada berkas yang akan diterbitkan."))
LACKS_APPROVAL = Refusal("lacks_approval", _("Lembar pengesahan belum diunggah atau belum ditandai."))
UNREADABLE_FILES = Refusal("unreadable_files", _("Berkas ini tidak dapat diterima, ganti dahulu: %(files)s."))
LACKS_LICENCE = Refusal("lacks_licence", _("Lisensi belum dipilih."))
LACKS_SIMILARITY = Refusal("lacks_similarity", _("Angka dan sertifikat kemiripan belum lengkap."))
SIMILARITY_OVER_LIMIT = Refusal("similarity_over_limit", _("Kemiripan %(found)s %% melebihi batas program studi %(limit)s %%."))
LACKS_ORIGINALITY = Refusal("lacks_originality", _("Pernyataan keaslian belum disetujui."))
LACKS_CONSENT = Refusal("lacks_consent", _("Izin penerbitan belum diberikan."))
RETURN_WITHOUT_REASON = Refusal("return_without_reason", _("Pilih alasan atau tuliskan catatan untuk penulis."))
RUBRIC_NOT_MET = Refusal("rubric_not_met", _("Butir rubrik belum dicentang: %(line)s"))
NAME_PATTERN_UNREADABLE = Refusal(
    "name_pattern_unreadable",
    _("Pola “%(pattern)s” tidak dapat dibaca. Pakai {nim}, {nama}, {judul}, {tahun}, dan {bagian} atau {nomor}."),
)
LIMIT_OF_SIMILARITY_OUT_OF_RANGE = Refusal("limit_of_similarity_out_of_range", _("Batas kemiripan antara 0 dan 100 persen."))
DEPOSIT_UNDER_WAY = Refusal("deposit_under_way", _("%(count)s karya masih diperiksa perpustakaan."))
BATCH_UNREADABLE = Refusal(
    "batch_unreadable",
    _(
        "Arsip ini tidak dapat dibaca (%(reason)s). Kirim ZIP berisi tabel dan berkasnya, folder SAF atau paket AIP "
        "dari DSpace, atau XML EPrints beserta berkasnya."
    ),
)
BATCH_ELSEWHERE = Refusal("batch_elsewhere", _("Unggahan massal ini berstatus “%(state)s”."))

# requests to withdraw
TAKEDOWN_INCOMPLETE = Refusal("takedown_incomplete", _("Tuliskan nama, surel atau telepon, dan alasannya."))
TAKEDOWNS_TOO_MANY = Refusal(
    "takedowns_too_many", _("Sudah banyak permintaan tentang berkas ini yang menunggu jawaban. Hubungi meja layanan.")
)
TAKEDOWN_ANSWERED = Refusal("takedown_answered", _("Permintaan ini sudah dijawab."))

# the reader
PAGE_UNPRINTABLE = Refusal("page_unprintable", _("Halaman %(page)s tidak dapat ditampilkan: berkasnya rusak atau terkunci."))
BOOK_UNREADABLE = Refusal("book_unreadable", _("Buku ini tidak dapat dibuka: berkasnya rusak atau terkunci."))
PART_MISSING = Refusal("part_missing", _("Bagian ini tidak ada di dalam buku."))
LOCATOR_UNREADABLE = Refusal("locator_unreadable", _("Posisi baca tidak dapat dimengerti: %(what)s."))

# lending
NEEDS_LOAN = Refusal("needs_loan", _("Buku ini dipinjamkan: pinjam dahulu untuk membacanya."))
LENDING_CLOSED = Refusal("lending_closed", _("Buku elektronik ini sedang tidak dipinjamkan."))
ALL_LENT = Refusal("all_lent", _("Semua tempat baca buku ini sedang dipakai. Anda dapat masuk daftar tunggu."))
OTHERS_WAIT = Refusal("others_wait", _("%(count)s orang menunggu lebih dahulu."))
ALREADY_BORROWED = Refusal("already_borrowed", _("Anda sedang meminjam buku ini."))
ALREADY_WAITING = Refusal("already_waiting", _("Anda sudah ada di daftar tunggu buku ini."))
FREE_NOW = Refusal("free_now", _("Buku ini dapat dipinjam sekarang; tidak perlu menunggu."))
NOT_BORROWED = Refusal("not_borrowed", _("Tidak ada pinjaman atas buku ini."))
NOT_WAITING = Refusal("not_waiting", _("Anda tidak ada di daftar tunggu buku ini."))
RENEWED_OFTEN_ENOUGH = Refusal("renewed_often_enough", _("Pinjaman ini sudah diperpanjang sebanyak yang boleh: %(most)s kali."))
E_LOAN_LIMIT_REACHED = Refusal("e_loan_limit_reached", _("Batas %(limit)s pinjaman sudah tercapai."))
PLACES_TAKEN = Refusal("places_taken", _("%(taken)s tempat sedang dipinjam; jumlahnya belum dapat dikurangi di bawah itu."))
NUMBER_OUT_OF_RANGE = Refusal("number_out_of_range", _("%(what)s: isi angka antara %(least)s dan %(most)s."))
E_LOANS_OPEN = Refusal(
    "e_loans_open", _("%(count)s buku elektronik sedang dipinjam atau ditunggu; kembalikan atau lepaskan dahulu.")
)
SAME_E_BOOK = Refusal(
    "same_e_book", _("Keduanya meminjam atau menunggu buku elektronik yang sama. Akhiri salah satunya dahulu.")
)

# formats of contents
FORMAT_RISK_WITHOUT_REASON = Refusal("format_risk_without_reason", _("Tuliskan alasan penilaian risikonya."))
FORMAT_NOT_JUDGED = Refusal("format_not_judged", _("Format ini belum dinilai; usulannya masih berlaku."))

# reading programs
APPS_READ_EPUB = Refusal("apps_read_epub", _("Hanya EPUB yang dapat dibawa ke aplikasi baca; berkas ini bukan EPUB."))
NOT_FOR_APPS = Refusal("not_for_apps", _("Buku ini dibaca di sini dan tidak dibawa ke aplikasi baca."))
PASSPHRASE_MISSING = Refusal("passphrase_missing", _("Tentukan dahulu frasa sandi baca Anda."))
PASSPHRASE_SHORT = Refusal("passphrase_short", _("Frasa sandi baca paling sedikit %(least)s huruf."))
HINT_EMPTY = Refusal("hint_empty", _("Tuliskan petunjuk yang mengingatkan Anda pada frasa itu."))
HINT_TELLS = Refusal("hint_tells", _("Petunjuk tidak boleh memuat frasa sandinya: petunjuk tertulis di dalam lisensi."))
CANNOT_BE_LOCKED = Refusal(
    "cannot_be_locked", _("Buku ini tidak dapat dikunci untuk aplikasi baca: berkasnya rusak atau sudah terkunci.")
)
DEVICE_NAMELESS = Refusal("device_nameless", _("Aplikasi tidak menyebut perangkatnya."))
DEVICES_TOO_MANY = Refusal("devices_too_many", _("Lisensi ini sudah dibuka di %(most)s perangkat."))
LICENCE_OVER = Refusal("licence_over", _("Pinjaman ini sudah berakhir."))
RENEWED_NO_LONGER = Refusal("renewed_no_longer", _("Pinjaman tidak dapat diperpanjang sampai %(day)s."))

# the virus scanner
INFECTED = Refusal(
    "infected",
    _(
        "Berkas %(file)s tidak diterima: pemindai menemukan %(found)s di dalamnya. Ini sering terjadi tanpa sepengetahuan pemiliknya, "
        "misalnya lewat flashdisk. Bersihkan perangkat Anda dengan antivirus, buat ulang berkasnya dari naskah asli, lalu unggah lagi. "
        "Bila Anda yakin berkasnya aman, tanyakan di meja layanan."
    ),
)
HELD = Refusal("held", _("Berkas ini sedang diperiksa keamanannya dan belum dapat dibuka. Coba lagi nanti."))
SCAN_ELSEWHERE = Refusal("scan_elsewhere", _("Berkas ini berstatus “%(state)s”."))

# legal deposit
LEGAL_THERE_ALREADY = Refusal("legal_there_already", _("Judul ini sudah dicatat untuk serah simpan."))
LEGAL_DATES_WRONG = Refusal("legal_dates_wrong", _("Tanggalnya tidak mungkin: periksa urutan terbit, kirim, dan terima."))
LEGAL_SENT_ALREADY = Refusal("legal_sent_already", _("Pengiriman ke perpustakaan ini sudah dicatat."))
LEGAL_NOT_SENT = Refusal("legal_not_sent", _("Catat pengirimannya dahulu."))
LEGAL_RECEIPT_WITHOUT_NUMBER = Refusal("legal_receipt_without_number", _("Tuliskan nomor tanda terimanya."))
LEGAL_PROOF_UNREADABLE = Refusal("legal_proof_unreadable", _("Buktinya harus PDF, JPEG, PNG, atau WebP yang utuh."))
LEGAL_NOTHING_BACK = Refusal("legal_nothing_back", _("Belum ada langkah yang dapat dibatalkan."))
