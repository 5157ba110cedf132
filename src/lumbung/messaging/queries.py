"""What others may ask about messages."""

from collections.abc import Collection

from lumbung.messaging.models import Occasion


def unspoken(occasions: Collection[str]) -> set[str]:
    """Those of ``occasions`` no message has spoken of yet."""
    return set(occasions) - set(Occasion.objects.filter(key__in=occasions).values_list("key", flat=True))
