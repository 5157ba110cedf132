"""How long a message is worth sending, so that an outage never ends in a flood of old news."""

from datetime import datetime, timedelta

from lumbung.messaging.models import Delivery

WORTH_SENDING = {
    Delivery.Purposes.REPLY: timedelta(hours=24),
    Delivery.Purposes.NOTICE: timedelta(hours=48),
    Delivery.Purposes.ACCOUNT: timedelta(hours=24),
    Delivery.Purposes.RATING: timedelta(hours=12),
    Delivery.Purposes.BROADCAST: timedelta(hours=12),
}


def latest(purpose: str, now: datetime) -> datetime:
    """The moment after which a message for this purpose, written now, is not sent any more."""
    return now + WORTH_SENDING[Delivery.Purposes(purpose)]
