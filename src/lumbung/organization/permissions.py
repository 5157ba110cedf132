"""What one may be allowed to do in this part."""

from lumbung.kernel.permissions import declare

CHANGE = declare("organization.change", {"librarian", "head"})
