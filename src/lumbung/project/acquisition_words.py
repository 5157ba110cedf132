"""What the journal calls the events of acquisitions, and their facts."""

from django.utils.translation import gettext_lazy as _

ACQUISITION_WORDS = {
    "PurchaseRequested": _("Judul diusulkan"),
    "PurchaseRequestAccepted": _("Usulan disetujui"),
    "PurchaseRequestDeclined": _("Usulan tidak disetujui"),
    "PurchaseRequestReopened": _("Keputusan usulan diambil kembali"),
    "PurchaseRequestWithdrawn": _("Usulan ditarik pengusulnya"),
    "AskersForgotten": _("Pengusul lama dilupakan"),
    "FundAdded": _("Dana ditambahkan"),
    "FundChanged": _("Dana diubah"),
    "OverspendPermitted": _("Pagu dana boleh dilampaui"),
    "VendorAdded": _("Rekanan ditambahkan"),
    "VendorChanged": _("Rekanan diubah"),
    "OrderBegun": _("Pesanan pembelian dimulai"),
    "OrderLineAdded": _("Judul dimasukkan ke pesanan pembelian"),
    "OrderLineRemoved": _("Judul dikeluarkan dari pesanan pembelian"),
    "OrderPlaced": _("Pesanan pembelian dikirim"),
    "OrderClaimed": _("Pesanan pembelian ditagih"),
    "OrderCancelled": _("Sisa pesanan pembelian dibatalkan"),
    "OrderNumberingSet": _("Pola nomor surat pesanan diatur"),
    "CopiesReceived": _("Eksemplar diterima dari rekanan"),
    "ReceiptUndone": _("Penerimaan dibatalkan"),
    "CopyProcessed": _("Eksemplar baru diolah"),
    "CopyStepTakenBack": _("Langkah pengolahan diambil kembali"),
    "CopyShelved": _("Eksemplar baru masuk rak"),
}

ACQUISITION_FACTS = {
    "purchase_request": _("usulan pengadaan"),
    "priority": _("prioritas"),
    "fund": _("dana"),
    "vendor": _("rekanan"),
    "order": _("pesanan pembelian"),
    "order_line": _("baris pesanan"),
    "receipt": _("penerimaan"),
    "step": _("langkah"),
    "pattern": _("pola"),
}
