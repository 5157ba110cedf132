"""What others may ask about messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from lumbung.kernel import clock
from lumbung.kernel.remembered import remembered
from lumbung.messaging.models import Account, Delivery, Identity, Inbound, Incoming, Occasion

NEWS = 50


def unspoken(occasions: Collection[str]) -> set[str]:
    """Those of ``occasions`` no message has spoken of yet."""
    return set(occasions) - set(Occasion.objects.filter(key__in=occasions).values_list("key", flat=True))


def open_accounts(kind: str = "") -> QuerySet[Account]:
    """The accounts through which messages go and come, of one kind or all."""
    accounts = Account.objects.open()
    return accounts.filter(kind=kind) if kind else accounts


def said_to(identity: Identity, *, after: int = 0) -> QuerySet[Delivery]:
    """What we said to this side in conversation, oldest first, from the key after ``after``."""
    replies = identity.deliveries.filter(purpose=Delivery.Purposes.REPLY, pk__gt=after)
    return replies.order_by("pk")


def said_by(identity: Identity, *, after: int = 0) -> QuerySet[Incoming]:
    """What this side said, oldest first, with attachments; edits and deletions are in the messages they are about."""
    messages = identity.incoming.filter(pk__gt=after).exclude(kind__in=[Incoming.Kinds.EDITED, Incoming.Kinds.DELETED])
    return messages.prefetch_related("attachments").order_by("pk")


def wrote_since(identity: Identity, moment: datetime) -> bool:
    return identity.last_inbound_at is not None and identity.last_inbound_at >= moment


@dataclass(frozen=True)
class Line:
    """One thing said in a conversation, by either side."""

    key: str
    is_ours: bool
    text: str
    at: datetime
    said: Incoming | Delivery
    deleted: bool = False


def transcript(identity: Identity, *, most: int = 200) -> list[Line]:
    """The last ``most`` things said with this side by either, oldest first, as they say now."""
    theirs = said_by(identity).order_by("-pk")[:most]
    ours = said_to(identity).order_by("-pk")[:most]
    lines = [*map(line_of, theirs), *map(line_of, ours)]
    return sorted(lines, key=lambda line: (line.at, line.is_ours))[-most:]


def line_of(said: Incoming | Delivery) -> Line:
    """One thing said, as a line of its conversation."""
    if isinstance(said, Delivery):
        return Line(f"d{said.pk}", True, said.body, said.queued_at, said)
    return Line(f"i{said.pk}", False, said.text, said.received_at, said, said.deleted_at is not None)


def last_said_to(lines: Sequence[Line]) -> int:
    """The key of our last message among these; 0 where there is none."""
    return max((line.said.pk for line in lines if line.is_ours), default=0)


def news_for_visitor(address: str, after: int) -> list[Line]:
    """What we said to this visitor of the site after our message with the key ``after``, with the visitor. One question: pages ask it
    again and again."""
    visitor = {"identity__address": address, "identity__account__kind": "web", "identity__account__is_built_in": True}
    said = Delivery.objects.filter(pk__gt=after, purpose=Delivery.Purposes.REPLY, **visitor).select_related("identity")
    return [line_of(each) for each in said.order_by("pk")[:NEWS]]


@remembered()
def hooks() -> dict[str, Account]:
    """The accounts by the key in the address to which the other side posts its events."""
    return {account.hook_key: account for account in Account.objects.order_by()}


def account_behind_hook(kind: str, key: str) -> Account | None:
    """The account to which events of this address belong; None for an address that leads nowhere, or to one switched off."""
    account = hooks().get(key) or Account.objects.filter(hook_key=key).order_by().first()
    return account if account is not None and account.kind == kind and account.is_enabled else None


@remembered(seconds=5.0)
def web_chat_is_open() -> bool:
    """Whether visitors can write on the site: unless somebody switched it off."""
    account = Account.objects.filter(kind="web", is_built_in=True).first()
    return account is None or account.is_open


def deliveries_like(*, state: str = "", kind: str = "", purpose: str = "", address: str = "") -> QuerySet[Delivery]:
    """Deliveries, newest first, that are so; what is empty is not asked."""
    asked = {"state": state, "account__kind": kind, "purpose": purpose, "address__icontains": address}
    found = Delivery.objects.filter(**{name: value for name, value in asked.items() if value})
    return found.select_related("account").defer("body", "content")


def unread_arrivals() -> QuerySet[Inbound]:
    """Raw events that could not be understood, newest first, with their account."""
    return Inbound.objects.filter(state=Inbound.States.FAILED).select_related("account").order_by("-pk")


def deliveries_to_look_at() -> dict[str, int]:
    """How many deliveries of the last month wait for a person, by state."""
    month = clock.now() - timedelta(days=30)
    states = Delivery.objects.filter(state__in=Delivery.TO_LOOK_AT, queued_at__gte=month).order_by()
    return dict(states.values_list("state").annotate(Count("pk")))
