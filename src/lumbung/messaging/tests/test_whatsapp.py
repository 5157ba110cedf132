"""WhatsApp, against a counterpart that refuses what the Cloud API refuses; bodies are held to Meta's own OpenAPI where it is here."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import pywa
import yaml
from django.test import Client

from lumbung.kernel import clock, secrets_at_rest
from lumbung.kernel.refusals import Refused
from lumbung.messaging.channels import channel_called
from lumbung.messaging.domain import accounts
from lumbung.messaging.domain.arrivals import take_in_waiting
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.domain.sending import can_send, reply
from lumbung.messaging.models import Account, Attachment, Delivery, Identity, Inbound, Incoming
from lumbung.messaging.replies import Choice, Picture, Reply
from lumbung.messaging.tests.counterparts import Counterpart, Heard, Says, counterpart
from lumbung.messaging.tests.factories import account_of, send_due

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"
SECRETS = {"access_token": "EAAG", "app_secret": "rahasia-aplikasi", "verify_token": "padi"}
PHONE_ID, BSUID = "106540352242922", "ID.13491208655302741918"


def fault(code: int, words: str, status: int = 400, **more: Any) -> Says:
    return Says(status, {"error": {"message": words, "type": "OAuthException", "code": code, "fbtrace_id": "A", **more}})


def graph(heard: Heard) -> Says:
    if heard.headers.get("authorization") != "Bearer EAAG":
        return fault(190, "Invalid OAuth access token", 401)
    if heard.path == f"/v23.0/{PHONE_ID}/media":
        ok = heard.said["messaging_product"] == "whatsapp" and heard.said["type"] == "image/png" and heard.said["file"] == PNG
        return Says(200, {"id": "4490709327384033"}) if ok else fault(100, "Invalid parameter")
    if heard.path == f"/v23.0/{PHONE_ID}/messages":
        to = heard.said.get("to") or heard.said.get("recipient")
        return Says(200, {"messaging_product": "whatsapp", "contacts": [{"input": to}], "messages": [{"id": f"wamid.{to}"}]})
    if heard.path == f"/v23.0/{PHONE_ID}":
        return Says(200, {"display_phone_number": "+62 812-1", "verified_name": "Pustaka", "quality_rating": "GREEN"})
    return fault(100, "Unsupported request")


@pytest.fixture
def meta(settings) -> Iterator[Counterpart]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    with counterpart(graph) as side:
        yield side


def account(side: Counterpart | None = None, **settings: str) -> Account:
    given = {"phone_number_id": PHONE_ID, "version": "v23.0", "api": side.address if side else "", **settings}
    return account_of("whatsapp", settings=given, sealed_secrets=secrets_at_rest.seal(SECRETS))


def webhook(**value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "62812", "phone_number_id": PHONE_ID}
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    return {"object": "whatsapp_business_account", "entry": [{"id": "WABA", "changes": [change]}]}


def told(*messages: dict[str, Any], **contact: Any) -> dict[str, Any]:
    who = {"profile": {"name": "Ani"}, "wa_id": "628123456789", "user_id": BSUID, **contact}
    return webhook(contacts=[who], messages=list(messages))


def message(number: int, text: str = "", kind: str = "text", **content: Any) -> dict[str, Any]:
    said = {"text": {"body": text}} if kind == "text" else content
    return {"from": "628123456789", "id": f"wamid.in{number}", "timestamp": "1780000000", "type": kind, **said}


def posted(account: Account, payload: dict[str, Any], *, key: str = SECRETS["app_secret"]) -> int:
    body = json.dumps(payload).encode()
    signature = f"sha256={hmac.new(key.encode(), body, hashlib.sha256).hexdigest()}"
    url = f"/hooks/whatsapp/{account.hook_key}"
    return Client().post(url, body, content_type="application/json", headers={"X-Hub-Signature-256": signature}).status_code


def understood(account: Account, payload: dict[str, Any]) -> list[Incoming]:
    assert posted(account, payload) == 200
    take_in_waiting()
    return list(Incoming.objects.order_by("id"))


def ani(account: Account, *, hours_ago: float = 1, phone: str = "628123456789") -> Identity:
    identity = identity_of(account, BSUID)
    heard_at = clock.now() - timedelta(hours=hours_ago)
    Identity.objects.filter(pk=identity.pk).update(last_inbound_at=heard_at, phone=phone, language="id")
    return Identity.objects.select_related("account").get(pk=identity.pk)


def sent(identity: Identity, said: Reply, **more: Any) -> Delivery:
    delivery = reply(identity, said, **more)
    send_due()
    delivery.refresh_from_db()
    return delivery


def test_the_challenge_is_given_back_to_who_knows_our_word():
    hook = f"/hooks/whatsapp/{account().hook_key}"
    asked = {"hub.mode": "subscribe", "hub.verify_token": "padi", "hub.challenge": "1158201444"}
    assert Client().get(hook, asked).content == b"1158201444"
    assert Client().get(hook, {**asked, "hub.verify_token": "jagung"}).status_code == 403


def test_only_what_meta_signed_is_taken_and_each_once():
    whatsapp = account()
    assert posted(whatsapp, told(message(1, "halo")), key="lain") == 403
    assert [posted(whatsapp, told(message(1, "halo"), message(2, "jam"))) for _ in range(2)] == [200, 200]
    assert list(Inbound.objects.order_by("id").values_list("event_id", flat=True)) == ["wamid.in1", "wamid.in2"]


def test_without_an_app_secret_nothing_is_taken():
    unsigned = account_of("whatsapp", settings={"phone_number_id": PHONE_ID})
    assert posted(unsigned, told(message(1, "halo")), key="") == 403


def test_a_message_for_another_number_of_the_same_app_is_not_ours():
    assert understood(account(phone_number_id="999"), told(message(1, "halo"))) == []


def test_who_wrote_is_known_by_the_id_that_stays_when_the_number_changes():
    whatsapp = account()
    understood(whatsapp, told(message(1, "halo")))
    hidden = {"from_user_id": BSUID, "id": "wamid.in2", "timestamp": "1780000001", "type": "text", "text": {"body": "lagi"}}
    understood(whatsapp, webhook(contacts=[{"profile": {"name": "Ani"}, "user_id": BSUID}], messages=[hidden]))
    identity = Identity.objects.get()
    assert (identity.address, identity.phone, identity.name, identity.incoming.count()) == (BSUID, "628123456789", "Ani", 2)


def test_buttons_lists_and_templates_say_what_their_choice_said():
    button = {"type": "button_reply", "button_reply": {"id": "ya 7", "title": "Ya"}}
    row = {"type": "list_reply", "list_reply": {"id": "pesan 3", "title": "Bumi Manusia"}}
    found = understood(
        account(),
        told(
            message(1, kind="interactive", interactive=button),
            message(2, kind="interactive", interactive=row),
            message(3, kind="button", button={"payload": "STOP-NOTICES", "text": "Jangan kirim"}),
        ),
    )
    assert [(each.kind, each.text, each.data["label"]) for each in found] == [
        ("button", "ya 7", "Ya"),
        ("button", "pesan 3", "Bumi Manusia"),
        ("button", "STOP-NOTICES", "Jangan kirim"),
    ]


def test_edits_and_deletions_reach_the_message():
    whatsapp = account()
    edit = {"original_message_id": "wamid.in1", "message": {"type": "text", "text": {"body": "cari kambing"}}}
    understood(whatsapp, told(message(1, "cari sapi"), message(2, kind="edit", edit=edit)))
    assert Incoming.objects.get(external_id="wamid.in1").text == "cari kambing"
    understood(whatsapp, told(message(3, kind="revoke", revoke={"original_message_id": "wamid.in1"})))
    first = Incoming.objects.get(external_id="wamid.in1")
    assert (first.text, first.deleted_at is not None) == ("", True)


def test_media_stickers_reactions_and_strange_kinds_are_told_apart():
    found = understood(
        account(),
        told(
            message(1, kind="image", image={"id": "m1", "mime_type": "image/jpeg", "caption": "sampul"}),
            message(2, kind="audio", audio={"id": "m2", "voice": True}),
            message(3, kind="sticker", sticker={"id": "m3"}),
            message(4, kind="reaction", reaction={"message_id": "wamid.x", "emoji": "👍"}),
            message(5, kind="unsupported", errors=[{"code": 131051}]),
            message(6, kind="document", document={"id": "m6", "filename": "../../etc/passwd"}),
        ),
    )
    assert [(each.kind, each.text) for each in found] == [
        ("image", "sampul"),
        ("voice", ""),
        ("sticker", ""),
        ("other", ""),
        ("file", ""),
    ]
    assert list(Attachment.objects.order_by("id").values_list("remote", flat=True)) == ["m1", "m2", "m6"]


def test_what_became_of_our_message_is_kept_and_never_goes_back(meta):
    whatsapp = account(meta)
    delivery = sent(ani(whatsapp), Reply("Buku Anda siap."))
    for status in ("read", "delivered", "sent"):
        understood(whatsapp, webhook(statuses=[{"id": delivery.external_id, "status": status, "timestamp": "1780000000"}]))
    delivery.refresh_from_db()
    assert delivery.state == "read"


@pytest.mark.parametrize(("code", "state"), [(131026, "refused"), (131049, "failed")])
def test_a_failure_is_told_with_its_number(meta, code, state):
    whatsapp = account(meta)
    delivery = sent(ani(whatsapp), Reply("Buku Anda siap."))
    errors = [{"code": code, "title": "Message undeliverable"}]
    understood(
        whatsapp, webhook(statuses=[{"id": delivery.external_id, "status": "failed", "timestamp": "1", "errors": errors}])
    )
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (state, f"{code} Message undeliverable")


def test_free_words_go_for_twenty_four_hours_and_templates_after(meta):
    whatsapp = account(meta)
    assert can_send(ani(whatsapp, hours_ago=23.9), "reply").template_needed is False
    closed = ani(whatsapp, hours_ago=24)
    with pytest.raises(Refused):
        reply(closed, Reply("Buku Anda siap."))
    delivery = sent(closed, Reply("Buku siap", template="pesanan_siap", values=("Bumi\nManusia", "")), purpose="notice")
    assert delivery.state == "accepted"
    assert meta.heard[-1].said["template"] == {
        "name": "pesanan_siap",
        "language": {"code": "id", "policy": "deterministic"},
        "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "Bumi Manusia"}, {"type": "text", "text": "-"}]}
        ],
    }


def test_an_open_window_costs_nothing():
    whatsapp, channel = account(), channel_called("whatsapp")
    assert (channel.cost(whatsapp, ani(whatsapp)), channel.cost(whatsapp, ani(whatsapp, hours_ago=25))) == (0, 350)


def test_a_reader_without_a_number_is_written_to_by_their_id(meta):
    sent(ani(account(meta), phone=""), Reply("Halo"))
    assert (meta.heard[-1].said.get("to"), meta.heard[-1].said["recipient"]) == (None, BSUID)


def test_an_answer_quotes_what_it_answers(meta):
    [incoming] = understood(account(meta), told(message(1, "jam")))
    Identity.objects.update(last_inbound_at=clock.now())
    sent(Identity.objects.select_related("account").get(), Reply("Buka."), answers=incoming)
    assert meta.heard[-1].said["context"] == {"message_id": "wamid.in1"}


@pytest.mark.parametrize(
    ("answer", "state", "everybody"),
    [
        (fault(131056, "(Business Account, Consumer Account) pair rate limit hit"), "queued", False),
        (fault(130429, "Rate limit hit"), "queued", True),
        (fault(190, "Access token has expired", 401), "queued", True),
        (fault(131000, "Something went wrong", 500), "queued", False),
        (fault(131047, "Re-engagement message"), "refused", False),
        (fault(132001, "Template name does not exist in the translation", 404), "refused", False),
        (Says(502, b"<html>bad gateway"), "unknown", False),
        (Says(200, b"not json"), "unknown", False),
        (Says(200, cut=True), "unknown", False),
    ],
)
def test_each_fault_means_what_the_platform_says_it_means(meta, answer, state, everybody):
    whatsapp = account(meta)
    meta.next = [answer]
    assert sent(ani(whatsapp), Reply("Halo")).state == state
    assert (Account.objects.get(pk=whatsapp.pk).paused_until is not None) == everybody


def test_the_test_button_tells_number_name_and_quality(meta):
    whatsapp = account(meta)
    assert accounts.look_after(whatsapp).note == "+62 812-1 Pustaka GREEN"
    whatsapp.sealed_secrets = secrets_at_rest.seal({**SECRETS, "access_token": "old"})
    whatsapp.save()
    health = accounts.look_after(whatsapp)
    assert (health.is_well, health.note) == (False, "190 Invalid OAuth access token")


def test_long_words_with_choices_stay_words(meta):
    sent(ani(account(meta)), Reply("p" * 1025, choices=(Choice("Ya", "ya"),)))
    assert meta.heard[-1].said["text"] == {"body": f"{'p' * 1025}\n- Ya", "preview_url": False}


def test_bodies_hold_to_the_published_description(meta, shared_data: Path):
    path = shared_data / "specs" / "whatsapp-business-messaging-api_v23.0.yaml"
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    schemas = described["components"]["schemas"]
    names = {"text": "TextMessage", "image": "ImageMessage", "interactive": "InteractiveMessage", "template": "TemplateMessage"}
    whatsapp = account(meta)
    for at, (said, kind) in enumerate(
        [
            (Reply("Halo"), "text"),
            (Reply("Pilih:", choices=(Choice("Ya", "ya"), Choice("Tidak", "tidak"))), "interactive"),
            (Reply("Pilih:", choices=tuple(Choice(f"Judul {n}", f"pesan {n}", "tersedia") for n in range(10))), "interactive"),
            (Reply("Kartu", picture=Picture(PNG)), "image"),
            (Reply("", template="hold_ready", values=("Bumi Manusia",)), "template"),
        ]
    ):
        identity = ani(whatsapp, phone=f"62812000{at}00")
        Identity.objects.filter(pk=identity.pk).update(address=f"{BSUID}{at}")
        delivery = sent(Identity.objects.select_related("account").get(pk=identity.pk), said)
        assert delivery.state == "accepted", delivery.error
        body = meta.heard[-1].said
        own = schemas[names[kind]]["allOf"][1]["properties"][kind]
        resolver = {"components": described["components"], **own}
        assert [each.message for each in jsonschema.Draft7Validator(resolver).iter_errors(body[kind])] == []
        assert (body["messaging_product"], body["recipient_type"], body["type"]) == ("whatsapp", "individual", kind)


def test_another_reader_of_the_same_webhooks_understands_them_alike():
    """pywa, an independent library, is our oracle for challenge, signature and content."""
    heard = []
    oracle = pywa.WhatsApp(
        phone_id=PHONE_ID, token="EAAG", server=None, verify_token="padi", app_secret=SECRETS["app_secret"], app_id=1
    )
    oracle.on_message(lambda _client, said: heard.append((said.id, said.from_user.bsuid, said.text)))
    payload = told(message(1, "cari buku sapi 🐄"))
    body = json.dumps(payload).encode()
    signature = f"sha256={hmac.new(SECRETS['app_secret'].encode(), body, hashlib.sha256).hexdigest()}"
    assert oracle.webhook_update_validator(body, signature) is None
    assert oracle.webhook_update_handler(body)[1] == 200
    [ours] = understood(account(), payload)
    assert heard == [(ours.external_id, ours.identity.address, ours.text)]
