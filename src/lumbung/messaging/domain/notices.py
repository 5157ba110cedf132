"""Telling somebody something unasked, by the cheapest way that is permitted, and writing down why that one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext

from lumbung.kernel import clock, events
from lumbung.kernel.remembered import remembered
from lumbung.messaging.channels import channel_called, offers
from lumbung.messaging.domain import templates
from lumbung.messaging.domain.accounts import built_in
from lumbung.messaging.domain.lateness import latest
from lumbung.messaging.domain.quiet import next_morning, waking_time
from lumbung.messaging.domain.sending import can_send
from lumbung.messaging.domain.texts import Text, write
from lumbung.messaging.events import MessageQueued
from lumbung.messaging.models import Account, Delivery, Identity, NoticePolicy, Occasion
from lumbung.messaging.replies import Reply

NOTICE = Delivery.Purposes.NOTICE
LONGEST_REASON = 200
GATHERED = "gathered"
"""The code of a letter in which several notices stand together."""
_LINE_BETWEEN = "\n\n———\n\n"


@dataclass(frozen=True)
class Way:
    """One way to somebody: their side of a chat, or, without one, their e-mail address. ``said`` is what would be said in the chat."""

    identity: Identity | None
    account: Account
    address: str
    cost: int = 0
    is_preferred: bool = False
    why_not: str = ""
    said: Reply | None = None

    @property
    def order(self) -> tuple[bool, int, bool, float]:
        """First what they chose, then the cheapest; of equals a chat before a letter, the one they wrote in last before others."""
        last = self.identity.last_inbound_at if self.identity else None
        return (not self.is_preferred, self.cost, self.identity is None, -last.timestamp() if last else 0.0)


@dataclass(frozen=True)
class Notice:
    """What is to be told."""

    code: str
    text: Text
    facts: Mapping[str, Any]
    language: str

    @property
    def in_chat(self) -> str:
        return f"{self.text.subject}\n\n{self.text.body}".strip()


@remembered()
def policy() -> NoticePolicy:
    """The library's rules of notices; the defaults where it has set none."""
    return NoticePolicy.objects.filter(pk=1).first() or NoticePolicy(pk=1)


@transaction.atomic
def notify(
    code: str,
    *,
    address: str,
    identities: Sequence[Identity],
    facts: Mapping[str, Any],
    preferred: Identity | None = None,
    language: str = "",
    occasions: Collection[str] = (),
    gather: bool = False,
    unsubscribe: str = "",
) -> Delivery | None:
    """Queue the message ``code`` for one person. ``address`` is their e-mail, ``identities`` the chats where they want notices.

    A chat is left in peace during quiet hours; what waits for its end becomes one message. With ``gather`` every notice waits for the
    next morning, by letter too, and goes with the others of the day. A letter of its own tells mail programs of ``unsubscribe``, as
    that of ``messages.send`` does. None where no way is permitted. Raises ``IntegrityError`` when one of ``occasions`` has been spoken
    of already: ask ``queries.unspoken`` first.
    """
    rules, notice = policy(), Notice(code, write(code, facts, language), facts, language)
    now = clock.now()
    quiet_until, morning = waking_time(rules, now), next_morning(rules, now) if gather else None
    at = morning or quiet_until or now
    ways = [*_chats(identities, preferred, notice, rules, at), *_letters(address)]
    open_ways = sorted((way for way in ways if not way.why_not), key=lambda way: way.order)
    if not open_ways:
        return None
    way = open_ways[0]
    wakes_at = morning or (quiet_until if way.identity else None)
    delivery = _queued(way, notice, reason=_reason(way, ways), wakes_at=wakes_at, unsubscribe=unsubscribe)
    Occasion.objects.bulk_create(Occasion(key=key) for key in occasions)
    return delivery


def _letters(address: str) -> Iterator[Way]:
    if address:
        account = built_in("email")
        why_not = "" if account.is_open else gettext("sedang dimatikan")
        yield Way(None, account, address, why_not=why_not)


def _chats(
    identities: Sequence[Identity], preferred: Identity | None, notice: Notice, rules: NoticePolicy, at: datetime
) -> Iterator[Way]:
    """The chats, each as it will be at the moment the message goes: a window may have closed by then."""
    for identity in identities:
        cost, permission, why_not = _cost(identity, at), can_send(identity, NOTICE, at), ""
        said = Reply(notice.in_chat)
        if permission.reasons:
            why_not = str(permission.reasons[0])
        elif permission.template_needed:
            said, why_not = _by_template(identity, notice)
        if not why_not and len(said.text) > channel_called(identity.account.kind).LIMITS.text:
            why_not = gettext("terlalu panjang")
        if not why_not and cost and _spent(clock.now()) + cost > rules.monthly_budget:
            why_not = gettext("anggaran habis")
        yield Way(identity, identity.account, identity.address, cost, identity == preferred, why_not, said)


def _by_template(identity: Identity, notice: Notice) -> tuple[Reply, str]:
    """What is said outside the window, or why nothing can be."""
    try:
        return templates.filled(identity.account, notice.code, notice.facts, notice.language), ""
    except templates.NotApproved as none:
        return Reply(""), str(none)


def _cost(identity: Identity, at: datetime) -> int:
    channel = channel_called(identity.account.kind)
    told = offers(channel, "cost")
    return int(told(identity.account, identity, at)) if told else channel.LIMITS.cost


def _spent(now: datetime) -> int:
    """What messages that went, or still may, cost since the month began here."""
    month = now.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    paid = Delivery.objects.filter(queued_at__gte=month, cost__gt=0).exclude(state=Delivery.States.REFUSED)
    return paid.aggregate(sum=Sum("cost"))["sum"] or 0


def _reason(way: Way, ways: Sequence[Way]) -> str:
    if way.is_preferred:
        why = gettext("pilihan anggota")
    elif len(ways) == 1:
        why = gettext("satu-satunya jalan")
    else:
        why = gettext("termurah yang diizinkan, Rp%(cost)s") % {"cost": way.cost}
    others = [f"{each.account.name}: {each.why_not}" for each in ways if each.why_not]
    return "; ".join([why, *others])[:LONGEST_REASON]


def _queued(way: Way, notice: Notice, *, reason: str, wakes_at: datetime | None, unsubscribe: str) -> Delivery:
    now = clock.now()
    if wakes_at and (joined := _joined(way, notice, now)):
        return joined
    delivery = Delivery.objects.create(
        account=way.account,
        identity=way.identity,
        purpose=NOTICE,
        code=notice.code,
        address=way.address,
        subject=notice.text.subject,
        body=way.said.text if way.said else notice.text.body,
        content=way.said.as_content() if way.said else {},
        cost=way.cost,
        reason=reason,
        unsubscribe="" if way.identity else unsubscribe,
        queued_at=now,
        not_before=wakes_at,
        not_after=latest(NOTICE, wakes_at or now),
    )
    events.record(MessageQueued(delivery=delivery.pk, code=notice.code), by=None)
    return delivery


def _joined(way: Way, notice: Notice, now: datetime) -> Delivery | None:
    """Put it under what waits for the morning anyway: one message instead of three. An approved form takes nothing more."""
    waiting = Delivery.objects.select_for_update().filter(state=Delivery.States.QUEUED, purpose=NOTICE, not_before__gt=now)
    mine = waiting.filter(identity=way.identity, account=way.account, address=way.address)
    delivery = next((each for each in mine.order_by("pk") if not each.content), None)
    if delivery is None or (way.said and way.said.template):
        return None
    if way.identity is None:
        return _joined_by_letter(delivery, notice)
    body = f"{delivery.body}{_LINE_BETWEEN}{notice.in_chat}"
    if len(body) > channel_called(way.account.kind).LIMITS.text:
        return None
    Delivery.objects.filter(pk=delivery.pk).update(body=body)
    return delivery


def _joined_by_letter(delivery: Delivery, notice: Notice) -> Delivery:
    """A letter of several notices says so at its head, and each keeps its own."""
    first = delivery.body if delivery.code == GATHERED else f"{delivery.subject}\n\n{delivery.body}"
    together = {
        "code": GATHERED,
        "subject": gettext("Pemberitahuan hari ini dari perpustakaan"),
        "body": f"{first.strip()}{_LINE_BETWEEN}{notice.in_chat}\n",
    }
    Delivery.objects.filter(pk=delivery.pk).update(**together)
    return delivery
