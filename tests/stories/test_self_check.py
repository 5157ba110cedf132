"""A self-check machine in the lobby: the program that serves it, Sari who registers it, Ani who borrows at it, one history of it all."""

import contextlib
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.circulation.domain.pins import set_pin
from lumbung.circulation.domain.terminals import add_terminal
from lumbung.circulation.gateways.sip2.session import Session
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.circulation.tests.sip2 import Machine
from lumbung.formats.sip2 import decode
from lumbung.members.models import Member
from tests.installation import PATIENCE, Installation, free_port
from tests.line import Line


@pytest.mark.django_db
@pytest.mark.requirement("R301", "R317")
def test_a_loan_at_the_desk_and_one_at_the_machine_stand_in_one_ledger_each_with_its_door(
    client: Client, sari: User, ani: Member
) -> None:
    LoanRuleFactory(category=ani.category)
    set_pin(ani, "2580", by=ani.user)
    at_desk, at_machine = (
        ItemFactory(barcode=code, branch=ani.branch, record=RecordFactory(title=title))
        for code, title in (("B1", "Bumi manusia"), ("B2", "Laskar pelangi"))
    )
    client.force_login(sari)
    powers = {"lends": "on", "takes_back": "on", "needs_pin": "on", "is_active": "on"}
    machine = {
        "name": "Lobi",
        "login": "lobi",
        "branch": ani.branch.pk,
        "account": sari.pk,
        "encoding": "utf-8",
        "language": "id",
    }
    page = client.post("/staff/terminals/new", machine | powers).content.decode()
    secret = re.search(r'id="secret">(\w+)<', page)[1]

    client.post("/staff/desk", {"code": at_desk.barcode, "member": ani.pk})
    lobby = Machine(Session("192.0.2.1"))
    assert lobby.sign_in("lobi", secret) == "1"
    lent = lobby.say("11", AO="", AA="M-ANI", AB=at_machine.barcode, AC="", AD="2580")
    assert (lent["ok"], lent["AJ"]) == ("1", "Laskar pelangi")

    listed = client.get("/staff/loans").content.decode()
    assert "Bumi manusia" in listed
    assert "Laskar pelangi" in listed
    doors = {loan.item.barcode: client.get(f"/staff/loans/{loan.pk}").content.decode() for loan in Loan.objects.all()}
    assert "<dd>halaman petugas</dd>" in doors["B1"]
    assert "<dd>mesin mandiri (SIP2)</dd>" in doors["B2"]
    assert lobby.say("09", AP="", AO="", AB="B1", AC="")["ok"] == "1"
    assert [loan.item.barcode for loan in Loan.objects.open()] == ["B2"]


def printed(page: Any) -> list[tuple[int, int]]:
    """The sheets that come out of the printer, in millimetres."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    return [(round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) for width, height in boxes]


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R301", "R317")
def test_at_the_kiosk_ani_borrows_by_card_and_pin_and_takes_a_receipt_and_the_next_visitor_sees_nothing_of_it(
    desktop: Any, sari: User, ani: Member
) -> None:
    LoanRuleFactory(category=ani.category)
    set_pin(ani, "2580", by=ani.user)
    ItemFactory(barcode="B1", branch=ani.branch, record=RecordFactory(title="Bumi manusia"))
    _terminal, secret = add_terminal(name="Kios", login="kios", branch=ani.branch, account=sari, by=sari)
    desktop.goto("/kiosk")
    desktop.fill("[name=login]", "kios")
    desktop.fill("[name=secret]", secret)
    desktop.press("[name=secret]", "Enter")

    desktop.wait_for_selector("#card:focus")
    desktop.keyboard.type("M-ANI\n")
    desktop.click("text='2'")
    for digit in "580":
        desktop.click(f"text='{digit}'")
    desktop.click("text=OK")
    desktop.wait_for_selector("#code:focus")
    desktop.keyboard.type("B1\n")
    desktop.wait_for_selector("text=Dipinjam: Bumi manusia")
    loan = Loan.objects.get()
    assert (loan.member, loan.channel, loan.lent_by) == (ani, "kiosk", sari)

    desktop.click("text=Bukti")
    desktop.wait_for_selector(".slip >> text=B1")
    slip = round(desktop.locator(".slip").bounding_box()["height"] / 96 * 25.4)
    sheets = printed(desktop)
    assert ([width for width, _ in sheets], 40 < sheets[0][1] <= slip + 2) == ([80], True), sheets
    desktop.click("text=A4")
    desktop.wait_for_selector(".paper-a4")
    assert printed(desktop) == [(210, 297)]
    desktop.click("text=Kembali")
    desktop.click("text=Selesai")
    desktop.wait_for_selector("#card:focus")
    desktop.go_back()
    assert "Bumi manusia" not in desktop.inner_text("body")


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R317")
def test_a_kiosk_without_a_line_says_so_goes_on_by_itself_and_leads_nobody_to_the_loans_of_who_was_before(
    desktop: Any, line: Line, sari: User, ani: Member
) -> None:
    LoanRuleFactory(category=ani.category)
    ItemFactory(barcode="B1", branch=ani.branch, record=RecordFactory(title="Bumi manusia"))
    powers = {"branch": ani.branch, "account": sari, "needs_pin": False}
    _terminal, secret = add_terminal(name="Kios", login="kios", by=sari, **powers)
    desktop.goto(f"{line.address}/kiosk")
    desktop.fill("[name=login]", "kios")
    desktop.fill("[name=secret]", secret)
    desktop.press("[name=secret]", "Enter")
    desktop.wait_for_selector("#card:focus")
    desktop.wait_for_selector("kiosk-line[data-cached]", state="attached")

    desktop.keyboard.type("M-ANI\n")
    desktop.wait_for_selector("#code:focus")
    line.cut_before_the_answer_to(b"POST /kiosk/item")
    desktop.keyboard.type("B1\n")
    desktop.wait_for_selector("text=Kios ini sedang tidak tersambung.")
    assert Loan.objects.get().member == ani
    line.mend()
    desktop.wait_for_selector("text=Dipinjam: Bumi manusia", timeout=30_000)

    line.lose_the_server()
    desktop.click("text=Selesai")
    away = desktop.wait_for_selector(".say:has-text('Kios ini sedang tidak tersambung.')").inner_text()
    assert "Anda sudah selesai di sini." in away
    assert desktop.locator("a[href='/kiosk']").count() == 0
    assert "Bumi manusia" not in desktop.inner_text("body")


@pytest.fixture
def gateway(installation: Installation, laid: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """``lumbung sip2`` as an operator starts it, and its port."""
    installation.take(laid)
    port = free_port()
    process = subprocess.Popen(
        [*installation.program, "sip2", "--port", str(port)], env=installation.environment, stdout=subprocess.PIPE, text=True
    )
    yield process, port
    process.kill()
    process.communicate()


def test_the_gateway_starts_talks_and_stops_cleanly(gateway: tuple[subprocess.Popen[str], int], installation: Installation):
    process, port = gateway
    assert process.stdout
    assert process.stdout.readline() == f"SIP2 siap (ready): 127.0.0.1:{port}\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(b"9900802.00AY1AZFCA0\r\n")
        assert decode(line.recv(4096))["AM"] == ""
        line.sendall(Machine().frame("93", uid_algorithm="0", pwd_algorithm="0", CN="nobody", CO="x") + b"\r")
        assert decode(line.recv(4096))["ok"] == "0"
        taken = installation.run("sip2", "--port", str(port))
        assert (taken.returncode, "tidak dapat dipakai" in taken.stderr) == (5, True)
        process.send_signal(signal.SIGINT)
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=1)
    assert (process.returncode, process.stdout.read()) == (0, "SIP2 berhenti dengan rapi (stopped cleanly).\n")
