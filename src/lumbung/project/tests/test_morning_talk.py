"""What the desk and the search tell the morning talk: what waits, what was marked badly, what was not found."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from lumbung.desk.models import Rating
from lumbung.desk.tests.factories import ConversationFactory
from lumbung.discovery.models import UnmetNeed
from lumbung.kernel import clock
from lumbung.knowledge.domain import talks
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
NOON = datetime(2026, 11, 29, 12, tzinfo=ZoneInfo("Asia/Jakarta"))
MORNING = NOON + timedelta(hours=18)


def marked(manner, service, *, at=NOON, secret, **facts):
    conversation = ConversationFactory(state="closed", outcome="answered", closed_at=at, **facts)
    return Rating.objects.create(
        conversation=conversation,
        secret=secret,
        asked_at=at,
        until=at,
        manner=manner,
        help=service,
        rated_at=at,
        word="Lama sekali.",
    )


def agenda(sari):
    LibraryFactory()
    with clock.stopped_at(MORNING):
        return [(each.title, each.is_challenge, each.url) for each in talks.prepare(TODAY, by=sari).points.all()]


def test_conversations_marked_badly_yesterday_come_up_worst_first_and_without_who_said_it(sari):
    low = marked(2, 4, secret="a", subject="Perpanjangan ditolak")
    lowest = marked(1, 1, secret="b", subject="Buku tidak ada di rak")
    marked(3, 3, secret="c", subject="Biasa saja")
    marked(1, 1, secret="d", subject="Kemarin lusa", at=NOON - timedelta(days=1))
    told = [
        ("Dinilai rendah (sikap 1, layanan 1 dari 5): Buku tidak ada di rak", True, lowest),
        ("Dinilai rendah (sikap 2, layanan 4 dari 5): Perpanjangan ditolak", True, low),
    ]
    assert agenda(sari) == [(said, True, reverse("desk:conversation", args=[each.conversation_id])) for said, _, each in told]


def test_a_complaint_comes_up_in_no_talk(sari):
    marked(1, 1, secret="a", subject="Tentang petugas siang", is_complaint=True)
    ConversationFactory(subject="Keluhan menunggu", is_complaint=True, waiting_since=NOON)
    ConversationFactory(subject="Akses dari rumah", waiting_since=NOON)
    assert [title for title, _, _ in agenda(sari)] == ["Pertanyaan menunggu jawaban: Akses dari rumah"]


def test_what_was_looked_for_and_not_found_is_one_line_of_figures(sari):
    UnmetNeed.objects.create(day=TODAY - timedelta(days=1), key="a", words="gamelan sunda", count=4, last_at=NOON)
    UnmetNeed.objects.create(day=TODAY - timedelta(days=2), key="b", words="lama", count=9, last_at=NOON)
    LibraryFactory()
    with clock.stopped_at(MORNING):
        point = talks.prepare(TODAY, by=sari).points.get()
    assert (point.title, point.note, point.section) == ("Pencarian tanpa hasil kemarin", "“gamelan sunda” (4)", "figures")
