"""Learning at work: whoever is new finds a path with a mentor, whoever keeps the accounts learns on, and everybody learns ICT."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.knowledge.domain.training import add_course
from lumbung.knowledge.models import LearningPath, PathStep, Session, Walk
from lumbung.knowledge.tests.making import published
from lumbung.organization.tests.factories import LibraryFactory
from tests.portal import at, person, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(signed_in: Any) -> Any:
    LibraryFactory()
    return lambda user: signed_in(Client(), user)


@pytest.fixture
def mentor(db: None) -> Any:
    return person("dewi", "Dewi Lestari", "librarian")


def begin(desk: Client, title: str, *steps: dict[str, Any], **facts: Any) -> LearningPath:
    """A librarian writes a path in the portal, step by step."""
    desk.post(at("path_new"), {"title": title, "aim": "bekerja sendiri", "days": 14, "is_active": "on", **facts})
    path = LearningPath.objects.get(title=title)
    for step in steps:
        assert desk.post(at("path_steps", path.pk), step).status_code == 302
    return path


def quiz_of(article: Any, desk: Client) -> None:
    asked = {"text1": "Berapa kali?", "right1": "dua kali", "wrong11": "tiga kali"}
    assert desk.post(at("quiz_edit", article.pk), asked).status_code == 302


def pass_quiz(article: Any, browser: Client) -> None:
    [question] = article.quiz.all()
    shown = browser.get(at("quiz", article.pk)).content.decode()
    [name] = set(re.findall(r'name="([^"]*\d+)"', shown))
    browser.post(at("quiz", article.pk), {name: question.answers[0]})


@pytest.mark.requirement("R242")
@pytest.mark.django_db(transaction=True)
def test_readiness_asks_for_culture_and_staff_and_whoever_is_new_walks_a_path_with_a_mentor(
    enter: Any, sari: Any, ratna: Any, mentor: Any, with_role: Any
) -> None:
    sari_in, head_in, mentor_in = enter(sari), enter(ratna), enter(mentor)
    head_in.post(at("survey_open"), {"title": "2026"})
    [run] = map(int, re.findall(r"surveys/(\d+)/close", head_in.get(at("surveys")).content.decode()))
    asked = head_in.get(at("survey", run)).content.decode()
    assert "Rekan baru cepat belajar karena ada yang mendampingi." in asked
    sheet = dict.fromkeys(re.findall(r'name="(q\d+)" value="1"', asked), 2)
    for _ in range(5):
        enter(with_role("librarian")).post(at("survey", run), sheet)
    head_in.post(at("survey_close", run))
    told = said(head_in, at("survey", run))
    assert "Budaya berbagi" in told
    assert "Kepegawaian" in told

    article = published(sari, "Menyambut pemustaka", approver=mentor)
    begin(
        sari_in,
        "Minggu pertama rekan baru",
        {"kind": "article", "article": article.pk},
        {"kind": "try", "title": "Duduk satu jam di meja depan bersama pendamping"},
        for_arrivals="on",
        mentor=mentor.pk,
    )
    told = {"username": "baru", "name": "Nia Kurnia", "roles": ["librarian"], "password": "lumbung-padi-2026", "email": ""}
    assert enter(with_role("admin")).post(reverse("accounts:user_add"), told).status_code == 302
    work_off()
    new = User.objects.get(username="baru")
    new_in, walk = enter(new), Walk.objects.get(person=new)
    assert "Belajar: Menyambut pemustaka 0/2" in said(new_in, at("home"))
    assert "Dampingi Nia Kurnia 0/2" in said(mentor_in, at("home"))

    new_in.get(at("article", article.pk))
    assert "Belajar: Duduk satu jam" in said(new_in, at("home"))
    step = PathStep.objects.get(kind="try")
    mentor_in.post(at("walk_step", walk.pk, step.pk), {"evidence": "Dua pertanyaan dijawab sendiri"})
    assert "2/2" in said(new_in, at("walk", walk.pk))
    watched = said(head_in, at("path", walk.path_id))
    assert re.search(r"Nia Kurnia · Minggu pertama rekan baru\s*selesai [^·]*2/2", watched), watched[
        watched.find("Yang menempuhnya") :
    ][:200]
    assert "bukti: Dua pertanyaan dijawab sendiri" in said(head_in, at("walk", walk.pk))


@pytest.mark.requirement("R375", missing="tanggapan rekan atas rancangan kiriman, yang menunggu ruang promosi")
def test_the_keeper_of_the_accounts_learns_on_by_a_path_and_each_step_has_its_evidence(
    enter: Any, sari: Any, rina: Any, mentor: Any
) -> None:
    sari_in, rina_in = enter(sari), enter(rina)
    article = published(sari, "Menulis takarir yang dibaca", approver=mentor)
    quiz_of(article, sari_in)
    course = add_course(
        title="Foto buku dengan ponsel", field="librarian", aim="memotret", points="Cahaya\nLatar", hours=2, by=sari
    )
    path = begin(
        sari_in,
        "Pengelola media sosial",
        {"kind": "quiz", "article": article.pk},
        {"kind": "course", "course": course.pk},
        {"kind": "try", "title": "Buat tiga rancangan kiriman"},
        mentor=mentor.pk,
    )
    rina_in.post(at("path_give", path.pk), {"me": "1"})
    walk = Walk.objects.get()
    assert (walk.person, walk.mentor) == (rina, mentor)
    pass_quiz(article, rina_in)
    starts = clock.now() + timedelta(days=1)
    told = {"starts_at": localtime(starts).strftime("%Y-%m-%dT%H:%M"), "seats": 5, "trainer": sari.pk, "place": "Ruang rapat"}
    sari_in.post(at("course_offer", course.pk), told)
    held = Session.objects.get()
    rina_in.post(at("enrolment", held.pk))
    with clock.stopped_at(starts + timedelta(hours=3)):
        rina_in.post(at("attendance", held.pk), {"me": "1"})
        sari_in.post(at("certificates", held.pk))
        rina_in.post(at("walk_step", walk.pk, path.steps.last().pk), {"evidence": "Tiga rancangan di papan proyek Buletin"})
        shown = said(rina_in, at("walk", walk.pk))
    assert all(
        part in shown for part in ("3/3", "lulus kuis", "bukti: Sertifikat SERT/", "bukti: Tiga rancangan di papan proyek")
    )
    assert "Pengelola media sosial selesai" in said(rina_in, at("person", rina.pk))


@pytest.mark.requirement("R397")
def test_ict_is_learnt_on_a_track_of_help_pages_and_every_screen_leads_to_how_it_is_worked(
    enter: Any, sari: Any, rina: Any, mentor: Any
) -> None:
    sari_in, rina_in = enter(sari), enter(rina)
    guide = published(sari, "Meja peminjaman dari dekat", approver=mentor)
    sari_in.post(f"/staff/knowledge/articles/{guide.pk}/guides", {"page": "circulation:desk"})
    [here] = re.findall(r'href="(/staff/knowledge/here/[^"]+)"', rina_in.get(reverse("circulation:desk")).content.decode())
    assert here == at("here", "circulation:desk")
    course = add_course(title="Keamanan akun", field="librarian", aim="menjaga akun", points="Kunci sandi", hours=2, by=sari)
    path = begin(
        sari_in,
        "Jalur TIK",
        {"kind": "help", "title": "Bahasa pertanyaan katalog", "address": "/help/search"},
        {"kind": "help", "title": "Cara kerja meja", "address": here},
        {"kind": "course", "course": course.pk},
    )
    assert f'<option value="{here}">' in sari_in.get(at("path", path.pk)).content.decode()
    sari_in.post(at("path_give", path.pk), {"person": rina.pk, "mentor": mentor.pk})
    walk = Walk.objects.get()
    shown = rina_in.get(at("walk", walk.pk)).content.decode()
    for address in ("/help/search", here):
        assert f'href="{address}"' in shown
        assert rina_in.get(address, follow=True).status_code == 200
    for step in path.steps.filter(kind="help"):
        rina_in.post(at("walk_step", walk.pk, step.pk))
    assert "2/3" in said(rina_in, at("walk", walk.pk))
    assert "Belajar: Keamanan akun 2/3" in said(rina_in, at("home"))
