"""What others may ask about messages."""

from collections.abc import Collection

from django.db.models import QuerySet

from lumbung.messaging.models import Delivery, Occasion


def unspoken(occasions: Collection[str]) -> set[str]:
    """Those of ``occasions`` no message has spoken of yet."""
    return set(occasions) - set(Occasion.objects.filter(key__in=occasions).values_list("key", flat=True))


def deliveries_to(address: str) -> QuerySet[Delivery]:
    """Messages to this address, newest first."""
    return Delivery.objects.filter(address=address)
