"""What one may be allowed to do with the catalogue, and the scopes of tokens for it."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel import scopes

SEE = "catalogue.see"
EDIT = "catalogue.edit"
ITEMS = "catalogue.items"
IMPORT = "catalogue.import"
UNDO_IMPORT = "catalogue.undo_import"
EXPORT = "catalogue.export"
BATCHES = "catalogue.batches"
WITHDRAW = "catalogue.withdraw"
ITEM_TYPES = "catalogue.item_types"
CALL_NUMBERS = "catalogue.call_numbers"
COUNT = "catalogue.count"
STOCK_TAKES = "catalogue.stock_takes"
AUTHORITIES = "catalogue.authorities"
TARGETS = "catalogue.targets"

RECORDS_READ = scopes.declare("records:read", _("Melihat cantuman yang disembunyikan dari umum"), permission=SEE)
RECORDS_WRITE = scopes.declare("records:write", _("Menambah dan mengubah cantuman"), permission=EDIT)
BATCHES_READ = scopes.declare("batches:read", _("Melihat perubahan massal dan bedanya"), permission=BATCHES)
BATCHES_WRITE = scopes.declare(
    "batches:write", _("Menyiapkan, menjalankan, dan membatalkan perubahan massal"), permission=BATCHES
)
ITEMS_READ = scopes.declare("items:read", _("Melihat eksemplar menurut barcodenya"), permission=SEE)
ITEMS_WRITE = scopes.declare("items:write", _("Menambah eksemplar dan mengubah statusnya"), permission=ITEMS)
