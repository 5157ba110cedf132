"""Why a verb on the people of the portal may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

NOT_YOUR_OWN = Refusal("not_your_own", _("Hanya orangnya sendiri yang dapat melakukannya."))
THANKS_EMPTY = Refusal("thanks_empty", _("Tuliskan terima kasih untuk apa."))
OWN_THANKS = Refusal("own_thanks", _("Ucapan terima kasih diberikan kepada orang lain."))
GOAL_TO_LEARN_EMPTY = Refusal("goal_to_learn_empty", _("Tuliskan apa yang akan dipelajari."))
EVIDENCE_EMPTY = Refusal("evidence_empty", _("Tuliskan buktinya."))
ALREADY_LEARNT = Refusal("already_learnt", _("Rencana ini sudah selesai."))
CRITERION_NAME_EMPTY = Refusal("criterion_name_empty", _("Tuliskan nama penghargaan."))
CRITERION_NAME_TAKEN = Refusal("criterion_name_taken", _("Penghargaan “%(name)s” sudah ada."))
NO_CANDIDATE = Refusal("no_candidate", _("%(name)s belum memenuhi kriteria penghargaan ini."))
TOO_MANY_HOURS = Refusal("too_many_hours", _("Seminggu paling banyak 40 jam."))
TIME_UNTOLD = Refusal("time_untold", _("Tuliskan untuk apa, dan berapa menit."))
TIME_FOR_NOTHING = Refusal("time_for_nothing", _("Tuliskan untuk apa waktu itu."))
TIME_OUT_OF_BOUNDS = Refusal("time_out_of_bounds", _("Sehari paling sedikit 1 dan paling banyak %(most)s menit."))
TIME_AHEAD = Refusal("time_ahead", _("Hari itu belum tiba."))
TIME_NOTED = Refusal("time_noted", _("Waktu sesi ini sudah dicatat."))
NOT_THERE = Refusal("not_there", _("Anda tidak tercatat hadir di sesi itu."))
INTRODUCTION_EMPTY = Refusal("introduction_empty", _("Tuliskan kata pengantar untuk keduanya."))
INTRODUCED_TO_SELF = Refusal("introduced_to_self", _("Pilih dua orang yang berbeda."))
ALREADY_INTRODUCED = Refusal("already_introduced", _("Perkenalan keduanya sudah diusulkan."))
INTRODUCTION_OVER = Refusal("introduction_over", _("Perkenalan ini sudah selesai."))
