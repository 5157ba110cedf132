"""Bad days: clocks that are wrong, a provider that is down, tokens that hold no longer, floods. Nothing inbound is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumbung.kernel import clock, secrets_at_rest
from lumbung.messaging.domain import accounts, arrivals, listening
from lumbung.messaging.domain.sending import can_send, reply
from lumbung.messaging.models import Account, Delivery, Identity, Inbound, Incoming
from lumbung.messaging.replies import Reply
from lumbung.messaging.tests.counterparts import Heard, Says, counterpart
from lumbung.messaging.tests.factories import account_of, send_due

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


class Bot:
    """A Bot API that may be down, and may have forgotten the token."""

    def __init__(self) -> None:
        self.is_down = self.is_revoked = False
        self.updates: list[dict[str, Any]] = []

    def __call__(self, heard: Heard) -> Says:
        if self.is_down:
            return Says(502, b"<html>Bad Gateway")
        if self.is_revoked:
            return Says(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        if heard.path.endswith("/getUpdates"):
            return Says(200, {"ok": True, "result": [u for u in self.updates if u["update_id"] >= heard.said["offset"]]})
        return Says(200, {"ok": True, "result": {"username": "PustakaBot", "message_id": 5}})


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def telegram(bot: Bot, settings) -> Iterator[Account]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    with counterpart(bot) as side:
        yield account_of("telegram", settings={"api": side.address}, sealed_secrets=secrets_at_rest.seal({"token": "1:A"}))


def update(number: int, at: datetime, text: str) -> dict[str, Any]:
    said = {"message_id": number, "date": int(at.timestamp()), "chat": {"id": 7, "type": "private"}, "text": text}
    return {"update_id": number, "message": said}


def looked(account: Account, at: datetime) -> None:
    with clock.stopped_at(at):
        listening.look(account.pk)
        arrivals.take_in_waiting()
        account.refresh_from_db()


def test_a_provider_that_is_down_for_a_day_loses_nothing_and_blasts_nothing_old(telegram, bot):
    looked(telegram, NOW)
    with clock.stopped_at(NOW):
        identity = Identity.objects.create(account=telegram, address="7", created_at=NOW, last_inbound_at=NOW)
        waiting = reply(identity, Reply("Buku siap."))
    bot.is_down = True
    for hour in range(26):
        with clock.stopped_at(NOW + timedelta(hours=hour)):
            send_due()
        looked(telegram, NOW + timedelta(hours=hour))
    waiting.refresh_from_db()
    assert (waiting.state, telegram.health) == ("unknown", "ailing")  # whether it went before the line broke, a person decides
    bot.is_down = False
    bot.updates = [update(n, NOW + timedelta(hours=n), f"pesan {n}") for n in range(1, 4)]
    looked(telegram, NOW + timedelta(hours=27))
    assert list(Incoming.objects.order_by("pk").values_list("text", flat=True)) == ["pesan 1", "pesan 2", "pesan 3"]
    assert telegram.health == "well"
    with clock.stopped_at(NOW + timedelta(hours=27)):
        assert not send_due()


@pytest.mark.parametrize("wrong", [timedelta(days=400), timedelta(hours=3), -timedelta(days=20_000)])
def test_a_clock_that_is_wrong_neither_opens_a_window_for_longer_nor_loses_the_message(wrong):
    account = account_of("whatsapp")
    told = {
        "id": "w1",
        "from": "62812",
        "type": "text",
        "text": {"body": "halo"},
        "timestamp": str(int((NOW + wrong).timestamp())),
    }
    with clock.stopped_at(NOW):
        inbound = arrivals.receive(account, "w1", {"message": told})
        [incoming] = arrivals.take_in(inbound.pk)
        assert (incoming.text, incoming.at) == ("halo", min(NOW + wrong, NOW))
    with clock.stopped_at(NOW + timedelta(hours=25)):
        assert can_send(Identity.objects.select_related("account").get(), "reply").template_needed


def test_a_stop_that_comes_when_the_window_has_closed_still_stops_messages():
    account = account_of("whatsapp")
    written = NOW - timedelta(hours=30)
    told = {"id": "w1", "from": "62812", "type": "text", "text": {"body": "STOP"}, "timestamp": str(int(written.timestamp()))}
    with clock.stopped_at(NOW):
        inbound = arrivals.receive(account, "w1", {"message": told})
        arrivals.take_in(inbound.pk)
    inbound.refresh_from_db()
    assert (inbound.state, Identity.objects.get().opted_out_at, Delivery.objects.count()) == ("done", NOW, 0)


def test_every_night_a_token_that_holds_no_longer_is_seen(telegram, bot):
    assert accounts.look_after_all() == 1
    telegram.refresh_from_db()
    assert (telegram.health, telegram.health_note) == ("well", "@PustakaBot")
    bot.is_revoked = True
    accounts.look_after_all()
    telegram.refresh_from_db()
    assert (telegram.health, "401 Unauthorized" in telegram.health_note) == ("ailing", True)
    accounts.cut_all(by=None)
    assert accounts.look_after_all() == 0


def test_what_came_in_before_all_was_cut_waits_until_it_is_restored():
    inbound = arrivals.receive(
        account_of("generic", settings={"in_address": "from", "in_text": "text"}), "e1", {"from": "62811", "text": "halo"}
    )
    accounts.cut_all(by=None)
    assert not arrivals.take_in_waiting()
    accounts.restore_all(by=None)
    assert arrivals.take_in_waiting()
    assert Inbound.objects.get(pk=inbound.pk).state == "done"
