"""What a colleague knows is asked for question by question, read by whom they let, and told as a gap until an article says it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.articles.approving import approve, submit
from lumbung.knowledge.domain.articles.beginning import begin_from
from lumbung.knowledge.domain.articles.sharing import share
from lumbung.knowledge.domain.articles.writing import Text, revise
from lumbung.knowledge.domain.audits import audit_knowledge
from lumbung.knowledge.domain.hand_overs import open_hand_over
from lumbung.knowledge.domain.interviews import USUAL, ask, close_interview, open_interview, set_circle, tell
from lumbung.knowledge.queries.articles import in_a_year, today
from lumbung.knowledge.queries.finding import find
from lumbung.knowledge.queries.interviews import answers_visible_to, gaps_in, interviews_visible_to
from lumbung.knowledge.tests.making import BODY, topic
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library():
    return LibraryFactory()


@pytest.fixture
def bambang(with_role):
    return with_role("circulation")


@pytest.fixture
def maya(with_role):
    return with_role("cataloguer")


def codes(verb, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return refused.value.codes


def test_whoever_takes_over_or_manages_asks_the_usual_and_what_the_hand_over_lacks(sari, bambang, maya, with_role):
    hand_over = open_hand_over(bambang, last_day=today() + timedelta(days=30), successor=maya, by=sari)
    assert codes(open_interview, bambang, by=with_role("verifier")) == ["not_yours_to_interview"]
    assert codes(open_interview, sari, by=sari) == ["interviews_self"]
    held = open_interview(bambang, hand_over=hand_over, by=maya)
    assert held.answers.count() == len(USUAL) + hand_over.items.count()
    assert codes(open_interview, bambang, hand_over=hand_over, by=maya) == ["interview_open"]
    assert held.answers.last().question == f"Ceritakan: {hand_over.items.last().title}"


def test_an_answer_is_read_by_the_two_until_whoever_told_it_lets_more_read_it(sari, bambang, maya, with_role, ani):
    other = with_role("verifier")
    hand_over = open_hand_over(bambang, last_day=today(), successor=maya, by=sari)
    held = open_interview(bambang, hand_over=hand_over, by=sari)
    row = tell(held.answers.first(), "Menjilid koran lama memakai lem kanji.", topic=topic("Penjilidan"), by=sari)

    def readers():
        return [each for each in (sari, bambang, maya, other, ani.user) if answers_visible_to(each).filter(pk=row.pk).exists()]

    assert readers() == [sari, bambang]
    assert codes(set_circle, row, "semua", by=sari) == ["not_yours_to_widen", "circle_unknown"]
    set_circle(row, "successor", by=bambang)
    assert readers() == [sari, bambang, maya]
    assert [find("menjilid koran", each) != [] for each in (bambang, maya, other)] == [True, True, False]
    set_circle(row, "staff", by=bambang)
    assert readers() == [sari, bambang, maya, other]
    assert list(interviews_visible_to(other)) == [held]
    set_circle(row, "two", by=bambang)
    assert list(interviews_visible_to(other)) == []


def test_what_is_in_one_head_is_a_gap_until_an_article_of_it_is_valid_and_names_who_told_it(sari, bambang, maya):
    held = open_interview(bambang, by=sari)
    row = tell(
        ask(held, "Bagaimana menjilid koran?", by=bambang), "Lem kanji.", topic=topic("Penjilidan"), in_head_only=True, by=sari
    )
    assert (len(gaps_in([held])[held.pk]), row in gaps_in([held])[held.pk]) == (len(USUAL) + 1, True)
    article = begin_from("told", row.pk, by=sari)
    assert (article.form, [each.name for each in article.topics.all()]) == ("hand_over", ["Penjilidan"])
    assert list(article.contributions.values_list("name", "part")) == [(sari.name, "author"), (bambang.name, "source")]
    assert codes(begin_from, "told", row.pk, by=maya) == ["nothing_to_begin_from"]
    revise(article, Text(article.title, article.summary, BODY), based_on=1, by=sari)
    share(article, "staff", by=sari)
    submit(article, by=sari)
    approve(article, review_on=in_a_year(), by=maya)
    assert len(gaps_in([held])[held.pk]) == len(USUAL)
    assert close_interview(held, by=bambang) == len(USUAL)
    assert codes(tell, row, "Lagi", by=sari) == ["interview_over"]


def page_and_states(client, held):
    page = f"{reverse('knowledge:home')}interviews/{held.pk}"
    return page, dict(re.findall(r'name="(state-\d+)" value="(\w+)"', client.get(page).content.decode()))


def test_all_that_was_typed_on_the_page_is_saved_with_whichever_button(sari, bambang, signed_in):
    held = open_interview(bambang, by=sari)
    first, second = held.answers.all()[:2]
    desk = signed_in(Client(), sari)
    page, shown = page_and_states(desk, held)
    typed = {**shown, **{f"told-{each.pk}": "" for each in held.answers.all()}, f"told-{second.pk}": "Dua.\r\nBaris."}
    sent = desk.post(f"{page}/answers/{first.pk}", {**typed, f"told-{first.pk}": "Satu.", "question": "Mengapa?"})
    assert sent.url == f"{page}#a{first.pk}"
    assert list(held.answers.exclude(told="").values_list("told", flat=True)) == ["Satu.", "Dua.\nBaris."]
    assert held.answers.last().question == "Mengapa?"


def test_a_page_that_saves_late_overwrites_nothing_and_keeps_what_was_typed(sari, bambang, signed_in):
    held = open_interview(bambang, by=sari)
    first, second = held.answers.all()[:2]
    desk = signed_in(Client(), sari)
    page, shown = page_and_states(desk, held)
    tell(first, "Kata Bambang.", by=bambang)
    typed = {**shown, f"told-{first.pk}": "Kata Sari.", f"told-{second.pk}": "Dua."}
    late = desk.post(f"{page}/close", typed)
    assert late.status_code == 409
    first.refresh_from_db()
    second.refresh_from_db()
    held.refresh_from_db()
    assert (first.told, second.told, held.closed_at) == ("Kata Bambang.", "Dua.", None)
    assert f"Jawaban atas “{first.question}” lebih dahulu diubah" in late.text
    assert [">Kata Sari.</textarea>" in late.text, ">Kata Bambang.</pre>" in late.text] == [True, True]
    now = re.search(rf'name="state-{first.pk}" value="(\w+)"', late.text)[1]
    desk.post(f"{page}/answers/{first.pk}", {f"state-{first.pk}": now, f"told-{first.pk}": "Kata keduanya."})
    first.refresh_from_db()
    assert first.told == "Kata keduanya."


def test_a_page_that_is_old_widens_no_circle_again(sari, bambang, signed_in):
    held = open_interview(bambang, by=sari)
    row = tell(held.answers.first(), "Lem kanji.", by=bambang)
    set_circle(row, "staff", by=bambang)
    own = signed_in(Client(), bambang)
    page, shown = page_and_states(own, held)
    set_circle(row, "two", by=bambang)
    own.post(f"{page}/answers/{row.pk}", {**shown, f"was-{row.pk}": "staff", f"circle-{row.pk}": "staff"})
    row.refresh_from_db()
    assert row.circle == "two"


def test_a_topic_told_beyond_the_two_is_a_risk_in_the_audit(sari, bambang):
    held = open_interview(bambang, by=sari)
    row = tell(held.answers.first(), "Lem kanji.", topic=topic("Penjilidan"), in_head_only=True, by=bambang)
    assert not audit_knowledge(by=sari).lines.exists()
    set_circle(row, "successor", by=bambang)
    assert not audit_knowledge(by=sari).lines.exists()
    set_circle(row, "staff", by=bambang)
    [line] = audit_knowledge(by=sari).lines.all()
    assert (line.topic, line.who, line.people, line.is_at_risk) == ("Penjilidan", bambang.name, 1, True)
