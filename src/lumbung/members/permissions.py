"""What one may be allowed to do with members, and the scopes of tokens for it."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel import scopes

SEE = "members.see"
CHANGE = "members.change"
BLOCK = "members.block"
EXPORT = "members.export"
CATEGORIES = "members.categories"
ACTIVATE = "members.activate"
CLEARANCE_VERIFY = "members.clearance_verify"
CLEARANCE_SEE = "members.clearance_see"
CLEARANCE_ISSUE = "members.clearance_issue"
CLEARANCE_SET = "members.clearance_set"
PRIVACY = "members.privacy"
IMPORT = "members.import"
MERGE = "members.merge"

ME = scopes.declare("me", _("Melihat dan mengurus pinjaman dan pesanan sendiri"))
MEMBERS_READ = scopes.declare("members:read", _("Mencari dan melihat anggota"), permission=SEE)
MEMBERS_PERSONAL = scopes.declare("members:personal", _("Melihat data pribadi anggota"), permission=SEE)
MEMBERS_WRITE = scopes.declare("members:write", _("Mendaftarkan dan mengubah anggota"), permission=CHANGE)
