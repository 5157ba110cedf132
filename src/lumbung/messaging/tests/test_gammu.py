"""SMS by Debian's Gammu SMSD with its dummy telephone: the real daemon, the real program, no modem."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lumbung.messaging.domain import accounts, arrivals, listening
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Incoming
from lumbung.messaging.replies import Reply
from lumbung.messaging.tests.factories import account_of, send_due

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("gammu-smsd") is None, reason="gammu-smsd (Debian) is not installed"),
]
CONFIG = """[gammu]
model = dummy
connection = none
port = {0}/telephone
gammuloc = /dev/null

[smsd]
service = files
logfile = {0}/log
inboxformat = unicode
inboxpath = {0}/inbox/
outboxpath = {0}/outbox/
sentsmspath = {0}/sent/
errorsmspath = {0}/error/
commtimeout = 1
receivefrequency = 1
statusfrequency = 0
loopsleep = 1
checksecurity = 0
"""
ON_THE_SIM = """[SMSBackup000]
PDU = Deliver
DateTime = {4}
State = UnRead
Number = "{0}"
NumberUnicode = {1}
Text00 = {2}
Coding = Unicode_No_Compression
Folder = 1
Length = {3}
"""


@pytest.fixture
def modem(tmp_path: Path) -> Path:
    for name in ("telephone/sms/1", "inbox", "outbox", "sent", "error"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "rc").write_text(CONFIG.format(tmp_path))
    return tmp_path


@pytest.fixture
def daemon(modem: Path) -> Iterator[None]:
    running = subprocess.Popen(["gammu-smsd", "-c", str(modem / "rc")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield
    running.terminate()
    running.wait(10)


def until(happened: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.2)


def lies_on_the_sim(modem: Path, number: str, text: str, at: str = "20261129T080500") -> None:
    coded = [value.encode("utf-16-be").hex().upper() for value in (number, text)]
    (modem / "telephone/sms/1/1").write_text(ON_THE_SIM.format(number, *coded, len(text), at))


@pytest.mark.parametrize(
    ("written", "gone"),
    [
        ("Buku “Bumi Manusia” – jatuh tempo besok…", 'Buku "Bumi Manusia" - jatuh tempo besok...'),
        ("Antología “poética” 🙏", 'Antología "poética" 🙏'),
    ],
)
def test_a_message_goes_out_by_the_modem(modem: Path, daemon: None, written: str, gone: str):
    account = account_of("sms", settings={"way": "gammu", "config": str(modem / "rc")})
    assert accounts.look_after(account).is_well
    delivery = reply(identity_of(account, "0812 3456 789"), Reply(written))
    send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.external_id.startswith("OUT")) == ("accepted", True)
    until(lambda: list((modem / "sent").iterdir()))
    [sent] = (modem / "sent").iterdir()
    assert 'Number = "+628123456789"' in sent.read_text()
    assert gone.encode("utf-16-be").hex().upper() in sent.read_text()
    assert sent.name.startswith(delivery.external_id)


def test_a_message_comes_in_by_the_modem_and_is_heard_once(modem: Path, daemon: None):
    account = account_of("sms", settings={"way": "gammu", "config": str(modem / "rc")})
    lies_on_the_sim(modem, "+628123456789", "pinjaman saya – tolong 🙏")
    until(lambda: list((modem / "inbox").glob("IN*")))
    assert listening.accounts_to_look_at() == [account.pk]
    assert listening.look(account.pk)
    arrivals.take_in_waiting()
    incoming = Incoming.objects.get()
    assert (incoming.text, incoming.identity.address) == ("pinjaman saya – tolong 🙏", "628123456789")
    assert not listening.look(account.pk)
    assert [file.name[:2] for file in (modem / "inbox/lumbung").iterdir()] == ["IN"]


def test_two_messages_of_one_second_are_two_though_their_files_have_one_name(modem: Path):
    account = account_of("sms", settings={"way": "gammu", "config": str(modem / "rc")})
    for text in ("pinjaman", "denda"):
        (modem / "inbox/IN20261129_080500_00_+628123456789_00.txt").write_text(text)
        listening.look(account.pk)
    arrivals.take_in_waiting()
    assert list(Incoming.objects.order_by("pk").values_list("text", flat=True)) == ["pinjaman", "denda"]


def test_parts_of_a_long_message_are_one(modem: Path):
    account = account_of("sms", settings={"way": "gammu", "config": str(modem / "rc")})
    for part, text in enumerate(["Selamat pagi, saya ", "mau memperpanjang."]):
        (modem / f"inbox/IN20261129_080500_00_+628123456789_0{part}.txt").write_text(text)
    listening.look(account.pk)
    arrivals.take_in_waiting()
    assert Incoming.objects.get().text == "Selamat pagi, saya mau memperpanjang."


def test_what_the_daemon_gave_up_has_failed(modem: Path):
    account = account_of("sms", settings={"way": "gammu", "config": str(modem / "rc")})
    delivery = reply(identity_of(account, "08123456789"), Reply("halo"))
    send_due()
    [waiting] = (modem / "outbox").iterdir()
    waiting.rename(modem / "error" / waiting.name)
    listening.look(account.pk)
    arrivals.take_in_waiting()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == ("failed", "gammu-smsd")


def test_a_modem_that_is_not_there_is_ill_and_looked_at_less_often(modem: Path):
    account = account_of("sms", settings={"way": "gammu", "config": "/nowhere/rc"})
    assert not listening.look(account.pk)
    account.refresh_from_db()
    assert (account.health, account.place) == ("ailing", {"failures": 1})
    assert listening.accounts_to_look_at() == []
