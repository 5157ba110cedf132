"""Looking for what is new, for libraries that no other machine can reach: mailboxes, modems, bots that are asked."""

from datetime import timedelta

from django.db.models import Q

from lumbung.kernel import clock
from lumbung.kernel.jobs.backoff import wait_after
from lumbung.messaging.channels import channel_called, kinds, offers
from lumbung.messaging.domain.arrivals import receive
from lumbung.messaging.models import Account

FAILURES = "failures"


def accounts_to_look_at() -> list[int]:
    """The accounts at which it is time to look."""
    polled = [kind for kind in kinds() if offers(channel_called(kind), "poll")]
    due = Q(look_after=None) | Q(look_after__lte=clock.now())
    return list(Account.objects.open().filter(due, kind__in=polled).values_list("pk", flat=True))


def look(key: int) -> bool:
    """Look once at one account and keep what is new. A fault is kept as the account's ill health; the next look waits longer."""
    account = Account.objects.get(pk=key)
    try:
        polled = channel_called(account.kind).poll(account)  # type: ignore[attr-defined]
    except Exception as error:  # noqa: BLE001 -- whatever a mailbox stumbles over is kept with it
        _ailing(account, f"{type(error).__name__}: {error}")
        return False
    for event in polled.events:
        receive(account, event.id, event.payload)
    if polled.settled:
        polled.settled()
    _well(account, {**account.place, **polled.place, FAILURES: 0}, polled.pause)
    return bool(polled.events)


def _well(account: Account, place: dict[str, object], pause: float) -> None:
    now = clock.now()
    Account.objects.filter(pk=account.pk).update(
        place=place, look_after=now + timedelta(seconds=pause), health=Account.Healths.WELL, health_note="", health_at=now
    )


def _ailing(account: Account, note: str) -> None:
    now, failures = clock.now(), int(account.place.get(FAILURES, 0)) + 1
    Account.objects.filter(pk=account.pk).update(
        place={**account.place, FAILURES: failures},
        look_after=now + wait_after(failures),
        health=Account.Healths.AILING,
        health_note=note[:1000],
        health_at=now,
    )
