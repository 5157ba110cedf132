"""Why sessions, minutes and actions may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

SESSION_TITLE_EMPTY = Refusal("session_title_empty", _("Beri sesi ini judul."))
SCHEDULE_MISSING = Refusal("schedule_missing", _("Jadwalnya belum ada: isi hari dan jam mulai."))
POINTS_MISSING = Refusal("points_missing", _("Poin diskusi belum ada: tulis paling sedikit satu."))
EXPECTED_PRODUCT_MISSING = Refusal("expected_product_missing", _("Produk yang diharapkan belum ditulis."))
PRODUCT_OR_REASON_MISSING = Refusal(
    "product_or_reason_missing", _("Sesi ditutup dengan produknya, atau dengan alasan mengapa tidak ada.")
)
SESSION_OVER = Refusal("session_over", _("Sesi ini sudah ditutup atau batal; isinya tidak berubah lagi."))
SESSION_NOT_PUBLISHED = Refusal("session_not_published", _("Terbitkan sesi ini dahulu."))
SESSION_NOT_BEGUN = Refusal("session_not_begun", _("Sesi ini belum mulai."))
SESSION_NOT_YOURS = Refusal("session_not_yours", _("Hanya fasilitator, pembuat, atau pengelola yang dapat melakukannya."))
CHALLENGE_WITHOUT_RECOVERY = Refusal(
    "challenge_without_recovery", _("“%(point)s” belum punya pemulihan dan tindakan dengan pemiliknya.")
)
POINT_EMPTY = Refusal("point_empty", _("Tulis poinnya."))
POINT_ON_AGENDA = Refusal("point_on_agenda", _("Itu sudah ada di agenda “%(session)s”."))
NO_NEXT_SESSION = Refusal("no_next_session", _("Belum ada sesi berikutnya yang terbit. Rencanakan satu dahulu."))
NOBODY_NAMED = Refusal("nobody_named", _("Tulis paling sedikit satu nama."))
PICTURE_UNKNOWN = Refusal("picture_unknown", _("Berkas ini bukan foto JPEG, PNG, atau WebP yang utuh."))
PICTURE_TOO_LARGE = Refusal("picture_too_large", _("Foto paling besar %(megabytes)s MB."))
MINUTES_EMPTY = Refusal("minutes_empty", _("Notulen masih kosong: tulis ringkasan atau catatan satu poin."))
MINUTES_NOT_PROPOSED = Refusal("minutes_not_proposed", _("Notulen ini tidak sedang menunggu persetujuan."))
MINUTES_ELSEWHERE = Refusal(
    "minutes_elsewhere",
    _("%(who)s menyimpan notulen ini sementara Anda menulis. Bandingkan dengan yang tersimpan di bawah, lalu simpan lagi."),
)
MINUTES_APPROVED = Refusal("minutes_approved", _("Notulen ini sudah disetujui; isinya tidak berubah lagi."))
NOT_PRESENT = Refusal("not_present", _("Notulen disetujui oleh mereka yang hadir."))
ATTENDANCE_MISSING = Refusal("attendance_missing", _("Catat dahulu siapa yang hadir: merekalah yang menyetujui."))
OWNER_UNKNOWN = Refusal("owner_unknown", _("“%(line)s”: tulis @nama pemiliknya, seperti @rina."))
DUE_UNKNOWN = Refusal("due_unknown", _("“%(line)s”: tulis tenggatnya, seperti 12/12/2026."))
ACTION_EMPTY = Refusal("action_empty", _("Tulis tindakannya."))
ACTION_ENDED = Refusal("action_ended", _("Tindakan ini sudah berakhir."))
RESULT_EMPTY = Refusal("result_empty", _("Tulis hasilnya dengan satu kalimat."))
ACTION_NOT_YOURS = Refusal("action_not_yours", _("Hanya pemiliknya atau pengelola yang mengakhiri tindakan."))
ROTATION_EMPTY = Refusal("rotation_empty", _("Pilih paling sedikit satu fasilitator untuk bergiliran."))
ROUND_TOO_LONG = Refusal("round_too_long", _("Sesi berulang setiap 1 sampai 26 minggu."))
POLL_EMPTY = Refusal("poll_empty", _("Tawarkan paling sedikit dua waktu."))
