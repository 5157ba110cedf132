"""Somebody stands at the counter and asks: Sari writes it down in less than twenty seconds, and never touches the mouse."""

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.desk.models import Conversation
from lumbung.kernel import clock
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A_KEY = 0.1
"""Seconds that a practised typist takes for a key."""


class Keyboard:
    """Presses keys and counts them; what the program takes is measured, what the fingers take is reckoned."""

    def __init__(self, page: "Page") -> None:
        self.page, self.keys, self.began = page, 0, time.perf_counter()

    def types(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began + self.keys * A_KEY


def sit_down(page: "Page") -> Keyboard:
    page.set_default_timeout(60_000)  # what is reckoned is how long she types, not how busy the machine of the test is
    LibraryFactory()
    MemberFactory(name="Ani", barcode="M-ANI", branch=BranchFactory(code="PUSAT"))
    UserFactory(username="sari", name="Sari", roles=[Role.LIBRARIAN])
    page.goto("/accounts/login/?next=/staff/questions")
    page.locator("[name=login]").focus()
    page.keyboard.type("sari")
    page.locator("[name=password]").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/staff/questions")
    page.evaluate("customElements.whenDefined('shortcut-keys').then(() => true)")
    return Keyboard(page)


def test_the_way_to_the_shelf_is_written_down_with_four_keys_besides_the_words(desktop: "Page"):
    keys = sit_down(desktop)
    keys.presses("n")
    desktop.wait_for_selector("[name=question]:focus")
    words = "Toilet"
    keys.types(words)
    keys.presses("Tab", "ArrowLeft", "Enter")
    desktop.wait_for_selector("text=Siap untuk pertanyaan berikutnya")
    asked = Conversation.objects.get()
    assert (asked.kind, asked.outcome, asked.state, asked.subject) == ("directional", "answered", "closed", "Toilet")
    assert keys.keys - len(words) == 4
    assert keys.seconds < 20


@pytest.mark.requirement("R211")
def test_a_question_with_outcome_card_and_day_of_follow_up_takes_less_than_twenty_seconds(desktop: "Page"):
    keys = sit_down(desktop)
    keys.presses("n")
    desktop.wait_for_selector("[name=question]:focus")
    keys.types("Buku statistik terbaru")
    keys.presses("Tab", "ArrowRight")
    desktop.wait_for_selector("[name=kind][value=research]:checked")
    keys.presses("Tab", "ArrowRight", "Tab", "ArrowRight", "Tab")
    desktop.wait_for_selector("[name=member]:focus")
    keys.types("M-ANI")
    keys.presses("Tab")
    day = clock.now().date() + timedelta(days=3)
    keys.types(f"{day:%m%d%Y}")
    keys.presses("Enter")
    desktop.wait_for_selector("text=masih terbuka di tangan Anda")
    asked = Conversation.objects.get()
    told = (asked.kind, asked.effort, asked.outcome, asked.member.name, asked.follow_up_on)
    assert told == ("research", 2, "partly", "Ani", date(day.year, day.month, day.day))
    assert (desktop.get_by_text("Jadikan jawaban perpustakaan").count(), keys.seconds < 20) == (1, True)
