"""The line is cut at the desk in the middle of the day: Sari goes on lending, closes the browser, comes back, and nothing is lost."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from lumbung.accounts.models import User
from lumbung.circulation.models import Loan, OfflineEntry
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.tests.factories import BranchFactory
from tests.line import Line

DESK = "/accounts/login/?next=/staff/offline/desk"
WEEK = timedelta(days=7)


class OwnBrowser:
    """A browser with a disk of its own, as on the desk, which can be killed and started again."""

    def __init__(self, browser: Any, disk: Path) -> None:
        self.disk, self.kind = disk, browser.browser_type
        self.program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

    def start(self, at: datetime) -> Any:
        """A page in it; the clock of the device says ``at``."""
        arguments = ["--no-sandbox", "--disable-gpu"]
        self.context = self.kind.launch_persistent_context(str(self.disk), executable_path=self.program, args=arguments)
        self.context.clock.set_fixed_time(at)
        page = self.context.pages[0]
        page.set_default_timeout(20_000)
        return page

    def kill(self) -> None:
        """As when the power goes: nobody is asked, nothing is put away."""
        for each in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if f"--user-data-dir={self.disk}" in each.read_bytes().decode(errors="replace").split("\0"):
                    os.kill(int(each.parent.name), signal.SIGKILL)
        with suppress(Exception):
            self.context.close()


@pytest.fixture
def own_browser(browser: Any, tmp_path: Path) -> Iterator[OwnBrowser]:
    made = OwnBrowser(browser, tmp_path / "disk")
    yield made
    made.kill()


def sign_in(page: Any, address: str, branch: str = "") -> None:
    """Signs in where the page leads to, and says where one works if that is asked."""
    give_password(page, address)
    if branch:
        page.click(f"button:has-text('{branch}')")
    page.wait_for_selector("offline-desk[data-ready][data-cached]")


def give_password(page: Any, address: str) -> None:
    page.goto(address)
    page.fill("[name=login]", "sari")
    page.fill("[name=password]", "rahasia")
    page.press("[name=password]", "Enter")


def wait_until(come: Callable[[], bool]) -> None:
    """Raises TimeoutError after twenty seconds."""
    for _ in range(200):
        if come():
            return
        time.sleep(0.1)
    raise TimeoutError


def scan(page: Any, code: str) -> None:
    page.fill("#code", code)
    page.press("#code", "Enter")


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R301")
def test_sari_goes_on_lending_while_the_line_is_cut_and_it_is_all_there_afterwards(
    desktop: Any, line: Line, sari: User, ani: Member
) -> None:
    sari.set_password("rahasia")
    sari.save()
    LoanRuleFactory(category=ani.category)
    ItemFactory(barcode="B-1", branch=ani.branch)
    back = LoanFactory(member=ani, item=ItemFactory(barcode="B-2", branch=ani.branch))
    sign_in(desktop, f"{line.address}{DESK}")

    line.cut()
    desktop.context.set_offline(True)
    desktop.reload()
    desktop.wait_for_selector("offline-desk[data-ready]")
    scan(desktop, "M-ANI")
    desktop.wait_for_selector("[data-standing=ok]")
    assert "Ani" not in desktop.inner_text("[data-member]")
    scan(desktop, "B-1")
    desktop.wait_for_selector("[data-done] li >> text=B-1")
    desktop.keyboard.press("Escape")
    desktop.wait_for_selector("[data-member]:empty", state="attached")
    scan(desktop, "B-2")
    desktop.wait_for_selector("[data-done] li >> text=B-2")
    again = desktop.context.new_page()
    desktop.close()
    again.goto(f"{line.address}/staff/offline/desk")
    again.wait_for_selector("offline-desk[data-waiting='2']")
    assert Loan.objects.open().get() == back

    line.mend()
    again.context.set_offline(False)
    again.wait_for_selector("offline-desk[data-waiting='0']")
    loan = Loan.objects.open().get()
    assert (loan.item.barcode, loan.member, loan.channel, loan.lent_by) == ("B-1", ani, "offline", sari)
    assert list(OfflineEntry.objects.values_list("state", "card")) == [("done", "")] * 2


@pytest.mark.django_db(transaction=True)
def test_a_desk_asks_to_sign_in_only_when_the_server_does_and_sends_what_was_done_at_another_branch(
    desktop: Any, line: Line, sari: User, ani: Member
) -> None:
    sari.set_password("rahasia")
    sari.save()
    LoanRuleFactory(category=ani.category)
    ItemFactory(barcode="B-1", branch=ani.branch)
    other = BranchFactory(code="FIK", name="Fakultas Ilmu Kesehatan")
    sign_in(desktop, f"{line.address}{DESK}", ani.branch.name)

    line.cut()
    scan(desktop, "M-ANI")
    desktop.wait_for_selector("[data-standing=ok]")
    scan(desktop, "B-1")
    desktop.wait_for_selector("offline-desk[data-waiting='1']")
    assert "Masuklah lagi" not in desktop.inner_text("[data-state]")

    line.mend()
    desktop.context.clear_cookies()
    desktop.evaluate("window.dispatchEvent(new Event('online'))")
    way = desktop.wait_for_selector("[data-state] a >> text=Masuklah lagi").get_attribute("href")
    sign_in(desktop, f"{line.address}{way}", other.name)
    desktop.wait_for_selector("offline-desk[data-waiting='0']")
    loan = Loan.objects.get()
    assert (loan.item.barcode, loan.lent_from, loan.channel) == ("B-1", ani.branch, "offline")


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R301")
def test_a_wrong_scan_is_taken_back_before_it_is_sent_by_button_or_keyboard_and_never_reaches_the_server(
    desktop: Any, line: Line, sari: User, ani: Member
) -> None:
    sari.set_password("rahasia")
    sari.save()
    LoanRuleFactory(category=ani.category)
    for barcode in ("B-1", "B-2", "B-3"):
        ItemFactory(barcode=barcode, branch=ani.branch)
    sign_in(desktop, f"{line.address}{DESK}")
    line.cut()
    desktop.context.set_offline(True)
    scan(desktop, "M-ANI")
    desktop.wait_for_selector("[data-standing=ok]")
    for barcode in ("B-1", "B-2", "B-3"):
        scan(desktop, barcode)
        desktop.wait_for_selector(f"[data-done] li >> text={barcode}")
    desktop.fill("#code", "B-")
    desktop.keyboard.press("Control+z")  # what is being typed is undone by the browser, not a loan
    desktop.fill("#code", "")
    desktop.keyboard.press("Control+z")
    desktop.wait_for_selector("[role=status][data-back] >> text=Dibatalkan dan tidak dikirim: Dipinjamkan: B-3")
    desktop.reload()  # what waits can be taken back after the page was closed too
    desktop.wait_for_selector("offline-desk[data-waiting='2']")
    desktop.get_by_role("button", name="Batalkan: Dipinjamkan B-1").focus()
    desktop.keyboard.press("Enter")
    desktop.wait_for_selector("offline-desk[data-waiting='1']")
    assert desktop.evaluate("document.activeElement.id") == "code"

    line.mend()
    desktop.context.set_offline(False)
    desktop.wait_for_selector("offline-desk[data-waiting='0']")
    assert list(OfflineEntry.objects.values_list("code", "state")) == [("B-2", "done")]
    assert desktop.query_selector("[data-done] button") is None
    desktop.keyboard.press("Control+z")
    desktop.wait_for_selector("[data-back] >> text=semuanya sudah dikirim")
    assert Loan.objects.open().get().item.barcode == "B-2"


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R301")
def test_a_scan_taken_back_when_only_its_answer_was_lost_is_not_lent_and_the_clerk_is_told_what_stands(
    desktop: Any, line: Line, sari: User, ani: Member
) -> None:
    sari.set_password("rahasia")
    sari.save()
    LoanRuleFactory(category=ani.category)
    ItemFactory(barcode="B-1", branch=ani.branch)
    back = LoanFactory(member=ani, item=ItemFactory(barcode="B-2", branch=ani.branch))
    sign_in(desktop, f"{line.address}{DESK}")

    line.cut_before_the_answer_to(b"POST /staff/offline/entries")
    scan(desktop, "B-2")
    desktop.wait_for_selector("[data-done] li >> text=B-2")
    wait_until(lambda: line.is_cut)
    scan(desktop, "M-ANI")
    desktop.wait_for_selector("[data-standing=ok]")
    scan(desktop, "B-1")
    desktop.wait_for_selector("offline-desk[data-waiting='2']")
    desktop.get_by_role("button", name="Batalkan: Dikembalikan B-2").click()
    desktop.wait_for_selector("[data-back] >> text=Mungkin sudah sampai di server")
    assert (Loan.objects.open().count(), OfflineEntry.objects.get().loan) == (0, back)
    desktop.context.set_offline(True)
    desktop.reload()  # what the server is to be told is not forgotten with the page
    desktop.wait_for_selector("[data-done] li >> text=dibatalkan")
    assert desktop.get_by_role("button", name="Batalkan: Dikembalikan B-2").count() == 0
    desktop.context.set_offline(False)

    line.mend()
    line.cut_before_the_answer_to(b"POST /staff/offline/entries")
    desktop.evaluate("window.dispatchEvent(new Event('online'))")
    wait_until(lambda: line.is_cut and Loan.objects.open().exists())
    desktop.keyboard.press("Control+z")
    desktop.wait_for_selector("[data-back] >> text=Mungkin sudah sampai di server")
    line.mend()
    desktop.evaluate("window.dispatchEvent(new Event('online'))")
    desktop.wait_for_selector("offline-desk[data-waiting='0']")
    desktop.wait_for_selector("[data-done] li:has-text('B-2') >> text=sudah tercatat")
    assert "lihat Yang perlu diselesaikan: Dikembalikan: B-2" in desktop.inner_text("[data-back]")
    told = OfflineEntry.objects.order_by("sequence").values_list("code", "state")
    assert (list(told), Loan.objects.open().count()) == ([("B-2", "conflict"), ("B-1", "dismissed")], 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R301")
def test_what_a_killed_browser_lent_is_there_when_the_device_is_started_again_a_week_later(
    own_browser: OwnBrowser, line: Line, sari: User, ani: Member
) -> None:
    sari.set_password("rahasia")
    sari.save()
    LoanRuleFactory(category=ani.category)
    ItemFactory(barcode="B-1", branch=ani.branch)
    now = clock.now()
    page = own_browser.start(now - WEEK)
    sign_in(page, f"{line.address}{DESK}")
    line.cut()
    scan(page, "M-ANI")
    page.wait_for_selector("[data-standing=ok]")
    scan(page, "B-1")
    page.wait_for_selector("[data-done] li >> text=B-1")
    own_browser.kill()

    page = own_browser.start(now + timedelta(days=4))  # what it took along is good for three days
    page.goto(f"{line.address}/staff/offline/desk")
    page.wait_for_selector("offline-desk[data-waiting='1']")
    scan(page, "M-ANI")
    page.wait_for_selector("offline-desk[data-waiting='2']")  # nobody is known any more: taken for a copy that came back
    assert not Loan.objects.exists()

    own_browser.context.clear_cookies()
    own_browser.context.clock.set_fixed_time(now)  # by the clock of the server, which these days did not move
    line.mend()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    way = page.wait_for_selector("[data-state] a >> text=Masuklah lagi").get_attribute("href")
    sign_in(page, f"{line.address}{way}")
    page.wait_for_selector("offline-desk[data-waiting='0']")
    loan = Loan.objects.get()
    assert (loan.item.barcode, loan.member, loan.channel, loan.lent_by) == ("B-1", ani, "offline", sari)
    assert abs(loan.lent_at - (now - WEEK)) < timedelta(seconds=1)
    assert list(OfflineEntry.objects.order_by("sequence").values_list("kind", "state")) == [
        ("loan", "done"),
        ("return", "conflict"),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R301")
def test_a_line_that_goes_while_a_clerk_is_asked_where_they_work_leaves_the_desk_of_the_device(
    desktop: Any, line: Line, sari: User, ani: Member
) -> None:
    sari.set_password("rahasia")
    sari.save()
    BranchFactory(code="FIK")
    sign_in(desktop, f"{line.address}{DESK}", branch=ani.branch.name)
    desktop.context.clear_cookies()
    give_password(desktop, f"{line.address}{DESK}")
    desktop.wait_for_selector("h1 >> text=Anda bekerja di mana?")

    line.cut()
    desktop.context.set_offline(True)
    desktop.goto(f"{line.address}/staff/offline/desk")
    desktop.wait_for_selector("offline-desk[data-ready]")
    assert desktop.locator("h1 >> text=Anda bekerja di mana?").count() == 0
    scan(desktop, "B-1")
    assert "B-1" in desktop.wait_for_selector("[data-done] li").inner_text()
    assert OfflineEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R301")
def test_a_desk_that_is_opened_while_the_line_hangs_knows_its_members_and_lends_to_them(
    desktop: Any, line: Line, sari: User, ani: Member
) -> None:
    sari.set_password("rahasia")
    sari.save()
    LoanRuleFactory(category=ani.category)
    ItemFactory(barcode="B-1", branch=ani.branch)
    desktop.clock.install()
    sign_in(desktop, f"{line.address}{DESK}")

    line.hang()
    desktop.reload()
    scan(desktop, "M-ANI")
    desktop.wait_for_selector("[data-standing=ok]")
    scan(desktop, "B-1")
    desktop.wait_for_selector("[data-done] li >> text=B-1")
    assert Loan.objects.count() == 0

    line.mend()
    desktop.clock.run_for(90_000)
    desktop.wait_for_selector("offline-desk[data-waiting='0']")
    assert Loan.objects.open().get().member == ani
