"""What comes in: kept raw, understood once, in whatever order it comes."""

from datetime import timedelta

import pytest

from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.messaging import queries
from lumbung.messaging.domain import arrivals
from lumbung.messaging.domain.accounts import built_in
from lumbung.messaging.domain.identities import block, unblock
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Delivery, Inbound, Incoming
from lumbung.messaging.replies import Reply
from lumbung.messaging.tests.factories import hear, web_identity

pytestmark = pytest.mark.django_db


def test_a_message_is_kept_raw_before_it_is_understood():
    inbound = arrivals.receive(built_in("web"), "e1", {"visitor": "v1", "id": "m1", "text": "halo"})
    assert (inbound.state, inbound.payload["text"], Incoming.objects.count()) == ("waiting", "halo", 0)
    assert arrivals.events_wait()
    assert arrivals.take_in_waiting()
    incoming = Incoming.objects.get()
    assert (incoming.text, incoming.identity.address, incoming.kind) == ("halo", "v1", "text")
    assert JournalEntry.objects.get(name="MessageArrived").data == {"incoming": incoming.pk, "identity": incoming.identity_id}
    inbound.refresh_from_db()
    assert inbound.state == "done"
    assert not arrivals.events_wait()
    assert not arrivals.take_in_waiting()


def test_an_event_that_comes_again_is_taken_once():
    account = built_in("web")
    payload = {"visitor": "v1", "id": "m1", "text": "halo"}
    assert arrivals.receive(account, "e1", payload) is not None
    assert arrivals.receive(account, "e1", payload) is None
    arrivals.receive(account, "e1-told-anew", payload)
    arrivals.take_in_waiting()
    assert Incoming.objects.count() == 1


def test_what_cannot_be_understood_is_kept_as_failed_and_can_be_tried_again():
    inbound = arrivals.receive(built_in("web"), "e1", {"nonsense": True})
    for minute in range(arrivals.MOST_ATTEMPTS):
        with clock.stopped_at(clock.now() + timedelta(hours=2 * minute)):
            arrivals.take_in_waiting()
    inbound.refresh_from_db()
    assert (inbound.state, inbound.attempts, inbound.error) == ("failed", 6, "KeyError: 'visitor'")
    arrivals.take_again(inbound)
    inbound.refresh_from_db()
    assert inbound.state == "waiting"


def test_a_blocked_side_is_not_heard():
    identity = web_identity()
    block(identity, until=clock.now() + timedelta(hours=1))
    inbound = arrivals.receive(identity.account, "e1", {"visitor": identity.address, "id": "m1", "text": "beli sekarang"})
    assert arrivals.take_in(inbound.pk) == []
    assert Incoming.objects.count() == 0
    unblock(identity)
    assert hear(identity, "maaf").text == "maaf"


@pytest.mark.parametrize("word", ["STOP", "berhenti", " Berhenti. ", "stop!"])
def test_one_word_stops_messages_and_is_confirmed(word):
    identity = web_identity()
    incoming = hear(identity, word)
    assert identity.opted_out_at is not None
    assert incoming.is_settled
    [confirmation] = Delivery.objects.all()
    assert confirmation.body == "Baik, kami tidak akan mengirim pemberitahuan lagi ke sini. Ketik MULAI bila berubah pikiran."
    assert confirmation.answers == incoming
    hear(identity, "mulai")
    assert identity.opted_out_at is None


def test_a_word_in_a_sentence_stops_nothing():
    identity = web_identity()
    assert not hear(identity, "kapan bus berhenti di kampus?").is_settled
    assert identity.opted_out_at is None


def test_the_confirmation_speaks_the_language_of_the_other_side():
    identity = web_identity()
    hear(identity, "stop", language="en")
    assert Delivery.objects.get().body == "All right, we will send no more notices here. Type START if you change your mind."


def test_a_conversation_is_told_in_order():
    identity = web_identity()
    incoming = hear(identity, "ada kamus?")
    reply(identity, Reply("Ada."), answers=incoming)
    hear(identity, "terima kasih")
    assert [(line.is_ours, line.text) for line in queries.transcript(identity)] == [
        (False, "ada kamus?"),
        (True, "Ada."),
        (False, "terima kasih"),
    ]


@pytest.mark.parametrize(
    "text", ["\u202eatad\u202c 📚" * 500, "a" * 1_000_000, "🤩" * 5000, "ada\0apa", "\u200f\u05e9\u05dc\u05d5\u05dd"]
)
def test_strange_texts_are_taken_as_they_are(text):
    incoming = hear(web_identity(), text)
    assert incoming.text == text.replace("\0", "")[:20_000]
    assert Inbound.objects.get().state == "done"
