"""Who asks for one book is shown others like it: in the answer that Sari writes, and at the counter where somebody stands."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.desk.models import Conversation, Turn
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db(transaction=True)
WITHOUT_PAGE = {"HX-Request": "true"}


@pytest.fixture
def desk(sari: User) -> Client:
    """Sari at the desk of a library that has three books about the same and one about something else."""
    LibraryFactory()
    BranchFactory(code="PUSAT")
    for title, author in (("Ekonomi mikro", "Sukirno"), ("Ekonomi makro", "Sukirno"), ("Teori harga", "Boediono")):
        catalogued(title, author, subject="Ekonomi", classification="330")
    catalogued("Fisika dasar", "Halliday, David", subject="Fisika", classification="530")
    work_off()
    client = Client()
    client.force_login(sari)
    return client


def names(told: Any) -> list[str]:
    return [each.name for each in told]


@pytest.mark.requirement("R211")
def test_at_the_counter_one_book_leads_to_others_while_the_question_is_written_down(desk: Client, ani: Member) -> None:
    page = desk.get(reverse("desk:log"))
    into = reverse("desk:log_titles")
    assert f'hx-post="{into}"' in page.text
    told = {"question": "ekonomi mikro", "kind": "research", "effort": "2", "outcome": "answered", "channel": "walk_in"}
    told |= {"branch": page.context["form"].initial["branch"], "member": ani.barcode, "titles": page.context.get("titles", "")}
    looked = desk.post(into, told, headers=WITHOUT_PAGE)
    assert names(looked.context["found"])[0] == "Ekonomi mikro"
    first = looked.context["found"][0].record
    chosen = desk.post(into, {**told, "title": first}, headers=WITHOUT_PAGE)
    assert set(names(chosen.context["alike"])) == {"Ekonomi makro", "Teori harga"}
    [more] = [each.record for each in chosen.context["alike"] if each.name == "Teori harga"]
    told["titles"] = desk.post(into, {**told, "titles": chosen.context["titles"], "title": more}).context["titles"]
    desk.post(reverse("desk:log"), told)
    asked = Conversation.objects.get()
    assert (asked.state, asked.outcome, asked.member) == ("closed", "answered", ani)
    assert asked.turns.get(kind="answer").titles == [first, more]
    shown = desk.get(reverse("desk:conversation", args=[asked.pk])).text
    assert ("1. Ekonomi mikro" in shown, "2. Teori harga" in shown) == (True, True)


@pytest.mark.requirement("R211")
def test_beside_the_answer_stand_titles_like_those_that_are_in_it(desk: Client) -> None:
    visitor = Client()
    for text in ("Buku untuk tugas ekonomi mikro?", "petugas"):
        visitor.post("/chat", {"text": text})
        work_off()
    asked = Conversation.objects.get()
    words, alike, titles = (reverse(f"desk:{name}", args=[asked.pk]) for name in ("words", "alike", "titles"))
    [first] = [each.record for each in desk.get(titles, {"words": "ekonomi mikro"}).context["found"] if "mikro" in each.name]
    written = desk.post(words, {"text": "Ini, Kak:", "title": first}).context["answer_form"].initial
    near = desk.post(alike, {**written, "proposed": f"{first},"}, headers=WITHOUT_PAGE).context["alike"]
    assert set(names(near)) == {"Ekonomi makro", "Teori harga"}
    [more] = [each.record for each in near if each.name == "Ekonomi makro"]
    both = desk.post(words, {**written, "title": more}).context["answer_form"].initial
    seen = Turn.objects.latest("pk").pk
    desk.post(reverse("desk:answer", args=[asked.pk]), {**both, "seen": seen})
    said = visitor.get("/chat").text
    assert ("1. Ekonomi mikro" in said, "2. Ekonomi makro" in said, "Fisika" in said) == (True, True, False)
