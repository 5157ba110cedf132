"""The public pages in a real browser: open to everybody (WCAG 2.2 A and AA, as far as axe sees), whole on a narrow phone."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.organization.models import Library
from tests.stories.test_deposit_on_a_phone import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def addresses() -> list[str]:
    long = "Hubungan antara pengetahuanperilakukesehatanreproduksi dan ketidakbertanggungjawaban remaja di wilayah pesisir"
    record = catalogued(long, "Aminah, Siti", subject="Kesehatan", classification="613.9")
    LoanFactory(item=ItemFactory(record=record, call_number="613.9 AMI h"))
    work_off()
    return [
        "/",
        "/search?q=kesehatan",
        "/search?q=zzzqqq&material=map",
        f"/records/{record.pk}",
        "/accounts/login/",
        "/tidak-ada",
    ]


def faults(page: "Page", address: str) -> list[str]:
    page.goto(address)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
    return [f"{address}: {fault['help']} ({fault['nodes'][0]['target']})" for fault in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(phone: "Page", addresses: list[str], scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci")
    phone.emulate_media(color_scheme=scheme)
    assert [fault for address in addresses for fault in faults(phone, address)] == []


def test_no_page_is_wider_than_a_narrow_phone(phone: "Page", addresses: list[str]) -> None:
    for address in addresses:
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") == 360, address


CUT = "each => each.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
ROOM_FOR_PLACEHOLDER = """box => {
  const pen = document.createElement("canvas").getContext("2d"), look = getComputedStyle(box, "::placeholder")
  const inner = getComputedStyle(box)
  pen.font = `${look.fontSize} ${inner.fontFamily}`
  const room = box.clientWidth - parseFloat(inner.paddingLeft) - parseFloat(inner.paddingRight)
  return room - pen.measureText(box.placeholder).width
}"""


def test_on_a_narrow_phone_names_are_whole_and_the_way_to_ask_stands_beside_what_is_read(
    phone: "Page", addresses: list[str]
) -> None:
    Library.objects.update(name="Perpustakaan Universitas Nusantara Raya", short_name="Lumbung Nusantara")
    phone.goto("/")
    assert phone.locator(".brand > span, .brand small").evaluate_all(CUT) == []
    assert phone.locator(".search input").evaluate(ROOM_FOR_PLACEHOLDER) > 0
    for address in addresses[:4]:
        phone.goto(address)
        strip = phone.locator(".ask").bounding_box()
        assert (strip["x"], strip["width"], strip["y"] + strip["height"]) == (0, 360, phone.viewport_size["height"])


@pytest.mark.parametrize("title", ["pengaruh " * 555, "𝄞" * 2500, "panjang" * 714])
def test_a_title_of_thousands_of_letters_fills_no_page(phone: "Page", title: str, ani: Member) -> None:
    record = catalogued(f"Kesehatan {title}", "Aminah, Siti", classification="613.9")
    item = ItemFactory(record=record, call_number="613.9 AMI h", volume="2", branch=ani.branch)
    LoanFactory(item=item, member=ani)
    HoldFactory(record=record, member=ani, volume="3", pickup_branch=ani.branch)
    work_off()
    sign_in(phone, ani.user)
    for address in ("/search?q=kesehatan", f"/records/{record.pk}", f"/records/{record.pk}/copies", "/my"):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") == 360, address
        assert max(phone.evaluate("[...document.querySelectorAll('h1, h2, a')].map(each => each.offsetHeight)")) < 500, address


def test_the_policy_blocks_nothing_of_ours(desktop: "Page", addresses: list[str]) -> None:
    said: list[str] = []
    desktop.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    desktop.on("pageerror", lambda error: said.append(str(error)))
    for address in addresses:
        desktop.goto(address)
    assert said == []
    assert desktop.evaluate("performance.getEntriesByType('resource').every(each => each.name.startsWith(location.origin))")


def test_a_filter_works_by_itself_and_keeps_its_place(desktop: "Page", addresses: list[str]) -> None:
    catalogued("Kesehatan masyarakat", "Notoatmodjo, Soekidjo")
    work_off()
    desktop.goto("/search?q=kesehatan")
    desktop.locator("details", has_text="Pengarang").locator("summary").click()
    desktop.get_by_label("Notoatmodjo").check()
    desktop.locator(".chips.active", has_text="Notoatmodjo").wait_for()
    assert "creator=Notoatmodjo" in desktop.url
    assert desktop.locator("article.result").count() == 1
