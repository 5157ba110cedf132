"""Files that people send, by whichever channel: fetched in the background, known by their bytes, kept only where that is safe."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.kernel import clock, secrets_at_rest
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.domain import accounts, arrivals, attachments
from lumbung.messaging.domain.forgetting import forget_identity
from lumbung.messaging.models import Account, Attachment, Incoming
from lumbung.messaging.tests.counterparts import Counterpart, Heard, Says, counterpart
from lumbung.messaging.tests.factories import account_of

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"
PDF_THAT_ACTS = b"%PDF-1.7 /JavaScript (x) %%EOF"
Answer = Callable[[Heard], Says]


class Channels:
    """The other side of every channel: it gives out one file, to whoever shows the right token where one is asked for."""

    def __init__(self) -> None:
        self.file = Says(200, PNG)
        self.path: str | None = "photos/f1.png"

    def __call__(self, heard: Heard) -> Says:
        if heard.path.endswith("/getFile"):
            return Says(200, {"ok": True, "result": {"file_id": "f1", **({"file_path": self.path} if self.path else {})}})
        if heard.path == "/v23.0/f1":
            return Says(200, {"url": f"http://{heard.headers['host']}/lookaside/f1", "mime_type": "image/png"})
        asked = heard.path.startswith("/v2/bot/message/") or heard.path.startswith("/lookaside")
        if asked and heard.headers.get("authorization") != "Bearer token":
            return Says(401, {"message": "no"})
        return self.file


@pytest.fixture
def other() -> Channels:
    return Channels()


@pytest.fixture
def side(other: Channels, settings) -> Iterator[Counterpart]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    with counterpart(other) as server:
        yield server


def account(kind: str, side: Counterpart) -> Account:
    settings = {"api": side.address, "content_api": side.address, "version": "v23.0", "phone_number_id": "1"}
    gateway = {"in_address": "sender", "in_text": "message", "in_id": "inboxid", "in_file": "url", "in_file_name": "filename"}
    secrets = secrets_at_rest.seal({"token": "token", "access_token": "token"})
    return account_of(kind, settings=settings | gateway, sealed_secrets=secrets)


def payload(kind: str, side: Counterpart) -> dict[str, Any]:
    line = {"type": "message", "mode": "active", "timestamp": 1780000000000, "webhookEventId": "e1"}
    return {
        "telegram": {
            "update_id": 1,
            "message": {
                "message_id": 1,
                "date": 1780000000,
                "chat": {"id": 7, "type": "private"},
                "photo": [{"file_id": "f1", "file_size": 90}],
            },
        },
        "whatsapp": {
            "message": {"id": "w1", "from": "62812", "type": "image", "timestamp": "1780000000", "image": {"id": "f1"}}
        },
        "line": {
            **line,
            "source": {"type": "user", "userId": "U1"},
            "message": {"id": "f1", "type": "image", "contentProvider": {"type": "line"}},
        },
        "meta": {
            "sender": {"id": "9"},
            "timestamp": 1780000000000,
            "message": {"mid": "m1", "attachments": [{"type": "image", "payload": {"url": f"{side.address}/cdn/f1"}}]},
        },
        "generic": {"sender": "62812999000", "inboxid": "1", "url": f"{side.address}/cdn/f1", "filename": "sampul.png"},
    }[kind]


def sent(kind: str, side: Counterpart) -> Attachment:
    """A file was sent by this channel, and is not fetched yet."""
    inbound = arrivals.receive(account(kind, side), "e1", payload(kind, side))
    assert inbound is not None
    [incoming] = arrivals.take_in(inbound.pk)
    return incoming.attachments.get()


def fetched(attachment: Attachment, *, minutes: float = 0) -> Attachment:
    with clock.stopped_at(clock.now() + timedelta(minutes=minutes)):
        for key in attachments.accounts_with_files():
            attachments.fetch_waiting(key)
    attachment.refresh_from_db()
    return attachment


@pytest.mark.parametrize("kind", ["telegram", "whatsapp", "line", "meta", "generic"])
def test_a_file_is_fetched_from_every_channel_that_has_files(kind: str, side: Counterpart):
    attachment = fetched(sent(kind, side))
    assert (attachment.kind, attachment.size, attachment.remote, attachment.note) == ("png", len(PNG), "", "")
    with default_storage.open(attachment.stored_file) as file:
        assert file.read() == PNG
    told = JournalEntry.objects.get(name="AttachmentFetched")
    assert told.data == {"incoming": attachment.incoming_id, "kept": True}
    assert attachments.accounts_with_files() == []


@pytest.mark.parametrize(
    ("body", "kind", "note"),
    [
        (b"OggS" + b"\0" * 30, "ogg", ""),
        (b"\0\0\0\x18ftypM4A " + b"\0" * 30, "m4a", ""),
        (b"\0\0\0\x18ftypisom" + b"\0" * 30, "mp4", ""),
        (b"ID3" + b"\0" * 30, "mp3", ""),
        (b"MZ\x90 a program that calls itself photo.jpg", "", "not_taken"),
        (b"<svg onload=alert(1)>", "", "not_taken"),
        (PDF_THAT_ACTS, "", "acts"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 10_000_001, "", "too_large"),
    ],
)
def test_what_a_file_is_is_read_from_its_bytes(side: Counterpart, other: Channels, body: bytes, kind: str, note: str):
    other.file = Says(200, body)
    attachment = fetched(sent("whatsapp", side))
    assert (attachment.kind, attachment.note, bool(attachment.stored_file)) == (kind, note, not note)


@pytest.mark.parametrize("status", [404, 410])
def test_what_the_channel_has_forgotten_is_given_up_at_once(side: Counterpart, other: Channels, status: int):
    other.file = Says(status, {"message": "gone"})
    attachment = fetched(sent("line", side))
    assert (attachment.remote, attachment.note) == ("", "expired")
    assert JournalEntry.objects.get(name="AttachmentFetched").data["kept"] is False


@pytest.mark.parametrize("first", [Says(503), Says(202), Says(429, headers={"Retry-After": "30"}), Says(200, b"", cut=True)])
def test_what_is_not_to_be_had_now_is_fetched_later(side: Counterpart, other: Channels, first: Says):
    other.file = first
    attachment = fetched(sent("line", side))
    assert (attachment.attempts, attachment.note, attachment.stored_file) == (1, "", "")
    assert attachments.accounts_with_files() == []
    other.file = Says(200, PNG)
    assert fetched(attachment, minutes=1).kind == "png"


def test_a_fault_of_ours_is_in_the_log_and_the_file_is_tried_again(side: Counterpart, other: Channels, caplog):
    other.path = None
    attachment = fetched(sent("telegram", side))
    assert (attachment.attempts, attachment.note) == (1, "")
    assert [(each.levelname, each.message) for each in caplog.records if each.name == attachments.__name__] == [
        ("ERROR", "a file of telegram was not fetched: KeyError")
    ]


def test_after_many_tries_over_hours_whoever_wrote_is_to_send_it_again(side: Counterpart, other: Channels):
    other.file = Says(500)
    attachment = sent("line", side)
    for hour in range(attachments.MOST_ATTEMPTS):
        fetched(attachment, minutes=61 * hour)
    assert (attachment.attempts, attachment.note, attachment.remote) == (12, "unreached", "")


def test_what_says_that_it_is_too_large_is_not_even_asked_for(side: Counterpart):
    told = payload("telegram", side)
    told["message"]["photo"][0]["file_size"] = 10_000_001
    inbound = arrivals.receive(account("telegram", side), "e1", told)
    arrivals.take_in(inbound.pk)
    attachment = fetched(Attachment.objects.get())
    assert (attachment.note, side.heard) == ("too_large", [])


def test_the_address_of_a_file_may_not_lead_into_our_own_network(side: Counterpart, settings):
    attachment = sent("meta", side)
    settings.INTERNAL_TARGETS = []
    assert fetched(attachment).stored_file == ""
    assert side.heard == []


def test_while_channels_are_cut_nothing_is_fetched(side: Counterpart):
    attachment = sent("whatsapp", side)
    accounts.cut_all(by=None)
    assert fetched(attachment).stored_file == ""
    accounts.restore_all(by=None)
    assert fetched(attachment).kind == "png"


def test_what_was_forgotten_while_it_was_fetched_stays_forgotten(side: Counterpart):
    attachment = sent("whatsapp", side)
    on_its_way = Attachment.objects.select_related("incoming__identity__account").get(pk=attachment.pk)
    forget_identity(attachment.incoming.identity)
    attachments._fetch(on_its_way)
    attachment.refresh_from_db()
    assert (attachment.stored_file, attachment.note) == ("", "forgotten")
    assert on_its_way.stored_file
    assert not default_storage.exists(on_its_way.stored_file)


def test_a_visitor_of_the_site_sends_a_picture_with_words(client: Client):
    client.post("/chat", {"text": "buku ini ada?", "file": SimpleUploadedFile("sampul.png", PNG)})
    incoming = Incoming.objects.get()
    attachment = incoming.attachments.get()
    assert (incoming.text, incoming.kind, attachment.name, attachment.kind) == ("buku ini ada?", "file", "sampul.png", "png")
    assert "sampul.png" in client.get("/chat").content.decode()


def test_a_visitor_is_told_what_is_too_large_and_what_was_not_kept(client: Client):
    piece = {"headers": {"Lumbung-Fragment": "1"}}
    large = client.post("/chat", {"text": "", "file": SimpleUploadedFile("film.mp4", b"0" * 10_000_001)}, **piece)
    assert (large.status_code, large.content.decode()) == (422, "Berkas itu terlalu besar; paling besar 10 MB.")
    assert Incoming.objects.count() == 0
    shown = client.post("/chat", {"text": "", "file": SimpleUploadedFile("kerja.exe", b"MZ")}, **piece).content.decode()
    assert "kerja.exe · tidak dapat kami simpan" in shown
