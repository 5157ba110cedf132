"""Gateways over HTTP: a counterpart on loopback that answers as Fonnte and an SMS provider do."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from lumbung.kernel import secrets_at_rest
from lumbung.messaging.channels import channel_called
from lumbung.messaging.channels.phones import international
from lumbung.messaging.domain import accounts, arrivals
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.replies import Reply
from lumbung.messaging.tests.factories import account_of, send_due

pytestmark = pytest.mark.django_db


class Gateway(BaseHTTPRequestHandler):
    """Like Fonnte: token in a header, form in, JSON out with ``status``; ``/busy`` says 429; ``/cut`` breaks off."""

    heard: list[dict]

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.server.heard.append({"path": self.path, "token": self.headers.get("Authorization"), **form})
        if self.path == "/busy":
            self.answer(429, {"reason": "too fast"}, ("Retry-After", "40"))
        elif self.path == "/cut":
            self.connection.close()
        elif self.headers.get("Authorization") != "kunci":
            self.answer(200, {"status": False, "reason": "token invalid"})
        else:
            self.answer(200, {"status": True, "id": ["80367170"], "target": [form.get("target")]})

    def do_GET(self):
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.server.heard.append(query)
        self.answer(200, {"result": {"code": 0, "message_id": "sms-9"}})

    def answer(self, status, said, *headers):
        body = json.dumps(said).encode()
        self.send_response(status)
        for name, value in [*headers, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(settings) -> Iterator[ThreadingHTTPServer]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.heard = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def account(server, path="/send", kind="generic", token="kunci", **changed):
    settings = {field.name: field.default for field in channel_called(kind).needs().fields if not field.is_secret}
    settings |= {"url": f"http://127.0.0.1:{server.server_port}{path}", **changed}
    return account_of(kind, settings=settings, sealed_secrets=secrets_at_rest.seal({"token": token}))


def sent_to(account, address="0812-3456-789", text="Buku & pesanan siap: 100%"):
    delivery = reply(identity_of(account, address), Reply(text))
    send_due()
    delivery.refresh_from_db()
    return delivery


def test_a_message_is_posted_as_the_mapping_says(server):
    delivery = sent_to(account(server))
    assert (delivery.state, delivery.external_id) == ("accepted", "80367170")
    assert server.heard == [
        {
            "path": "/send",
            "token": "kunci",
            "target": "628123456789",
            "message": "Buku & pesanan siap: 100%",
            "countryCode": "0",
        }
    ]


def test_a_text_cannot_fill_another_field(server):
    sent_to(account(server), text="{to}&target=628999")
    assert (server.heard[0]["target"], server.heard[0]["message"]) == ("628123456789", "{to}&target=628999")


def test_a_no_in_a_success_is_a_no(server):
    delivery = sent_to(account(server, token="salah"))
    assert delivery.state == "refused"
    assert delivery.error.startswith("status = false: ")


def test_too_fast_waits_as_long_as_it_says(server):
    delivery = sent_to(account(server, path="/busy"))
    assert delivery.state == "queued"
    assert 38 < (delivery.not_before - delivery.queued_at).total_seconds() < 60


def test_a_line_that_breaks_after_the_message_went_leaves_it_to_a_person(server):
    assert sent_to(account(server, path="/cut")).state == "unknown"


def test_nobody_there_is_tried_again(server):
    assert sent_to(account(server, url="http://127.0.0.1:1/send")).state == "queued"


def test_what_is_no_number_is_refused(server):
    assert sent_to(account(server), address="ani@kampus.example").state == "refused"
    assert server.heard == []


def test_an_inner_address_that_is_not_allowed_is_not_asked(server, settings):
    settings.INTERNAL_TARGETS = []
    delivery = sent_to(account(server))
    assert (delivery.state, "internal" in delivery.error, server.heard) == ("queued", True, [])


def test_what_became_of_it_is_told_by_the_gateway(server):
    gateway = account(server)
    delivery = sent_to(gateway)
    arrivals.receive(gateway, "s1", {"id": "80367170", "state": "read"})
    arrivals.receive(gateway, "s2", {"id": "80367170", "state": "delivered"})
    arrivals.take_in_waiting()
    delivery.refresh_from_db()
    assert delivery.state == "read"


def test_an_sms_goes_by_a_provider_that_wants_a_get(server):
    provider = account(
        server,
        "/sms",
        "sms",
        way="http",
        form="query",
        body="to = {to}\ntext = {text}",
        success="result.code = 0",
        id_path="result.message_id",
    )
    delivery = sent_to(provider, text="Jatuh tempo besok")
    assert (delivery.state, delivery.external_id) == ("accepted", "sms-9")
    assert server.heard == [{"to": "628123456789", "text": "Jatuh tempo besok"}]


def test_the_health_of_a_gateway_is_whether_it_answers(server):
    assert accounts.look_after(account(server, "/sms", "sms", way="http")).is_well
    dead = account(server, url="http://127.0.0.1:1/")
    assert not accounts.look_after(dead).is_well
    dead.refresh_from_db()
    assert dead.health == "ailing"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0812-3456-789", "628123456789"),
        ("+62 812 3456 789", "628123456789"),
        ("62 (812) 3456.789", "628123456789"),
        ("8123456789", "628123456789"),
        ("+81 90 1234 5678", "819012345678"),
        ("123", ""),
        ("٠٨١٢٣٤٥٦٧٨٩", ""),
        ("ani", ""),
    ],
)
def test_a_number_is_read_however_it_is_written(written, number):
    assert international(written) == number
