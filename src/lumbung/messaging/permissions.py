"""What one may be allowed to do with messages."""

from lumbung.kernel.permissions import declare

SEE_DELIVERIES = declare("messaging.see_deliveries", {"librarian", "circulation", "head"})
SET_CHANNELS = declare("messaging.set_channels", {"head"})
