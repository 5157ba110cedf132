"""Time given to sharing is noted by whoever gave it; two colleagues are introduced once both agree."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.introductions import agree, decline, introduce
from lumbung.knowledge.domain.people import change_profile, propose_expertise, thank
from lumbung.knowledge.domain.sharing_time import forget_time, note_time
from lumbung.knowledge.domain.strangers import strangers_for
from lumbung.knowledge.models import Attendance, Introduction, SharingTime
from lumbung.knowledge.queries.articles import today
from lumbung.knowledge.queries.introductions import introductions_of
from lumbung.knowledge.queries.people import unnoted_sessions
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.knowledge.tests.making import published, topic
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library():
    return LibraryFactory()


@pytest.fixture
def dewi(with_role):
    return with_role("librarian")


@pytest.fixture
def rina(with_role):
    user = with_role("circulation")
    user.email = "rina@kampus.example"
    user.save()
    return user


def codes(verb, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return refused.value.codes


def test_time_is_noted_of_today_or_before_within_a_day_and_for_something(sari):
    assert codes(note_time, " ", minutes=0, on=today() + timedelta(days=1), by=sari) == [
        "time_for_nothing", "time_out_of_bounds", "time_ahead",
    ]  # fmt: skip
    note_time("Mendampingi rekan baru", minutes=600, on=today(), by=sari)
    assert list(SharingTime.objects.values_list("person", "minutes", "what")) == [(sari.pk, 600, "Mendampingi rekan baru")]


def test_the_time_of_a_session_is_noted_once_by_whoever_was_there(sari, dewi, rina):
    session = SessionFactory(facilitator=dewi, minutes_long=45)
    Attendance.objects.create(session=session, person=sari)
    assert [list(unnoted_sessions(each)) for each in (sari, dewi, rina)] == [[session], [session], []]
    assert codes(note_time, "Sesi", minutes=45, on=today(), session=session, by=rina) == ["not_there"]
    noted = note_time("Sesi", minutes=45, on=today(), session=session, by=sari)
    assert codes(note_time, "Sesi", minutes=45, on=today(), session=session, by=sari) == ["time_noted"]
    assert unnoted_sessions(sari) == []
    assert codes(forget_time, noted, by=dewi) == ["not_your_own"]
    forget_time(noted, by=sari)
    assert unnoted_sessions(sari) == [session]


def test_who_knows_what_somebody_wants_to_learn_is_proposed_unless_they_had_to_do_with_each_other(sari, dewi, rina):
    topic()
    published(sari, approver=dewi)
    propose_expertise()
    assert strangers_for(rina) == []
    change_profile(needs="Cara perpanjangan pinjaman", by=rina)
    assert [(each.person, each.topic.name, each.evidence) for each in strangers_for(rina)] == [
        (sari, "Perpanjangan", {"wrote": 1})
    ]
    change_profile(is_available=False, by=sari)
    assert strangers_for(rina) == []
    change_profile(is_available=True, by=sari)
    thank(sari, "Sabar", by=rina)
    assert strangers_for(rina) == []


def test_two_are_introduced_once_both_agree_and_each_is_told_then(sari, dewi, rina):
    assert codes(introduce, sari, sari, " ", by=dewi) == ["introduction_empty", "introduced_to_self"]
    row = introduce(rina, sari, "Rina ingin belajar mengatalog; Sari tahu.", by=dewi)
    assert codes(introduce, sari, rina, "Lagi", by=dewi) == ["already_introduced"]
    assert codes(agree, row, by=dewi) == ["not_your_own"]
    assert not agree(row, by=sari).is_agreed
    assert agree(row, by=rina).is_agreed
    assert codes(decline, row, by=rina) == ["introduction_over"]
    told = Delivery.objects.order_by("pk").values_list("code", "address")
    assert sorted(told) == sorted(
        (code, each.email) for code in ("introduction_proposed", "introduced") for each in (sari, rina)
    )


def test_that_one_agreed_stands_in_the_journal_only_once_both_do(sari, dewi, rina):
    agreed = JournalEntry.objects.filter(name="IntroductionAgreed").order_by("pk")
    ended = introduce(rina, sari, "Kalian perlu bertemu.", by=dewi)
    agree(ended, by=sari)
    decline(ended, by=rina)
    assert not agreed.exists()
    row = introduce(rina, sari, "Sekali lagi.", by=dewi)
    agree(row, by=rina)
    assert not agreed.exists()
    agree(row, by=sari)
    assert sorted((each.data["person"], each.actor_id) for each in agreed) == sorted(
        (each.pk, each.pk) for each in (rina, sari)
    )


def test_whoever_proposes_themselves_has_agreed_and_who_declines_is_told_to_nobody(sari, dewi):
    row = introduce(sari, dewi, "Saya ingin belajar darimu.", by=sari)
    assert [row.agreed_by(sari.pk), row.agreed_by(dewi.pk)] == [True, False]
    decline(row, by=dewi)
    assert list(introductions_of(sari)) == []
    told = JournalEntry.objects.filter(name__startswith="Introduction").order_by("pk").values_list("name", "actor_id", "data")
    assert list(told) == [(name, None, {"introduction": row.pk}) for name in ("IntroductionProposed", "IntroductionEnded")]
    introduce(dewi, sari, "Sekarang boleh.", by=dewi)
    assert Introduction.objects.count() == 2


def test_minutes_sent_twice_are_noted_once_and_faulty_ones_may_be_sent_again(client, sari, signed_in):
    signed_in(client, sari)
    for what, told in (("", "Tuliskan untuk apa, dan berapa menit."), ("Mendampingi", "dicatat satu kali")):
        for _ in range(2):
            sent = {"csrfmiddlewaretoken": "a" * 64, "what": what, "minutes": 30}
            page = client.post(reverse("knowledge:times"), sent, follow=True)
        assert told in page.text
    assert SharingTime.objects.get().minutes == 30
