"""The outbox: messages are handed to their channel in turn, each account at its pace, and it is kept what became of each."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from lumbung.kernel import clock, events, uploads
from lumbung.kernel.jobs.backoff import wait_after
from lumbung.messaging.channels import OutcomeUnknown, Rate, RetryLater, Undeliverable, channel_called
from lumbung.messaging.domain.paces import EVERYTHING, EVERYTHING_KEY, take_turn
from lumbung.messaging.events import DeliveryMoved
from lumbung.messaging.models import Account, Delivery, Identity

STRETCH = 50
LONGEST_SENDING = timedelta(minutes=5)
States = Delivery.States
STEPS: tuple[str, ...] = (States.ACCEPTED, States.DELIVERED, States.READ)
TIMES: dict[str, str] = {States.ACCEPTED: "sent_at", States.DELIVERED: "delivered_at", States.READ: "read_at"}
TEXTLESS = {"body": "", "unsubscribe": "", "content": {}, "picture": ""}
TOO_LATE = "too late"
INTERRUPTED = "interrupted"


def accounts_with_due() -> list[int]:
    """The accounts that have something to send now."""
    now = clock.now()
    give_up_late(now)
    take_up_lost(now)
    return list(_due(now).order_by("account").values_list("account", flat=True).distinct())


def deliver_due(account: int) -> bool:
    """Hand over the messages of this account whose turn has come, a stretch of them. False when there is none."""
    due = list(_due(clock.now()).filter(account=account).order_by("id").select_related("account")[:STRETCH])
    for delivery in due:
        if not _has_its_turn(delivery):
            break
        deliver(delivery.pk)
    return bool(due)


def _due(now: datetime) -> QuerySet[Delivery]:
    turn = Q(not_before=None) | Q(not_before__lte=now)
    paused = Q(account__paused_until=None) | Q(account__paused_until__lte=now)
    return Delivery.objects.filter(turn, paused, state=States.QUEUED, account__is_enabled=True, account__cut_at=None)


def _has_its_turn(delivery: Delivery) -> bool:
    """Whether the rates let this message go now. False when its account must wait; a pair that must wait holds up nobody else."""
    now, account = clock.now(), delivery.account
    if Account.objects.filter(pk=account.pk, paused_until__gt=now).exists():
        return False  # the message before this one was asked to wait for all
    if turn := take_turn(_shared_rates(account), now):
        Account.objects.filter(pk=account.pk).update(paused_until=turn)
        return False
    pair = channel_called(account.kind).LIMITS.per_pair
    if pair and (turn := take_turn({f"pair:{account.pk}:{delivery.address}"[:120]: pair}, now)):
        Delivery.objects.filter(pk=delivery.pk).update(not_before=turn)
    return True


def _shared_rates(account: Account) -> dict[str, Rate]:
    rates = {EVERYTHING_KEY: EVERYTHING}
    if own := _own_rate(account):
        rates[f"account:{account.pk}"] = own
    return rates


def _own_rate(account: Account) -> Rate | None:
    """What the operator says the number may send in a minute, else the channel's rate."""
    a_minute = str(account.setting("messages_per_minute"))
    return (
        Rate(int(a_minute), 60) if a_minute.isdecimal() and int(a_minute) else channel_called(account.kind).LIMITS.per_account
    )


def deliver(key: int) -> None:
    """Hand over the message of this key, once, if its time has come. A fault is kept with it: later, never, or a person decides."""
    now = clock.now()
    waiting = Delivery.objects.filter(Q(not_before=None) | Q(not_before__lte=now), pk=key, state=States.QUEUED)
    if not waiting.update(state=States.SENDING, sending_since=now, attempts=F("attempts") + 1):
        return
    delivery = Delivery.objects.select_related("account", "identity", "answers").get(pk=key)
    try:
        accepted = channel_called(delivery.account.kind).send(delivery.account, delivery)
    except Undeliverable as refused:
        move(delivery, States.REFUSED, error=str(refused))
    except OutcomeUnknown as unknown:
        move(delivery, States.UNKNOWN, error=str(unknown))
    except RetryLater as later:
        _wait(delivery, str(later), later.after, everybody=later.everybody)
    except Exception as error:  # noqa: BLE001 -- whatever a channel stumbles over is kept with its message, and the others go on
        _wait(delivery, str(error) or type(error).__name__, None)
    else:
        state = States.DELIVERED if accepted.delivered else States.ACCEPTED
        move(delivery, state, external_id=accepted.external_id[:250])


def _wait(delivery: Delivery, error: str, after: timedelta | None, *, everybody: bool = False) -> None:
    turn = clock.now() + (wait_after(delivery.attempts) if after is None else after)
    Delivery.objects.filter(pk=delivery.pk).update(state=States.QUEUED, not_before=turn, error=error[:2000], sending_since=None)
    if everybody:
        Account.objects.filter(pk=delivery.account_id).update(paused_until=turn)


@transaction.atomic
def move(delivery: Delivery, to: str, *, at: datetime | None = None, error: str = "", **fields: Any) -> None:
    """Write down how far the message got. Never back: what was read is not "delivered" again, however late that is told."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    reached = STEPS[: STEPS.index(to) + 1] if to in STEPS else ()
    fields |= {TIMES[each]: at or clock.now() for each in reached if getattr(delivery, TIMES[each]) is None}
    if _is_further(delivery.state, to):
        fields |= {"state": to, "error": error[:2000], "sending_since": None, **_forgotten(delivery, to)}
        events.record(DeliveryMoved(delivery=delivery.pk, state=to), by=None)
    if fields:
        Delivery.objects.filter(pk=delivery.pk).update(**fields)


def mark_read(identity: Identity) -> None:
    """This visitor has the page with everything said to them before their eyes."""
    seen = identity.deliveries.filter(state__in=[States.QUEUED, States.ACCEPTED, States.DELIVERED])
    for delivery in seen.order_by("pk")[:STRETCH]:
        move(delivery, States.READ)


def _is_further(state: str, to: str) -> bool:
    if to not in STEPS:
        return state not in {States.DELIVERED, States.READ}  # what has arrived cannot fail any more
    return state not in STEPS or STEPS.index(to) > STEPS.index(state)


def _forgotten(delivery: Delivery, to: str) -> dict[str, Any]:
    """A notice that is done with keeps no text."""
    if delivery.purpose == Delivery.Purposes.REPLY or to not in {*STEPS, States.REFUSED}:
        return {}
    uploads.forget(delivery.picture)
    return TEXTLESS


def give_up_late(now: datetime) -> None:
    """What nobody needs any more fails: an outage must not end in a flood of old news."""
    for delivery in Delivery.objects.filter(state=States.QUEUED, not_after__lt=now)[:STRETCH]:
        move(delivery, States.FAILED, error=f"{TOO_LATE}: {delivery.error}" if delivery.error else TOO_LATE)


def take_up_lost(now: datetime) -> None:
    """A process ended while it was sending: nobody knows whether that message went, unless its channel can be asked twice."""
    lost = Delivery.objects.filter(state=States.SENDING, sending_since__lt=now - LONGEST_SENDING).select_related("account")
    for delivery in lost[:STRETCH]:
        if channel_called(delivery.account.kind).LIMITS.asks_twice_safely:
            _wait(delivery, INTERRUPTED, timedelta(0))
        else:
            move(delivery, States.UNKNOWN, error=INTERRUPTED)
