"""What the journal calls the events of holds."""

from django.utils.translation import gettext_lazy as _

HOLD_WORDS = {
    "HoldPlaced": _("Dipesan"),
    "HoldCancelled": _("Pesanan dibatalkan"),
    "HoldReady": _("Pesanan siap diambil"),
    "HoldSentOn": _("Pesanan dikirim ke cabang pengambilan"),
    "HoldFilled": _("Pesanan diambil"),
    "HoldExpired": _("Pesanan tidak diambil"),
    "HoldSuspended": _("Pesanan ditangguhkan"),
    "HoldResumed": _("Pesanan dilanjutkan"),
    "HoldPutFirst": _("Pesanan didahulukan"),
    "HoldPutBack": _("Pesanan kembali ke urutan semula"),
    "HoldPickupChanged": _("Tempat pengambilan pesanan diubah"),
    "HoldLapsed": _("Pesanan lewat waktu yang diinginkan"),
    "HoldVisitMoved": _("Kunjungan untuk pesanan berpindah hari"),
    "HoldsArrived": _("Pesanan pindah dari sistem lain"),
}
