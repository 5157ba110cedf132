"""LINE, by its Messaging API: answers with the reply token cost nothing, everything else counts against the month's quota."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.kernel import clock
from lumbung.kernel.outside.failures import Failed
from lumbung.kernel.outside.http import Answer, ask
from lumbung.messaging.channels import signatures, wire
from lumbung.messaging.channels.interface import (
    Accepted,
    Event,
    Field,
    Health,
    Hook,
    Left,
    Limits,
    Moved,
    Needs,
    OutcomeUnknown,
    Parsed,
    RetryLater,
)
from lumbung.messaging.channels.line.updates import parsed
from lumbung.messaging.channels.mapping import read_body
from lumbung.messaging.models import Account, Delivery, Identity

API, CONTENT = "https://api.line.me", "https://api-data.line.me"
LIMITS = Limits(text=5000, choices=13, choice_label=20, data_bytes=300, writes_first=True, cost=100, asks_twice_safely=True)
SIGNATURE, RETRY_KEY = "x-line-signature", "X-Line-Retry-Key"
ALREADY, UNAUTHORIZED, BAD = 409, frozenset({401, 403}), 400
TOKEN_PAUSE = timedelta(minutes=5)
KEYS = uuid.UUID("6f0b7c1e-6a55-5d5c-9d43-3a1b1f0d2c11")


def needs() -> Needs:
    return Needs(
        _("LINE"),
        _(
            "Akun resmi LINE dengan Messaging API: di developers.line.biz buat provider dan channel, terbitkan channel access token "
            "(long-lived), salin channel secret, dan tempelkan alamat webhook. Server ini harus dapat dicapai dari internet dengan "
            "HTTPS. Jawaban segera tidak berbayar; pesan yang kita mulai sendiri mengurangi kuota bulanan."
        ),
        fields=[
            Field("access_token", _("Channel access token"), is_secret=True),
            Field("channel_secret", _("Channel secret"), is_secret=True),
            Field("api", _("Alamat API"), _("Kosongkan untuk server LINE."), is_required=False),
            Field("content_api", _("Alamat isi"), _("Kosongkan untuk server LINE."), is_required=False),
        ],
        has_hook=True,
        icon="message",
    )


def check(account: Account) -> Health:
    try:
        answer = ask(f"{_base(account)}/v2/bot/info", headers=_token(account), seconds=8)
    except Failed as failed:
        return Health(is_well=False, note=str(failed.failure.label))
    said = wire.read_json(answer) or {}
    note = said.get("basicId", "") if answer.is_success else f"HTTP {answer.status} {said.get('message', '')}".strip()
    return Health(is_well=answer.is_success, note=str(note))


def verify(account: Account, hook: Hook) -> None:
    signatures.expect_base64(hook, header=SIGNATURE, key=account.secrets.get("channel_secret", ""))


def events(account: Account, hook: Hook) -> Sequence[Event]:
    """Each event by its own id, by which a redelivery is known. The console's test sends none."""
    told = read_body(hook.body, hook.headers.get("content-type", ""))
    return [Event(str(each["webhookEventId"]), each) for each in told.get("events") or []]


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left]:
    return parsed(payload)


def fetch(account: Account, remote: str, most: int) -> bytes:
    """The bytes of a message's file. Raises as ``wire.file_at``; a long video is being prepared for a while."""
    base = str(account.setting("content_api") or CONTENT).rstrip("/")
    return wire.file_at(f"{base}/v2/bot/message/{remote}/content", most, headers=_token(account))


def cost(account: Account, identity: Identity, at: datetime | None = None) -> int:
    """Nothing while a reply token is at hand."""
    return 0 if identity.has_reply_token(at or clock.now()) else LIMITS.cost


def send(account: Account, delivery: Delivery) -> Accepted:
    """By the reply token, at the first attempt and while it holds; else pushed, with a key by which LINE knows a repetition."""
    identity, messages = delivery.identity, [_message(delivery)]
    if identity is not None and delivery.attempts <= 1 and identity.has_reply_token(clock.now()):
        answer = _posted(account, "reply", {"replyToken": identity.reply_token, "messages": messages}, key="")
        if answer.status != BAD:
            return _accepted(answer, pushed=False)
    key = str(uuid.uuid5(KEYS, f"{account.hook_key}:{delivery.pk}"))
    return _accepted(_posted(account, "push", {"to": delivery.address, "messages": messages}, key=key), pushed=True)


def _message(delivery: Delivery) -> dict[str, Any]:
    message: dict[str, Any] = {"type": "text", "text": delivery.body}
    if delivery.choices:
        message["quickReply"] = {
            "items": [
                {
                    "type": "action",
                    "action": {"type": "postback", "label": each.label, "data": each.say, "displayText": each.label},
                }
                for each in delivery.choices
            ]
        }
    return message


def _posted(account: Account, way: str, said: dict[str, Any], *, key: str) -> Answer:
    body, kind = wire.as_json(said)
    headers = {**_token(account), "Content-Type": kind} | ({RETRY_KEY: key} if key else {})
    url = f"{_base(account)}/v2/bot/message/{way}"
    return wire.hand_over(url, headers=headers, body=body, asks_twice_safely=bool(key))


def _accepted(answer: Answer, *, pushed: bool) -> Accepted:
    said = wire.read_json(answer)
    if answer.status in UNAUTHORIZED:
        raise RetryLater(f"HTTP {answer.status}", TOKEN_PAUSE, everybody=True)
    if not (pushed and answer.status == ALREADY):
        wire.judge(answer, _words(said), asks_twice_safely=pushed)
    if not isinstance(said, dict):
        raise OutcomeUnknown(answer.body[:200].decode(errors="replace"))
    return Accepted(external_id=str((said.get("sentMessages") or [{}])[0].get("id", "")))


def _words(said: Any) -> str:
    if not isinstance(said, dict):
        return ""
    details = "; ".join(f"{each.get('property', '')} {each.get('message', '')}".strip() for each in said.get("details") or [])
    return " ".join(filter(None, [str(said.get("message", "")), details]))


def _base(account: Account) -> str:
    return str(account.setting("api") or API).rstrip("/")


def _token(account: Account) -> dict[str, str]:
    return {"Authorization": f"Bearer {account.secrets.get('access_token', '')}"}
