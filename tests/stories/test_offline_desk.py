"""The line is cut at the desk in the middle of the day: Sari goes on lending, closes the browser, comes back, and nothing is lost."""

from typing import Any

import pytest

from lumbung.accounts.models import User
from lumbung.circulation.models import Loan, OfflineEntry
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.members.models import Member
from lumbung.organization.tests.factories import BranchFactory
from tests.line import Line


def sign_in(page: Any, address: str, branch: str) -> None:
    """Signs in where the page leads to, and says where one works."""
    page.goto(address)
    page.fill("[name=login]", "sari")
    page.fill("[name=password]", "rahasia")
    page.press("[name=password]", "Enter")
    page.click(f"button:has-text('{branch}')")
    page.wait_for_selector("offline-desk[data-ready][data-cached]")


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
    desktop.goto(f"{line.address}/accounts/login/?next=/staff/offline/desk")
    desktop.fill("[name=login]", "sari")
    desktop.fill("[name=password]", "rahasia")
    desktop.press("[name=password]", "Enter")
    desktop.wait_for_selector("offline-desk[data-ready][data-cached]")

    line.cut()
    desktop.context.set_offline(True)
    desktop.reload()
    desktop.wait_for_selector("offline-desk[data-ready]")
    scan(desktop, "M-ANI")
    desktop.wait_for_selector("[data-standing=ok]")
    assert "Ani" not in desktop.inner_text("[data-member]")
    scan(desktop, "B-1")
    desktop.wait_for_selector("[data-done] li >> text=B-1")
    desktop.click("[data-member] button")
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
    sign_in(desktop, f"{line.address}/accounts/login/?next=/staff/offline/desk", ani.branch.name)

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
