"""What people decide about messages: to send one again, and whether one of unknown fate had gone."""

from django.db import transaction

from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.messaging.domain.deliveries import move
from lumbung.messaging.domain.lateness import latest
from lumbung.messaging.domain.sending import can_send
from lumbung.messaging.events import DeliveryDecided, MessageQueued
from lumbung.messaging.models import Delivery
from lumbung.messaging.refusals import NOT_RESENDABLE, NOT_UNCERTAIN, TEXT_FORGOTTEN

States = Delivery.States


@transaction.atomic
def resend(delivery: Delivery, *, by: events.Actor | None) -> None:
    """Queue a message that failed or was refused once more, as if it were new.

    Refuses one that did not fail, one whose text is forgotten, and one that may not be sent any more.
    """
    delivery = _locked(delivery)
    if delivery.state not in {States.FAILED, States.REFUSED}:
        raise Refused(NOT_RESENDABLE(state=delivery.get_state_display()))
    _queue_again(delivery, by)


@transaction.atomic
def decide(delivery: Delivery, *, had_gone: bool, by: events.Actor | None) -> None:
    """Say of a message of unknown fate whether it had gone; one that had not is queued again. Refuses one whose fate is known."""
    delivery = _locked(delivery)
    if delivery.state != States.UNKNOWN:
        raise Refused(NOT_UNCERTAIN(state=delivery.get_state_display()))
    events.record(DeliveryDecided(delivery=delivery.pk, had_gone=had_gone), by=by)
    if had_gone:
        move(delivery, States.ACCEPTED)
    else:
        _queue_again(delivery, by)


def _locked(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_for_update(of=("self",)).select_related("identity__account").get(pk=delivery.pk)


def _queue_again(delivery: Delivery, by: events.Actor | None) -> None:
    reasons = [] if delivery.body or delivery.content or delivery.picture else [TEXT_FORGOTTEN()]
    if delivery.identity is not None:
        reasons += can_send(delivery.identity, delivery.purpose).against(template=delivery.content.get("template", ""))
    if reasons:
        raise Refused(reasons)
    now = clock.now()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=States.QUEUED, attempts=0, error="", not_before=None, not_after=latest(delivery.purpose, now), external_id=""
    )
    events.record(MessageQueued(delivery=delivery.pk, code=delivery.code), by=by)
