"""LINE, against a counterpart held to LINE's own OpenAPI: reply tokens first, pushes with a key that makes a repetition harmless."""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.test import Client
from linebot.v3 import WebhookParser

from lumbung.kernel import clock, secrets_at_rest
from lumbung.messaging.channels import channel_called
from lumbung.messaging.domain import accounts
from lumbung.messaging.domain.arrivals import take_in_waiting
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Account, Attachment, Delivery, Identity, Inbound, Incoming
from lumbung.messaging.replies import Choice, Reply
from lumbung.messaging.tests.counterparts import Counterpart, Heard, Says, counterpart
from lumbung.messaging.tests.factories import account_of, send_due

pytestmark = pytest.mark.django_db
SECRETS = {"access_token": "token-panjang", "channel_secret": "rahasia-channel"}
USER = "U4af4980629"
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Line:
    """A reply token holds once; a push with a key that came before is answered 409, and sends nothing."""

    def __init__(self) -> None:
        self.tokens = {"token-baru"}
        self.keys: dict[str, str] = {}
        self.numbers = iter(range(461230966842064897, 461230966842064997))

    def __call__(self, heard: Heard) -> Says:
        if heard.headers.get("authorization") != "Bearer token-panjang":
            return Says(401, {"message": "Authentication failed due to the following reason: invalid token."})
        if heard.path == "/v2/bot/info":
            return Says(
                200,
                {"userId": "U1", "basicId": "@216ru", "displayName": "Pustaka", "chatMode": "bot", "markAsReadMode": "auto"},
            )
        if heard.path.endswith("/content"):
            return Says(200, b"\xff\xd8\xff bytes \xff\xd9")
        return self.reply(heard.said) if heard.path.endswith("/reply") else self.push(heard)

    def reply(self, said: dict[str, Any]) -> Says:
        if said["replyToken"] not in self.tokens:
            return Says(400, {"message": "Invalid reply token"})
        self.tokens.discard(said["replyToken"])
        return Says(200, self.sent())

    def push(self, heard: Heard) -> Says:
        key = heard.headers["x-line-retry-key"]
        if key in self.keys:
            return Says(409, {"message": "The retry key is already accepted", "sentMessages": [{"id": self.keys[key]}]})
        sent = self.sent()
        self.keys[key] = sent["sentMessages"][0]["id"]
        return Says(200, sent)

    def sent(self) -> dict[str, Any]:
        return {"sentMessages": [{"id": str(next(self.numbers)), "quoteToken": "q"}]}


@pytest.fixture
def line(settings) -> Iterator[Counterpart]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    with counterpart(Line()) as side:
        yield side


def account(side: Counterpart | None = None, **secrets: str) -> Account:
    address = side.address if side else ""
    return account_of(
        "line", settings={"api": address, "content_api": address}, sealed_secrets=secrets_at_rest.seal({**SECRETS, **secrets})
    )


def event(name: str, kind: str = "message", *, at: datetime = NOW, user: str = USER, **content: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "mode": "active",
        "timestamp": int(at.timestamp() * 1000),
        "source": {"type": "user", "userId": user},
        "webhookEventId": name,
        "deliveryContext": {"isRedelivery": False},
        **content,
    }


def text(name: str, said: str, **more: Any) -> dict[str, Any]:
    return event(
        name, message={"id": f"m-{name}", "type": "text", "text": said, "quoteToken": "q"}, replyToken="token-baru", **more
    )


def posted(account: Account, *events: dict[str, Any], key: str = SECRETS["channel_secret"]) -> int:
    body = json.dumps({"destination": "U0", "events": list(events)}).encode()
    signature = b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).decode()
    url = f"/hooks/line/{account.hook_key}"
    return Client().post(url, body, content_type="application/json", headers={"X-Line-Signature": signature}).status_code


def understood(account: Account, *events: dict[str, Any]) -> list[Incoming]:
    assert posted(account, *events) == 200
    take_in_waiting()
    return list(Incoming.objects.order_by("id"))


def sent(said: Reply, *, at: datetime = NOW) -> Delivery:
    with clock.stopped_at(at):
        delivery = reply(Identity.objects.select_related("account").get(), said)
        send_due()
    delivery.refresh_from_db()
    return delivery


def test_only_what_line_signed_is_taken_and_a_redelivery_is_known(line):
    channel = account(line)
    assert posted(channel, text("e1", "halo"), key="lain") == 403
    again = {**text("e1", "halo"), "deliveryContext": {"isRedelivery": True}}
    assert (posted(channel, text("e1", "halo")), posted(channel, again), posted(channel)) == (200, 200, 200)
    assert Inbound.objects.count() == 1


def test_the_first_answer_uses_the_reply_token_and_the_next_is_pushed(line):
    with clock.stopped_at(NOW):
        understood(account(line), text("e1", "cari sapi"))
    first, second = sent(Reply("Ada 3.")), sent(Reply("Lagi?"))
    assert [each.path for each in line.heard] == ["/v2/bot/message/reply", "/v2/bot/message/reply", "/v2/bot/message/push"]
    assert (first.state, second.state, first.external_id != second.external_id) == ("accepted", "accepted", True)


def test_an_old_reply_token_is_not_tried(line):
    with clock.stopped_at(NOW):
        understood(account(line), text("e1", "cari sapi"))
    assert sent(Reply("Ada 3."), at=NOW + timedelta(seconds=51)).state == "accepted"
    assert [each.path for each in line.heard] == ["/v2/bot/message/push"]


def test_an_answer_within_the_token_is_free(line):
    channel, line_channel = account(line), channel_called("line")
    with clock.stopped_at(NOW):
        understood(channel, text("e1", "halo"))
        assert line_channel.cost(channel, Identity.objects.get()) == 0
    with clock.stopped_at(NOW + timedelta(minutes=2)):
        assert line_channel.cost(channel, Identity.objects.get()) == 100


def test_a_push_whose_answer_was_lost_is_asked_again_and_not_sent_twice(line):
    with clock.stopped_at(NOW):
        understood(account(line), text("e1", "halo"))
    late = NOW + timedelta(minutes=5)
    line.next = [Says(500, {"message": "internal"})]
    delivery = sent(Reply("Buku siap."), at=late)
    assert delivery.state == "queued"
    key = line.heard[-1].headers["x-line-retry-key"]
    line.answer(Heard("POST", "/v2/bot/message/push", {"authorization": "Bearer token-panjang", "x-line-retry-key": key}, {}))
    with clock.stopped_at(late + timedelta(hours=1)):
        send_due()
    delivery.refresh_from_db()
    assert (line.heard[-1].headers["x-line-retry-key"], delivery.state) == (key, "accepted")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Says(429, {"message": "You have reached your monthly limit."}), "queued"),
        (Says(401, {"message": "Authentication failed"}), "queued"),
        (
            Says(
                400,
                {"message": "The request body has 1 error(s)", "details": []},
            ),
            "refused",
        ),
        (Says(200, cut=True), "queued"),
    ],
)
def test_each_fault_of_a_push_means_what_it_says(line, answer, state):
    with clock.stopped_at(NOW):
        understood(account(line), text("e1", "halo"))
    line.next = [answer]
    assert sent(Reply("Buku siap."), at=NOW + timedelta(minutes=5)).state == state


def test_messages_choices_and_files_are_told_apart(line):
    found = understood(
        account(line),
        text("e1", "halo"),
        event("e2", "postback", postback={"data": "pesan 7"}, replyToken="t2"),
        event("e3", message={"id": "m3", "type": "image", "contentProvider": {"type": "line"}, "quoteToken": "q"}),
        event("e4", message={"id": "m4", "type": "sticker", "packageId": "1", "stickerId": "2", "quoteToken": "q"}),
        event("e5", message={"id": "m5", "type": "location", "latitude": -6.2, "longitude": 106.8}),
        event("e6", message={"id": "m6", "type": "image", "contentProvider": {"type": "external"}, "quoteToken": "q"}),
        event("e7", "videoPlayComplete", videoPlayComplete={"trackingId": "t"}),
        event("e8", message={"id": "m8", "type": "text", "text": "bagi modul lain", "quoteToken": "q"}) | {"mode": "standby"},
    )
    assert [(each.kind, each.text) for each in found] == [
        ("text", "halo"),
        ("button", "pesan 7"),
        ("image", ""),
        ("sticker", ""),
        ("location", ""),
        ("image", ""),
    ]
    assert list(Attachment.objects.values_list("remote", flat=True)) == ["m3"]


def test_unsending_takes_the_words_back_and_unfollowing_ends_messages(line):
    channel = account(line)
    understood(channel, text("e1", "rahasia"), event("e2", "unsend", unsend={"messageId": "m-e1"}))
    first = Incoming.objects.get(external_id="m-e1")
    assert (first.text, first.deleted_at is not None) == ("", True)
    understood(channel, event("e3", "unfollow"))
    assert Identity.objects.get().left_at is not None
    understood(channel, event("e4", "follow", replyToken="t4", follow={"isUnblocked": True}))
    assert Identity.objects.get().left_at is None


def test_a_group_is_one_side_with_many_mouths(line):
    group = {"source": {"type": "group", "groupId": "C1", "userId": USER}}
    [said] = understood(account(line), {**text("e1", "jam"), **group})
    assert (said.identity.address, said.identity.is_group, said.sender) == ("C1", True, USER)


def test_a_file_is_fetched_from_where_line_keeps_it(line):
    assert channel_called("line").fetch(account(line), "m3", 1000) == b"\xff\xd8\xff bytes \xff\xd9"
    assert line.heard[-1].path == "/v2/bot/message/m3/content"


def test_the_test_button_tells_the_name_or_what_is_wrong(line):
    assert accounts.look_after(account(line)).note == "@216ru"
    health = accounts.look_after(account(line, access_token="lama"))
    assert (health.is_well, health.note.startswith("HTTP 401 Authentication failed")) == (False, True)


def test_bodies_hold_to_the_published_description(line, shared_data: Path):
    described = yaml.safe_load((shared_data / "specs" / "line-messaging-api.yml").read_text(encoding="utf-8"))
    with clock.stopped_at(NOW):
        understood(account(line), text("e1", "halo"))
    choices = tuple(Choice(f"Pilihan {at}", "s" * 300) for at in range(13))
    sent(Reply("Pilih:", choices=choices))
    sent(Reply("Lagi", choices=choices), at=NOW + timedelta(minutes=2))
    for heard, name in zip(line.heard, ("ReplyMessageRequest", "PushMessageRequest"), strict=True):
        schema = {"components": described["components"], "$ref": f"#/components/schemas/{name}"}
        assert [each.message for each in jsonschema.Draft202012Validator(schema).iter_errors(heard.said)] == []


def test_another_reader_of_the_same_webhooks_understands_them_alike(line):
    """line-bot-sdk, LINE's own library, is our oracle for signature and content."""
    body = json.dumps({"destination": "U0", "events": [text("e1", "cari buku sapi 🐄")]})
    signature = b64encode(hmac.new(SECRETS["channel_secret"].encode(), body.encode(), hashlib.sha256).digest()).decode()
    [theirs] = WebhookParser(SECRETS["channel_secret"]).parse(body, signature)
    [ours] = understood(account(line), text("e1", "cari buku sapi 🐄"))
    assert (theirs.message.id, theirs.source.user_id, theirs.message.text, theirs.reply_token) == (
        ours.external_id,
        ours.identity.address,
        ours.text,
        ours.identity.reply_token,
    )
