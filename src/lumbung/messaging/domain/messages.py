"""Sending: a message is written and queued in the transaction of what it tells of, and handed over by a reaction."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from lumbung.kernel import clock, events
from lumbung.messaging.domain.texts import write
from lumbung.messaging.events import MessageQueued
from lumbung.messaging.models import Delivery, Occasion


@transaction.atomic
def send(
    code: str,
    *,
    address: str,
    facts: Mapping[str, Any],
    language: str = "",
    occasions: Collection[str] = (),
    unsubscribe: str = "",
) -> Delivery | None:
    """Queue the message ``code`` for an e-mail address. Returns None, sending nothing, where there is no address.

    ``unsubscribe`` is the address where one POST ends messages of this kind; mail programs offer it to their readers.

    Raises ``IntegrityError`` when one of ``occasions`` has been spoken of already: ask ``queries.unspoken`` first.
    """
    if not address:
        return None
    text = write(code, facts, language)
    written = {"subject": text.subject, "body": text.body, "unsubscribe": unsubscribe}
    delivery = Delivery.objects.create(code=code, address=address, **written, queued_at=clock.now())
    Occasion.objects.bulk_create(Occasion(key=key) for key in occasions)
    events.record(MessageQueued(delivery=delivery.pk, code=code), by=None)
    return delivery
