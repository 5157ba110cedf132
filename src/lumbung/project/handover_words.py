"""What the events of handing books over are called on screen."""

from django.utils.translation import gettext_lazy as _

HANDOVERS = {
    "HandoversSet": _("Layanan tanpa masuk gedung diatur"),
    "HandoverAsked": _("Pengambilan atau kiriman diminta"),
    "HandoverPacked": _("Kiriman dikemas"),
    "HandoverReturned": _("Kiriman kembali dari kurir"),
    "DeliveryTermsChanged": _("Kiriman ke rumah diatur"),
    "AddressKept": _("Alamat kirim disimpan atas persetujuan"),
    "AddressForgotten": _("Alamat kirim dihapus"),
    "HandoverSent": _("Kiriman berangkat"),
    "HandoverDone": _("Pengambilan atau kiriman selesai"),
    "HandoverCancelled": _("Pengambilan atau kiriman dibatalkan"),
}
