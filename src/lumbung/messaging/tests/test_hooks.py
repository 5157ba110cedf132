"""Where other systems post: kept raw, once, and only from whom it says."""

import json

import pytest
from django.test import Client

from lumbung.kernel import secrets_at_rest
from lumbung.messaging.domain import accounts, arrivals
from lumbung.messaging.models import Identity, Inbound, Incoming
from lumbung.messaging.tests.factories import account_of

pytestmark = pytest.mark.django_db
FONNTE = {
    "in_address": "sender",
    "in_text": "message",
    "in_id": "inboxid",
    "in_name": "name",
    "state_path": "state",
    "state_id": "id",
    "states": "sent = accepted\nread = read",
}
MESSAGE = {"device": "628111", "sender": "628123456789", "message": "cari kamus", "name": "Ani", "inboxid": 71}


@pytest.fixture
def gateway():
    return account_of("generic", settings=FONNTE, sealed_secrets=secrets_at_rest.seal({"hook_token": "sepakat"}))


def post(account, payload, *, token="sepakat", **more):
    body = payload if isinstance(payload, bytes | str) else json.dumps(payload)
    return Client(enforce_csrf_checks=True).post(
        f"/hooks/generic/{account.hook_key}?token={token}",
        body,
        content_type=more.pop("content_type", "application/json"),
        **more,
    )


def test_an_event_is_kept_and_understood_later(gateway):
    assert post(gateway, MESSAGE).status_code == 200
    inbound = Inbound.objects.get()
    assert (inbound.state, inbound.payload, inbound.event_id) == ("waiting", MESSAGE, "71:")
    arrivals.take_in_waiting()
    incoming = Incoming.objects.get()
    assert (incoming.text, incoming.identity.address, incoming.identity.name) == ("cari kamus", "628123456789", "Ani")


def test_a_form_is_read_like_json(gateway):
    assert (
        post(gateway, "sender=0812-3456-789&message=jam+buka", content_type="application/x-www-form-urlencoded").status_code
        == 200
    )
    arrivals.take_in_waiting()
    assert Identity.objects.get().address == "628123456789"


def test_an_event_delivered_three_times_is_one(gateway):
    assert [post(gateway, MESSAGE).status_code for _ in range(3)] == [200, 200, 200]
    arrivals.take_in_waiting()
    assert (Inbound.objects.count(), Incoming.objects.count()) == (1, 1)


def test_who_does_not_know_the_word_is_forged(gateway):
    assert post(gateway, MESSAGE, token="tebak").status_code == 403
    assert Inbound.objects.count() == 0


@pytest.mark.parametrize("path", ["/hooks/generic/salah", "/hooks/nothing/hook", "/hooks/web/x"])
def test_an_unknown_address_is_nothing(client: Client, path):
    assert client.post(path, {}).status_code == 404


def test_an_account_switched_off_hears_nothing_and_a_cut_one_is_asked_again_later(gateway):
    accounts.cut_all(by=None)
    answer = post(gateway, MESSAGE)
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    accounts.restore_all(by=None)
    accounts.switch(gateway, on=False, by=None)
    assert post(gateway, MESSAGE).status_code == 404


def test_what_is_too_large_or_no_event_is_refused(gateway):
    assert post(gateway, b"x" * 1_000_001).status_code == 413
    assert post(gateway, "{broken").status_code == 400
    assert post(gateway, "[1]").status_code == 400
    assert Inbound.objects.count() == 0


def test_a_flood_ends_in_a_block_and_nothing_raw_is_lost(gateway):
    for number in range(40):
        arrivals.receive(gateway, f"e{number}", MESSAGE | {"inboxid": number})
    arrivals.take_in_waiting()
    assert (Incoming.objects.count(), Inbound.objects.count()) == (30, 40)
    assert Identity.objects.get().blocked_until is not None


def test_unknown_events_are_kept_as_ignored(gateway):
    post(gateway, {"device": "628111", "status": "connect"})
    arrivals.take_in_waiting()
    assert Inbound.objects.get().state == "ignored"
