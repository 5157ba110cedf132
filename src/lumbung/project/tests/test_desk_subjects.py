"""What was asked about at the desk, counted by the shelf of the titles that were given in answer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lumbung.catalogue.models import Record
from lumbung.circulation.tests.factories import RecordFactory
from lumbung.desk.figures import figures
from lumbung.desk.tests.factories import ConversationFactory, TurnFactory
from lumbung.kernel import clock
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered():
    LibraryFactory()
    keys = {}
    for number in ("330.1", "338.9", "610.73", "2X4.2", ""):
        record = RecordFactory()
        Record.objects.filter(pk=record.pk).update(classification=number)
        keys[number] = record.pk

    def given(*numbers, **about):
        conversation = ConversationFactory(**about)
        TurnFactory(conversation=conversation, kind="answer", titles=[keys[number] for number in numbers])
        return conversation

    return given


def counted():
    today = clock.today(timezone.get_current_timezone())
    return figures(today - timedelta(days=1), today, timezone.get_current_timezone()).by_subject


def test_a_question_counts_once_for_each_subject_of_what_was_given_and_complaints_for_none(answered):
    answered("330.1", "338.9", "610.73", "")
    answered("338.9")
    answered("2X4.2", is_complaint=True)
    ConversationFactory()
    assert counted() == [("300 · Ilmu sosial", 2), ("600 · Teknologi dan ilmu terapan", 1)]


def test_the_page_shows_them(answered, client, sari, signed_in):
    answered("2X4.2")
    page = signed_in(client, sari).get(reverse("desk:figures")).content.decode()
    assert "2X · " in page


def test_where_no_title_was_given_there_is_no_subject(answered):
    answered("")
    assert counted() == []
