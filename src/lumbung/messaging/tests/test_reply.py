"""Speaking in a conversation, and whether one may."""

from datetime import timedelta

import pytest

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.messaging.domain import accounts
from lumbung.messaging.domain.identities import block, opt_in, opt_out
from lumbung.messaging.domain.sending import can_send, reply
from lumbung.messaging.replies import Choice, Reply
from lumbung.messaging.tests.factories import hear, send_due, web_identity

pytestmark = pytest.mark.django_db


def _codes(identity, purpose):
    identity.account.refresh_from_db()
    return [reason.code for reason in can_send(identity, purpose).reasons]


def test_a_reply_goes_out_and_its_text_stays_in_the_conversation():
    identity = web_identity()
    incoming = hear(identity, "jam buka?")
    said = Reply("Buka 08.00–16.00.", choices=(Choice("Lokasi", "lokasi"),))
    delivery = reply(identity, said, answers=incoming)
    assert (delivery.state, delivery.choices) == ("queued", (Choice("Lokasi", "lokasi"),))
    assert send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.body, delivery.external_id) == ("accepted", "Buka 08.00–16.00.", str(delivery.pk))


def test_nobody_is_written_to_who_has_not_written():
    assert _codes(web_identity(), "reply") == ["must_write_first"]


def test_who_wants_no_notices_is_still_answered():
    identity = web_identity()
    hear(identity, "halo")
    opt_out(identity)
    assert (_codes(identity, "reply"), _codes(identity, "notice")) == ([], ["opted_out"])
    opt_in(identity)
    assert _codes(identity, "notice") == []


def test_every_reason_is_told_at_once():
    identity = web_identity()
    opt_out(identity)
    block(identity, until=clock.now() + timedelta(hours=1))
    accounts.cut_all(by=None)
    assert _codes(identity, "notice") == ["account_closed", "blocked", "opted_out", "must_write_first"]


def test_what_the_channel_cannot_carry_is_refused_before_it_is_queued():
    identity = web_identity()
    hear(identity, "halo")
    with pytest.raises(Refused) as refused:
        reply(identity, Reply("a" * 10_001))
    assert refused.value.codes == ["text_too_long"]
    with pytest.raises(Refused) as refused:
        reply(identity, Reply("  "))
    assert refused.value.codes == ["nothing_to_say"]


def test_cutting_all_channels_holds_what_waits_until_they_are_restored():
    identity = web_identity()
    hear(identity, "halo")
    delivery = reply(identity, Reply("Halo, Kak."))
    assert accounts.cut_all(by=None) == 2
    assert not send_due()
    assert accounts.restore_all(by=None) == 2
    assert send_due()
    delivery.refresh_from_db()
    assert delivery.state == "accepted"
