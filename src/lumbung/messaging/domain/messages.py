"""Sending: a message is written and queued in the transaction of what it tells of, and handed over in the background."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from lumbung.kernel import clock, events
from lumbung.messaging.domain.accounts import built_in
from lumbung.messaging.domain.lateness import latest
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
    purpose: str = Delivery.Purposes.NOTICE,
    not_after: datetime | None = None,
) -> Delivery | None:
    """Queue the message ``code`` for an e-mail address. Returns None, sending nothing, where there is no address.

    ``unsubscribe`` is the address where one POST ends messages of this kind; mail programs offer it to their readers. After
    ``not_after`` it is not sent any more; by default two days.

    Raises ``IntegrityError`` when one of ``occasions`` has been spoken of already: ask ``queries.unspoken`` first.
    """
    if not address:
        return None
    text, now = write(code, facts, language), clock.now()
    delivery = Delivery.objects.create(
        account=built_in("email"),
        purpose=purpose,
        code=code,
        address=address,
        subject=text.subject,
        body=text.body,
        unsubscribe=unsubscribe,
        queued_at=now,
        not_after=not_after or latest(purpose, now),
    )
    Occasion.objects.bulk_create(Occasion(key=key) for key in occasions)
    events.record(MessageQueued(delivery=delivery.pk, code=code), by=None)
    return delivery
