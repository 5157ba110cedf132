"""What staff may do about handing on, about what comes from others, and about figures of use; and the scope of tokens for those."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel import scopes

SHARE = "cooperation.share"
GATHER = "cooperation.gather"
USAGE = "cooperation.usage"

USAGE_READ = scopes.declare("usage:read", _("Membaca laporan pemakaian COUNTER"), permission=USAGE)
