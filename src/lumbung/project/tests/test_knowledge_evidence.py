"""Topics for colleagues who have not written, answered or led anything: from what they learnt, catalogued and did at the desk."""

import pytest

from lumbung.catalogue.domain.records import add_record, change_record
from lumbung.catalogue.tests.factories import marc_of
from lumbung.desk.tests.factories import ConversationFactory, TurnFactory
from lumbung.formats.marc import Field
from lumbung.kernel import channel
from lumbung.knowledge.domain.articles.reusing import note_use
from lumbung.knowledge.domain.people import propose_expertise
from lumbung.knowledge.models import Attendance, Expertise, Training
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.knowledge.tests.making import published, topic
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina(with_role):
    return with_role("circulation")


def proposed(person):
    propose_expertise()
    return {each.topic.name: (each.evidence, each.weight) for each in Expertise.objects.filter(person=person)}


def took_part(person, count=1, **facts):
    for _ in range(count):
        session = SessionFactory(state="closed", without_product="Obrolan saja", **facts)
        Attendance.objects.create(session=session, person=person)


def test_a_training_a_quiz_and_sessions_attended_show_what_somebody_knows_about(sari, rina, with_role):
    LibraryFactory()
    topic("Katalogisasi"), topic("Katalogisasi musik")
    course = Training.objects.create(title="Dasar pengatalogan", aim="Mengatalog buku", points="Ruas", skill="Katalogisasi")
    took_part(rina, course=course)
    took_part(rina, topic="katalogisasi", facilitator=sari)
    article = published(sari, approver=with_role("librarian"))
    note_use(article, "learnt", by=rina)
    assert proposed(rina) == {
        "Katalogisasi": ({"trained": 1, "joined": 1}, 3),
        "Perpanjangan": ({"learnt": 1}, 2),
    }


def test_sitting_in_many_sessions_puts_nobody_before_whoever_wrote(sari, rina, with_role):
    LibraryFactory()
    topic()
    published(sari, approver=with_role("librarian"))
    took_part(rina, count=9, topic="Perpanjangan", facilitator=sari)
    assert proposed(rina) == {"Perpanjangan": ({"joined": 9}, 2)}
    assert proposed(sari)["Perpanjangan"] == ({"wrote": 1, "led": 9}, 41)


def test_whoever_wrote_is_not_proposed_for_every_topic_they_sat_in_a_session_about(sari, rina, with_role):
    LibraryFactory()
    topic("Layanan")
    published(sari, approver=with_role("librarian"))
    took_part(sari, topic="Layanan", facilitator=rina)
    took_part(sari, topic="Perpanjangan", facilitator=rina)
    topic("Denda")
    assert proposed(sari) == {"Perpanjangan": ({"wrote": 1, "joined": 1}, 6)}


def test_answers_given_on_a_shift_and_records_made_better_show_it_too_and_complaints_do_not(sari, rina):
    topic("Sitasi"), topic("Denda")
    for said, is_complaint in (("Bagaimana menulis sitasi?", False), ("Sitasi lagi", False), ("Denda saya salah!", True)):
        asked = ConversationFactory(is_complaint=is_complaint)
        TurnFactory(conversation=asked, kind="question", text=said)
        TurnFactory(conversation=asked, kind="answer", text="Begini.", by=rina)
    record = add_record(marc_of("Pedoman mengutip", Field("650", " ", "4", [("a", "Sitasi")])), by=sari)
    with channel.through("desk"):
        for by in (rina, sari):
            better = marc_of(f"Pedoman mengutip {by.pk}", Field("650", " ", "4", [("a", "Sitasi")]))
            record = change_record(record, better, version=record.version, by=by)
    assert proposed(rina) == {"Sitasi": ({"served": 2, "improved": 1}, 3)}
    assert proposed(sari) == {"Sitasi": ({"catalogued": 1}, 1)}
