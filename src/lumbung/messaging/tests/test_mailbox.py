"""Mail comes in from a real IMAP server (Debian's Dovecot) on loopback, and is answered in its thread."""

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from lumbung.kernel import secrets_at_rest
from lumbung.messaging.channels import email as channel
from lumbung.messaging.channels.email.markup import text_of
from lumbung.messaging.channels.email.reading import new_words
from lumbung.messaging.domain import accounts, arrivals, deliveries, listening, messages
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Account, Attachment, Delivery, Inbound, Incoming
from lumbung.messaging.replies import Reply
from lumbung.messaging.tests.factories import account_of, send_due

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.django_db
with_dovecot = pytest.mark.skipif(DOVECOT is None, reason="dovecot-imapd (Debian) is not installed")
CONFIG = """base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 0
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password=rahasia
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """The port of a Dovecot of our own."""
    nobody = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as free:
        folder, port = Path(name), free.getsockname()[1]
        free.close()
        folder.chmod(0o755)
        (folder / "run").mkdir()
        (folder / "mail").mkdir()
        os.chown(folder / "mail", nobody.pw_uid, nobody.pw_gid)
        own = "" if os.getuid() == 0 else _of_mine()
        config = CONFIG.format(folder=folder, uid=nobody.pw_uid, gid=nobody.pw_gid, port=port) + own
        (folder / "conf").write_text(config)
        running = subprocess.Popen([str(DOVECOT), "-F", "-c", str(folder / "conf")], stderr=subprocess.DEVNULL)
        _wait_for(port)
        yield port
        running.terminate()
        running.wait(10)


def _of_mine() -> str:
    me, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    return f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {group}\n"


def _wait_for(port: int) -> None:
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
            return
        time.sleep(0.1)


class Mailbox:
    """What the outside world puts into the library's mailbox."""

    def __init__(self, port: int, user: str) -> None:
        self.box = imaplib.IMAP4("127.0.0.1", port)
        self.box.login(user, "rahasia")
        self.box.select("INBOX")

    def gets(self, letter: EmailMessage | bytes) -> None:
        self.box.append("INBOX", None, None, bytes(letter))


@pytest.fixture
def mailbox(server: int, settings) -> Iterator[Mailbox]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    box = Mailbox(server, "perpus")
    yield box
    box.box.logout()


@pytest.fixture
def account(mailbox: Mailbox, server: int) -> Account:
    """An account that has looked once, so that what lay there before is not answered."""
    account = account_of(
        "email",
        settings={"imap_host": "127.0.0.1", "imap_port": str(server), "imap_security": "none", "imap_user": "perpus"},
        sealed_secrets=secrets_at_rest.seal({"imap_password": "rahasia"}),
    )
    listening.look(account.pk)
    return account


def letter(text: str = "Apakah ada kamus?", *, name: str = "<1@ani.example>", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Ani Lestari <Ani@Kampus.Example>", "perpus@kampus.example"
    message["Subject"], message["Message-ID"] = "Tanya kamus", name
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content(text)
    return message


def came_in(account: Account) -> list[Incoming]:
    listening.look(account.pk)
    arrivals.take_in_waiting()
    return list(Incoming.objects.order_by("pk"))


@with_dovecot
def test_a_letter_comes_in_once_and_is_answered_in_its_thread(mailbox, account, mailoutbox):
    mailbox.gets(letter(References="<0@ani.example>"))
    [incoming] = came_in(account)
    assert (incoming.text, incoming.subject, incoming.identity.address) == (
        "Apakah ada kamus?",
        "Tanya kamus",
        "ani@kampus.example",
    )
    assert (incoming.identity.name, incoming.thread, incoming.external_id) == (
        "Ani Lestari",
        "<0@ani.example>",
        "<1@ani.example>",
    )
    assert len(came_in(account)) == 1
    delivery = reply(incoming.identity, Reply("Ada."), answers=incoming)
    send_due()
    [sent] = mailoutbox
    headers = sent.extra_headers
    assert (sent.subject, sent.to) == ("Re: Tanya kamus", ["ani@kampus.example"])
    assert (headers["In-Reply-To"], headers["References"]) == ("<1@ani.example>", "<0@ani.example> <1@ani.example>")
    delivery.refresh_from_db()
    assert delivery.external_id == headers["Message-ID"]


@with_dovecot
def test_what_lay_in_the_mailbox_before_is_not_answered(mailbox, account):
    mailbox.gets(letter("lama", name="<old@ani.example>"))
    Account.objects.filter(pk=account.pk).update(place={})
    listening.look(account.pk)
    assert came_in(account) == []


@with_dovecot
def test_a_bounce_tells_that_the_letter_came_back(mailbox, account, mailoutbox):
    facts = {"name": "Ani", "username": "ani", "link": "https://perpus.example"}
    delivery = messages.send("password_reset", address="tiada@kampus.example", facts=facts)
    Delivery.objects.filter(pk=delivery.pk).update(account=account)
    deliveries.deliver(delivery.pk)
    delivery.refresh_from_db()
    mailbox.gets(BOUNCE.replace(b"NAME", delivery.external_id.encode()))
    assert came_in(account) == []
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == ("failed", "5.1.1 smtp; 550 5.1.1 User unknown")


@with_dovecot
def test_an_answering_machine_is_not_answered(mailbox, account):
    mailbox.gets(letter("Saya cuti.", name="<2@ani.example>", Auto_Submitted="auto-replied"))
    mailbox.gets(letter("Kabar", name="<3@ani.example>", List_Id="<berita.example>"))
    assert came_in(account) == []
    assert set(Inbound.objects.values_list("state", flat=True)) == {"ignored"}


@with_dovecot
def test_files_are_typed_by_their_bytes(mailbox, account):
    message = letter("Lihat lampiran", name="<4@ani.example>")
    message.add_attachment(b"\x89PNG\r\n\x1a\n....IEND....", maintype="application", subtype="pdf", filename="surat.pdf")
    message.add_attachment(b"MZ\x90\x00", maintype="image", subtype="png", filename="foto.png")
    mailbox.gets(message)
    came_in(account)
    files = [(each.name, each.kind, bool(each.stored_file), each.note) for each in Attachment.objects.all()]
    assert files == [("surat.pdf", "png", True, ""), ("foto.png", "", False, "not_taken")]


@with_dovecot
def test_a_mailbox_is_tested_and_a_wrong_password_told(account):
    assert accounts.look_after(account).is_well
    account.sealed_secrets = secrets_at_rest.seal({"imap_password": "salah"})
    account.save()
    assert not accounts.look_after(account).is_well
    assert not listening.look(account.pk)
    account.refresh_from_db()
    assert account.health == "ailing"


def test_html_is_read_without_what_calls_home():
    html = """<html><head><style>p{}</style></head><body><p>Halo&nbsp;<b>perpus</b>,</p><p>lihat <a href="https://a.example/x">ini</a></p>
    <img src="https://track.example/pixel.gif?ani"><script>alert(1)</script><blockquote><p>Pada Senin …</p></blockquote></body></html>"""
    assert text_of(html) == "Halo perpus,\n\nlihat ini (https://a.example/x)"


@pytest.mark.parametrize(
    ("written", "new"),
    [
        ("Ya, mau.\n\nPada Sen, 1 Des 2026 pukul 08.00 Perpus <p@k.example> menulis:\n> Mau?", "Ya, mau."),
        ("Yes\n\nOn Mon, Dec 1, 2026 at 8:00 AM Library wrote:\n> Want?\n", "Yes"),
        ("Baik\n-- \nAni\nTeknik", "Baik"),
        ("> satu\nsetuju\n> dua\n", "> satu\nsetuju"),
        ("-----Original Message-----\nFrom: x", "-----Original Message-----\nFrom: x"),
    ],
)
def test_what_is_new_in_an_answer_is_found(written, new):
    assert new_words(written) == new


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: \r\n\r\nx",
        b"Content-Type: multipart/report\r\n\r\n--",
        b"From: =?broken?=\r\nDate: kemarin\r\n\r\nhalo",
    ],
)
def test_a_broken_letter_is_no_letter(raw):
    assert channel.reading.parse(Account(kind="email"), raw) == []


BOUNCE = b"""From: MAILER-DAEMON@kampus.example
To: perpus@kampus.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <b1@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Sorry.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; tiada@kampus.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--B
Content-Type: text/rfc822-headers

Message-ID: NAME
Subject: Kata sandi

--B--
""".replace(b"\n", b"\r\n")
