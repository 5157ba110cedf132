"""Why issues, ideas, consultations, projects, surveys and hand-overs may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

IDEA_EMPTY = Refusal("idea_empty", _("Tulis dengan satu kalimat."))
IDEA_ELSEWHERE = Refusal("idea_elsewhere", _("Gagasan ini sudah melewati tahap itu."))
IDEA_OWNER_MISSING = Refusal("idea_owner_missing", _("Siapa yang mengerjakannya?"))
IDEA_METRIC_MISSING = Refusal("idea_metric_missing", _("Apa yang diukur, supaya tahu apakah berhasil?"))
IDEA_AFTER_MISSING = Refusal("idea_after_missing", _("Tulis hasil ukurnya sesudah dicoba."))
IDEA_OUTCOME_MISSING = Refusal("idea_outcome_missing", _("Tulis hasilnya dengan satu kalimat."))
CONSULTATION_EMPTY = Refusal("consultation_empty", _("Tulis apa yang diusulkan."))
CONSULTATION_PAST = Refusal("consultation_past", _("Hari penutupan harus masih akan datang."))
CONSULTATION_OVER = Refusal("consultation_over", _("Musyawarah ini sudah ditutup."))
REASONS_MISSING = Refusal("reasons_missing", _("Keputusan memerlukan alasan."))
COMMENT_EMPTY = Refusal("comment_empty", _("Tulis pendapat Anda."))
BOARD_EMPTY = Refusal("board_empty", _("Proyek memerlukan judul dan tujuan."))
BOARD_OVER = Refusal("board_over", _("Proyek ini sudah selesai."))
BOARD_NOT_YOURS = Refusal("board_not_yours", _("Hanya anggota proyek yang mengubahnya."))
DRAFT_CHANGED = Refusal(
    "draft_changed",
    _("Rekan Anda menyimpan naskah ini lebih dulu. Versinya tampil di bawah tulisan Anda: gabungkan, lalu simpan lagi."),
)
OUTPUT_MISSING = Refusal("output_missing", _("Apa hasil proyek ini, dan di mana?"))
SURVEY_OPEN = Refusal("survey_open", _("Masih ada survei yang terbuka. Tutup dahulu."))
SURVEY_OVER = Refusal("survey_over", _("Survei ini sudah ditutup."))
SURVEY_ANSWERED = Refusal("survey_answered", _("Anda sudah menjawab survei ini."))
SURVEY_INCOMPLETE = Refusal("survey_incomplete", _("Jawab semua pernyataan; tinggal %(left)s lagi."))
LEAVER_HANDS_OVER = Refusal("leaver_hands_over", _("Serah terima %(name)s sudah dibuka."))
SUCCESSOR_IS_LEAVER = Refusal("successor_is_leaver", _("Pengganti harus orang lain."))
HAND_OVER_OVER = Refusal("hand_over_over", _("Serah terima ini sudah ditutup."))
INTERVIEWS_SELF = Refusal("interviews_self", _("Wawancara dilakukan dengan orang lain."))
INTERVIEW_OPEN = Refusal("interview_open", _("Wawancara Anda dengan rekan ini masih berjalan."))
ANSWER_CHANGED = Refusal(
    "answer_changed",
    _(
        "Jawaban atas “%(question)s” lebih dahulu diubah rekan Anda. Yang tersimpan tampil di bawah tulisan Anda: gabungkan, lalu"
        " simpan lagi."
    ),
)
INTERVIEW_OVER = Refusal("interview_over", _("Wawancara ini sudah ditutup."))
NOT_YOURS_TO_INTERVIEW = Refusal("not_yours_to_interview", _("Wawancara dilakukan oleh pengganti atau pengelola portal."))
NOT_YOURS_TO_WIDEN = Refusal("not_yours_to_widen", _("Hanya yang bercerita yang memutuskan siapa yang boleh membacanya."))
CIRCLE_UNKNOWN = Refusal("circle_unknown", _("Pilih siapa yang boleh membacanya."))
