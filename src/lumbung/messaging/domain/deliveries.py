"""Handing messages over to their channel, and forgetting them in time."""

from datetime import timedelta

from django.db.models import F

from lumbung.kernel import clock
from lumbung.messaging.channels import Undeliverable, channel_called
from lumbung.messaging.models import Delivery

KEPT_FOR = timedelta(days=365)


def deliver(key: int) -> None:
    """Hand over the message of this key, once. Raises what the channel raises, so that it is tried again later.

    A message whose address is refused for good is not tried again; that it was is kept.
    """
    delivery = Delivery.objects.filter(pk=key, state=Delivery.States.WAITING).first()
    if delivery is None:
        return
    this = Delivery.objects.filter(pk=key)
    try:
        channel_called(delivery.channel).send(delivery)
    except Undeliverable as refused:
        this.update(state=Delivery.States.REFUSED, error=str(refused), body="", unsubscribe="", attempts=F("attempts") + 1)
    except Exception as error:
        this.update(error=str(error), attempts=F("attempts") + 1)
        raise
    else:
        this.update(
            state=Delivery.States.SENT, sent_at=clock.now(), error="", body="", unsubscribe="", attempts=F("attempts") + 1
        )


def forget_old() -> int:
    """Delete what became of messages a year ago; returns how many. What they spoke of stays known, so nothing is said twice."""
    forgotten, _ = Delivery.objects.filter(queued_at__lt=clock.now() - KEPT_FOR).delete()
    return forgotten
