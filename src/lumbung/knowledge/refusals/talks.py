"""Why feeds, signals, incidents and morning talks may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

FEED_NAME_EMPTY = Refusal("feed_name_empty", _("Beri umpan ini nama."))
FEED_ADDRESS_WRONG = Refusal("feed_address_wrong", _("Alamat umpan dimulai dengan http:// atau https://."))
FEED_TAKEN = Refusal("feed_taken", _("Umpan dengan alamat ini sudah ada."))
TALK_DAYS_WRONG = Refusal("talk_days_wrong", _("Pilih paling sedikit satu hari untuk obrolan pagi."))
INCIDENT_EMPTY = Refusal("incident_empty", _("Tulis apa yang terjadi."))
INCIDENT_SOLVED = Refusal("incident_solved", _("Insiden ini sudah teratasi."))
RECOVERY_EMPTY = Refusal("recovery_empty", _("Tulis bagaimana pulihnya."))
SIGNAL_SETTLED = Refusal("signal_settled", _("Sinyal ini sudah ditangani."))
