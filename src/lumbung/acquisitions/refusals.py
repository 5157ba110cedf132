"""Why a verb of this part may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

TITLE_EMPTY = Refusal("title_empty", _("Tuliskan judulnya."))
ISBN_WRONG = Refusal("isbn_wrong", _("ISBN “%(isbn)s” tidak benar; periksa angkanya."))
COPIES_OUT_OF_RANGE = Refusal("copies_out_of_range", _("Jumlah eksemplar antara 1 dan %(most)s."))
ASKED_ALREADY = Refusal("asked_already", _("Judul ini sudah Anda usulkan dan masih berjalan."))
TOO_MANY_REQUESTS = Refusal("too_many_requests", _("Anda mempunyai %(most)s usulan yang belum diputuskan; tunggu dahulu."))
REQUEST_DECIDED = Refusal("request_decided", _("Usulan ini sudah diputuskan."))
REQUEST_WITHDRAWN = Refusal(
    "request_withdrawn", _("Usulan ini sudah ditarik pengusulnya. Catat usulan baru bila masih diperlukan.")
)
REQUEST_NOT_DECIDED = Refusal("request_not_decided", _("Usulan ini belum diputuskan."))
REQUEST_ON_ORDER = Refusal("request_on_order", _("Usulan ini sudah ada di sebuah pesanan."))
ISBN_ON_ORDER = Refusal(
    "isbn_on_order",
    _("ISBN ini sudah ada pada pesanan %(order)s: “%(title)s”. Bila memang hendak dipesan lagi, centang “Tetap pesan”."),
)
REQUEST_NOT_ACCEPTED = Refusal("request_not_accepted", _("Hanya usulan yang disetujui yang dapat dipesan."))
REASON_EMPTY = Refusal("reason_empty", _("Tuliskan alasannya."))
PRIORITY_UNKNOWN = Refusal("priority_unknown", _("Pilih prioritasnya."))
FUND_NAME_EMPTY = Refusal("fund_name_empty", _("Tuliskan nama dana."))
FUND_NAME_TAKEN = Refusal("fund_name_taken", _("Tahun itu sudah mempunyai dana dengan nama ini."))
FUND_YEAR_WRONG = Refusal("fund_year_wrong", _("Tahun anggaran %(year)s tidak dikenal."))
FUND_NOT_IN_USE = Refusal("fund_not_in_use", _("Dana %(fund)s tidak dipakai lagi."))
FUND_OVERSPENT = Refusal(
    "fund_overspent", _("Dana %(fund)s kurang %(over)s. Kurangi pesanan, atau minta izin melampaui pagu dengan alasan.")
)
FUND_TOO_SMALL = Refusal("fund_too_small", _("Dana ini sudah terikat atau terpakai %(used)s."))
FUND_DECIDED_BY_OTHERS = Refusal("fund_decided_by_others", _("Dananya baru saja terpakai oleh yang lain. Muat ulang halaman."))
VENDOR_NAME_EMPTY = Refusal("vendor_name_empty", _("Tuliskan nama rekanan."))
VENDOR_NAME_TAKEN = Refusal("vendor_name_taken", _("Rekanan dengan nama ini sudah ada."))
VENDOR_NOT_IN_USE = Refusal("vendor_not_in_use", _("Rekanan %(vendor)s tidak dipakai lagi."))
DELIVERY_OUT_OF_RANGE = Refusal("delivery_out_of_range", _("Lama kirim antara 1 dan %(most)s hari."))
DISCOUNT_OUT_OF_RANGE = Refusal("discount_out_of_range", _("Potongan antara 0 dan 100 persen."))
PRICE_TOO_HIGH = Refusal("price_too_high", _("Harga satuan paling tinggi %(most)s."))
ORDER_SENT = Refusal("order_sent", _("Pesanan ini sudah dikirim; isinya tidak dapat diubah lagi."))
ORDER_EMPTY = Refusal("order_empty", _("Pesanan ini belum berisi judul."))
ORDER_NOT_OPEN = Refusal("order_not_open", _("Dari pesanan ini tidak ada yang masih ditunggu."))
DUE_PAST = Refusal("due_past", _("Tanggal yang diharapkan sudah lewat."))
MORE_THAN_ORDERED = Refusal("more_than_ordered", _("Yang masih ditunggu dari judul ini tinggal %(left)s eksemplar."))
RECEIVED_BY_OTHERS = Refusal("received_by_others", _("Sebagian baru saja diterima petugas lain. Muat ulang halaman."))
NO_BARCODES = Refusal("no_barcodes", _("Pindai atau ketik barcode setiap eksemplar yang datang."))
RECEIPT_UNDONE = Refusal("receipt_undone", _("Penerimaan ini sudah dibatalkan."))
COPY_ON_SHELF = Refusal("copy_on_shelf", _("Eksemplar %(barcode)s sudah di rak; penerimaannya tidak dapat dibatalkan lagi."))
BARCODE_NOT_NEW = Refusal("barcode_not_new", _("Barcode “%(barcode)s” bukan eksemplar yang sedang diolah."))
STEP_UNKNOWN = Refusal("step_unknown", _("Langkah “%(step)s” tidak dikenal."))
STEP_TAKEN = Refusal("step_taken", _("%(barcode)s: langkah “%(step)s” sudah dicatat."))
STEP_TOO_EARLY = Refusal("step_too_early", _("%(barcode)s: “%(first)s” harus dicatat dahulu."))
NO_STEP_TO_TAKE_BACK = Refusal("no_step_to_take_back", _("%(barcode)s: tidak ada langkah yang dapat diambil kembali."))
