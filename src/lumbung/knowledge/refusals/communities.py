"""Why a verb on communities may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

COMMUNITY_NAME_EMPTY = Refusal("community_name_empty", _("Tuliskan nama kelompok."))
COMMUNITY_NAME_TAKEN = Refusal("community_name_taken", _("Sudah ada komunitas bernama “%(name)s”."))
NOT_THE_FACILITATOR = Refusal("not_the_facilitator", _("Hanya fasilitator komunitas ini yang dapat melakukannya."))
ALREADY_IN_COMMUNITY = Refusal("already_in_community", _("%(name)s sudah menjadi anggota."))
NOT_A_MEMBER = Refusal("not_a_member", _("Anda bukan anggota komunitas ini."))
LAST_FACILITATOR = Refusal("last_facilitator", _("Tunjuk fasilitator lain dahulu."))
GUEST_UNKNOWN = Refusal("guest_unknown", _("Tidak ada akun bernama “%(name)s”. Minta tamu membuat akun dahulu."))
GUEST_IS_STAFF = Refusal("guest_is_staff", _("%(name)s petugas di sini dan dapat bergabung sendiri."))
INSTITUTION_EMPTY = Refusal("institution_empty", _("Tuliskan lembaga asal tamu."))
NOT_YET_REGULAR = Refusal(
    "not_yet_regular",
    _("Kelompok ini belum cukup teratur: %(sessions)s sesi dalam dua belas minggu, ketetapan hadir %(steady)s%%."),
)
CHARTER_EMPTY = Refusal("charter_empty", _("Tuliskan piagam komunitas dahulu."))
ALREADY_A_COMMUNITY = Refusal("already_a_community", _("Sudah menjadi komunitas praktik."))
GOAL_EMPTY = Refusal("goal_empty", _("Tuliskan tujuannya."))
