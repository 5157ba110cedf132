"""What a colleague knows is asked for question by question, read by whom they let, and told as a gap until an article says it."""

from datetime import timedelta

import pytest

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


def test_a_topic_told_beyond_the_two_is_a_risk_in_the_audit(sari, bambang):
    held = open_interview(bambang, by=sari)
    row = tell(held.answers.first(), "Lem kanji.", topic=topic("Penjilidan"), in_head_only=True, by=bambang)
    assert not audit_knowledge(by=sari).lines.exists()
    set_circle(row, "successor", by=bambang)
    assert not audit_knowledge(by=sari).lines.exists()
    set_circle(row, "staff", by=bambang)
    [line] = audit_knowledge(by=sari).lines.all()
    assert (line.topic, line.who, line.people, line.is_at_risk) == ("Penjilidan", bambang.name, 1, True)
