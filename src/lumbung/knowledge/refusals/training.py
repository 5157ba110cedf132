"""Why a verb on training may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

COURSE_INCOMPLETE = Refusal("course_incomplete", _("Tuliskan judul, tujuan, dan isi pelatihannya."))
COURSE_HOURS = Refusal("course_hours", _("Jam pelajaran antara 1 dan 400."))
COURSE_NOT_OFFERED = Refusal("course_not_offered", _("Pelatihan ini tidak ditawarkan lagi."))
SEATS_WRONG = Refusal("seats_wrong", _("Jumlah kursi antara 1 dan 500."))
TRAINING_PAST = Refusal("training_past", _("Jadwal pelatihan harus sesudah saat ini."))
NO_TRAINING = Refusal("no_training", _("Sesi ini bukan pelatihan dengan kursi."))
TRAINING_FULL = Refusal("training_full", _("Semua kursi sudah terisi."))
TRAINING_BEGUN = Refusal("training_begun", _("Pelatihan ini sudah dimulai."))
ALREADY_ENROLLED = Refusal("already_enrolled", _("Anda sudah terdaftar."))
NOT_ENROLLED = Refusal("not_enrolled", _("Anda belum terdaftar."))
TRAINING_NOT_HELD = Refusal("training_not_held", _("Sertifikat diterbitkan sesudah pelatihannya selesai."))
NUMBERED_MEANWHILE = Refusal("numbered_meanwhile", _("Nomornya baru saja dipakai pelatihan lain. Terbitkan sekali lagi."))
NO_CERTIFICATE = Refusal("no_certificate", _("Tidak ada sertifikat pada nama ini."))
CERTIFICATE_REVOKED = Refusal("certificate_revoked", _("Sertifikat %(number)s sudah dicabut."))
CERTIFICATE_HOLDS = Refusal("certificate_holds", _("Sertifikat %(number)s tidak sedang dicabut."))
REVOKED_WITHOUT_REASON = Refusal("revoked_without_reason", _("Tuliskan alasan pencabutannya."))
NOBODY_ATTENDED = Refusal(
    "nobody_attended", _("Catat dahulu siapa yang hadir. Sertifikat hanya bagi peserta terdaftar yang hadir.")
)
