"""Why a verb of this part may refuse. ``waivable``: staff with ``circulation.waive`` may set it aside; the event keeps that they did."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

# about the item
ALREADY_LENT = Refusal("already_lent", _("Eksemplar ini sedang dipinjam sampai %(due)s."))
LENT_THIS_MOMENT = Refusal("already_lent", _("Eksemplar ini baru saja dipinjamkan di meja lain."))
ALREADY_HAS_IT = Refusal(
    "already_has_it", _("Anggota ini sudah meminjam eksemplar ini sampai %(due)s. Perpanjang pinjamannya.")
)
NOT_FOR_LOAN = Refusal("not_for_loan", _("%(item_type)s hanya dibaca di tempat (ketentuan jenis eksemplar)."))
ITEM_LOST = Refusal("item_lost", _("Eksemplar ini tercatat hilang. Kembalikan dahulu agar tercatat ditemukan."))
ITEM_WITHDRAWN = Refusal("item_withdrawn", _("Eksemplar ini sudah disiangi."))
ITEM_IN_REPAIR = Refusal("item_in_repair", _("Eksemplar ini sedang diperbaiki."))
ITEM_IN_PROCESS = Refusal("item_in_process", _("Eksemplar ini masih diolah."))
ITEM_DAMAGED = Refusal("item_damaged", _("Eksemplar ini tercatat rusak."), waivable=True)
SET_ASIDE_FOR_ANOTHER = Refusal("set_aside_for_another", _("Eksemplar ini disisihkan untuk pesanan anggota lain."))
WANTED_BY_OTHERS = Refusal("wanted_by_others", _("Judul ini dipesan oleh anggota lain."), waivable=True)

# about the member
MEMBERSHIP_EXPIRED = Refusal(
    "membership_expired", _("Keanggotaan berakhir pada %(expires_on)s. Perpanjang keanggotaannya dahulu.")
)
MEMBERSHIP_NOT_BEGUN = Refusal("membership_not_begun", _("Keanggotaan baru mulai pada %(joined_on)s."))
MEMBER_BLOCKED = Refusal("member_blocked", _("Anggota ini diblokir: %(reason)s"))
HAS_OVERDUE_LOANS = Refusal("has_overdue_loans", _("Masih ada pinjaman yang terlambat: %(count)s%(rule)s."), waivable=True)
LOAN_LIMIT_REACHED = Refusal("loan_limit_reached", _("Sudah mencapai batas %(limit)s pinjaman%(rule)s."), waivable=True)
TYPE_LIMIT_REACHED = Refusal(
    "type_limit_reached", _("Sudah mencapai batas %(limit)s pinjaman untuk %(item_type)s%(rule)s."), waivable=True
)
LIMIT_SET_REACHED = Refusal(
    "limit_set_reached",
    _("Batas “%(set)s” sudah tercapai: paling banyak %(limit)s, yang sedang dipinjam %(count)s (%(titles)s)."),
    waivable=True,
)
BORROWS_ONLY = Refusal("borrows_only", _("Ketentuan khusus anggota: hanya boleh meminjam %(scope)s."))
NO_RULE = Refusal("no_rule", _("Belum ada aturan peminjaman %(item_type)s untuk %(category)s."))
NOT_LENT_BY_RULE = Refusal("not_lent_by_rule", _("Menurut aturan “%(rule)s” ini tidak dipinjamkan."))
MEMBER_SUSPENDED = Refusal(
    "member_suspended", _("Diskors sampai %(until)s karena mengembalikan terlambat%(rule)s."), waivable=True
)

# about a loan
LOAN_CLOSED = Refusal("loan_closed", _("Pinjaman ini sudah dikembalikan."))
RENEWAL_LIMIT_REACHED = Refusal(
    "renewal_limit_reached", _("Sudah diperpanjang %(count)s kali, batasnya %(limit)s%(rule)s."), waivable=True
)
LOAN_OVERDUE = Refusal(
    "loan_overdue", _("Pinjaman ini sudah lewat jatuh tempo %(due)s%(rule)s. Kembalikan bukunya di meja."), waivable=True
)
RENEWAL_TOO_EARLY = Refusal("renewal_too_early", _("Baru dapat diperpanjang mulai %(day)s%(rule)s."), waivable=True)
RENEWAL_TOO_SOON = Refusal("renewal_too_soon", _("Baru dapat diperpanjang lagi mulai %(day)s%(rule)s."), waivable=True)
RENEWAL_UNSEEN = Refusal(
    "renewal_unseen",
    _(
        "Sudah diperpanjang %(count)s kali tanpa bukunya diperlihatkan, batasnya %(limit)s%(rule)s. Bawa bukunya ke meja atau mesin."
    ),
    waivable=True,
)
REPORTED_LOST = Refusal("reported_lost", _("Pinjaman ini dilaporkan hilang. Cabut laporannya dahulu."))
CLAIMED_RETURNED = Refusal(
    "claimed_returned", _("Anggota mengatakan eksemplar ini sudah dikembalikan. Selesaikan dahulu pencariannya di rak.")
)
NOT_CLAIMED = Refusal("not_claimed", _("Pinjaman ini tidak sedang dicari di rak."))
RETURN_DAY_WRONG = Refusal("return_day_wrong", _("Tanggal pengembalian tidak terbaca."))
RETURN_TO_COME = Refusal("return_to_come", _("Tanggal pengembalian belum tiba."))
RETURN_BEFORE_LOAN = Refusal("return_before_loan", _("Pinjaman ini baru dimulai pada %(lent)s."))
RETURN_REASON_MISSING = Refusal("return_reason_missing", _("Tuliskan mengapa tanggalnya dimundurkan."))
RENEWAL_DAY_OVER = Refusal("renewal_day_over", _("Tidak dapat diperpanjang lagi: paling lama dipinjam sampai %(day)s%(rule)s."))
RENEWAL_GAINS_NOTHING = Refusal("renewal_gains_nothing", _("Belum perlu diperpanjang: jatuh temponya sudah %(due)s%(rule)s."))
LOAN_NOT_FRESH = Refusal(
    "loan_not_fresh", _("Hanya pinjaman yang Anda catat sendiri dalam %(minutes)s menit terakhir yang dapat dibatalkan.")
)

WAIVE_REASON_MISSING = Refusal("waive_reason_missing", _("Tuliskan mengapa halangannya dikesampingkan."))

OTHER_OPEN_LOAN = Refusal("other_open_loan", _("Eksemplar ini sudah tercatat dipinjam dalam pinjaman lain yang belum kembali."))

# about a hold
HOLD_EXISTS = Refusal("hold_exists", _("Judul ini sudah dipesan."))
HAS_IT_ON_LOAN = Refusal("has_it_on_loan", _("Judul ini sedang dipinjam oleh anggota yang sama."))
HOLD_LIMIT_REACHED = Refusal("hold_limit_reached", _("Sudah mencapai batas %(limit)s pesanan%(rule)s."))
HOLDS_PER_DAY_REACHED = Refusal(
    "holds_per_day_reached", _("Hari ini sudah mencapai batas %(limit)s pesanan sehari%(rule)s. Coba lagi besok.")
)
HOLDS_PER_RECORD_REACHED = Refusal(
    "holds_per_record_reached", _("Sudah mencapai batas %(limit)s pesanan untuk satu judul%(rule)s.")
)
HELD_BY_NO_RULE = Refusal("held_by_no_rule", _("Judul ini tidak dapat dipesan%(rule)s."))
ON_THE_SHELF = Refusal("on_the_shelf", _("Masih ada eksemplarnya di rak, jadi tidak perlu dipesan%(rule)s."))
NOTHING_TO_HOLD = Refusal("nothing_to_hold", _("Judul ini tidak mempunyai eksemplar yang dapat dipinjam."))
HELD_BY_OWN_MEMBERS = Refusal("held_by_own_members", _("Hanya anggota %(branch)s yang dapat memesannya%(rule)s."))
NOT_FETCHED_THERE = Refusal("not_fetched_there", _("Pesanan judul ini hanya diambil di %(branch)s%(rule)s."))
COPY_GUARDED = Refusal(
    "copy_guarded",
    _("Eksemplarnya masih baru: sampai %(until)s hanya untuk anggota %(branch)s atau yang mengambilnya di sana%(rule)s."),
)
COPIES_NOT_CHOSEN = Refusal("copies_not_chosen", _("Yang dapat dipesan hanya judulnya, bukan satu eksemplar%(rule)s."))
COPY_MISSING = Refusal("copy_missing", _("Pilih eksemplar mana yang dipesan di halaman judulnya%(rule)s."))
READY_STAYS = Refusal(
    "ready_stays", _("Sudah siap diambil, jadi tidak dapat dibatalkan sendiri%(rule)s. Hubungi meja layanan bila tidak jadi.")
)
NOT_RECALLED_BY_RULE = Refusal("not_recalled_by_rule", _("Pinjaman judul ini tidak diminta kembali oleh anggota%(rule)s."))
RECALL_LIMIT_REACHED = Refusal("recall_limit_reached", _("Sudah mencapai batas %(limit)s permintaan kembali%(rule)s."))
RECALLS_PER_RECORD_REACHED = Refusal(
    "recalls_per_record_reached", _("Sudah mencapai batas %(limit)s permintaan kembali untuk satu judul%(rule)s.")
)
RECALL_ON_SHELF = Refusal("recall_on_shelf", _("Masih ada eksemplarnya di rak, jadi tidak perlu diminta kembali%(rule)s."))
HOLD_RECALLED = Refusal("hold_recalled", _("Untuk pesanan ini sudah diminta kembali satu eksemplar, jatuh temponya %(due)s."))
NOTHING_TO_RECALL = Refusal("nothing_to_recall", _("Tidak ada pinjaman yang akan kembali lebih cepat bila diminta."))
HOLD_CLOSED = Refusal("hold_closed", _("Pesanan ini sudah ditutup."))
HOLD_PACKED = Refusal("hold_packed", _("Bukunya sudah dikemas untuk dikirim. Batalkan kirimannya dahulu, baru pesanannya."))
HOLD_NOT_WAITING = Refusal("hold_not_waiting", _("Pesanan ini tidak sedang menunggu eksemplar."))
HOLD_SET_ASIDE = Refusal("hold_set_aside", _("Sudah ada eksemplar yang disisihkan untuk pesanan ini."))
DAY_PAST = Refusal("day_past", _("Tanggalnya harus sesudah hari ini."))
DAY_UNREADABLE = Refusal("day_unreadable", _("Tanggalnya tidak terbaca."))
PRIORITY_REASON_EMPTY = Refusal("priority_reason_empty", _("Tulis alasan mengapa pesanan ini didahulukan."))
NOT_SUSPENDED = Refusal("not_suspended", _("Pesanan ini tidak sedang ditangguhkan."))
VOLUME_UNKNOWN = Refusal("volume_unknown", _("Judul ini tidak mempunyai jilid %(volume)s."))
NOBODY_WAITS = Refusal("nobody_waits", _("Tidak ada yang menunggu eksemplar ini."))
ALREADY_RECALLED = Refusal("already_recalled", _("Pinjaman ini sudah diminta kembali, jatuh tempo %(due)s."))
RECALL_GAINS_NOTHING = Refusal("recall_gains_nothing", _("Belum perlu diminta kembali: jatuh temponya sudah %(due)s."))
RECALL_LEAVES_NO_DAY = Refusal(
    "recall_leaves_no_day", _("Beri peminjam sedikitnya satu hari buka untuk mengembalikan yang diminta kembali.")
)
ANOTHER_TITLE = Refusal("another_title", _("Eksemplar ini bukan dari judul yang dipesan."))

# about a copy of an article or a chapter
ARTICLES_BY_NO_RULE = Refusal("articles_by_no_rule", _("Salinan artikel atau bab dari judul ini tidak dilayani%(rule)s."))
ARTICLE_NEEDS_ITEM = Refusal("article_needs_item", _("Pilih jilid atau eksemplarnya%(rule)s."))
ARTICLE_OF_TITLE_ALONE = Refusal(
    "article_of_title_alone", _("Eksemplar tidak dapat dipilih untuk judul ini%(rule)s. Tulis jilid atau nomornya saja.")
)
ARTICLE_LIMIT_REACHED = Refusal(
    "article_limit_reached", _("Sudah mencapai batas %(limit)s permintaan salinan yang berjalan%(rule)s.")
)
NOTHING_TO_COPY = Refusal("nothing_to_copy", _("Perpustakaan tidak mempunyai eksemplar judul ini untuk disalin."))
ARTICLE_UNNAMED = Refusal("article_unnamed", _("Tulis judul artikel atau babnya, atau halamannya."))
ARTICLE_ISSUE_MISSING = Refusal("article_issue_missing", _("Tulis volume, nomor, atau tahun terbitannya, atau pilih jilidnya."))
ARTICLE_TOO_LONG = Refusal(
    "article_too_long", _("%(pages)s halaman terlalu banyak untuk satu salinan; paling banyak %(most)s (ketentuan salinan).")
)
ARTICLE_TOO_MUCH = Refusal(
    "article_too_much",
    _("%(pages)s dari %(all)s halaman terlalu besar bagiannya; paling banyak %(most)s%% dari satu karya (ketentuan salinan)."),
)
ARTICLE_TOO_SOON = Refusal(
    "article_too_soon",
    _("Bagian lain dari jilid yang sama baru saja diminta; bagian berikutnya mulai %(day)s (ketentuan salinan)."),
)
ARTICLE_PURPOSE_MISSING = Refusal(
    "article_purpose_missing", _("Pilih keperluannya: salinan hanya untuk pendidikan atau penelitian.")
)
ARTICLE_NOT_AGREED = Refusal(
    "article_not_agreed", _("Setujui dahulu bahwa salinannya hanya dipakai sendiri untuk keperluan itu.")
)
ARTICLE_NO_FILES = Refusal("article_no_files", _("Salinan hanya diberikan di kertas (ketentuan salinan)."))
ARTICLE_CLOSED = Refusal("article_closed", _("Permintaan ini sudah selesai, ditolak, atau dibatalkan."))
ARTICLE_NOT_READY = Refusal("article_not_ready", _("Salinan ini belum siap, atau sudah diambil."))
ARTICLE_NOT_REOPENED = Refusal("article_not_reopened", _("Permintaan ini tidak dapat dibuka lagi; catatlah permintaan baru."))
ARTICLE_READ_ALREADY = Refusal("article_read_already", _("Berkasnya sudah dibuka, jadi permintaannya tidak dapat dibatalkan."))
ARTICLE_WRONG_WAY = Refusal("article_wrong_way", _("Anggota meminta salinan ini dengan cara lain: %(way)s."))
ARTICLE_TAKEN_UP = Refusal("article_taken_up", _("%(name)s sudah mengerjakannya. Lihat dulu, lalu ambil alih bila perlu."))
ARTICLE_WORKER_WRONG = Refusal("article_worker_wrong", _("%(name)s tidak berhak mengerjakan permintaan salinan."))
ARTICLE_REASON_MISSING = Refusal("article_reason_missing", _("Tuliskan alasannya; anggota membacanya."))
ARTICLE_TERMS_WRONG = Refusal("article_terms_wrong", _("%(field)s harus antara %(least)s dan %(most)s."))
SCAN_MISSING = Refusal("scan_missing", _("Pilih hasil pindainya: satu PDF, atau gambar halaman-halamannya."))
SCAN_TOO_LARGE = Refusal("scan_too_large", _("Hasil pindainya terlalu besar; seluruhnya paling besar %(most)s MB."))
SCAN_UNKNOWN = Refusal("scan_unknown", _("%(name)s bukan PDF, JPEG, PNG, atau WebP yang utuh."))
SCAN_ACTS = Refusal("scan_acts", _("%(name)s memuat skrip, berkas lain, atau kata sandi. Pindailah lagi sebagai PDF biasa."))
SCAN_INFECTED = Refusal("scan_infected", _("Pemindai virus menemukan %(found)s di dalam %(name)s."))
SCAN_UNCHECKED = Refusal("scan_unchecked", _("Pemindai virus belum dapat memeriksa %(name)s. Coba lagi sebentar lagi."))
ARTICLES_STILL_OPEN = Refusal("articles_still_open", _("Masih ada %(count)s permintaan salinan yang berjalan."))

# about a booking for days to come
BOOKED_FOR_ANOTHER = Refusal("booked_for_another", _("Eksemplar ini dipesan anggota lain untuk %(days)s."), waivable=True)
BOOKED_BY_NO_RULE = Refusal("booked_by_no_rule", _("Judul ini tidak dapat dipesan untuk tanggal tertentu%(rule)s."))
NOTHING_TO_BOOK = Refusal("nothing_to_book", _("%(branch)s tidak mempunyai eksemplar yang dapat dipinjam dari judul ini."))
BOOKING_LIMIT_REACHED = Refusal("booking_limit_reached", _("Sudah mencapai batas %(limit)s pesanan bertanggal%(rule)s."))
BOOKING_TOO_LONG = Refusal("booking_too_long", _("Paling lama %(limit)s hari%(rule)s."))
BOOKING_TOO_SOON = Refusal("booking_too_soon", _("Eksemplarnya perlu disiapkan dahulu: paling cepat %(day)s%(rule)s."))
BOOKING_TOO_FAR = Refusal("booking_too_far", _("Paling jauh sampai %(day)s%(rule)s."))
BOOKING_BACKWARDS = Refusal("booking_backwards", _("Hari terakhir mendahului hari pertama."))
BOOKING_CLOSED_DAY = Refusal("booking_closed_day", _("%(branch)s tutup pada %(day)s."))
BOOKING_BEYOND_MEMBERSHIP = Refusal(
    "booking_beyond_membership", _("Keanggotaan berakhir pada %(expires_on)s, sebelum hari terakhirnya.")
)
BOOKING_TAKEN = Refusal("booking_taken", _("Pada hari-hari itu tidak ada eksemplar yang bebas. %(nearest)s"))
BOOKED_THIS_MOMENT = Refusal("booking_taken", _("Eksemplarnya baru saja dipesan orang lain untuk hari-hari itu. Coba lagi."))
BOOKING_CLOSED = Refusal("booking_closed", _("Pesanan bertanggal ini sudah ditutup."))

# about a rule
RULE_EXISTS = Refusal("rule_exists", _("Sudah ada aturan untuk keadaan yang persis sama. Ubah aturan itu."))
RULE_GONE = Refusal("rule_gone", _("Aturan ini sudah dihapus orang lain sejak Anda membukanya."))
NAMED_GONE = Refusal(
    "named_gone", _("Pilihan %(what)s sudah dihapus orang lain sejak Anda membuka halaman ini. Pilih yang lain.")
)
RULE_SAYS_NOTHING = Refusal("rule_says_nothing", _("Aturan ini tidak mengatur apa pun. Isilah sedikitnya satu ketentuan."))
RULE_DAYS_AND_HOURS = Refusal("rule_days_and_hours", _("Lama pinjam diisi dalam hari atau dalam jam, jangan keduanya."))
RULE_BACKWARDS = Refusal("rule_backwards", _("Tanggal akhir aturan mendahului tanggal mulainya."))
RULE_AGES_BACKWARDS = Refusal("rule_ages_backwards", _("Umur akhir aturan lebih muda daripada umur mulainya."))
RULE_LOCATION_ELSEWHERE = Refusal("rule_location_elsewhere", _("Lokasi %(location)s bukan di cabang yang dipilih."))
RULE_RETURNS_OF_MEMBERS = Refusal(
    "rule_returns_of_members",
    _(
        "Ke mana eksemplar sesudah kembali tidak bergantung pada peminjamnya: kosongkan anggota dan cara meminjam, atau buat aturan lain."
    ),
)
FINE_STEPS_WRONG = Refusal(
    "fine_steps_wrong", _("Denda bertingkat ditulis dari hari kecil ke besar, misalnya 1: 500; 8: 1.000; 15: 0.")
)
PACKAGE_GONE = Refusal("package_gone", _("Paket ketentuan ini sudah dihapus orang lain sejak Anda membukanya."))
PACKAGE_NAME_EMPTY = Refusal("package_name_empty", _("Paket ketentuan memerlukan nama."))
PACKAGE_NAME_TAKEN = Refusal("package_name_taken", _("Sudah ada paket ketentuan dengan nama ini."))
PACKAGE_SAYS_NOTHING = Refusal("package_says_nothing", _("Paket ini tidak mengatur apa pun. Isilah sedikitnya satu ketentuan."))
PACKAGE_IN_USE = Refusal("package_in_use", _("Paket “%(package)s” masih dipakai aturan: %(rules)s. Lepaskan dahulu dari sana."))
LIMIT_SET_GONE = Refusal("limit_set_gone", _("Batas bersama ini sudah dihapus orang lain sejak Anda membukanya."))
LIMIT_SET_NAME_EMPTY = Refusal("limit_set_name_empty", _("Batas bersama memerlukan nama."))
PERSONAL_RULE_GONE = Refusal("personal_rule_gone", _("Ketentuan khusus ini sudah dihapus orang lain sejak Anda membukanya."))
PERSONAL_REASON_EMPTY = Refusal("personal_reason_empty", _("Tuliskan alasan ketentuan khusus ini."))
PERSONAL_RULE_OF_NOTHING = Refusal(
    "personal_rule_of_nothing", _("Pilih sedikitnya satu jenis eksemplar, lokasi rak, atau cabang.")
)
PERSONAL_DAYS_WRONG = Refusal("personal_days_wrong", _("Tuliskan berapa hari boleh dipinjam, 1 sampai %(most)s."))
PERSONAL_RULE_OVER = Refusal("personal_rule_over", _("Hari terakhirnya sudah lewat."))
LIMIT_SET_NAME_TAKEN = Refusal("limit_set_name_taken", _("Sudah ada batas bersama dengan nama ini."))
LIMIT_SET_OF_NOTHING = Refusal(
    "limit_set_of_nothing", _("Pilih apa yang dibatasi: sedikitnya satu jenis eksemplar, lokasi rak, atau jenis koleksi.")
)
WEIGHT_WRONG = Refusal("weight_wrong", _("Bobot %(field)s harus antara 0 dan 1.000.000."))
RULE_NUMBER_WRONG = Refusal("rule_number_wrong", _("%(field)s harus antara %(least)s dan %(most)s."))

# about money
OWES_TOO_MUCH = Refusal(
    "owes_too_much", _("Masih ada tunggakan %(owed)s; paling banyak %(limit)s untuk dapat meminjam%(rule)s."), waivable=True
)
AMOUNT_WRONG = Refusal("amount_wrong", _("Jumlahnya harus lebih dari Rp0 dan masuk akal."))
AMOUNT_OVER_FEE = Refusal("amount_over_fee", _("Dari biaya ini tinggal %(left)s."))
AMOUNT_OVER_OWED = Refusal("amount_over_owed", _("Yang masih harus dibayar hanya %(owed)s."))
AMOUNT_OVER_CREDIT = Refusal("amount_over_credit", _("Saldo anggota hanya %(credit)s."))
FEE_CHANGED = Refusal(
    "fee_changed", _("Biaya ini sudah berubah sejak halamannya dibuka: sisanya kini %(left)s. Lihat riwayatnya dahulu.")
)
FEE_SETTLED = Refusal("fee_settled", _("Biaya ini sudah lunas."))
REASON_MISSING = Refusal("reason_missing", _("Tuliskan alasannya: catatan keuangan harus dapat dijelaskan."))
FILE_TOO_LARGE = Refusal("file_too_large", _("Berkasnya terlalu besar; paling besar %(most)s MB."))
PROOF_UNKNOWN = Refusal("proof_unknown", _("Buktinya harus berupa foto (JPEG, PNG, WebP) atau PDF yang utuh."))
PROOF_ACTS = Refusal("proof_acts", _("PDF ini memuat skrip atau berkas lain. Kirim tangkapan layarnya saja."))
QRIS_NO_PICTURE = Refusal("qris_no_picture", _("Gambar QRIS harus JPEG, PNG, atau WebP yang utuh."))
QRIS_NO_ANSWER = Refusal("qris_no_answer", _("Kode QRIS belum dapat dibuat: %(why)s Coba lagi, atau bayar dengan cara lain."))
QRIS_AMOUNT_DIFFERS = Refusal("qris_amount_differs", _("Jumlah yang dibayar tidak sama dengan yang diminta."))
GATEWAY_HALF = Refusal("gateway_half", _("Alamat dan kunci penyedia QRIS diisi keduanya, atau kosongkan alamatnya."))
GATEWAY_MOVED = Refusal(
    "gateway_moved", _("Alamat penyedia QRIS berubah: isi kuncinya juga, agar kunci lama tidak terkirim ke sana.")
)
NOT_BY_COPIES = Refusal("not_by_copies", _("Menurut syarat pinjaman ini kehilangan hanya diganti uang%(rule)s."))
COPIES_ASKED = Refusal(
    "copies_asked", _("Diganti %(count)s eksemplar judul yang sama%(rule)s: tulis satu barcode untuk tiap eksemplar.")
)
NOT_REPORTED_LOST = Refusal("not_reported_lost", _("Pinjaman ini tidak sedang dilaporkan hilang."))
PAYMENT_NOT_WAITING = Refusal("payment_not_waiting", _("Pembayaran ini tidak sedang menunggu diperiksa."))
PAYMENT_NOT_RECEIVED = Refusal("payment_not_received", _("Pembayaran ini belum diterima atau sudah dibatalkan."))
PAYMENT_COUNTED = Refusal("payment_counted", _("Uang ini sudah dihitung pada penutupan kas. Kembalikan lewat koreksi."))
PAYMENT_USED = Refusal("payment_used", _("Uang dari pembayaran ini sudah berpindah, jadi tidak dapat dibatalkan."))
LEFT_MORE_THAN_COUNTED = Refusal("left_more_than_counted", _("Yang ditinggal di laci lebih banyak daripada yang dihitung."))
SHIFT_OPEN = Refusal("shift_open", _("Kas di cabang ini sudah dibuka pada %(at)s. Tutup dahulu sebelum membukanya lagi."))
COUNTED_LESS = Refusal(
    "note_for_difference", _("Uang di laci kurang %(difference)s dari catatan (%(expected)s). Tuliskan keterangannya.")
)
COUNTED_MORE = Refusal(
    "note_for_difference", _("Uang di laci lebih %(difference)s dari catatan (%(expected)s). Tuliskan keterangannya.")
)
# about a machine, and the PIN that members type at it
TERMINAL_LOGIN_TAKEN = Refusal("terminal_login_taken", _("Nama masuk ini sudah dipakai mesin lain."))
TERMINAL_NAME_EMPTY = Refusal("terminal_name_empty", _("Mesin memerlukan nama dan nama masuk."))
TERMINAL_ACCOUNT_MAY_NOT_LEND = Refusal(
    "terminal_account_may_not_lend", _("%(account)s tidak berhak meminjamkan, jadi mesin tidak dapat bertindak atas namanya.")
)
PIN_WRONG_FORM = Refusal("pin_wrong_form", _("PIN terdiri atas %(least)s sampai %(most)s angka."))
PIN_TOO_EASY = Refusal("pin_too_easy", _("PIN ini terlalu mudah ditebak."))
PIN_NOT_SET = Refusal("pin_not_set", _("Anggota ini belum mempunyai PIN. Buatlah di meja layanan atau di halaman Saya."))
PIN_WRONG = Refusal("pin_wrong", _("PIN tidak cocok dengan kartu ini."))
PIN_LOCKED = Refusal(
    "pin_locked", _("PIN salah terlalu sering. Coba lagi %(minutes)s menit lagi, atau tanyakan di meja layanan.")
)
# about forgetting a member
LOANS_STILL_OPEN = Refusal("loans_still_open", _("Masih ada %(count)s pinjaman yang belum kembali."))
HOLDS_STILL_OPEN = Refusal("holds_still_open", _("Masih ada %(count)s pesanan yang berjalan."))
BOOKINGS_STILL_OPEN = Refusal("bookings_still_open", _("Masih ada %(count)s pesanan bertanggal."))
FEES_STILL_OPEN = Refusal("fees_still_open", _("Masih ada %(amount)s yang belum diselesaikan dengan perpustakaan."))

# about borrowing with one's own telephone
PHONE_LENDING_OFF = Refusal("phone_lending_off", _("Di %(branch)s pinjam dengan ponsel belum dibuka."))
NOT_IN_THE_LIBRARY = Refusal(
    "not_in_the_library", _("Pinjam dengan ponsel hanya di dalam %(branch)s. Pindai kode hari ini yang terpasang di sana.")
)
ITEM_UNKNOWN = Refusal("item_unknown", _("Tidak ada eksemplar dengan barcode %(code)s."))
ITEM_ELSEWHERE = Refusal("item_elsewhere", _("Eksemplar ini tercatat di %(branch)s. Tanyakan di meja layanan."))
NETWORK_WRONG = Refusal("network_wrong", _("“%(network)s” bukan alamat jaringan. Contoh: 10.20.0.0/16"))

# about what a desk did without a line
CARD_UNKNOWN = Refusal("card_unknown", _("Tidak ada anggota dengan nomor %(card)s."))
DEVICE_CLOCK_WRONG = Refusal("device_clock_wrong", _("Jam perangkat tampaknya keliru: waktunya di luar batas yang masuk akal."))
TAKEN_BACK_LATE = Refusal("taken_back_late", _("Sudah tercatat ketika petugas membatalkannya di perangkat."))
ENTRY_SETTLED = Refusal("entry_settled", _("Catatan ini sudah diselesaikan."))
MOVE_BACKWARDS = Refusal(
    "move_backwards", _("Jatuh tempo hanya dapat dimundurkan, dan hari terakhir tidak mendahului hari pertama.")
)
NOTHING_TO_MOVE = Refusal("nothing_to_move", _("Tidak ada pinjaman yang jatuh tempo pada hari-hari itu."))
MOVE_UNDONE = Refusal("move_undone", _("Pemindahan ini sudah dibatalkan."))
DOORS_NOTE_MISSING = Refusal("doors_note_missing", _("Tuliskan kepada pemustaka apa yang tetap dapat dilakukan."))
DOORS_CLOSED_ALREADY = Refusal(
    "doors_closed_already",
    _("Pintu sudah ditutup pada sebagian hari itu: %(reason)s sejak %(first_day)s. Akhiri yang itu dahulu."),
)
DOORS_OPEN_ALREADY = Refusal("doors_open_already", _("Pintu ini sudah dibuka kembali."))
SLOTS_WRONG = Refusal("slots_wrong", _("Isi hari, jam mulai, jam selesai sesudahnya, dan lama tiap giliran."))
SLOT_UNKNOWN = Refusal("slot_unknown", _("Jam itu tidak ditawarkan. Pilih jam lain."))
SLOT_FULL = Refusal("slot_full", _("Jam itu baru saja penuh. Pilih jam lain."))
NO_DELIVERY = Refusal("no_delivery", _("Buku tidak dikirim selama penutupan ini."))
DELIVERY_ADDRESS_MISSING = Refusal("delivery_address_missing", _("Isi alamat kirimnya."))
NOTHING_TO_FETCH = Refusal("nothing_to_fetch", _("Belum ada pesanan Anda yang siap di %(branch)s."))
HANDOVER_THERE = Refusal("handover_there", _("Sudah ada pengambilan atau kiriman yang berjalan. Batalkan dahulu yang itu."))
HANDOVER_CLOSED = Refusal("handover_closed", _("Ini sudah selesai, dibatalkan, atau sudah dikirim."))
COURIER_MISSING = Refusal("courier_missing", _("Isi nama kurirnya."))
DELIVERY_NOT_OFFERED = Refusal("delivery_not_offered", _("%(branch)s tidak mengirim buku ke rumah untuk keanggotaan ini."))
PARCEL_EMPTY = Refusal("parcel_empty", _("Tidak ada lagi yang siap dalam kiriman ini. Batalkan kirimannya."))
PLACE_NOT_OFFERED = Refusal("place_not_offered", _("%(place)s tidak dapat dipilih sebagai tempat ambil. Pilih tempat lain."))
PLACE_NAME_EMPTY = Refusal("place_name_empty", _("Tempat serah memerlukan nama."))
PLACE_NAME_TAKEN = Refusal("place_name_taken", _("Sudah ada tempat serah bernama %(name)s."))
VISIT_BACKWARDS = Refusal("visit_backwards", _("Jam selesai harus sesudah jam mulai."))
ROUND_BACKWARDS = Refusal("round_backwards", _("Tanggal akhir mendahului tanggal mulai."))
ROUND_WEEKS_WRONG = Refusal("round_weeks_wrong", _("Kunjungan berulang setiap 1 sampai %(most)s minggu."))
ROUND_WITHOUT_BEGINNING = Refusal(
    "round_without_beginning", _("Kunjungan yang tidak setiap minggu memerlukan tanggal mulai, agar minggunya dapat dihitung.")
)
PLACE_IN_USE = Refusal("place_in_use", _("%(place)s masih disebut oleh pesanan atau pinjaman. Berhentilah menawarkannya saja."))
VISIT_PAST = Refusal("visit_past", _("Hari itu sudah lewat."))
VISIT_THERE = Refusal("visit_there", _("Pada hari itu memang ada kunjungan."))
NO_VISIT_THAT_DAY = Refusal("no_visit_that_day", _("Pada hari itu tidak ada kunjungan."))
VISIT_REASON_MISSING = Refusal("visit_reason_missing", _("Tuliskan mengapa kunjungannya dibatalkan; pemustaka membacanya."))
ITEM_RESTS = Refusal(
    "item_rests",
    _("Eksemplar ini beristirahat sampai %(until)s sesudah kotak pengembalian (layanan pintu tertutup)."),
    waivable=True,
)
HANDOVERS_STILL_OPEN = Refusal("handovers_still_open", _("Masih ada pengambilan atau kiriman yang berjalan: %(count)s."))
HANDOVERS_OF_BOTH = Refusal(
    "handovers_of_both",
    _("Keduanya masih menunggu kiriman atau jam pengambilan. Selesaikan atau batalkan salah satunya dahulu."),
)
CREDIT_SPENT = Refusal(
    "credit_spent", _("Saldo yang satu sudah dipakai untuk tagihan yang lain, jadi penggabungan tidak dapat dibatalkan.")
)
PROPOSAL_CHANGED = Refusal(
    "proposal_changed", _("Sekarang ada %(count)s pinjaman yang jatuh pada hari tutup. Periksa lagi sebelum memindahkan.")
)
