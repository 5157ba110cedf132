"""Titles like those that were proposed, one press away: beside the composer, and for whoever stands at the counter."""

import pytest
from django.urls import reverse

from lumbung.catalogue.tests.factories import a_record
from lumbung.desk.domain import finding
from lumbung.desk.domain.hearing import take_up
from lumbung.desk.domain.log import Asked, log_question
from lumbung.desk.models import Conversation, Turn
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def titles(monkeypatch):
    """Three titles, of which the second and the third are like the first."""
    records = [a_record(name) for name in ("Ekonomi mikro", "Ekonomi makro", "Teori harga")]
    like = {records[0].pk: [each.pk for each in records[1:]]}
    told = lambda keys: finding.titles_of([near for key in keys for near in like.get(key, []) if near not in keys])  # noqa: E731
    monkeypatch.setitem(finding._ways, "alike", told)
    return records


def test_the_composer_offers_what_is_like_a_title_that_is_in_it_and_takes_it_with_one_press(client, sari, titles, signed_in):
    desk = signed_in(client, sari)
    conversation = take_up(hear(web_identity(), "Buku ekonomi?"))
    words, alike = (reverse(f"desk:{name}", args=[conversation.pk]) for name in ("words", "alike"))
    page = reverse("desk:conversation", args=[conversation.pk])
    assert alike not in desk.get(page).text
    written = desk.post(words, {"text": "Ini:", "title": titles[0].pk})
    assert f'hx-post="{alike}"' in written.text
    told = written.context["answer_form"].initial
    offered = desk.post(alike, {**told, "proposed": f"{titles[0].pk},"}, headers={"HX-Request": "true"})
    assert [each.name for each in offered.context["alike"]] == ["Ekonomi makro", "Teori harga"]
    plain = desk.post(alike, {**told, "proposed": f"{titles[0].pk},"})
    assert (plain.context["answer_form"].initial, "Teori harga" in plain.text) == (told, True)
    taken = desk.post(words, {**told, "title": titles[2].pk}).context["answer_form"].initial
    assert taken["titles"] == f"{titles[0].pk},{titles[2].pk}"
    assert [line for line in taken["text"].splitlines() if line[:2] in {"1.", "2."}] == ["1. Ekonomi mikro", "2. Teori harga"]
    none = desk.post(alike, {**told, "proposed": f"{titles[1].pk},"}, headers={"HX-Request": "true"})
    assert "Tidak ada judul serupa." in none.text


def test_at_the_counter_titles_are_chosen_while_the_question_is_written_and_stand_in_its_answer(
    client, sari, branch, titles, signed_in
):
    desk, page = signed_in(client, sari), reverse("desk:log_titles")
    told = {"question": "Ekonomi", "kind": "research", "effort": "2", "outcome": "answered", "channel": "walk_in"}
    told |= {"branch": branch.pk, "titles": "", "answer": "Di lantai 2."}
    chosen = desk.post(page, {**told, "title": titles[0].pk}, headers={"HX-Request": "true"})
    assert ([each.name for each in chosen.context["chosen"]], chosen.context["titles"]) == (
        ["Ekonomi mikro"],
        str(titles[0].pk),
    )
    assert [each.name for each in chosen.context["alike"]] == ["Ekonomi makro", "Teori harga"]
    both = desk.post(page, {**told, "titles": str(titles[0].pk), "title": titles[1].pk})
    assert both.context["form"].initial["question"] == "Ekonomi"
    assert both.context["titles"] == f"{titles[0].pk},{titles[1].pk}"
    told["titles"] = both.context["titles"]
    wrong = desk.post(reverse("desk:log"), {**told, "member": "X-1"})
    assert (wrong.status_code, wrong.context["titles"]) == (422, told["titles"])
    assert desk.post(reverse("desk:log"), told).status_code == 302
    answer = Turn.objects.get(kind="answer")
    assert answer.titles == [titles[0].pk, titles[1].pk]
    assert answer.text.splitlines()[0] == "Di lantai 2."
    assert [line for line in answer.text.splitlines() if line[:2] in {"1.", "2."}] == ["1. Ekonomi mikro", "2. Ekonomi makro"]
    assert Conversation.objects.get().state == "closed"


def test_a_title_that_is_gone_meanwhile_is_left_out(sari, branch, titles):
    asked = Asked(channel="walk_in", kind="ready", question="Ekonomi", titles=[titles[0].pk, 999_999])
    assert log_question(asked, at=branch, by=sari).turns.get(kind="answer").titles == [titles[0].pk]


def test_nobody_but_the_desk_looks_for_titles_there(client, ani, titles, signed_in):
    member = signed_in(client, ani.user)
    assert member.post(reverse("desk:log_titles"), {"title": titles[0].pk}).status_code == 403
