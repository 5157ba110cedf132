"""How many new visitors of the chat one address may be in a minute."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from lumbung.kernel import clock
from lumbung.messaging.models import Identity
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.project import chat as wiring

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def test_who_drops_the_cookie_with_every_message_is_no_crowd(monkeypatch):
    monkeypatch.setattr(wiring.NEW_VISITORS, "per_minute", 3)
    monkeypatch.setattr(wiring.NEW_VISITORS, "_counts", type(wiring.NEW_VISITORS._counts)())
    with clock.stopped_at(NOW):
        statuses = [Client().post("/chat", {"text": "beli"}, headers={"Lumbung-Fragment": "1"}).status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        assert Identity.objects.count() == 3
    known = web_identity()
    assert hear(known, "halo").text == "halo"
