"""Messages of a Facebook page and an Instagram account, against a counterpart that refuses what Meta refuses."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lumbung.kernel import clock, secrets_at_rest
from lumbung.kernel.refusals import Refused
from lumbung.messaging.domain import accounts
from lumbung.messaging.domain.arrivals import take_in_waiting
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Account, Delivery, Identity, Inbound, Incoming
from lumbung.messaging.replies import Choice, Reply
from lumbung.messaging.tests.counterparts import Counterpart, Heard, Says, counterpart
from lumbung.messaging.tests.factories import account_of, send_due

pytestmark = pytest.mark.django_db
SECRETS = {"access_token": "EAAG", "app_secret": "rahasia-aplikasi", "verify_token": "padi"}
OURS, ANI = "17841405822304914", "6129234567"


def graph(heard: Heard) -> Says:
    if heard.method == "GET":
        return Says(200, {"username": "pustaka.kampus", "id": OURS})
    if heard.said["recipient"]["id"] == "551":
        return Says(400, {"error": {"message": "This person isn't available right now.", "code": 551}})
    if len(heard.said["message"]["text"]) > 1000 or len(heard.said["message"].get("quick_replies", [])) > 13:
        return Says(400, {"error": {"message": "(#100) Length of param message[text] must be less than 1000", "code": 100}})
    return Says(200, {"recipient_id": heard.said["recipient"]["id"], "message_id": "aWdfZAG1"})


@pytest.fixture
def meta(settings) -> Iterator[Counterpart]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    with counterpart(graph) as side:
        yield side


def account(side: Counterpart | None = None, platform: str = "instagram") -> Account:
    given = {"platform": platform, "account_id": OURS, "version": "v23.0", "api": side.address if side else ""}
    return account_of("meta", settings=given, sealed_secrets=secrets_at_rest.seal(SECRETS))


def happening(**content: Any) -> dict[str, Any]:
    return {"sender": {"id": ANI}, "recipient": {"id": OURS}, "timestamp": 1780000000123, **content}


def posted(
    account: Account, *happenings: dict[str, Any], of: str = OURS, object_: str = "instagram", key: str = "rahasia-aplikasi"
) -> int:
    body = json.dumps({"object": object_, "entry": [{"id": of, "time": 1, "messaging": list(happenings)}]}).encode()
    signature = f"sha256={hmac.new(key.encode(), body, hashlib.sha256).hexdigest()}"
    url = f"/hooks/meta/{account.hook_key}"
    return Client().post(url, body, content_type="application/json", headers={"X-Hub-Signature-256": signature}).status_code


def understood(account: Account, *happenings: dict[str, Any]) -> list[Incoming]:
    assert posted(account, *happenings) == 200
    take_in_waiting()
    return list(Incoming.objects.order_by("id"))


def sent(account: Account, said: Reply, *, address: str = ANI, hours_ago: float = 1) -> Delivery:
    identity = identity_of(account, address)
    Identity.objects.filter(pk=identity.pk).update(last_inbound_at=clock.now() - timedelta(hours=hours_ago))
    delivery = reply(Identity.objects.select_related("account").get(pk=identity.pk), said)
    send_due()
    delivery.refresh_from_db()
    return delivery


def test_only_what_meta_signed_for_our_account_is_taken():
    instagram = account()
    words = happening(message={"mid": "m1", "text": "halo"})
    assert posted(instagram, words, key="lain") == 403
    assert (posted(instagram, words, of="999"), posted(instagram, words, object_="page")) == (200, 200)
    assert Inbound.objects.count() == 0
    assert (posted(instagram, words), posted(instagram, words)) == (200, 200)
    assert Inbound.objects.count() == 1


def test_words_choices_files_edits_and_deletions_are_told_apart():
    found = understood(
        account(),
        happening(message={"mid": "m1", "text": "cari sapi"}),
        happening(message={"mid": "m2", "text": "Ya", "quick_reply": {"payload": "ya 7"}}),
        happening(postback={"mid": "m3", "title": "Mulai", "payload": "bantuan"}),
        happening(message={"mid": "m4", "attachments": [{"type": "image", "payload": {"url": "https://cdn.example/x"}}]}),
        happening(message={"mid": "m5", "text": "gema", "is_echo": True}),
        happening(reaction={"mid": "m1", "action": "react", "emoji": "❤"}),
        happening(message_edit={"mid": "m1", "text": "cari kambing", "num_edit": 1}),
        happening(message={"mid": "m2", "is_deleted": True}),
    )
    assert [(each.kind, each.text) for each in found] == [
        ("text", "cari kambing"),
        ("button", ""),
        ("button", "bantuan"),
        ("image", ""),
        ("edited", "cari kambing"),
        ("deleted", ""),
    ]


def test_words_and_quick_replies_go_out_and_it_is_kept_that_they_were_read(meta):
    instagram = account(meta)
    delivery = sent(instagram, Reply("Pilih:", choices=(Choice("Ya", "ya 7"),)))
    assert meta.heard[-1].said == {
        "recipient": {"id": ANI},
        "messaging_type": "RESPONSE",
        "message": {"text": "Pilih:", "quick_replies": [{"content_type": "text", "title": "Ya", "payload": "ya 7"}]},
    }
    understood(instagram, happening(read={"mid": delivery.external_id}))
    delivery.refresh_from_db()
    assert delivery.state == "read"


def test_after_twenty_four_hours_nothing_goes(meta):
    with pytest.raises(Refused):
        sent(account(meta), Reply("Halo"), hours_ago=25)


def test_who_cannot_be_reached_is_told(meta):
    delivery = sent(account(meta), Reply("Halo"), address="551")
    assert (delivery.state, delivery.error) == ("refused", "551 This person isn't available right now.")


def test_the_test_button_tells_the_name(meta):
    assert accounts.look_after(account(meta)).note == "pustaka.kampus"
