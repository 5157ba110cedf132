"""Why a verb of this part may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

CARD_EMPTY = Refusal("card_empty", _("Pindai kartu, atau ketik NIM atau nomor kartu Anda."))
CARD_UNKNOWN = Refusal("card_unknown", _("Nomor ini tidak dikenal. Coba sekali lagi, atau isi buku tamu."))
GATE_CLOSED = Refusal("gate_closed", _("Pintu %(gate)s sedang tidak dipakai."))
GATE_FULL = Refusal(
    "gate_full", _("Di dalam sudah %(inside)s dari %(capacity)s orang. Mohon tunggu; tempat berikutnya kosong pukul %(at)s.")
)
GROUP_LARGER_THAN_ROOM = Refusal("group_larger_than_room", _("Di dalam hanya ada tempat bagi %(capacity)s orang sekaligus."))
CAPACITY_OUT_OF_RANGE = Refusal("capacity_out_of_range", _("Jumlah orang di dalam antara 1 dan %(most)s, atau kosong."))
STAY_OUT_OF_RANGE = Refusal("stay_out_of_range", _("Lama di dalam antara 1 dan %(minutes)s menit."))
VISITOR_NAME_EMPTY = Refusal("visitor_name_empty", _("Tuliskan nama Anda."))
CONSENT_MISSING = Refusal(
    "consent_missing", _("Nama hanya dicatat dengan persetujuan. Centang persetujuan, atau masuk tanpa menuliskan nama.")
)
GROUP_NAME_EMPTY = Refusal("group_name_empty", _("Tuliskan nama rombongan atau kelas."))
GROUP_SIZE = Refusal("group_size", _("Jumlah orang dalam rombongan antara %(fewest)s dan %(most)s."))
GATE_NAME_EMPTY = Refusal("gate_name_empty", _("Tuliskan nama pintu, misalnya “Pintu utama”."))
GATE_NAME_TAKEN = Refusal("gate_name_taken", _("Cabang ini sudah mempunyai pintu “%(name)s”."))
REPEAT_TOO_LONG = Refusal("repeat_too_long", _("Jeda kunjungan ulang paling lama %(minutes)s menit."))
VISIT_TOO_OLD_TO_CHANGE = Refusal("visit_too_old_to_change", _("Tujuan hanya dapat dipilih sesaat sesudah masuk."))
PURPOSE_NAME_EMPTY = Refusal("purpose_name_empty", _("Tuliskan nama tujuan kunjungan."))
PURPOSE_NAME_TAKEN = Refusal("purpose_name_taken", _("Tujuan “%(name)s” sudah ada."))
