"""Training: a catalogue, seats that are taken once, certificates for those who were there, and what they had planned is learnt."""

from datetime import timedelta

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.knowledge.domain import people, training
from lumbung.knowledge.domain.attendance import enter_attendance
from lumbung.knowledge.models import Enrolment, PlanItem
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina(db):
    return UserFactory(username="rina", name="Rina Puspitasari", roles=[Role.CIRCULATION])


def course(sari, **facts):
    told = {"title": "Wawancara rujukan", "aim": "bertanya balik sebelum mencari", "points": "Mendengar\nBertanya", "hours": 2}
    return training.add_course(**{**told, "field": "librarian", **facts}, by=sari)


def offered(sari, seats=2, **facts):
    LibraryFactory(name="Perpustakaan Nusantara")
    return training.offer(course(sari, **facts), starts_at=clock.now() + timedelta(days=1), seats=seats, trainer=sari, by=sari)


def test_a_course_is_held_as_a_published_session_with_its_outline_and_seats(sari):
    session = offered(sari, seats=12)
    assert (session.state, session.kind, session.seats, session.minutes_long) == ("published", "training", 12, 90)
    assert session.expected_product == "Peserta dapat: bertanya balik sebelum mencari"
    assert [each.title for each in session.points.all()] == ["Mendengar", "Bertanya"]


def test_what_is_incomplete_or_impossible_is_refused_with_every_reason(sari):
    with pytest.raises(Refused) as refused:
        training.add_course(title=" ", aim="", points="", hours=0, by=sari)
    assert refused.value.codes == ["course_incomplete", "course_hours"]
    gone = course(sari, is_offered=False)
    with pytest.raises(Refused) as refused:
        training.offer(gone, starts_at=clock.now(), seats=0, trainer=sari, by=sari)
    assert refused.value.codes == ["course_not_offered", "seats_wrong", "training_past"]


def test_a_seat_is_taken_once_given_back_and_the_last_one_is_the_last(sari, rina, with_role):
    session = offered(sari, seats=1)
    training.enrol(session, by=rina)
    for who, codes in ((rina, ["already_enrolled"]), (with_role("cataloguer"), ["training_full"])):
        with pytest.raises(Refused) as refused:
            training.enrol(session, by=who)
        assert refused.value.codes == codes
    training.withdraw(session, by=rina)
    with pytest.raises(Refused) as refused:
        training.withdraw(session, by=rina)
    assert (refused.value.codes, session.enrolments.count()) == (["not_enrolled"], 0)
    with clock.stopped_at(clock.now() + timedelta(days=1)), pytest.raises(Refused) as refused:
        training.enrol(session, by=rina)
    assert refused.value.codes == ["training_begun"]


def test_certificates_go_to_those_who_enrolled_and_were_there_and_fulfil_their_plans(sari, rina, with_role):
    session = offered(sari, seats=5)
    absent = with_role("cataloguer")
    wanted = people.plan(rina, "Wawancara rujukan", course=session.course, by=rina)
    for each in (rina, absent):
        training.enrol(session, by=each)
    with pytest.raises(Refused) as refused:
        training.certify(session, by=sari)
    assert refused.value.codes == ["training_not_held", "nobody_attended"]
    with clock.stopped_at(clock.now() + timedelta(days=1, hours=2)):
        enter_attendance(session, people=[rina, sari], by=sari)
        [given] = training.certify(session, by=sari)
        assert training.certify(session, by=sari) == []
        year = clock.now().year
    wanted.refresh_from_db()
    assert (given.person, given.number, given.name) == (rina, f"SERT/{year}/001", "Rina Puspitasari")
    assert (wanted.evidence, wanted.done_at) == (f"Sertifikat SERT/{year}/001", given.certified_at)
    assert Enrolment.objects.get(person=absent).code == ""


def certified(sari, rina):
    session = offered(sari)
    training.enrol(session, by=rina)
    with clock.stopped_at(clock.now() + timedelta(days=1, hours=2)):
        enter_attendance(session, people=[rina], by=sari)
        return training.certify(session, by=sari)[0]


def test_the_paper_says_who_learnt_what_and_where_it_is_checked(sari, rina, signed_in, with_role):
    row = certified(sari, rina)
    paper = reverse("knowledge:certificate", args=[row.session_id, row.pk])
    answer = signed_in(Client(), rina).get(paper)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    said = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    for part in (
        "Rina Puspitasari",
        "Wawancara rujukan",
        row.number,
        row.code_to_read,
        "http://testserver/certificates",
        sari.name,
    ):
        assert part in said, part
    assert signed_in(Client(), with_role("cataloguer")).get(paper).status_code == 403


def test_anybody_checks_a_certificate_from_anywhere_without_learning_the_name(sari, rina):
    row, stranger = certified(sari, rina), Client(REMOTE_ADDR="203.0.113.9")
    told = stranger.get(f"/certificates/{row.code_to_read.lower()}")
    assert told.status_code == 200
    for part in ("Sertifikat ini asli", row.number, "R*** P**********", "Wawancara rujukan"):
        assert part in told.text
    assert "Rina" not in told.text
    assert stranger.get("/certificates?code=0000-0000-0000-0000").status_code == 404
    assert stranger.get("/certificates").status_code == 200


def test_a_revoked_certificate_is_void_for_everybody_until_it_is_restored(sari, rina, signed_in):
    row = certified(sari, rina)
    wanted = people.plan(rina, "Wawancara rujukan", course=row.session.course, by=rina)
    PlanItem.objects.filter(pk=wanted.pk).update(done_at=row.certified_at, evidence=f"Sertifikat {row.number}")
    address = reverse("knowledge:certificate_revocation", args=[row.session_id, row.pk])
    page = reverse("knowledge:session", args=[row.session_id])
    paper = reverse("knowledge:certificate", args=[row.session_id, row.pk])
    leader, learner, stranger = signed_in(Client(), sari), signed_in(Client(), rina), Client(REMOTE_ADDR="203.0.113.9")
    assert learner.post(address, {"reason": "Iseng"}).status_code == 403
    leader.post(address, {"reason": "Ternyata daftar hadirnya keliru"})
    told = stranger.get(f"/certificates/{row.code}")
    assert (told.status_code, "Sertifikat ini sudah dicabut" in told.text, "Sertifikat ini asli" in told.text) == (
        200,
        True,
        False,
    )
    assert "daftar hadirnya keliru" not in told.text
    assert "Ternyata daftar hadirnya keliru" in learner.get(page).text
    assert learner.get(paper).status_code == 404
    wanted.refresh_from_db()
    assert (wanted.done_at, wanted.evidence) == (None, "")
    leader.post(address, {"restore": "1"})
    wanted.refresh_from_db()
    assert (wanted.done_at, wanted.evidence) == (row.certified_at, f"Sertifikat {row.number}")
    assert "Sertifikat ini asli" in stranger.get(f"/certificates/{row.code}").text
    assert learner.get(paper).status_code == 200
    names = ["TrainingCertified", "TrainingCertificateRevoked", "TrainingCertificateRestored"]
    assert list(JournalEntry.objects.filter(name__in=names).order_by("pk").values_list("name", flat=True)) == names


def test_only_a_certificate_that_holds_is_revoked_and_only_with_a_reason(sari, rina, with_role):
    row = certified(sari, rina)
    seat = Enrolment.objects.create(session=row.session, person=with_role("cataloguer"), at=clock.now())
    training.revoke(row, reason="Salah orang", by=sari)
    asked = [
        (lambda: training.revoke(seat, reason="Salah orang", by=sari), ["no_certificate"]),
        (lambda: training.revoke(row, reason=" ", by=sari), ["revoked_without_reason", "certificate_revoked"]),
        (lambda: training.restore(training.restore(row, by=sari), by=sari), ["certificate_holds"]),
    ]
    for call, codes in asked:
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.codes == codes
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=seat.pk).update(revoked_at=clock.now(), revoked_because="Salah orang")


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_taken_by_one_of_many_who_ask_at_once(sari, with_role):
    session = offered(sari, seats=2)
    training.enrol(session, by=sari)
    others = [UserFactory(username=f"rekan{n}", roles=[Role.CIRCULATION]) for n in range(3)]
    won, refused = race(*(lambda each=each: training.enrol(session, by=each) for each in others))
    assert ([each.session for each in won], refused) == ([session], [["training_full"]] * 2)
    assert set(session.enrolments.values_list("person", flat=True)) == {sari.pk, won[0].person_id}
    assert JournalEntry.objects.filter(name="TrainingEnrolled").count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_asks_twice_at_once_has_one_seat(sari, rina):
    session = offered(sari, seats=5)
    won, refused = race(*[lambda: training.enrol(session, by=rina)] * 3)
    assert (len(won), refused) == (1, [["already_enrolled"]] * 2)
    assert session.enrolments.count() == 1


def test_the_page_offers_a_seat_only_to_who_may_take_one(sari, rina, signed_in, with_role):
    session = offered(sari, seats=1)
    page, mine, other = reverse("knowledge:session", args=[session.pk]), signed_in(Client(), rina), with_role("cataloguer")
    assert ("Saya ikut" in mine.get(page).text, "Lepaskan kursi saya" in mine.get(page).text) == (True, False)
    training.enrol(session, by=rina)
    told = mine.get(page).text
    assert ("Saya ikut" in told, "Lepaskan kursi saya" in told) == (False, True)
    told = signed_in(Client(), other).get(page).text
    assert ("Saya ikut" in told, "Lepaskan kursi saya" in told, "Semua kursi sudah terisi." in told) == (False, False, True)


@pytest.mark.parametrize(("minutes", "offers"), [(-31, False), (-30, True), (10, True)])
def test_one_says_to_be_there_from_half_an_hour_before_it_begins(sari, rina, signed_in, minutes, offers):
    session = offered(sari)
    page, mine = reverse("knowledge:session", args=[session.pk]), signed_in(Client(), rina)
    with clock.stopped_at(session.starts_at + timedelta(minutes=minutes)):
        assert ("Saya hadir" in mine.get(page).text) == offers
        enter_attendance(session, people=[rina], by=sari)
        assert "Saya hadir" not in mine.get(page).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_asks_the_same_however_long_it_is(client, sari, signed_in, count, django_assert_num_queries):
    LibraryFactory()
    for n in range(count):
        one = course(sari, title=f"Pelatihan {n}")
        session = training.offer(one, starts_at=clock.now() + timedelta(days=1), seats=9, trainer=sari, by=sari)
        training.enrol(session, by=sari)
    signed_in(client, sari)
    client.get(reverse("knowledge:courses"))
    with django_assert_num_queries(6):
        assert client.get(reverse("knowledge:courses")).status_code == 200


def test_only_who_manages_the_portal_adds_and_schedules(sari, rina, signed_in):
    one, browser = course(sari), signed_in(Client(), rina)
    LibraryFactory()
    pages = [
        reverse("knowledge:course_new"),
        reverse("knowledge:course_edit", args=[one.pk]),
        reverse("knowledge:course_offer", args=[one.pk]),
    ]
    assert [browser.get(each).status_code for each in pages] == [403] * 3
    assert browser.get(reverse("knowledge:course", args=[one.pk])).status_code == 200
