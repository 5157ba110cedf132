"""What the journal calls the events of bookings."""

from django.utils.translation import gettext_lazy as _

BOOKING_WORDS = {
    "ItemBooked": _("Dipesan untuk tanggal"),
    "BookingChanged": _("Pesanan bertanggal diubah"),
    "BookingMoved": _("Pesanan bertanggal mendapat eksemplar lain"),
    "BookingCancelled": _("Pesanan bertanggal dibatalkan"),
    "BookingFilled": _("Pesanan bertanggal diambil"),
    "BookingExpired": _("Pesanan bertanggal tidak diambil"),
}
