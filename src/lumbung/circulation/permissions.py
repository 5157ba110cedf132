"""What one may be allowed to do in circulation, and the scopes of tokens for it."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel import scopes

LEND = "circulation.lend"
WAIVE = "circulation.waive"
SEE = "circulation.see"
EXPORT = "circulation.export"
BACK_DATE = "circulation.back_date"
RULES = "circulation.rules"
PERSONAL_RULES = "circulation.personal_rules"
FEES = "circulation.fees"
WAIVE_FEES = "circulation.waive_fees"
CASH = "circulation.cash"
PAYMENT_WAYS = "circulation.payment_ways"
CLOSE_DOORS = "circulation.close_doors"
DELIVERY_TERMS = "circulation.delivery_terms"
PLACES = "circulation.places"
TERMINALS = "circulation.terminals"

LOANS_READ = scopes.declare("loans:read", _("Melihat pinjaman"), permission=SEE)
LOANS_WRITE = scopes.declare("loans:write", _("Meminjamkan, memperpanjang, dan menerima kembali"), permission=LEND)
HOLDS_READ = scopes.declare("holds:read", _("Melihat pesanan"), permission=SEE)
HOLDS_WRITE = scopes.declare("holds:write", _("Memesan dan membatalkan pesanan untuk anggota"), permission=LEND)
ARTICLES_READ = scopes.declare("articles:read", _("Melihat permintaan salinan"), permission=SEE)
ARTICLES_WRITE = scopes.declare("articles:write", _("Meminta dan mengerjakan salinan untuk anggota"), permission=LEND)
FEES_READ = scopes.declare("fees:read", _("Melihat biaya dan pembayaran"), permission=FEES)
FEES_WRITE = scopes.declare("fees:write", _("Mengenakan biaya dan menerima pembayaran"), permission=FEES)
