"""What one may be allowed to do about visits, and the scopes of tokens for it."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel import scopes

SEE = "spaces.see"
RECORD = "spaces.record"
GATES = "spaces.gates"

VISITS_WRITE = scopes.declare("visits:write", _("Mencatat kunjungan dari pintu atau gerbang"), permission=RECORD)
