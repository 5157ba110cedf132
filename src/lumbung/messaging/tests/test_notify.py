"""Notices take the cheapest permitted way, leave people in peace at night, and say why they went as they did."""

from datetime import UTC, datetime, time, timedelta

import pytest

from lumbung.kernel import clock
from lumbung.messaging.domain import accounts, policies
from lumbung.messaging.domain.identities import identity_of, opt_out
from lumbung.messaging.domain.notices import notify
from lumbung.messaging.models import Delivery, Identity, Occasion
from lumbung.messaging.tests.factories import account_of, hear, send_due, web_identity

pytestmark = pytest.mark.django_db
FACTS = {"name": "Ani", "username": "ani", "link": "https://perpus.example"}
NOON = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
"""Twelve o'clock in Jakarta."""
NIGHT = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)
"""Half past eleven at night there."""
MORNING = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)


@pytest.fixture
def chat() -> Identity:
    identity = web_identity(name="Ani")
    hear(identity, "halo")
    return identity


@pytest.fixture
def sms() -> Identity:
    return identity_of(account_of("sms"), "08123456789")


def told(*identities: Identity, at: datetime = NOON, address: str = "ani@kampus.example", **more: object) -> Delivery | None:
    with clock.stopped_at(at):
        return notify("password_reset", address=address, identities=identities, facts=FACTS, **more)


def test_a_free_chat_goes_before_a_letter_and_a_letter_before_what_costs(chat, sms, settings):
    first = told(chat, sms)
    assert (first.account.kind, first.reason) == (
        "web",
        "termurah yang diizinkan, Rp0; SMS: anggaran habis".replace("SMS", sms.account.name),
    )
    assert told(sms).account.kind == "email"


def test_what_costs_goes_where_nothing_else_does_and_the_budget_lasts(sms):
    policies.set_policy(quiet_from=time(21), quiet_until=time(7), monthly_budget=800, by=None)
    sent = [told(sms, address="") for _ in range(3)]
    assert [each and each.cost for each in sent] == [350, 350, None]
    assert sent[0].reason == "satu-satunya jalan"
    assert told(sms, address="", at=NOON + timedelta(days=1)) is not None  # a new month


def test_what_the_member_chose_goes_before_the_cheapest(chat, sms):
    policies.set_policy(quiet_from=time(21), quiet_until=time(7), monthly_budget=1000, by=None)
    chosen = told(chat, sms, preferred=sms)
    assert (chosen.account.kind, chosen.reason, chosen.address) == ("sms", "pilihan anggota", "08123456789")


def test_who_said_stop_gets_a_letter_and_the_reason_tells(chat):
    opt_out(chat)
    letter = told(chat)
    assert letter.account.kind == "email"
    assert "meminta berhenti" in letter.reason


def test_where_no_way_is_open_nothing_is_said_and_the_occasion_is_not_spent(chat):
    accounts.cut_all(by=None)
    chat.account.refresh_from_db()
    assert told(chat, occasions=["loan:1"]) is None
    assert Occasion.objects.count() == 0


def test_at_night_a_chat_waits_for_the_morning_and_a_letter_does_not(chat):
    waiting = told(chat, at=NIGHT)
    assert (waiting.not_before, waiting.not_after) == (MORNING, MORNING + timedelta(hours=48))
    assert told(at=NIGHT).not_before is None
    with clock.stopped_at(NIGHT + timedelta(hours=7)):
        send_due()
    waiting.refresh_from_db()
    assert waiting.state == "queued"
    with clock.stopped_at(MORNING):
        send_due()
    waiting.refresh_from_db()
    assert waiting.state == "accepted"


def test_what_waits_for_the_morning_becomes_one_message(chat):
    first = told(chat, at=NIGHT, occasions=["a"])
    second = told(chat, at=NIGHT + timedelta(hours=1), occasions=["b"])
    assert first == second
    first.refresh_from_db()
    assert first.body.count("Kata sandi baru untuk akun perpustakaan Anda") == 2
    assert Delivery.objects.count() == 1
    assert Occasion.objects.count() == 2


@pytest.mark.parametrize(
    ("begin", "end", "at", "wakes"),
    [
        (time(21), time(7), NIGHT, MORNING),
        (time(21), time(7), NOON, None),
        (time(12), time(13), NOON, datetime(2026, 11, 30, 6, 0, tzinfo=UTC)),
        (time(7), time(7), NIGHT, None),
    ],
)
def test_quiet_hours_are_the_librarys(chat, begin, end, at, wakes):
    policies.set_policy(quiet_from=begin, quiet_until=end, monthly_budget=0, by=None)
    assert told(chat, at=at).not_before == wakes


def test_a_notice_speaks_the_language_of_its_reader(chat):
    assert told(chat, language="en").body.startswith("A new password for your library account")
