"""Somebody comes to read: at the screen beside the door by card, by phone or as a guest, also while the line is cut."""

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.catalogue.tests.factories import an_item
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.ui import qr_codes
from lumbung.members.domain.privacy.consents import choose, create_default_consents
from lumbung.members.models import ConsentPurpose, Member
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import LibraryFactory
from lumbung.spaces.models import Gate, Visit
from lumbung.spaces.web import gate_screen
from tests.line import Line

if TYPE_CHECKING:
    from playwright.sync_api import Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect


def open_a_gate(desk: Client) -> str:
    """Sari opens a gate of the central library; the address of its screen."""
    told = {"branch": Branch.objects.get(code="PUSAT").pk, "name": "Pintu utama", "repeat_minutes": "30", "stay_minutes": "120"}
    page = desk.post(
        reverse("spaces:gate_add"), {**told, "greets_by_name": "on", "is_active": "on", "asks_purpose": ""}, follow=True
    )
    found = re.search(r"/gate/[\w-]+", page.content.decode())
    assert found is not None
    return found[0]


@pytest.mark.requirement("R353")
@pytest.mark.django_db
def test_a_visitor_comes_in_reads_and_is_counted_without_borrowing(
    client: Client, sari: Any, ani: Member, signed_in: Any
) -> None:
    LibraryFactory()
    desk = signed_in(Client(), sari)
    screen = open_a_gate(desk)

    assert "Ani" not in client.post(screen, {"what": "card", "code": "M-ANI"}).content.decode()
    agree_to_be_named(ani)
    assert "Ani" in client.post(screen, {"what": "card", "code": "M-ANI"}).content.decode()
    client.post(screen, {"what": "guest", "name": "Tuti", "institution": "SMA 1", "consent": "on"})
    code = re.search(r"/here/[\w:-]+", qr_text(client, screen))
    assert code is not None
    phone = signed_in(Client(), ani.user)
    assert "Anda sudah tercatat." in phone.post(code[0]).content.decode()

    item = an_item(branch="PUSAT")
    desk.post("/staff/desk/branch", {"branch": ani.branch.pk})
    desk.post(f"/staff/items/{item.barcode}/in-house-use")
    assert JournalEntry.objects.filter(name="UsedInHouse", item=item.pk).count() == 1

    page = desk.get(reverse("spaces:visits")).content.decode()
    assert ("Ani" in page, "Tuti" in page, "2 orang" in page) == (True, True, True)


@pytest.mark.requirement("R353")
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_screen_beside_the_door_goes_on_while_the_line_is_cut(
    desktop: "Page", line: Line, sari: Any, ani: Member, signed_in: Any
) -> None:
    LibraryFactory()
    agree_to_be_named(ani)
    screen = open_a_gate(signed_in(Client(), sari))
    desktop.goto(f"{line.address}{screen}")
    expect(desktop.locator("gate-screen[data-cached]")).to_be_attached()

    scan(desktop, "M-ANI")
    expect(desktop.locator(".say.big")).to_contain_text("Ani")
    expect(desktop.locator("[data-today]")).to_have_text("1")

    line.cut()
    desktop.context.set_offline(True)
    desktop.get_by_text("Tamu: isi buku tamu").click()
    desktop.get_by_label("Nama", exact=True).fill("Tuti Herawati")
    desktop.get_by_text("Saya setuju nama saya dicatat").click()
    desktop.get_by_role("button", name="Catat kedatangan").click()
    expect(desktop.locator(".say.big")).to_contain_text("Tercatat di perangkat ini")
    desktop.reload()
    expect(desktop.locator("gate-screen[data-waiting='1']")).to_be_attached()
    expect(desktop.get_by_text("Dengan ponsel Anda")).to_be_hidden()
    assert Visit.objects.count() == 1

    line.mend()
    desktop.context.set_offline(False)
    expect(desktop.get_by_text("Dengan ponsel Anda")).to_be_visible()
    expect(desktop.locator("gate-screen[data-waiting='0']")).to_be_attached()
    assert sorted(Visit.objects.values_list("kind", "name")) == [("guest", "Tuti Herawati"), ("member", "")]


@pytest.mark.requirement("R353")
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nobody_is_lost_at_the_door_while_the_line_hangs_and_while_the_server_is_renewed(
    desktop: "Page", line: Line, sari: Any, ani: Member, budi: Member, signed_in: Any
) -> None:
    LibraryFactory()
    agree_to_be_named(ani)
    desktop.goto(f"{line.address}{open_a_gate(signed_in(Client(), sari))}")
    expect(desktop.locator("gate-screen[data-cached]")).to_be_attached()

    line.hang()
    for code in ("M-ANI", "M-BUDI"):
        scan(desktop, code)
    expect(desktop.locator(".say.big")).to_contain_text("Tercatat di perangkat ini")
    line.lose_the_server()
    desktop.reload()
    expect(desktop.locator("gate-screen[data-waiting='2']")).to_be_attached()
    assert Visit.objects.count() == 0

    line.mend()
    desktop.evaluate("window.dispatchEvent(new Event('online'))")
    expect(desktop.locator("gate-screen[data-waiting='0']")).to_be_attached()
    expect(desktop.locator("[data-today]")).to_have_text("2")
    expect(desktop.locator("gate-screen")).not_to_contain_text("Ani")
    assert sorted(Visit.objects.values_list("member__barcode", flat=True)) == ["M-ANI", "M-BUDI"]


@pytest.mark.requirement("R353")
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_one_visitor_after_the_other_says_what_for_and_a_cut_line_leaves_the_screen_where_it_is(
    desktop: "Page", line: Line, sari: Any, ani: Member, budi: Member, signed_in: Any
) -> None:
    LibraryFactory()
    screen = open_a_gate(signed_in(Client(), sari))
    Gate.objects.update(asks_purpose=True)
    desktop.goto(f"{line.address}{screen}")
    expect(desktop.locator("gate-screen[data-cached]")).to_be_attached()

    for code in ("M-ANI", "M-BUDI"):
        scan(desktop, code)
        desktop.locator(".purposes").get_by_role("button", name="Membaca di tempat").click()
        expect(desktop.locator(".say.big")).to_contain_text("Terima kasih")
        assert desktop.url == f"{line.address}{screen}"
    assert Visit.objects.filter(purpose__name="Membaca di tempat").count() == 2

    desktop.locator("#code").fill("M-BUDI")
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".purposes")).to_be_visible()
    line.cut()
    desktop.locator(".purposes").get_by_role("button", name="Membaca di tempat").click()
    expect(desktop.locator(".say.big")).to_contain_text("Tujuan belum tercatat")
    expect(desktop.locator("#code")).to_be_focused()


def agree_to_be_named(member: Member) -> None:
    """The member lets screens beside doors greet by name."""
    create_default_consents()
    choose(member, ConsentPurpose.objects.get(code="screen"), agrees=True, by=None)


def scan(page: "Page", code: str) -> None:
    page.get_by_placeholder("Pindai kartu").fill(code)
    page.keyboard.press("Enter")


def qr_text(client: Client, screen: str) -> str:
    """What a phone would read from the code on the screen."""
    drawn: list[str] = []

    def note(text: str) -> Any:
        drawn.append(text)
        return qr_codes.qr_code(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate_screen, "qr_code", note)
        client.get(f"{screen}/code.svg")
    return drawn[0]
