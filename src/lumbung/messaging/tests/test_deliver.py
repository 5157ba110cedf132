"""Handing over, to a real SMTP server on this machine."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from lumbung.kernel import clock
from lumbung.messaging.domain import deliveries, messages
from lumbung.messaging.domain.forgetting import forget_old
from lumbung.messaging.models import Delivery, Occasion
from lumbung.messaging.tests.factories import send_due

pytestmark = pytest.mark.django_db
FACTS = {"name": "Ani", "username": "ani", "link": "https://perpus.example/kunci"}


class Postman:
    """Takes mail for everybody but "tiada@…" (no such person) and "penuh@…" (come back later)."""

    def __init__(self) -> None:
        self.envelopes = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        if address.startswith("tiada@"):
            return "550 No such person"
        if address.startswith("penuh@"):
            return "452 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def postman(settings) -> Iterator[Postman]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Postman(), hostname="127.0.0.1", port=port)
    controller.start()
    _send_through(port, settings)
    settings.DEFAULT_FROM_EMAIL = "Perpustakaan Pusat <perpus@kampus.example>"
    yield controller.handler
    controller.stop()


def _send_through(port: int, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def _queue(address: str) -> Delivery:
    return messages.send("password_reset", address=address, facts=FACTS, occasions=[f"reset:{address}"])


def test_a_message_reaches_the_server_and_its_text_is_forgotten(postman):
    delivery = _queue("ani@kampus.example")
    deliveries.deliver(delivery.pk)
    [envelope] = postman.envelopes
    sent = message_from_bytes(envelope.content)
    assert envelope.rcpt_tos == ["ani@kampus.example"]
    assert str(make_header(decode_header(sent["Subject"]))) == "Kata sandi baru untuk akun perpustakaan Anda"
    assert (sent["From"], sent["Auto-Submitted"]) == ("Perpustakaan Pusat <perpus@kampus.example>", "auto-generated")
    assert "https://perpus.example/kunci" in sent.get_payload(decode=True).decode()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.body, delivery.error) == ("accepted", 1, "", "")
    assert delivery.sent_at is not None


def test_a_message_goes_once_however_often_it_is_asked_for(postman):
    delivery = _queue("ani@kampus.example")
    deliveries.deliver(delivery.pk)
    deliveries.deliver(delivery.pk)
    assert len(postman.envelopes) == 1


def test_an_address_that_does_not_exist_is_not_tried_again(postman):
    delivery = _queue("tiada@kampus.example")
    deliveries.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error, delivery.body) == ("refused", "550 No such person", "")


def test_a_server_that_says_later_is_tried_again(postman):
    delivery = _queue("penuh@kampus.example")
    deliveries.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("queued", 1, "452 Mailbox full")
    assert delivery.body
    assert not send_due()
    with clock.stopped_at(clock.now() + timedelta(seconds=6)):
        assert send_due()
    delivery.refresh_from_db()
    assert delivery.attempts == 2


def test_a_server_that_is_down_is_tried_again(settings):
    _send_through(1, settings)
    delivery = _queue("ani@kampus.example")
    deliveries.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("queued", 1)


def test_after_a_year_the_delivery_is_forgotten_but_not_what_it_spoke_of(postman):
    delivery = _queue("ani@kampus.example")
    deliveries.deliver(delivery.pk)
    with clock.stopped_at(clock.now() + timedelta(days=366)):
        assert forget_old() == 1
    assert Occasion.objects.get().key == "reset:ani@kampus.example"
