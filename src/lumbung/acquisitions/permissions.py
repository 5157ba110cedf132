"""What one may be allowed to do about acquisitions, and the scopes of tokens for it."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel import scopes

SEE = "acquisitions.see"
ASK = "acquisitions.ask"
SELECT = "acquisitions.select"
ORDER = "acquisitions.order"
RECEIVE = "acquisitions.receive"
PROCESS = "acquisitions.process"
FUNDS = "acquisitions.funds"

REQUESTS_READ = scopes.declare("purchase_requests:read", _("Melihat usulan pengadaan"), permission=SEE)
REQUESTS_WRITE = scopes.declare("purchase_requests:write", _("Mencatat usulan pengadaan"), permission=ASK)
ORDERS_READ = scopes.declare("orders:read", _("Melihat pesanan pembelian"), permission=SEE)
