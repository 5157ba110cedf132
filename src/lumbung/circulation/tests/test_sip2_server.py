"""Machines on the line: a known client of another hand, several at once, some that are broken, rude, or silent."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from Sip2.sip2 import Sip2

from lumbung.accounts.domain.rates import Allowance
from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.pins import set_pin
from lumbung.circulation.domain.terminals import add_terminal
from lumbung.circulation.gateways.sip2 import lending
from lumbung.circulation.gateways.sip2 import server as servers
from lumbung.circulation.gateways.sip2 import session as sessions
from lumbung.circulation.gateways.sip2.server import Server
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, RecordFactory
from lumbung.circulation.tests.sip2 import Machine
from lumbung.formats.sip2 import Message, decode
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.tests.race import race

pytestmark = pytest.mark.django_db(transaction=True)

CERTIFICATE = Path(__file__).parent / "loopback.pem"
"""For the name localhost, with its key: made for these tests."""
PIN = "2580"


@pytest.fixture
def listen() -> Iterator[Callable[..., tuple[str, int]]]:
    """``listen(tls=context)``: a server on a free port of this machine; its address."""
    stop, threads, listeners = threading.Event(), [], []

    def begin(**options: Any) -> tuple[str, int]:
        listener = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=Server(listener, **options).serve, args=(stop,))
        thread.start()
        threads.append(thread)
        listeners.append(listener)
        return listener.getsockname()

    yield begin
    stop.set()
    for thread, listener in zip(threads, listeners, strict=True):
        thread.join(timeout=30)
        listener.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(servers, "LOOK_UP", 0.05)
    monkeypatch.setattr(sessions, "wrong_logins", Allowance(per_minute=10))
    with contextlib.ExitStack() as Line.opened:
        yield


@pytest.fixture
def secret(sari, ani, pusat, rule) -> str:
    set_pin(ani, PIN, by=None)
    return add_terminal(name="Lobi", login="lobi", branch=pusat, account=sari, by=sari, places_holds=True)[1]


class Line(Machine):
    """A machine at the other end of a real line, which is closed after the test at the latest."""

    opened: contextlib.ExitStack

    def __init__(self, address: tuple[str, int], wrap: Callable[[socket.socket], socket.socket] = lambda line: line) -> None:
        super().__init__()
        self.line = self.opened.enter_context(wrap(socket.create_connection(address, timeout=20)))

    def say(self, code: str, **said: Any) -> Message:
        return self.hear(self.frame(code, **said) + b"\r")

    def hear(self, sent: bytes) -> Message:
        self.line.sendall(sent)
        return self.next()

    def next(self) -> Message:
        arrived = b""
        while not arrived.endswith(b"\r"):
            more = self.line.recv(4096)
            if not more:
                raise ConnectionError("the line was cut")
            arrived += more
        return decode(arrived)

    def is_cut(self) -> bool:
        """Whether the other end hung up, after whatever it still said."""
        with contextlib.suppress(ConnectionError):
            while self.line.recv(4096):
                pass
        return True


def borrow(machine: Machine, item, card="M-ANI"):
    return machine.say("11", AO="", AA=card, AB=item.barcode, AC="", AD=PIN)


def test_a_known_client_signs_in_borrows_renews_holds_and_brings_back(listen, secret, ani, tmp_path):
    item, other = ItemFactory(record=RecordFactory(title="Bumi manusia")), LoanFactory().item
    client = Sip2()
    client.hostName, client.hostPort = listen()
    client.tlsEnable, client.logfile_path = False, str(tmp_path)
    client.patron, client.patronpwd, client.institutionId = "M-ANI", PIN, "UNNES"
    client.connect()

    def told(name: str, *arguments: object) -> dict[str, Any]:
        raw = client.get_response(getattr(client, f"sip_{name}_request")(*arguments))
        return getattr(client, f"sip_{name}_response")(raw)

    assert told("login", "lobi", secret)["fixed"]["Ok"] == "1"
    status = told("sc_status")
    assert (status["fixed"]["OnlineStatus"], status["variable"]["BX"]) == ("Y", ["YYYNYYYYYNYNYYYY"])
    lent = told("checkout", item.barcode)
    assert (lent["fixed"]["Ok"], lent["variable"]["AJ"]) == ("1", ["Bumi manusia"])
    had = told("patron_information", "charged", "1", "5")
    assert (had["fixed"]["ChargedItemsCount"], had["variable"]["AU"]) == ("0001", [item.barcode])
    assert told("renew", item.barcode)["variable"]["AF"][0].startswith("Belum perlu diperpanjang")
    assert told("hold", "+", "", 2, other.barcode)["fixed"]["Ok"] == "1"
    assert told("item_information", item.barcode)["fixed"]["CirculationStatus"] == "04"
    assert told("patron_status")["variable"]["AE"] == ["Ani"]
    assert told("checkin", item.barcode)["fixed"]["Ok"] == "1"
    assert told("end_patron_session")["fixed"]["EndSession"] == "Y"
    client.disconnect()
    for handler in client.log.handlers:
        handler.close()
    assert [loan.channel for loan in Loan.objects.filter(item=item)] == ["sip2"]
    assert Hold.objects.get().member == ani


def test_each_machine_lends_in_its_own_branch_and_name(listen, secret, sari, ani, teknik, rule):
    other = UserFactory(roles=[Role.CIRCULATION])
    key = add_terminal(name="Teknik", login="teknik", branch=teknik, account=other, by=sari)[1]
    address = listen()
    here, there = Line(address), Line(address)
    assert (here.sign_in("lobi", secret), there.sign_in("teknik", key)) == ("1", "1")
    assert (borrow(here, ItemFactory())["ok"], borrow(there, ItemFactory())["ok"]) == ("1", "1")
    assert {(loan.lent_from.code, loan.lent_by) for loan in Loan.objects.all()} == {("PUSAT", sari), ("TEKNIK", other)}


def test_of_two_machines_that_lend_one_item_one_wins_and_the_other_says_so(listen, secret, ani, budi):
    set_pin(budi, PIN, by=None)
    address = listen()
    machines = [Line(address), Line(address)]
    assert [machine.sign_in("lobi", secret) for machine in machines] == ["1", "1"]
    for _ in range(3):
        item = ItemFactory()
        calls = [
            lambda machine=machine, card=card, item=item: borrow(machine, item, card)
            for machine, card in zip(machines, ("M-ANI", "M-BUDI"), strict=True)
        ]
        answers, _ = race(*calls)
        assert sorted(answer["ok"] for answer in answers) == ["0", "1"]
        loser = next(answer for answer in answers if answer["ok"] == "0")
        assert "Eksemplar ini" in loser["AF"]
        assert Loan.objects.open().filter(item=item).count() == 1
        Loan.objects.open().get(item=item).delete()


def test_a_wish_that_another_line_carried_out_at_that_moment_is_told_as_done(listen, secret, ani, monkeypatch):
    machine, item = Line(listen()), ItemFactory()
    machine.sign_in("lobi", secret)
    assert borrow(machine, item)["ok"] == "1"
    looks, loan_of = iter([None]), lending.loan_of

    def looked(item: Item) -> Loan | None:
        return next(looks, loan_of(item))  # the first look comes before the commit of the other line

    monkeypatch.setattr(lending, "loan_of", looked)
    assert (borrow(machine, item)["ok"], Loan.objects.count()) == ("1", 1)


def test_a_line_dropped_in_the_middle_leaves_one_loan_however_often_the_machine_asks(listen, secret, ani):
    address, item = listen(), ItemFactory()
    for _ in range(3):
        machine = Line(address)
        machine.sign_in("lobi", secret)
        machine.line.sendall(machine.frame("11", AO="", AA="M-ANI", AB=item.barcode, AC="", AD=PIN) + b"\r")
        machine.line.close()
    half = Line(address)
    half.sign_in("lobi", secret)
    half.line.sendall(half.frame("09", AP="", AO="", AB=item.barcode, AC="")[:30])
    half.line.close()
    last = Line(address)
    last.sign_in("lobi", secret)
    assert borrow(last, item)["ok"] == "1"
    assert Loan.objects.open().filter(item=item).count() == 1
    assert JournalEntry.objects.filter(name="CheckedOut").count() == 1
    assert not JournalEntry.objects.filter(name="CheckedIn").exists()


def test_messages_that_arrive_together_or_in_crumbs_are_answered_one_by_one(listen, secret):
    machine = Line(listen())
    machine.sign_in("lobi", secret)
    item = ItemFactory()
    first, second = (machine.frame("17", AO="", AB=code, AC="") for code in (item.barcode, "nothing"))
    answer = machine.hear(first + b"\r\n" + second[:9])
    assert answer["AB"] == item.barcode
    for byte in second[9:] + b"\r":
        machine.line.sendall(bytes([byte]))
    assert machine.next()["circulation"] == "01"


def test_who_sends_rubbish_is_cut_off_and_nobody_else_notices(listen, secret):
    address = listen()
    good = Line(address)
    good.sign_in("lobi", secret)
    for rubbish in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 3, b"\x16\x03\x01" + b"A" * 20_000, b"\r\n" * 10 + b"2300\r"):
        rude = Line(address)
        rude.line.sendall(rubbish)
        with contextlib.suppress(OSError):  # it may be cut already
            rude.line.shutdown(socket.SHUT_WR)
        assert rude.is_cut()
    assert good.say("17", AO="", AB="nothing", AC="").code == "18"


@pytest.mark.parametrize("begun", [b"", b"9300CNlobi"])
def test_who_never_signs_in_is_cut_off_after_a_while(listen, monkeypatch, begun):
    monkeypatch.setattr(servers, "UNTIL_LOGIN", 0.2)
    silent = Line(listen())
    silent.line.sendall(begun)
    assert silent.is_cut()


def test_who_signed_in_may_think_but_not_stop_in_the_middle_of_a_message(listen, secret, monkeypatch):
    monkeypatch.setattr(servers, "UNTIL_LOGIN", 0.2)
    monkeypatch.setattr(servers, "UNTIL_WHOLE", 0.6)
    machine = Line(listen())
    machine.sign_in("lobi", secret)
    threading.Event().wait(0.4)
    assert machine.say("17", AO="", AB="nothing", AC="").code == "18"
    machine.line.sendall(b"1720260306")
    assert machine.is_cut()


def test_no_address_takes_all_the_places(listen, monkeypatch):
    monkeypatch.setattr(servers, "MOST_OF_ONE_ADDRESS", 2)
    address = listen()
    first, second = Line(address), Line(address)
    status = {"status": "0", "print_width": "080", "version": "2.00"}
    assert first.say("99", **status).code == second.say("99", **status).code == "98"
    assert Line(address).is_cut()
    first.line.close()
    assert first_answer(address, status) == "98"


def first_answer(address: tuple[str, int], status: dict[str, str]) -> str:
    """The place of a line that ended is free a moment later."""
    for _ in range(100):
        with contextlib.suppress(ConnectionError):
            return Line(address).say("99", **status).code
        threading.Event().wait(0.05)
    return ""


def test_with_a_certificate_every_line_is_encrypted_or_cut(listen, secret):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    address = listen(tls=context)
    trust = ssl.create_default_context(cafile=str(CERTIFICATE))
    machine = Line(address, lambda line: trust.wrap_socket(line, server_hostname="localhost"))
    assert machine.line.version() == "TLSv1.3"
    assert machine.sign_in("lobi", secret) == "1"
    machine.line.close()
    plain = Line(address)
    plain.line.sendall(b"9900802.00\r")
    assert plain.is_cut()
