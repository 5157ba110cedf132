"""The other side of a conversation, without a channel's own protocol."""

import itertools
from typing import Any

from lumbung.messaging.domain import arrivals, deliveries
from lumbung.messaging.domain.accounts import built_in
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.models import Account, Identity, Incoming

_numbers = itertools.count(1)


def web_identity(address: str = "", *, name: str = "") -> Identity:
    """Somebody on the web chat who has not written yet."""
    identity = identity_of(built_in("web"), address or f"visitor-{next(_numbers)}")
    if name:
        identity.name = name
        identity.save()
    return identity


def hear(identity: Identity, text: str, **more: Any) -> Incoming:
    """This side of the web chat writes, and it is understood at once."""
    payload = {"visitor": identity.address, "id": f"m{next(_numbers)}", "text": text, **more}
    inbound = arrivals.receive(identity.account, payload["id"], payload)
    assert inbound is not None
    [incoming] = arrivals.take_in(inbound.pk)
    identity.refresh_from_db()
    return incoming


def account_of(kind: str, **fields: Any) -> Account:
    """An account on any channel, switched on, without its form."""
    number = next(_numbers)
    return Account.objects.create(kind=kind, **{"name": f"{kind} {number}", "hook_key": f"hook-{number}", **fields})


def send_due() -> bool:
    """Hand over what is due on every account; whether there was anything."""
    return sum(deliveries.deliver_due(account) for account in deliveries.accounts_with_due()) > 0
