"""What unfolds is seen to: a card with only its head is not taken for an empty box."""

from typing import TYPE_CHECKING

import pytest

from lumbung.accounts.models import User
from lumbung.accounts.tests.factories import PASSWORD
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.discovery.tests.shelf import catalogued

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)

MARKED = """heads => heads.map(head => [head.innerText, getComputedStyle(head, '::after').borderBottomWidth])"""


def test_every_card_that_unfolds_bears_a_chevron(desktop: "Page", sari: User) -> None:
    record = catalogued("Bumi manusia", "Toer, Pramoedya Ananta")
    item = ItemFactory(record=record)
    desktop.goto(f"/accounts/login/?next=/staff/records/{record.pk}")
    desktop.locator("[name=login]").fill(sari.username)
    desktop.locator("[name=password]").fill(PASSWORD)
    desktop.keyboard.press("Enter")
    desktop.locator("details.card").wait_for()
    seen = {}
    for address in (f"/staff/records/{record.pk}", f"/staff/items/{item.pk}"):
        desktop.goto(address)
        seen |= dict(desktop.locator("details.card > summary").evaluate_all(MARKED))
    assert seen == {"MARC 21": "2px", "Hapus eksemplar ini": "2px"}
