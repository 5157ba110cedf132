"""A web chat that goes on by e-mail when its visitor has gone."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from lumbung.kernel import clock, events
from lumbung.messaging.domain.messages import send
from lumbung.messaging.events import ChatContinuedByMail
from lumbung.messaging.models import Delivery, Identity

SALT = "lumbung.chat.resume"
DAYS_30 = timedelta(days=30)
GONE_AFTER = timedelta(minutes=2)
STRETCH = 50


@transaction.atomic
def continue_by_mail(identity: Identity, address: str) -> None:
    """Send what this visitor does not see in two minutes to this address too."""
    Identity.objects.filter(pk=identity.pk).update(mail_to=address)
    events.record(ChatContinuedByMail(identity=identity.pk), by=None)


def mail_unseen() -> bool:
    """Mail what was said to visitors who have gone, all of it to each in one letter. False when there is none."""
    waiting: dict[Identity, list[Delivery]] = {}
    for delivery in _unseen().select_related("identity").order_by("pk")[:STRETCH]:
        if delivery.identity is not None:
            waiting.setdefault(delivery.identity, []).append(delivery)
    for identity, said in waiting.items():
        _mail(identity, said)
    return bool(waiting)


def unseen_wait() -> bool:
    """Whether there is something to mail."""
    return _unseen().exists()


def _unseen() -> QuerySet[Delivery]:
    said = Delivery.objects.filter(account__kind="web", state__in=[Delivery.States.ACCEPTED, Delivery.States.DELIVERED])
    return said.filter(is_mailed=False, queued_at__lt=clock.now() - GONE_AFTER).exclude(identity__mail_to="")


@transaction.atomic
def _mail(identity: Identity, said: list[Delivery]) -> None:
    keys = [delivery.pk for delivery in said]
    if not Delivery.objects.filter(pk__in=keys, is_mailed=False).update(is_mailed=True):
        return
    link = f"{settings.SITE_URL}/chat/resume/{token_of(identity)}" if settings.SITE_URL else ""
    facts = {"lines": [delivery.body for delivery in said], "link": link}
    send("chat_continued", address=identity.mail_to, facts=facts, language=identity.language, purpose=Delivery.Purposes.REPLY)


def token_of(identity: Identity) -> str:
    return signing.dumps(identity.address, salt=SALT)


def address_in(token: str) -> str:
    """The visitor whose letter held this token. Raises ``signing.BadSignature`` for a forged one, and after thirty days."""
    return str(signing.loads(token, salt=SALT, max_age=DAYS_30))
