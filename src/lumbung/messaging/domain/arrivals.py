"""What comes in: kept raw at once, understood in the background, never twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from lumbung.kernel import clock, events
from lumbung.kernel.jobs.backoff import wait_after
from lumbung.messaging.channels import Event, Judged, Left, Moved, Parsed, channel_called
from lumbung.messaging.domain import conversations, templates
from lumbung.messaging.domain.deliveries import move
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.events import ArrivalLetBe, ArrivalsTriedAgain
from lumbung.messaging.models import Account, Delivery, Identity, Inbound, Incoming

STRETCH = 100
MOST_ATTEMPTS = 6
SHORT_WAIT = timedelta(seconds=2)
States = Inbound.States


class NotYet(Exception):
    """It tells of something that is not written down yet."""


def receive(account: Account, event_id: str, payload: dict[str, Any]) -> Inbound | None:
    """Keep a raw event. None when this one came before: redelivery is normal."""
    try:
        with transaction.atomic():
            return Inbound.objects.create(
                account=account, event_id=event_id[:200], payload=_holdable(payload), received_at=clock.now()
            )
    except IntegrityError:
        if Inbound.objects.filter(account=account, event_id=event_id[:200]).exists():
            return None
        raise


def receive_all(account: Account, told: Sequence[Event]) -> None:
    """Keep raw events, all of them or none, by one statement: other systems wait for the answer. What came before is left as it is."""
    now = clock.now()
    rows = [Inbound(account=account, event_id=each.id[:200], payload=_holdable(each.payload), received_at=now) for each in told]
    Inbound.objects.bulk_create(rows, ignore_conflicts=True)


def _holdable(value: Any) -> Any:
    """The payload as every database can hold it: without the NUL."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {key: _holdable(each) for key, each in value.items()}
    return [_holdable(each) for each in value] if isinstance(value, list) else value


def take_in_waiting() -> bool:
    """Understand the raw events that wait, in the order in which they came, a stretch of them. False when there is none."""
    waiting = list(_waiting(clock.now()).values_list("pk", flat=True)[:STRETCH])
    for key in waiting:
        take_in(key)
    return bool(waiting)


def events_wait() -> bool:
    """Whether a raw event waits to be understood."""
    return _waiting(clock.now()).exists()


def _waiting(now: datetime) -> QuerySet[Inbound]:
    turn = Q(not_before=None) | Q(not_before__lte=now)
    is_open = Q(account__is_enabled=True, account__cut_at=None)
    return Inbound.objects.filter(turn, is_open, state=States.WAITING).order_by("id")


def take_in(key: int) -> list[Incoming]:
    """Understand one raw event and write down what it says; what cannot be understood is kept as failed, for a person to see."""
    inbound = Inbound.objects.select_related("account").get(pk=key)
    if inbound.state != States.WAITING:
        return []
    try:
        parts = channel_called(inbound.account.kind).parse(inbound.account, inbound.payload)
        arrived = write_down(inbound, parts)
    except NotYet as early:
        _wait(inbound, str(early), SHORT_WAIT, States.IGNORED)
    except Exception as error:  # noqa: BLE001 -- whatever an event brings about is kept with it, and the others go on
        _wait(inbound, f"{type(error).__name__}: {error}", wait_after(inbound.attempts + 1), States.FAILED)
    else:
        return arrived
    return []


@transaction.atomic
def write_down(inbound: Inbound, parts: Sequence[Parsed | Moved | Left | Judged]) -> list[Incoming]:
    """Write down what a raw event says, and be done with it. Returns the messages among it. Raises ``NotYet``."""
    arrived = _written_down(inbound, parts)
    state = States.DONE if parts else States.IGNORED
    Inbound.objects.filter(pk=inbound.pk).update(state=state, attempts=F("attempts") + 1, error="")
    return arrived


def _wait(inbound: Inbound, error: str, pause: timedelta, in_the_end: str) -> None:
    attempts = inbound.attempts + 1
    state = in_the_end if attempts >= MOST_ATTEMPTS else States.WAITING
    Inbound.objects.filter(pk=inbound.pk).update(
        state=state, attempts=attempts, error=error[:2000], not_before=clock.now() + pause
    )


@transaction.atomic
def take_again(*inbounds: Inbound, by: events.Actor | None = None) -> int:
    """Try failed events once more; how many there were."""
    failed = Inbound.objects.filter(pk__in=[each.pk for each in inbounds], state=States.FAILED)
    count = failed.update(state=States.WAITING, attempts=0, not_before=None)
    if count:
        events.record(ArrivalsTriedAgain(count=count), by=by)
    return count


@transaction.atomic
def let_be(inbound: Inbound, *, by: events.Actor | None) -> None:
    """A failed event is nothing that anybody needs to read."""
    if Inbound.objects.filter(pk=inbound.pk, state=States.FAILED).update(state=States.IGNORED):
        events.record(ArrivalLetBe(inbound=inbound.pk), by=by)


def _written_down(inbound: Inbound, parts: Sequence[Parsed | Moved | Left | Judged]) -> list[Incoming]:
    arrived = []
    for part in parts:
        if isinstance(part, Moved):
            _moved(inbound.account, part)
        elif isinstance(part, Left):
            _left(inbound.account, part)
        elif isinstance(part, Judged):
            templates.judge(inbound.account, part)
        elif (incoming := conversations.hear(inbound, part)) is not None:
            arrived.append(incoming)
    return arrived


def _moved(account: Account, part: Moved) -> None:
    delivery = Delivery.objects.filter(account=account, external_id=part.external_id).exclude(external_id="").first()
    if delivery is None:
        raise NotYet(part.external_id)
    move(delivery, part.state, at=part.at, error=part.error)


def _left(account: Account, part: Left) -> None:
    identity = identity_of(account, part.address)
    Identity.objects.filter(pk=identity.pk).update(left_at=None if part.back else clock.now())
