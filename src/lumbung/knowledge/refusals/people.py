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
