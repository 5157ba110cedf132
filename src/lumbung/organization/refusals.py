"""Why a verb of this part may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

BARCODE_TAKEN_BY_ITEM = Refusal(
    "barcode_taken_by_item", _("Barcode %(barcode)s sudah dipakai oleh sebuah eksemplar. Pakai barcode lain.")
)
BARCODE_TAKEN_BY_MEMBER = Refusal(
    "barcode_taken_by_member", _("Barcode %(barcode)s sudah dipakai sebagai kartu anggota. Pakai barcode lain.")
)
BARCODE_EMPTY = Refusal("barcode_empty", _("Barcode kosong. Pindai atau ketik barcodenya."))
