"""What the ways are called by which a question can come."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.messaging.channels import channel_called

BY_HAND: dict[str, str | Promise] = {"walk_in": _("Di meja"), "phone": _("Telepon")}
"""Those that a librarian writes down."""
FORM = "form"
OURS: dict[str, str | Promise] = {**BY_HAND, FORM: _("Formulir layanan")}


def label(channel: str) -> str:
    """The name of the way on screen."""
    if channel in OURS:
        return str(OURS[channel])
    try:
        return str(channel_called(channel).needs().title)
    except KeyError:
        return channel
