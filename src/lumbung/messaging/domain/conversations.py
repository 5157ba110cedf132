"""Hearing one message: whose it is, what it changes, and whether it is a word that stops messages."""

import re
from datetime import datetime, timedelta

from django.utils.translation import gettext, override

from lumbung.kernel import clock, events
from lumbung.messaging.channels import Parsed
from lumbung.messaging.domain.attachments import keep_all
from lumbung.messaging.domain.identities import block, identity_of, opt_in, opt_out
from lumbung.messaging.domain.sending import can_send, reply
from lumbung.messaging.events import MessageArrived
from lumbung.messaging.models import Identity, Inbound, Incoming
from lumbung.messaging.replies import Reply

STOP_WORDS = frozenset({"stop", "berhenti", "henti", "unsubscribe", "stop pesan", "berhenti berlangganan", "stop all"})
START_WORDS = frozenset({"mulai", "start", "lanjut", "mulai lagi"})
MOST_TEXT = 20_000
FLOOD_BUDGET = 30
FLOOD_PAUSE = timedelta(minutes=10)
Kinds = Incoming.Kinds


def hear(inbound: Inbound, said: Parsed) -> Incoming | None:
    """Write down one message of the other side. None when it was heard before or the side is blocked; who floods is blocked now."""
    now = clock.now()
    identity = identity_of(inbound.account, said.address)
    if identity.is_blocked(now):
        return None
    if said.external_id and identity.incoming.filter(external_id=said.external_id, kind=said.kind).exists():
        return None
    if _floods(identity, now):
        block(identity, until=now + FLOOD_PAUSE)
        return None
    _know_better(identity, said, now)
    incoming = _written(identity, inbound, said, now)
    _follow_change(incoming)
    keep_all(incoming, said.enclosed)
    _obey(incoming)
    events.record(MessageArrived(incoming=incoming.pk, identity=identity.pk), by=None)
    return incoming


def _floods(identity: Identity, now: datetime) -> bool:
    """Whether this side has used up what anybody may say in a minute. A group has many mouths."""
    budget = FLOOD_BUDGET * 10 if identity.is_group else FLOOD_BUDGET
    return identity.incoming.filter(received_at__gt=now - timedelta(minutes=1))[: budget + 1].count() >= budget


def _know_better(identity: Identity, said: Parsed, now: datetime) -> None:
    """Take from the message what it tells of who wrote it. What comes late does not make them silent."""
    heard = min(said.at or now, now)
    identity.last_inbound_at = max(identity.last_inbound_at or heard, heard)
    identity.left_at = None
    identity.is_group = said.is_group
    identity.name = said.name[:150] or identity.name
    identity.phone = said.phone[:20] or identity.phone
    identity.language = said.language[:8] or identity.language
    if said.reply_token:
        identity.reply_token, identity.reply_token_until = said.reply_token, said.reply_token_until
    identity.save()


def _written(identity: Identity, inbound: Inbound, said: Parsed, now: datetime) -> Incoming:
    return Incoming.objects.create(
        identity=identity,
        inbound=inbound,
        external_id=said.external_id[:250],
        kind=said.kind if said.kind in Kinds.values else Kinds.OTHER,
        subject=said.subject[:255],
        text="" if said.kind == Kinds.DELETED else clean(said.text),
        sender=said.sender[:150],
        thread=said.thread[:250],
        about=said.about[:250],
        data=dict(said.data),
        at=min(said.at or now, now),
        received_at=now,
    )


def clean(text: str) -> str:
    """The text as a database can hold it, of a length a person can read."""
    return text.replace("\0", "")[:MOST_TEXT]


def _follow_change(incoming: Incoming) -> None:
    """An edit or deletion reaches the message it is about; where that comes later, it is changed when it comes."""
    messages = Incoming.objects.filter(identity=incoming.identity)
    if incoming.kind in {Kinds.EDITED, Kinds.DELETED}:
        first = messages.filter(external_id=incoming.about).exclude(kind__in=[Kinds.EDITED, Kinds.DELETED]).first()
        if first is not None:
            _apply(incoming, first)
        return
    for change in messages.filter(about=incoming.external_id, kind__in=[Kinds.EDITED, Kinds.DELETED]).exclude(about=""):
        _apply(change, incoming)


def _apply(change: Incoming, first: Incoming) -> None:
    if change.kind == Kinds.DELETED:
        first.text, first.deleted_at = "", change.received_at
    elif first.deleted_at is None and (first.edited_at is None or first.edited_at <= change.at):
        first.text, first.edited_at = change.text, change.at
    first.save(update_fields=["text", "deleted_at", "edited_at"])


def _obey(incoming: Incoming) -> None:
    """One word stops messages that nobody asked for, and one starts them again."""
    word = re.sub(r"[^\w ]", "", incoming.text).strip().lower()
    identity = incoming.identity
    if incoming.kind not in {Kinds.TEXT, Kinds.BUTTON} or identity.is_group:
        return
    if word in STOP_WORDS:
        opt_out(identity)
        incoming.is_settled = True
        incoming.save(update_fields=["is_settled"])
        with override(identity.language or None):
            _answer(
                incoming,
                gettext("Baik, kami tidak akan mengirim pemberitahuan lagi ke sini. Ketik MULAI bila berubah pikiran."),
            )
    elif word in START_WORDS and identity.opted_out_at is not None:
        opt_in(identity)
        with override(identity.language or None):
            _answer(
                incoming, gettext("Baik, pemberitahuan akan kami kirim lagi ke sini. Ketik BERHENTI untuk menghentikannya.")
            )


def _answer(incoming: Incoming, text: str) -> None:
    if can_send(incoming.identity, "reply").in_own_words:
        reply(incoming.identity, Reply(text), answers=incoming)
