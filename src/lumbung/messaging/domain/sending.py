"""May we write to somebody, and saying something in a conversation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from lumbung.kernel import clock, events, uploads
from lumbung.kernel.refusals import Reason, Refused
from lumbung.messaging.channels import Limits, channel_called
from lumbung.messaging.domain.lateness import latest
from lumbung.messaging.events import MessageQueued
from lumbung.messaging.models import Delivery, Identity, Incoming
from lumbung.messaging.refusals import (
    ACCOUNT_CLOSED,
    BLOCKED,
    LEFT,
    MUST_WRITE_FIRST,
    NOTHING_TO_SAY,
    OPTED_OUT,
    PICTURE_TOO_LARGE,
    TEXT_TOO_LONG,
    WINDOW_CLOSED,
)
from lumbung.messaging.replies import Picture, Reply

Purposes = Delivery.Purposes
UNASKED = frozenset({Purposes.NOTICE, Purposes.RATING, Purposes.BROADCAST})
FOLDER = "messages/out"


@dataclass(frozen=True)
class Permission:
    """Whether one may write, with every reason against it. ``window``: why that goes in an approved form alone."""

    reasons: tuple[Reason, ...] = ()
    window: Reason | None = None

    @property
    def allowed(self) -> bool:
        """Whether one may write at all, be it in an approved form."""
        return not self.reasons

    @property
    def template_needed(self) -> bool:
        return self.window is not None

    @property
    def in_own_words(self) -> bool:
        return self.allowed and self.window is None

    def against(self, *, template: str) -> list[Reason]:
        """Every reason against a message, which goes by ``template`` or, where that is empty, in words of its own."""
        return [*self.reasons, *([self.window] if self.window and not template else [])]


def limits_of(identity: Identity) -> Limits:
    return channel_called(identity.account.kind).LIMITS


def can_send(identity: Identity, purpose: str, at: datetime | None = None) -> Permission:
    """Whether a message for this purpose may go to this side at that moment. ``identity`` comes with its account."""
    at = at or clock.now()
    limits = limits_of(identity)
    reasons = tuple(_reasons(identity, purpose, at))
    if not limits.window_hours or _window_open(identity, limits, at):
        return Permission(reasons)
    closed = WINDOW_CLOSED(hours=limits.window_hours)
    return Permission(reasons, window=closed) if limits.templates else Permission((*reasons, closed))


def _reasons(identity: Identity, purpose: str, at: datetime) -> Iterator[Reason]:
    if not identity.account.is_open:
        yield ACCOUNT_CLOSED(account=identity.account.name)
    if identity.left_at is not None:
        yield LEFT()
    if identity.is_blocked(at):
        yield BLOCKED()
    if identity.opted_out_at is not None and purpose in UNASKED:
        yield OPTED_OUT()
    if limits_of(identity).writes_first and identity.last_inbound_at is None:
        yield MUST_WRITE_FIRST()


def _window_open(identity: Identity, limits: Limits, at: datetime) -> bool:
    last = identity.last_inbound_at
    return last is not None and at < last + timedelta(hours=limits.window_hours)


def window_until(identity: Identity) -> datetime | None:
    """Until when free words go to this side; None where the channel has no window, or they have never written."""
    hours, last = limits_of(identity).window_hours, identity.last_inbound_at
    return last + timedelta(hours=hours) if hours and last else None


@transaction.atomic
def reply(
    identity: Identity,
    said: Reply,
    *,
    answers: Incoming | None = None,
    purpose: str = Purposes.REPLY,
    by: events.Actor | None = None,
) -> Delivery:
    """Queue what is said to this side. Refuses what ``can_send`` refuses and what the channel cannot carry.

    ``answers`` is the message it answers, where there is one.
    """
    now = clock.now()
    reasons = [*can_send(identity, purpose, now).against(template=said.template), *_misfits(said, limits_of(identity))]
    if reasons:
        raise Refused(reasons)
    delivery = Delivery.objects.create(
        account=identity.account,
        identity=identity,
        answers=answers,
        purpose=purpose,
        code=purpose,
        address=identity.address,
        subject=said.subject,
        body=said.text.replace("\r\n", "\n"),
        content=said.as_content() | _picture_words(said.picture),
        picture=_stored(said.picture),
        queued_at=now,
        not_after=latest(purpose, now),
    )
    events.record(MessageQueued(delivery=delivery.pk, code=delivery.code), by=by)
    return delivery


def _misfits(said: Reply, limits: Limits) -> Iterator[Reason]:
    if not (said.text.strip() or said.picture or said.template):
        yield NOTHING_TO_SAY()
    if len(said.text) > limits.text:
        yield TEXT_TOO_LONG(length=len(said.text), most=limits.text)
    if said.picture and len(said.picture.content) > limits.media.get(said.picture.kind, 0):
        yield PICTURE_TOO_LARGE()


def _picture_words(picture: Picture | None) -> dict[str, str]:
    return {"picture_kind": picture.kind, "picture_words": picture.words} if picture else {}


def _stored(picture: Picture | None) -> str:
    return uploads.keep(picture.content, kind=picture.kind, folder=FOLDER).stored_file if picture else ""
