"""Why a verb on questions may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

QUESTION_EMPTY = Refusal("question_empty", _("Tuliskan pertanyaannya."))
ANSWER_EMPTY = Refusal("answer_empty", _("Tuliskan jawabannya."))
NOT_YOUR_QUESTION = Refusal("not_your_question", _("Hanya penanya dan pengelola yang menyatakan pertanyaan terjawab."))
QUESTION_SETTLED = Refusal("question_settled", _("Pertanyaan ini sudah terjawab."))
NOT_SETTLED = Refusal("not_settled", _("Pilih dahulu jawaban yang menyelesaikan pertanyaan ini."))
REPORT_EMPTY = Refusal("report_empty", _("Tuliskan mengapa pertanyaan ini tidak pantas."))
NOT_REPORTED = Refusal("not_reported", _("Nama penanya hanya dibuka bila pertanyaannya dilaporkan."))
ALREADY_REPORTED = Refusal("already_reported", _("Pertanyaan ini sudah dilaporkan."))
