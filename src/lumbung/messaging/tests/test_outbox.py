"""The outbox under rates, faults and outages, and what people decide about what is left."""

from datetime import timedelta

import pytest

from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.messaging import channels
from lumbung.messaging.channels import Accepted, Limits, OutcomeUnknown, Rate, RetryLater, Undeliverable
from lumbung.messaging.domain import deliveries, outbox
from lumbung.messaging.domain.forgetting import forget_identity, forget_old
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Account, Delivery, Incoming
from lumbung.messaging.replies import Picture, Reply
from lumbung.messaging.tests.factories import hear, send_due, web_identity

pytestmark = pytest.mark.django_db


class Postman:
    """A channel that does what it is told: what ``answers`` gives it, in turn, then yes."""

    def __init__(self, limits: Limits) -> None:
        self.LIMITS = limits
        self.answers, self.sent = [], []

    def send(self, account, delivery):
        answer = self.answers.pop(0) if self.answers else Accepted(external_id=f"x{delivery.pk}")
        if isinstance(answer, Exception):
            raise answer
        self.sent.append(delivery.body)
        return answer


@pytest.fixture
def postman(monkeypatch):
    """Takes the place of the web channel, whose sending cannot fail."""
    postman = Postman(Limits(text=100, media={"png": 100}))
    real = channels.channel_called

    def called(kind):
        return postman if kind == "web" else real(kind)

    for module in ("deliveries", "sending"):
        monkeypatch.setattr(f"lumbung.messaging.domain.{module}.channel_called", called)
    return postman


@pytest.fixture
def ani():
    identity = web_identity("ani", name="Ani")
    hear(identity, "halo")
    return identity


def after(delivery: Delivery, **time: float) -> Delivery:
    """What has become of it when that time has passed and the outbox was worked at."""
    with clock.stopped_at(clock.now() + timedelta(**time)):
        send_due()
    delivery.refresh_from_db()
    return delivery


def test_a_pause_that_is_asked_for_is_kept_by_the_whole_account(postman, ani):
    first, second = reply(ani, Reply("satu")), reply(ani, Reply("dua"))
    postman.answers = [RetryLater("429", timedelta(seconds=90), everybody=True)]
    after(first, seconds=0)
    assert (after(first, seconds=80).state, after(second, seconds=80).state) == ("queued", "queued")
    assert (after(first, seconds=95).state, after(second, seconds=95).state) == ("accepted", "accepted")
    assert postman.sent == ["satu", "dua"]


def test_a_pair_has_its_pace_and_holds_up_nobody_else(postman, ani):
    postman.LIMITS = Limits(text=100, per_pair=Rate(2, 60))
    budi = web_identity("budi")
    hear(budi, "halo")
    said = [reply(ani, Reply(f"{n}")) for n in range(3)]
    other = reply(budi, Reply("untuk Budi"))
    now = clock.now()
    with clock.stopped_at(now):
        send_due()
    assert postman.sent == ["0", "1", "untuk Budi"]
    other.refresh_from_db()
    assert other.state == "accepted"
    said[2].refresh_from_db()
    assert said[2].not_before == now + timedelta(seconds=30)
    assert after(said[2], seconds=31).state == "accepted"


def test_a_number_has_its_pace(postman, ani):
    Account.objects.filter(kind="web").update(settings={"messages_per_minute": "2"})
    said = [reply(ani, Reply(f"{n}")) for n in range(3)]
    with clock.stopped_at(clock.now()):
        send_due()
        assert postman.sent == ["0", "1"]
    assert after(said[2], seconds=29).state == "queued"
    assert after(said[2], seconds=31).state == "accepted"


def test_after_an_outage_nothing_old_goes_out(postman, ani):
    old = reply(ani, Reply("Perpustakaan buka sampai 16.00"))
    postman.answers = [RetryLater("connection refused")] * 50
    assert after(old, seconds=0).state == "queued"
    gone = after(old, hours=25)
    assert (gone.state, gone.error) == ("failed", "too late: connection refused")
    assert postman.sent == []


def test_a_failed_message_is_sent_again_when_somebody_says_so(postman, ani, sari):
    delivery = reply(ani, Reply("Bukunya siap"))
    with clock.stopped_at(clock.now() + timedelta(hours=25)):
        send_due()
        outbox.resend(delivery, by=sari)
        send_due()
    delivery.refresh_from_db()
    assert (delivery.state, postman.sent) == ("accepted", ["Bukunya siap"])
    assert JournalEntry.objects.filter(name="MessageQueued").last().actor_id == sari.pk
    with pytest.raises(Refused) as refused:
        outbox.resend(delivery, by=sari)
    assert refused.value.codes == ["not_resendable"]


def test_what_may_have_gone_waits_for_a_person(postman, ani, sari):
    one, two = reply(ani, Reply("satu")), reply(ani, Reply("dua"))
    postman.answers = [OutcomeUnknown("reset"), OutcomeUnknown("reset")]
    send_due()
    assert (after(one, hours=1).state, after(two, hours=1).state) == ("unknown", "unknown")
    outbox.decide(one, had_gone=True, by=sari)
    outbox.decide(two, had_gone=False, by=sari)
    send_due()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state, postman.sent) == ("accepted", "accepted", ["dua"])
    with pytest.raises(Refused) as refused:
        outbox.decide(one, had_gone=True, by=sari)
    assert refused.value.codes == ["not_uncertain"]


def test_a_message_left_by_a_killed_process_is_uncertain_unless_a_repetition_is_safe(postman, ani):
    delivery = reply(ani, Reply("satu"))
    Delivery.objects.filter(pk=delivery.pk).update(state="sending", sending_since=clock.now())
    assert after(delivery, minutes=4).state == "sending"
    assert after(delivery, minutes=6).state == "unknown"
    Delivery.objects.filter(pk=delivery.pk).update(state="sending", sending_since=clock.now())
    postman.LIMITS = Limits(text=100, asks_twice_safely=True)
    assert after(delivery, minutes=6).state == "accepted"


def test_what_was_read_is_never_less_than_read(postman, ani):
    delivery = reply(ani, Reply("satu"))
    send_due()
    for state in ("read", "delivered", "accepted", "failed"):
        deliveries.move(delivery, state)
    delivery.refresh_from_db()
    assert delivery.state == "read"
    assert None not in {delivery.sent_at, delivery.delivered_at, delivery.read_at}
    states = JournalEntry.objects.filter(name="DeliveryMoved").order_by("pk")
    assert [entry.data["state"] for entry in states] == ["accepted", "read"]


def test_what_was_accepted_may_still_fail(postman, ani):
    delivery = reply(ani, Reply("satu"))
    send_due()
    deliveries.move(delivery, "failed", error="131026")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == ("failed", "131026")


def test_a_refused_notice_cannot_be_sent_again_because_its_text_is_forgotten(postman, ani, sari):
    delivery = reply(ani, Reply("Bukunya siap"), purpose="notice")
    postman.answers = [Undeliverable("no such person")]
    send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.body) == ("refused", "")
    with pytest.raises(Refused) as refused:
        outbox.resend(delivery, by=sari)
    assert refused.value.codes == ["text_forgotten"]


def test_words_are_forgotten_after_a_year_and_raw_events_after_a_month(postman, ani):
    delivery = reply(ani, Reply("satu", picture=Picture(b"\x89PNG\r\n\x1a\n....IEND....")))
    send_due()
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert forget_old() == 1
        assert Incoming.objects.get().text == "halo"
    with clock.stopped_at(clock.now() + timedelta(days=366)):
        forget_old()
    delivery.refresh_from_db()
    assert (Incoming.objects.get().text, delivery.body, delivery.picture) == ("", "", "")


def test_one_side_is_forgotten_when_it_is_asked_for(postman, ani):
    waiting = reply(ani, Reply("satu"))
    forget_identity(ani)
    ani.refresh_from_db()
    waiting.refresh_from_db()
    assert (ani.name, ani.address, waiting.address, waiting.body) == ("", f"forgotten:{ani.pk}", f"forgotten:{ani.pk}", "")
    assert waiting.state == "failed"
    assert Incoming.objects.get().text == ""
    assert "ani" not in str(list(Incoming.objects.values()))
