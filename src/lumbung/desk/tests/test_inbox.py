"""The inbox: queues, their counts, the way back in time, and finding what was said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from lumbung.desk import queries
from lumbung.desk.models import Turn
from lumbung.desk.tests.factories import ConversationFactory, TurnFactory
from lumbung.kernel import clock
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(client, sari, signed_in):
    LibraryFactory()
    return signed_in(client, sari)


def closed(**facts):
    return ConversationFactory(state="closed", closed_at=MONDAY, outcome="answered", opened_at=MONDAY, **facts)


def test_each_queue_holds_what_it_says(sari, ani):
    mine = ConversationFactory(assignee=sari, opened_at=MONDAY)
    free = ConversationFactory(opened_at=MONDAY - timedelta(hours=1))
    due = ConversationFactory(assignee=sari, member=ani, follow_up_on=TODAY, opened_at=MONDAY - timedelta(days=7))
    done = closed()
    assert list(queries.queue("open", sari, TODAY)) == [mine, free, due]
    assert list(queries.queue("mine", sari, TODAY)) == [mine, due]
    assert list(queries.queue("unassigned", sari, TODAY)) == [free]
    assert list(queries.queue("follow_up", sari, TODAY)) == [due]
    assert list(queries.queue("closed", sari, TODAY)) == [done]
    assert queries.counts(sari, TODAY) == {
        "open": 3, "mine": 2, "unassigned": 1, "late": 0, "follow_up": 1, "snoozed": 0, "groups": 0, "complaints": 0,
    }  # fmt: skip
    assert queries.counts(ani.user, TODAY)["open"] == 1


def test_the_list_goes_back_in_time_without_counting_pages(desk):
    for hours in range(43):
        ConversationFactory(opened_at=MONDAY - timedelta(hours=hours // 2), subject=f"Nomor {hours:02d}")
    first = desk.get(reverse("desk:inbox"))
    assert (len(first.context["rows"]), first.context["rows"][0].subject) == (40, "Nomor 01")
    rest = desk.get(reverse("desk:inbox"), {"before": first.context["more"]})
    assert [each.subject for each in rest.context["rows"]] == ["Nomor 41", "Nomor 40", "Nomor 42"]
    assert rest.context["more"] is None


def test_what_was_said_is_found_by_any_form_of_its_words(desk, sari, ani):
    said = TurnFactory(text="Bagaimana memperpanjang pinjaman skripsi?").conversation
    TurnFactory(text="Jam buka?")
    assert queries.found("perpanjangan", sari) == [said]
    assert queries.found("dipinjam DIPERPANJANG", sari) == [said]
    assert queries.found("perpanjangan buka", sari) == []
    assert queries.found(" -\"' ", sari) == []
    Turn.objects.filter(conversation=said).update(words="lain")
    assert queries.found("perpanjangan", sari) == []
    Turn.objects.filter(conversation=said).delete()
    assert queries.found("lain", sari) == []


def test_a_number_with_a_point_is_looked_for_as_one_word(desk, sari):
    about = TurnFactory(text="Di mana rak 658.4?").conversation
    TurnFactory(text="Di mana rak 658?")
    assert queries.found("658.4", sari) == [about]


def test_who_asked_is_found_by_name_and_number(desk, sari, ani):
    of_ani = ConversationFactory(member=ani)
    ConversationFactory()
    assert queries.found("Ani", sari) == queries.found("M-ANI", sari) == [of_ani]
    page = desk.get(reverse("desk:inbox"), {"q": "Ani"}).content.decode()
    assert of_ani.subject in page
    assert "Tidak ada percakapan dengan kata-kata itu" in desk.get(reverse("desk:inbox"), {"q": "zzz"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_is_listed_with_a_fixed_number_of_statements(desk, sari, rows, ani, django_assert_num_queries):
    ConversationFactory.create_batch(rows, member=ani, assignee=sari)
    desk.get(reverse("desk:inbox"))
    queries.last_change.forget()
    with django_assert_num_queries(9):
        assert desk.get(reverse("desk:inbox")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_conversation_is_shown_with_a_fixed_number_of_statements(desk, sari, rows, ani, django_assert_num_queries):
    conversation = ConversationFactory(member=ani)
    TurnFactory.create_batch(rows, conversation=conversation, by=sari, kind="answer")
    ConversationFactory.create_batch(rows, member=ani)
    desk.get(reverse("desk:conversation", args=[conversation.pk]))
    with django_assert_num_queries(11):
        assert desk.get(reverse("desk:conversation", args=[conversation.pk])).status_code == 200


def test_a_queue_nobody_knows_is_no_page_and_an_empty_one_says_what_to_do(desk):
    assert desk.get(reverse("desk:inbox"), {"queue": "semua"}).status_code == 404
    assert "Catat pertanyaan" in desk.get(reverse("desk:inbox")).content.decode()
    with clock.stopped_at(MONDAY):
        ConversationFactory(opened_at=MONDAY)
        assert "09.10" in desk.get(reverse("desk:inbox")).content.decode()
