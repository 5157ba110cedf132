"""Why a verb of the desk may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

QUESTION_EMPTY = Refusal(
    "question_empty", _("Tuliskan apa yang ditanyakan. Hanya pertanyaan arah yang boleh dicatat tanpa isi.")
)
QUESTION_KIND_MISSING = Refusal("question_kind_missing", _("Pilih jenis pertanyaannya."))
FOLLOW_UP_IS_PAST = Refusal("follow_up_is_past", _("Tanggal tindak lanjut sudah lewat."))
FOLLOW_UP_HAS_NOBODY = Refusal(
    "follow_up_has_nobody", _("Tindak lanjut perlu orangnya: isi kartu anggota, atau cara menghubungi penanya.")
)
OUTCOME_MISSING = Refusal("outcome_missing", _("Katakan bagaimana hasilnya sebelum menutup percakapan."))
NOTE_EMPTY = Refusal("note_empty", _("Catatan masih kosong."))
TEXT_TOO_LONG = Refusal("text_too_long", _("Terlalu panjang: paling banyak %(most)s huruf."))
CONVERSATION_CLOSED = Refusal("conversation_closed", _("Percakapan ini sudah ditutup. Buka lagi lebih dulu."))
CONVERSATION_OPEN = Refusal("conversation_open", _("Percakapan ini masih terbuka."))
MEMBER_UNKNOWN = Refusal("member_unknown", _("Nomor “%(code)s” tidak dikenal. Kosongkan bila penanya bukan anggota."))
ANSWER_EMPTY = Refusal("answer_empty", _("Jawaban masih kosong."))
ANSWERED_MEANWHILE = Refusal(
    "answered_meanwhile", _("%(name)s sudah menjawab sementara Anda menulis. Baca dulu di atas; kirim lagi bila masih perlu.")
)
IN_OTHER_HANDS = Refusal("in_other_hands", _("%(name)s sudah mengambilnya. Buka percakapannya untuk mengambil alih."))
NOT_AT_THE_DESK = Refusal("not_at_the_desk", _("%(name)s tidak dapat melihat percakapan ini."))
GROUPS_COMPLAIN_OPENLY = Refusal(
    "groups_complain_openly", _("Percakapan grup dibaca semua anggotanya; minta penanya mengadu lewat halaman Pengaduan.")
)
TOLD_IN_CONFIDENCE = Refusal(
    "told_in_confidence",
    _("Ini ditulis di halaman Pengaduan, dengan janji hanya dibaca kepala; tidak dapat diberikan kepada meja."),
)
SNOOZE_IS_PAST = Refusal("snooze_is_past", _("Waktu penundaan sudah lewat."))
MERGED_WITH_ITSELF = Refusal("merged_with_itself", _("Pilih percakapan lain untuk digabungkan."))
CONVERSATION_UNKNOWN = Refusal(
    "conversation_unknown", _("Tidak ada percakapan bernomor “%(number)s” di antara yang dapat Anda lihat.")
)
NOT_MERGED = Refusal("not_merged", _("Percakapan ini tidak sedang tergabung."))
ONE_OF_THEM_IS_CONFIDENTIAL = Refusal("one_of_them_is_confidential", _("Pengaduan tidak digabungkan dengan percakapan lain."))
NOTHING_TO_SPLIT = Refusal("nothing_to_split", _("Pilih sebagian kiriman, bukan semuanya dan bukan tidak satu pun."))
SHIFT_BACKWARDS = Refusal("shift_backwards", _("Giliran jaga berakhir sesudah mulai, dan paling lama 16 jam."))
SHIFT_OVERLAPS = Refusal("shift_overlaps", _("%(name)s sudah mempunyai giliran pada waktu itu."))
TARGET_TOO_SHORT = Refusal("target_too_short", _("Target paling sedikit satu menit."))
ANOTHER_IS_OPEN = Refusal(
    "another_is_open", _("Percakapan lain dengan penanya ini masih terbuka; lanjutkan di sana, atau tutup dulu.")
)
TEAM_UNKNOWN = Refusal("team_unknown", _("Tim itu tidak ada. Pilih tim dari daftar, atau “Semua petugas”."))
TEAM_NOT_IN_USE = Refusal("team_not_in_use", _("Tim %(name)s tidak dipakai lagi. Pilih tim lain, atau “Semua petugas”."))
TEAM_NAME_EMPTY = Refusal("team_name_empty", _("Tuliskan nama tim."))
TEAM_NAME_TAKEN = Refusal("team_name_taken", _("Tim “%(name)s” sudah ada."))
NOT_A_LIBRARIAN = Refusal(
    "not_a_librarian", _("%(name)s bukan petugas di sini. Isi hari terakhirnya bila ia tamu perpustakaan mitra.")
)
GUEST_NEEDS_AN_END = Refusal("guest_needs_an_end", _("Tanggal terakhir tamu sudah lewat."))
PHRASE_EMPTY = Refusal("phrase_empty", _("Isi judul dan jawabannya."))
PHRASE_TITLE_TAKEN = Refusal("phrase_title_taken", _("Jawaban berjudul “%(title)s” sudah ada."))
PHRASE_KEY_TAKEN = Refusal("phrase_key_taken", _("Tombol %(position)s sudah dipakai jawaban lain."))
PHRASE_KEY_UNKNOWN = Refusal("phrase_key_unknown", _("Pilih tombol 1 sampai 10, atau kosongkan."))
KNOWN_ANSWER_EMPTY = Refusal("known_answer_empty", _("Isi pertanyaan dan jawabannya."))
PERSONAL_DATA_LEFT = Refusal(
    "personal_data_left",
    _("Masih ada data pribadi (nama penanya, nomor, atau alamat). Hapus dulu dari pertanyaan dan jawaban."),
)
REVIEWS_OWN = Refusal("reviews_own", _("Jawaban diperiksa orang lain, bukan penulisnya."))
ANSWER_SOURCE_EMPTY = Refusal("answer_source_empty", _("Tuliskan sumber jawabannya sebelum diperiksa."))
ANSWER_HOLDS_NOT = Refusal("answer_holds_not", _("Hari terakhir berlakunya harus sesudah hari ini."))
ANSWER_NOT_REVIEWED = Refusal(
    "answer_not_reviewed", _("Hanya jawaban yang sudah diperiksa dan masih berlaku yang dapat diusulkan.")
)
BUNDLE_EMPTY = Refusal("bundle_empty", _("Pilih sekurangnya satu judul atau satu berkas."))
FILE_TOO_LARGE = Refusal("file_too_large", _("“%(name)s” terlalu besar: paling banyak %(most)s MB."))
FILE_NOT_TAKEN = Refusal("file_not_taken", _("“%(name)s” bukan PDF, PNG, JPEG, atau WebP yang utuh."))
FILE_ACTS = Refusal("file_acts", _("“%(name)s” menjalankan sesuatu di dalamnya; simpan sebagai PDF biasa lebih dulu."))
TOO_MANY_FILES = Refusal("too_many_files", _("Paling banyak %(most)s berkas sekaligus."))
RATING_OVER = Refusal("rating_over", _("Penilaian ini sudah diberikan, atau waktunya sudah lewat."))
RATING_OUT_OF_SCALE = Refusal("rating_out_of_scale", _("Kedua nilai dari 1 sampai 5."))
SERVICE_CLOSED = Refusal("service_closed", _("Layanan %(name)s sedang tutup."))
CONTACT_MISSING = Refusal("contact_missing", _("Tuliskan surel atau nomor telepon, agar kami dapat menjawab."))
CONTACT_UNREADABLE = Refusal(
    "contact_unreadable", _("“%(contact)s” bukan surel atau nomor telepon; jawaban kami tidak akan sampai. Periksa tulisannya.")
)
NEED_NOT_SAID = Refusal("need_not_said", _("Tuliskan apa yang dicari."))
NEED_WAY_MISSING = Refusal("need_way_missing", _("Pilih jalan selanjutnya."))
NEED_IS_OPEN = Refusal("need_is_open", _("Jalan ini sudah ditempuh untuk pertanyaan ini dan belum selesai."))
NEED_TOLD = Refusal("need_told", _("Penanya sudah dikabari tentang ini."))
HOUR_BACKWARDS = Refusal("hour_backwards", _("Jam konsultasi berakhir sesudah mulai, dan memuat sekurangnya satu pertemuan."))
SLOT_TAKEN = Refusal("slot_taken", _("Waktu itu sudah tidak tersedia. Pilih waktu lain."))
TOPIC_EMPTY = Refusal("topic_empty", _("Tuliskan apa yang ingin dibahas."))
TOO_MANY_APPOINTMENTS = Refusal("too_many_appointments", _("Paling banyak %(most)s janji temu yang akan datang."))
APPOINTMENT_OVER = Refusal("appointment_over", _("Janji temu ini sudah lewat atau dibatalkan."))
CALLED_OFF_WITHOUT_REASON = Refusal("called_off_without_reason", _("Tuliskan alasannya; yang memesan diberi tahu."))
