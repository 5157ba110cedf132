"""Sari ticks conversations in the inbox while new ones come in: what she ticked, unfolded and stands on stays as it was."""

from typing import TYPE_CHECKING

import pytest

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.desk import queries
from lumbung.desk.models import Conversation
from lumbung.desk.tests.factories import ConversationFactory
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sit_down(page: "Page") -> None:
    page.set_default_timeout(60_000)
    LibraryFactory()
    branch = BranchFactory(code="PUSAT")
    for number in range(3):
        ConversationFactory(subject=f"Pertanyaan ke-{number}", branch=branch)
    UserFactory(username="sari", name="Sari", roles=[Role.LIBRARIAN])
    page.goto("/accounts/login/?next=/staff/questions")
    page.locator("[name=login]").fill("sari")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Pertanyaan ke-2")
    page.evaluate("customElements.whenDefined('live-list').then(() => true)")


def test_what_is_ticked_unfolded_and_stood_on_stays_when_the_list_is_drawn_anew(desktop: "Page"):
    sit_down(desktop)
    kept = Conversation.objects.get(subject="Pertanyaan ke-1")
    desktop.check(f"[name=pk][value='{kept.pk}']")
    desktop.click("details.bulk summary")
    desktop.focus(f"a[href='/staff/questions/{kept.pk}']")
    ConversationFactory(subject="Yang baru datang", branch=kept.branch)
    queries.last_change.forget()  # in a test nothing that is remembered grows old
    desktop.wait_for_selector("text=Yang baru datang")
    assert desktop.evaluate("[...document.querySelectorAll('#inbox :checked')].map((each) => each.value)") == [str(kept.pk)]
    assert desktop.evaluate("document.activeElement.getAttribute('href')") == f"/staff/questions/{kept.pk}"
    desktop.click("button[value=claim]")
    desktop.wait_for_selector("text=1 percakapan selesai dikerjakan")
    kept.refresh_from_db()
    assert (kept.assignee.name, Conversation.objects.exclude(assignee=None).count()) == ("Sari", 1)


def test_an_answer_begun_stays_when_another_button_is_pressed_first_and_is_not_offered_again_once_sent(desktop: "Page"):
    sit_down(desktop)
    shown = Conversation.objects.get(subject="Pertanyaan ke-1")
    desktop.goto(f"/staff/questions/{shown.pk}")
    desktop.evaluate("customElements.whenDefined('answer-draft').then(() => true)")
    answer = desktop.get_by_label("Jawaban", exact=True)
    answer.fill("Ada dua eksemplar, di lantai 2.")
    desktop.get_by_role("button", name="Ambil").click()
    desktop.wait_for_selector("text=di tangan Sari")
    assert answer.input_value() == "Ada dua eksemplar, di lantai 2."
    desktop.get_by_role("button", name="Simpan", exact=True).click()
    desktop.wait_for_load_state()
    desktop.reload()
    assert answer.input_value() == "Ada dua eksemplar, di lantai 2."
    desktop.locator("#composer button.main").click()
    desktop.wait_for_selector(".turn.answer")
    assert answer.input_value() == ""
    desktop.reload()
    assert answer.input_value() == ""
    assert [turn.text for turn in shown.turns.filter(kind="answer")] == ["Ada dua eksemplar, di lantai 2."]
