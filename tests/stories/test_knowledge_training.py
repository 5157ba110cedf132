"""Colleagues learn: a training with seats, a certificate anybody can check, and what sharing does for the house, in figures."""

import re
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils.timezone import localtime

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.knowledge.domain import questions, surveys
from lumbung.knowledge.domain.people import agree, give_award
from lumbung.knowledge.models import AwardCriterion, Enrolment, Session, Training
from lumbung.knowledge.tests.making import published, topic
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
HOME = "/staff/knowledge"


def words(answer: Any) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def enter(signed_in: Any) -> Any:
    LibraryFactory()
    return lambda user: signed_in(Client(), user)


@pytest.mark.requirement("R202")
@pytest.mark.requirement("R255")
@pytest.mark.requirement("R258")
@pytest.mark.requirement("R391")
def test_a_training_is_offered_with_seats_attended_and_certified_as_it_was_planned(enter: Any, sari: Any) -> None:
    lina = UserFactory(username="lina", name="Lina Marlina", roles=[Role.CIRCULATION])
    head = UserFactory(username="ratna", name="Ratna Wulandari", roles=[Role.HEAD])
    sari_in, lina_in, head_in = enter(sari), enter(lina), enter(head)
    told = {
        "field": "teamwork",
        "aim": "memandu percakapan yang sulit",
        "points": "Mendengar\nMenyela dengan sopan",
        "hours": 4,
    }
    sari_in.post(
        f"{HOME}/training/new", {**told, "title": "Percakapan yang sulit", "skill": "Menenangkan orang", "is_offered": "on"}
    )
    course = Training.objects.get()
    catalogue = words(lina_in.get(f"{HOME}/training"))
    for field in ("Kepustakawanan Belum", "Kepemimpinan Belum", "Kerja sama kelompok Percakapan yang sulit"):
        assert field in catalogue
    lina_in.post(f"{HOME}/people/me/skills", {"name": "Menenangkan orang", "kind": "soft", "level": 1})
    assert "Lina Marlina sedang belajar Percakapan yang sulit" in words(head_in.get(f"{HOME}/people/skills"))
    head_in.post(f"{HOME}/people/{lina.pk}/plans", {"goal": "Memandu rapat", "course": course.pk})

    starts = clock.now() + timedelta(days=2)
    when = {"starts_at": localtime(starts).strftime("%Y-%m-%dT%H:%M"), "seats": 1, "trainer": sari.pk, "place": "Ruang rapat"}
    sari_in.post(f"{HOME}/training/{course.pk}/offer", when)
    held = Session.objects.get()
    assert "0/1 kursi Saya ikut" in words(lina_in.get(f"{HOME}/training"))
    lina_in.post(f"{HOME}/sessions/{held.pk}/enrolment")
    assert "1/1 kursi penuh" in words(head_in.get(f"{HOME}/training"))
    refused = head_in.post(
        f"{HOME}/sessions/{held.pk}/enrolment", headers={"Referer": f"http://testserver{HOME}/training"}, follow=True
    )
    assert "Semua kursi sudah terisi." in words(refused)

    with clock.stopped_at(starts + timedelta(hours=5)):
        lina_in.post(f"{HOME}/sessions/{held.pk}/attendance", {"me": "1"})
        sari_in.post(f"{HOME}/sessions/{held.pk}/certificates")
        row = Enrolment.objects.get()
        mine = words(lina_in.get(f"{HOME}/people/{lina.pk}"))
        paper = lina_in.get(f"{HOME}/sessions/{held.pk}/certificates/{row.pk}")
    assert f"bukti: Sertifikat {row.number}" in mine
    said = pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_range()
    assert all(
        part in said
        for part in ("Lina Marlina", "Percakapan yang sulit", "Kerja sama kelompok, 4 jam pelajaran", row.code_to_read)
    )
    assert "Sertifikat ini asli" in words(Client(REMOTE_ADDR="203.0.113.9").get(f"/certificates/{row.code}"))


@pytest.mark.requirement("R241")
@pytest.mark.requirement("R275")
@pytest.mark.requirement("R285")
def test_what_sharing_does_is_seen_in_figures_and_nobody_sees_those_of_another(enter: Any, sari: Any, with_role: Any) -> None:
    dewi, about = with_role("librarian"), topic("Sitasi")
    for days, hours in ((20, 30), (10, 2)):
        with clock.stopped_at(clock.now() - timedelta(days=days)):
            asked = questions.ask("Gaya apa?", topic=about, by=dewi)
            given = questions.answer(asked, "APA edisi 7.", by=sari)
        with clock.stopped_at(clock.now() - timedelta(days=days) + timedelta(hours=hours)):
            questions.settle(given, by=dewi)
    with clock.stopped_at(clock.now() - timedelta(days=15)):
        article = published(sari, "Gaya sitasi", approver=dewi)
        article.topics.set([about])
    dewi_in = enter(dewi)
    dewi_in.get(f"{HOME}/articles/{article.pk}")
    dewi_in.post(f"{HOME}/articles/{article.pk}/use", {"note": "Dipakai di kelas."})
    run = surveys.open_run("Sesudah penghargaan", by=dewi)
    for _ in range(5):
        surveys.answer(
            run, dict.fromkeys(run.questions.values_list("pk", flat=True), 4), by=UserFactory(roles=[Role.LIBRARIAN])
        )
    surveys.close_run(run, by=dewi)
    rule = AwardCriterion.objects.create(name="Penjawab", measure="answered", least=1)
    agree(give_award(rule, sari, by=dewi), by=sari)
    told = words(dewi_in.get(f"{HOME}/cycle", {"year": clock.now().year}))
    assert re.search(r"[A-Z][a-z]+ \d{4} \d+ \d+ 1 4,0", told)
    assert "Sitasi 30,0 2,0" in told
    months = re.findall(r"[A-Z][a-z]+ \d{4} (\d+) (\d+)", told.partition("Bulan Sumbangan Orang")[2])
    assert sum(int(pieces) for pieces, _people in months) == 4
    assert "Mengumpulkan 2 0 Mengelola 2 1 Menggunakan 1 1 Memanfaatkan 1 1" in told
    assert sari.name not in told
