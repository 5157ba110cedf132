"""Owners hear of their reviews once a step, leaders of what nobody looks at, each by the way they chose."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.kernel import clock
from lumbung.knowledge.domain.articles.approving import confirm
from lumbung.knowledge.domain.articles.reminding import remind_of_reviews
from lumbung.knowledge.domain.articles.sharing import share
from lumbung.knowledge.domain.letters import tell
from lumbung.knowledge.tests.making import published
from lumbung.members.models import ChannelLink
from lumbung.members.tests.factories import MemberFactory
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import account_of
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
"""Seven in the morning in Jakarta."""


@pytest.fixture
def head(with_role):
    LibraryFactory()
    head = with_role("head")
    head.email = "ratna@kampus.example"
    head.save()
    return head


def articles_of(sari, *titles, day=MORNING + timedelta(days=20), **facts):
    with clock.stopped_at(MORNING):
        return [published(sari, title, review_on=day.date(), **facts) for title in titles]


def told_after(*days):
    counts = []
    for day in days:
        with clock.stopped_at(MORNING + timedelta(days=day)):
            counts.append(remind_of_reviews())
    return counts


def linked(user, address):
    chat = identity_of(account_of("telegram"), address)
    now = chat.last_inbound_at = MORNING
    chat.save()
    ChannelLink.objects.create(member=MemberFactory(user=user), identity=chat, proof="code", linked_at=now, notices_since=now)
    return chat


def test_an_owner_hears_before_the_day_and_after_it_and_a_leader_a_month_later(sari, head):
    articles_of(sari, "Satu", "Dua")
    assert told_after(12, 13, 14, 20, 21, 22, 50, 51, 52) == [0, 1, 0, 0, 1, 0, 0, 1, 0]
    assert list(Delivery.objects.order_by("pk").values_list("code", "address")) == [
        ("review_due", "sari@kampus.example"),
        ("review_due", "sari@kampus.example"),
        ("review_neglected", "ratna@kampus.example"),
    ]
    assert Delivery.objects.earliest("pk").subject == "2 artikel Anda perlu ditinjau"
    assert "- Satu: berlaku sampai 21 Juni 2026" in Delivery.objects.earliest("pk").body
    assert "- Dua (Sari Wulandari), berlaku sampai 21 Juni 2026" in Delivery.objects.latest("pk").body


def test_what_was_looked_at_in_time_is_quiet_until_its_next_day(sari, head):
    [article] = articles_of(sari, "Satu")
    assert told_after(13) == [1]
    with clock.stopped_at(MORNING + timedelta(days=14)):
        confirm(article, review_on=(MORNING + timedelta(days=80)).date(), by=sari)
    assert told_after(15, 21, 60, 73, 74) == [0, 0, 0, 1, 0]


def test_leaders_hear_at_once_of_what_its_owner_left_but_never_of_what_they_may_not_read(sari, head):
    articles_of(sari, "Untuk semua")
    [own] = articles_of(sari, "Untuk saya")
    share(own, "me", by=sari)
    sari.is_active = False
    sari.save()
    assert told_after(13, 20, 21, 22) == [0, 0, 1, 0]
    body = Delivery.objects.get().body
    assert ("Untuk semua" in body, "Untuk saya" in body) == (True, False)


def test_a_colleague_without_mail_is_told_in_the_chat_they_linked_and_one_without_either_not_at_all(
    sari, head, django_assert_num_queries
):
    sari.email = head.email = ""
    sari.save()
    head.save()
    linked(sari, "sari-wulandari")
    articles_of(sari, "Satu")
    assert told_after(21, 60, 61) == [1, 0, 0]
    assert Delivery.objects.get().account.kind == "telegram"


def test_telling_nobody_anew_asks_no_more_for_three_than_for_one(sari, head, with_role, django_assert_max_num_queries):
    people = [sari, head, with_role("circulation")]
    for some in (people[:1], people):
        facts = {"articles": [], "today": MORNING.date(), "link": ""}
        tell("review_due", some, lambda _person, facts=facts: facts, about=["x"])
        with django_assert_max_num_queries(4):
            assert tell("review_due", some, lambda _person, facts=facts: facts, about=["x"]) == 0
