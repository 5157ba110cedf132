"""What one may be allowed to do about digital files."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel import scopes

KEEP = "digital.keep"
"""Attach files to titles, set who may read them, and read all of them."""
STAFF = "digital.staff"
"""Read what is for staff alone."""
TERMS = "digital.terms"
"""Set the networks of the campus and the limits of files."""
PRESERVE = "digital.preserve"
"""Look after the contents: see their state, have them checked, put good copies in."""
LEGAL_DEPOSIT = "digital.legal_deposit"
"""See to legal deposit: note works, what was sent, and receipts."""
REVIEW = "digital.review"
"""Look at deposits, send them back, approve and publish them."""

CONTENTS_READ = scopes.declare("contents:read", _("Membaca riwayat pelestarian (PREMIS)"), permission=PRESERVE)
