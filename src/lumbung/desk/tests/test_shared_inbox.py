"""Fifty open inboxes hear of one change: what they have in common is made once, and each still sees only what is theirs."""

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.desk import queries
from lumbung.desk.models import Conversation
from lumbung.desk.tests.factories import ConversationFactory
from lumbung.kernel import clock
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
NEWS = "/staff/questions/news?queue={}&since=dulu"


@pytest.fixture
def at(sari, with_role):
    """Browsers of two librarians and of the head."""
    LibraryFactory()
    browsers = {"sari": Client(), "rina": Client(), "head": Client()}
    for name, user in (("sari", sari), ("rina", with_role("librarian")), ("head", with_role("head"))):
        browsers[name].force_login(user)
    return browsers


def tabs(page):
    return {key: count for key, _title, count in page.context["queues"]}


def test_who_hears_second_reads_neither_rows_nor_counts_again(at, django_assert_num_queries):
    ConversationFactory.create_batch(3)
    first = at["sari"].get(NEWS.format("open"))
    with django_assert_num_queries(4):  # session, user, roles, mentions
        second = at["rina"].get(NEWS.format("open"))
    assert [row.pk for row in second.context["rows"]] == [row.pk for row in first.context["rows"]]
    assert second.text.count('class="row still top"') == 3


def test_what_is_one_s_own_stays_one_s_own(at, sari):
    taken, free = ConversationFactory(assignee=sari), ConversationFactory()
    secret = ConversationFactory(is_complaint=True, subject="Petugas tidak ramah")
    assert secret.subject in at["head"].get(NEWS.format("open")).text
    for name, mine in (("sari", 1), ("rina", 0), ("sari", 1)):
        page = at[name].get(NEWS.format("open"))
        assert ({row.pk for row in page.context["rows"]}, secret.subject in page.text) == ({taken.pk, free.pk}, False)
        assert (tabs(page)["mine"], tabs(page)["open"]) == (mine, 2)
    own = {name: [row.pk for row in at[name].get(NEWS.format("mine")).context["rows"]] for name in ("sari", "rina")}
    assert own == {"sari": [taken.pk], "rina": []}


def test_a_change_is_in_the_list_at_once_and_the_page_itself_is_never_shared(at):
    conversation = ConversationFactory(subject="Lama")
    at["sari"].get(NEWS.format("open"))
    Conversation.objects.filter(pk=conversation.pk).update(subject="Baru", changed_at=clock.now())
    assert "Baru" in at["sari"].get(reverse("desk:inbox")).text
    queries.last_change.forget()
    assert "Baru" in at["rina"].get(NEWS.format("open")).text
