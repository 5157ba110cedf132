"""The line is cut at the desk in the middle of the day: Sari goes on lending, closes the browser, comes back, and nothing is lost."""

from typing import Any

import pytest

from lumbung.accounts.models import User
from lumbung.circulation.models import Loan, OfflineEntry
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.members.models import Member
from tests.line import Line


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
