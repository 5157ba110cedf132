"""A stock-take by two telephones where there is no signal: one is killed in the middle, and nothing is lost or counted twice."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.catalogue.domain.items import add_item
from lumbung.catalogue.models import Item, Scan, StockTake
from lumbung.catalogue.tests.factories import ItemTypeFactory, a_record
from lumbung.kernel.jobs.worker import work_off
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from tests.line import Line

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COPIES = 500
READ = """codes => { const form = document.querySelector("stock-take-scan form");
  for (const code of codes) { form.code.value = code; form.requestSubmit(); } }"""


def sign_in(page: "Page", user: str) -> None:
    page.locator("[name=login]").fill(user)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("stock-take-scan[data-ready][data-cached][data-known]")


class Telephone:
    """A telephone of a member of staff: what it keeps outlives its browser."""

    def __init__(self, browser: "Browser", line: Line, folder: Path, user: str) -> None:
        self.browser, self.line, self.folder, self.user = browser, line, folder, user
        self.context: BrowserContext | None = None

    def open(self, path: str) -> "Page":
        self.context = self.browser.browser_type.launch_persistent_context(
            self.folder, executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"],
            base_url=self.line.address, viewport={"width": 360, "height": 740}, locale="id-ID",
        )  # fmt: skip
        page = self.context.pages[0]
        page.set_default_timeout(15_000)
        page.goto(path)
        return page

    def sign_in(self, page: "Page") -> None:
        sign_in(page, self.user)

    def kill(self, page: "Page") -> None:
        """The browser ends at once, as when the system wants its memory."""
        with suppress(playwright.Error):
            page.context.new_cdp_session(page).send("Browser.crash")
        self.close()

    def close(self) -> None:
        if self.context is not None:
            with suppress(playwright.Error):
                self.context.close()


@pytest.fixture
def library(transactional_db: None) -> None:
    LibraryFactory()
    branch = BranchFactory(code="PUSAT")
    record, kind = a_record(), ItemTypeFactory()
    for n in range(COPIES):
        add_item(record, barcode=f"B-{n:04}", branch=branch, item_type=kind, call_number=f"{300 + n // 10} TOE b", by=None)
    UserFactory(username="sari", name="Sari", roles=[Role.LIBRARIAN])
    UserFactory(username="dewi", name="Dewi", roles=[Role.CIRCULATION])


@pytest.fixture
def phones(browser: "Browser", line: Line, tmp_path: Path) -> Iterator[list[Telephone]]:
    made = [Telephone(browser, line, tmp_path / user, user) for user in ("sari", "dewi")]
    yield made
    for phone in made:
        phone.close()


NO_ROOM = """() => { const add = IDBObjectStore.prototype.add; IDBObjectStore.prototype.add = function () {
  throw new DOMException("full", "QuotaExceededError"); }; window.makeRoom = () => { IDBObjectStore.prototype.add = add; }; }"""
"""A telephone without room for one scan more."""


def open_take(client: Any, signed_in: Any) -> str:
    """The head begins a stock-take; the address of its scan page."""
    head = signed_in(client, UserFactory(username="kepala", roles=[Role.HEAD]))
    head.post("/staff/stock-takes/new", {"name": "Opname akhir tahun"})
    work_off()
    return f"/staff/stock-takes/{StockTake.objects.get().pk}/scan"


def scan_one(page: "Page", code: str) -> None:
    page.locator("#code").fill(code)
    page.keyboard.press("Enter")


@pytest.mark.requirement("R309")
def test_a_line_that_hangs_holds_no_scan_back_once_it_is_there_again_and_a_scan_without_room_stays_said(
    library: None, line: Line, phone: "Page", client: Any, signed_in: Any
) -> None:
    scan = open_take(client, signed_in)
    phone.clock.install()
    phone.goto(f"{line.address}/accounts/login/?next={scan}")
    sign_in(phone, "sari")
    phone.wait_for_selector("stock-take-scan[data-waiting='0']")

    line.hang()
    scan_one(phone, "B-0001")
    expect(phone.locator("stock-take-scan")).to_have_attribute("data-waiting", "1")
    line.wait_until_something_hangs()
    line.mend()
    phone.clock.run_for(30_000)
    expect(phone.locator("stock-take-scan")).to_have_attribute("data-waiting", "0")
    assert Scan.objects.count() == 1

    phone.evaluate(NO_ROOM)
    scan_one(phone, "B-0002")
    expect(phone.locator("[data-note]")).to_contain_text(
        "tidak dapat disimpan di perangkat. Kosongkan ruang, lalu pindai lagi. B-0002"
    )
    phone.evaluate("window.makeRoom()")
    scan_one(phone, "B-0003")
    expect(phone.locator("[data-last]")).to_contain_text("B-0003")
    expect(phone.locator("stock-take-scan")).to_have_attribute("data-waiting", "0")
    expect(phone.locator("[data-note]")).to_contain_text("B-0002")
    scan_one(phone, "B-0002")
    expect(phone.locator("[data-note]")).to_be_hidden()


KEPT_PAGES = """async () => { const cache = await caches.open("lumbung-stock-take");
  return (await cache.keys()).map(({ url }) => new URL(url).pathname).filter(path => path.startsWith("/staff/")); }"""
WITHOUT_PAGES = f"""async () => {{ let kept; for (let tries = 0; tries < 200 && (kept = await ({KEPT_PAGES})()).length > 0; tries++)
  await new Promise(later => setTimeout(later, 50)); return kept; }}"""
"""What is still kept when nothing is, or ten seconds later."""


@pytest.mark.requirement("R309")
def test_scans_that_wait_are_whose_hand_made_them_and_the_kept_page_is_nobody_elses(
    library: None, line: Line, phone: "Page", client: Any, signed_in: Any
) -> None:
    scan = open_take(client, signed_in)
    phone.goto(f"{line.address}/accounts/login/?next={scan}")
    sign_in(phone, "sari")
    assert phone.evaluate(KEPT_PAGES) == [scan]

    line.cut()
    scan_one(phone, "B-0001")
    expect(phone.locator("stock-take-scan")).to_have_attribute("data-waiting", "1")
    phone.context.clear_cookies()  # her session ends, and a colleague takes the telephone
    line.mend()
    phone.goto(f"{line.address}/accounts/login/?next=/staff/stock-takes")
    phone.locator("[name=login]").fill("dewi")
    phone.locator("[name=password]").fill(PASSWORD)
    phone.keyboard.press("Enter")
    phone.wait_for_url(f"{line.address}/staff/stock-takes/")
    assert phone.evaluate(WITHOUT_PAGES) == []

    phone.goto(f"{line.address}{scan}")
    phone.wait_for_selector("stock-take-scan[data-ready][data-cached][data-waiting='0']")
    with phone.expect_response(f"**{scan}s"):
        scan_one(phone, "B-0002")
    assert phone.evaluate(KEPT_PAGES) == [scan]
    told = {
        (each.code, each.scanner.user.username) for each in Scan.objects.select_related("scanner__user") if each.scanner.user
    }
    assert told == {("B-0001", "sari"), ("B-0002", "dewi")}

    phone.goto(f"{line.address}/accounts/logout/")
    phone.locator("forget-on-leaving button").click()
    phone.wait_for_url(f"{line.address}/")
    assert phone.evaluate(KEPT_PAGES) == []


@pytest.mark.requirement("R309")
def test_five_hundred_copies_are_counted_by_two_telephones_without_a_signal(
    library: None, line: Line, phones: list[Telephone], client: Any, signed_in: Any
) -> None:
    scan, head = open_take(client, signed_in), client
    take = StockTake.objects.get()
    first, second = (phone.open(f"/accounts/login/?next={scan}") for phone in phones)
    for phone, page in zip(phones, (first, second), strict=True):
        phone.sign_in(page)
    present = [f"B-{n:04}" for n in range(COPIES) if n % 50]  # ten copies are not on the shelf

    line.cut()
    first.evaluate(READ, present[:240])
    second.evaluate(READ, [*present[240:], "B-0001", "TAK-ADA"])
    expect(first.locator("stock-take-scan")).to_have_attribute("data-waiting", "240")
    expect(second.locator("stock-take-scan")).to_have_attribute("data-waiting", "252")
    expect(second.locator("[data-last]")).to_contain_text("Barcode tidak dikenal")
    assert Scan.objects.count() == 0

    phones[0].kill(first)
    again = phones[0].open(scan)  # still without a signal: the page itself comes from the telephone
    expect(again.locator("stock-take-scan")).to_have_attribute("data-waiting", "240")
    again.locator("#code").fill("B-0050")
    again.keyboard.press("Enter")
    expect(again.locator("[data-last]")).to_contain_text("Ditemukan")
    assert again.evaluate("import(document.querySelector('camera-scan').getAttribute('reader')).then(() => 'reads barcodes')")

    line.mend()
    again.locator("[data-sign-in] a").click()  # who signed in is forgotten with the browser; what was scanned is not
    phones[0].sign_in(again)
    for page in (again, second):
        expect(page.locator("stock-take-scan")).to_have_attribute("data-waiting", "0", timeout=20_000)
    take.refresh_from_db()
    assert (take.found, take.unknown, take.unseen, Scan.objects.count()) == (491, 1, 9, 493)

    head.post(f"/staff/stock-takes/{take.pk}/closing")
    take.refresh_from_db()
    assert (take.state, take.missing) == ("closed", 9)
    told = {"number": "012/BA-SO/2026", "place": "Bandung", "dated": "2026-12-31", "name_1": "Sari", "role_1": "Kepala"}
    head.post(f"/staff/stock-takes/{take.pk}/minutes", told)
    minutes = take.minutes.get()
    file = b"".join(head.get(f"/staff/stock-takes/{take.pk}/minutes/{minutes.pk}.pdf"))
    assert file.startswith(b"%PDF-")
    copy = SimpleUploadedFile("salinan.pdf", file)
    assert "sama persis" in Client().post(f"/minutes/{minutes.token}", {"copy": copy}).content.decode()

    head.post(f"/staff/stock-takes/{take.pk}/statuses", {"finding": "missing", "status": "lost"})
    assert Item.objects.filter(status=Item.Statuses.LOST).count() == 9
