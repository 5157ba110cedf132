"""The other sides: who writes to us, who wants no more messages, who is not listened to."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lumbung.kernel import clock, events
from lumbung.messaging.events import IdentityBlocked, IdentityOptedIn, IdentityOptedOut, IdentityUnblocked
from lumbung.messaging.models import Account, Identity


def identity_of(account: Account, address: str) -> Identity:
    """The identity with this address on the account; made when it is new."""
    found = Identity.objects.filter(account=account, address=address).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Identity.objects.create(account=account, address=address, created_at=clock.now())
    except IntegrityError:
        return Identity.objects.get(account=account, address=address)


@transaction.atomic
def opt_out(identity: Identity, *, by: events.Actor | None = None) -> None:
    """Send nothing unasked to this side any more; what they ask is still answered."""
    if Identity.objects.filter(pk=identity.pk, opted_out_at=None).update(opted_out_at=clock.now()):
        events.record(IdentityOptedOut(identity=identity.pk), by=by)
    identity.refresh_from_db(fields=["opted_out_at"])


@transaction.atomic
def opt_in(identity: Identity, *, by: events.Actor | None = None) -> None:
    """They want messages again."""
    if Identity.objects.filter(pk=identity.pk).exclude(opted_out_at=None).update(opted_out_at=None):
        events.record(IdentityOptedIn(identity=identity.pk), by=by)
    identity.refresh_from_db(fields=["opted_out_at"])


@transaction.atomic
def block(identity: Identity, *, until: datetime, by: events.Actor | None = None) -> None:
    """Listen to this side no more until then: what comes is kept raw and ignored."""
    Identity.objects.filter(pk=identity.pk).update(blocked_until=until)
    events.record(IdentityBlocked(identity=identity.pk, until=until.isoformat()), by=by)
    identity.refresh_from_db(fields=["blocked_until"])


@transaction.atomic
def unblock(identity: Identity, *, by: events.Actor | None = None) -> None:
    if Identity.objects.filter(pk=identity.pk).exclude(blocked_until=None).update(blocked_until=None):
        events.record(IdentityUnblocked(identity=identity.pk), by=by)
    identity.refresh_from_db(fields=["blocked_until"])
