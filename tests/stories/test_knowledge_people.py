"""People of the portal: who knows what, communities that grow, minutes that become articles, and use that comes back to the agenda."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.tests.factories import marc_of
from lumbung.desk.tests.factories import ConversationFactory, TurnFactory
from lumbung.formats.marc import Field
from lumbung.kernel import clock, events
from lumbung.kernel.jobs.worker import work_off
from lumbung.knowledge.domain import minutes as notes
from lumbung.knowledge.domain.people import propose_expertise
from lumbung.knowledge.models import Article, Attendance, Award, Community, Question, Session, Use
from lumbung.knowledge.queries.trace import line_of
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.knowledge.tests.making import published, topic
from lumbung.members.events.clearance import ClearanceIssued
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
HOME = "/staff/knowledge"


def words(answer: Any) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def dewi(with_role: Any) -> Any:
    return with_role("librarian")


@pytest.fixture
def head(with_role: Any) -> Any:
    return with_role("head")


@pytest.fixture
def enter(signed_in: Any) -> Any:
    LibraryFactory()
    return lambda user: signed_in(Client(), user)


@pytest.mark.requirement("R210")
@pytest.mark.requirement("R281")
@pytest.mark.requirement("R282")
@pytest.mark.requirement("R254")
@pytest.mark.requirement("R250")
def test_who_knows_about_a_topic_is_found_by_evidence_and_asked_in_one_click(
    enter: Any, sari: Any, dewi: Any, head: Any
) -> None:
    sari_in, dewi_in, about = enter(sari), enter(dewi), topic("Sitasi")
    for n in range(2):
        head_in = enter(head)
        head_in.post(f"{HOME}/questions/new", {"title": f"Sitasi {n}?", "topic": about.pk})
        asked = Question.objects.latest("pk")
        dewi_in.post(f"{HOME}/questions/{asked.pk}/answers", {"text": "Pakai gaya APA edisi 7."})
        head_in.post(f"{HOME}/questions/{asked.pk}/answers/{asked.answers.get().pk}/settled")
    article = published(sari, "Membuat daftar pustaka", approver=dewi)
    article.topics.set([about])
    SessionFactory(
        title="Klinik sitasi", topic="sitasi", facilitator=dewi, state="closed", without_product="Tanya jawab di tempat"
    )
    add_record(marc_of("Pedoman mengutip", Field("650", " ", "4", [("a", "Sitasi")])), by=sari)
    propose_expertise()

    assert "Sitasi diusulkan menjawab 2, memandu sesi 1 Ya, saya tahu" in words(dewi_in.get(f"{HOME}/people/{dewi.pk}"))
    row = dewi.pk and re.search(r"people/expertise/(\d+)", dewi_in.get(f"{HOME}/people/{dewi.pk}").content.decode())
    assert row is not None
    dewi_in.post(f"{HOME}/people/expertise/{row[1]}", {"answer": "yes"})

    found = sari_in.get(f"{HOME}/people", {"topic": about.pk})
    said = words(found)
    assert said.index(f"{dewi.name} diakui sendiri menjawab 2, memandu sesi 1") < said.index(
        f"{sari.name} menulis 1, mengatalog 1"
    )
    [ask] = re.findall(rf'href="([^"]+asked_of={dewi.pk}[^"]*)"', found.content.decode())
    form = sari_in.get(ask.replace("&amp;", "&")).content.decode()
    assert f'<option value="{dewi.pk}" selected>' in form
    assert "Sitasi" in words(sari_in.get(f"{HOME}/people"))

    page = words(sari_in.get(f"{HOME}/topics/{about.pk}"))
    for each in ("Membuat daftar pustaka", f"Siapa tahu {dewi.name}", "Klinik sitasi", "Sitasi 0?", "Buku Pedoman mengutip"):
        assert each in page


@pytest.mark.requirement("R250")
def test_whoever_never_wrote_or_led_anything_is_shown_with_a_topic_too(
    enter: Any, sari: Any, dewi: Any, with_role: Any
) -> None:
    rina, tono, fajar = with_role("circulation"), with_role("cataloguer"), with_role("verifier")
    dewi_in, about = enter(dewi), topic("Sitasi")
    topic("Bebas pustaka")
    for n in range(10):
        with transaction.atomic():
            events.record(ClearanceIssued(letter=n, application=n, member=n, number=f"{n}/BP"), by=fajar)
    asked = ConversationFactory(subject="Sitasi")
    TurnFactory(conversation=asked, text="Bagaimana menulis sitasi dari situs web?")
    enter(rina).post(f"/staff/questions/{asked.pk}/answer", {"text": "Pakai gaya APA edisi 7.", "seen": asked.turns.get().pk})
    session = SessionFactory(topic="Sitasi", facilitator=sari, starts_at=clock.now() - timedelta(hours=2))
    enter(tono).post(f"{HOME}/sessions/{session.pk}/attendance", {"me": "1"})
    enter(sari).post(f"{HOME}/sessions/{session.pk}/closing", {"without_product": "Tanya jawab di tempat"})
    propose_expertise()

    everybody = words(dewi_in.get(f"{HOME}/people"))
    assert f"{rina.name} Sitasi" in everybody
    assert f"{tono.name} Sitasi" in everybody
    assert f"{fajar.name} Bebas pustaka" in everybody
    assert "Bebas pustaka diusulkan mengerjakan 10 Ya, saya tahu" in words(enter(fajar).get(f"{HOME}/people/{fajar.pk}"))
    found = words(dewi_in.get(f"{HOME}/people", {"topic": about.pk}))
    assert found.index(f"{sari.name} memandu sesi 1") < found.index(f"{rina.name} menjawab di meja 1")
    assert f"{tono.name} ikut sesi 1" in found
    page = enter(rina).get(f"{HOME}/people/{rina.pk}")
    assert "Sitasi diusulkan menjawab di meja 1 Ya, saya tahu" in words(page)


@pytest.mark.requirement("R263")
@pytest.mark.requirement("R264")
@pytest.mark.requirement("R266")
@pytest.mark.requirement("R267")
@pytest.mark.requirement("R202")
def test_a_loose_group_with_a_charter_and_goals_becomes_a_community_when_it_is_regular(
    enter: Any, sari: Any, dewi: Any
) -> None:
    sari_in, dewi_in = enter(sari), enter(dewi)
    for kind, charter in (("writing", "Kami menulis bersama"), ("trends", "Kami membaca satu tren perpustakaan")):
        sari_in.post(f"{HOME}/communities/new", {"name": f"Kelompok {kind}", "kind": kind})
        assert charter in words(sari_in.get(f"{HOME}/communities/{Community.objects.latest('pk').pk}"))
    group = Community.objects.get(name="Kelompok writing")
    page = f"{HOME}/communities/{group.pk}"
    dewi_in.post(f"{page}/join")
    sari_in.post(f"{page}/goals", {"sentence": "Enam tulisan terkirim", "wanted": 6})
    dewi_in.post(f"{page}/goals/{group.goals.get().pk}", {"reached": 2})
    assert "Enam tulisan terkirim 2/6" in words(sari_in.get(page))
    assert "Jadikan komunitas praktik" not in words(sari_in.get(page))
    for week in range(1, 5):
        held = SessionFactory(community=group, starts_at=clock.now() - timedelta(weeks=week))
        for person in (sari, dewi):
            Attendance.objects.create(session=held, person=person)
    SessionFactory(title="Baca bersama", community=group, starts_at=clock.now() + timedelta(days=3))
    told = words(sari_in.get(page))
    assert "4 sesi dalam 4 dari dua belas minggu terakhir; 100% orangnya tetap dari sesi ke sesi." in told
    assert "Kerapatan interaksi 100%: 1 dari 1 pasangan" in told
    assert "Jadwal Baca bersama" in told
    assert f"{sari.name} Fasilitator" in told
    assert f"{dewi.name} Anggota dengan 1 orang" in told
    sari_in.post(f"{page}/promotion")
    assert "Komunitas praktik" in words(sari_in.get(f"{HOME}/communities"))


@pytest.mark.requirement("R265")
def test_a_guest_of_another_library_sees_the_community_they_were_invited_to_and_nothing_else(
    enter: Any, sari: Any, ani: Any, budi: Any, dewi: Any
) -> None:
    sari_in, ani_in, budi_in = enter(sari), enter(ani.user), enter(budi.user)
    sari_in.post(f"{HOME}/communities/new", {"name": "Tren", "kind": "trends"})
    sari_in.post(f"{HOME}/communities/new", {"name": "Dapur", "kind": "own"})
    group, other = Community.objects.get(name="Tren"), Community.objects.get(name="Dapur")
    sari_in.post(f"{HOME}/communities/{group.pk}/guests", {"username": "ani", "institution": "Perpustakaan ITB"})
    shared, inside = published(sari, "Tren 2026", approver=dewi), published(sari, "Rahasia dapur", approver=dewi)
    Article.objects.filter(pk=shared.pk).update(circle="community", community=group)
    assert f'href="{HOME}/communities/{group.pk}">Tren</a>' in ani_in.get("/my").text
    assert "Komunitas yang mengundang Anda" not in budi_in.get("/my").text
    assert "Perpustakaan ITB" in words(ani_in.get(f"{HOME}/communities/{group.pk}"))
    assert "Tren 2026" in words(ani_in.get(f"{HOME}/articles/{shared.pk}"))
    closed = ["/", "/communities", f"/communities/{other.pk}", f"/articles/{inside.pk}", "/people", "/search?q=tren"]
    assert [ani_in.get(f"{HOME}{each}").status_code for each in closed] == [403] * 6
    assert budi_in.get(f"{HOME}/communities/{group.pk}").status_code == 403
    assert Client().get(f"{HOME}/communities/{group.pk}").status_code == 302
    sari_in.post(f"{HOME}/communities/{group.pk}/people/{ani.user.pk}/removal")
    assert ani_in.get(f"{HOME}/communities/{group.pk}").status_code == 403
    assert "Komunitas yang mengundang Anda" not in ani_in.get("/my").text


def held(title: str, said: str, by: Any) -> Session:
    """A session with minutes of one point."""
    session = SessionFactory(title=title, topic="Perpanjangan", facilitator=by)
    point = session.points.get()
    notes.write(session, summary=f"Ringkasan {title}.", said={point.pk: said}, by=by)
    return session


@pytest.mark.requirement("R278")
@pytest.mark.requirement("R277")
@pytest.mark.requirement("R280")
@pytest.mark.requirement("R271")
def test_minutes_become_an_article_and_what_its_use_shows_comes_back_to_the_next_session(
    enter: Any, sari: Any, dewi: Any
) -> None:
    sari_in, dewi_in = enter(sari), enter(dewi)
    topic()
    talks = [held(f"Diskusi {n}", f"Pinjaman diperpanjang lewat cara {n}.", dewi) for n in ("satu", "dua", "tiga")]
    work_off()
    assert "Diskusi dua" in words(sari_in.get(f"{HOME}/search", {"q": "perpanjangan"}))

    chosen = [session.minutes.pk for session in talks]
    sari_in.post(f"{HOME}/articles/compile", {"title": "Tiga cara memperpanjang", "minutes": chosen})
    article = Article.objects.get()
    assert article.body.count("Sumber: notulen") == 3
    assert "Pinjaman diperpanjang lewat cara dua." in article.body
    page = f"{HOME}/articles/{article.pk}"
    assert f"{dewi.name} narasumber" in words(sari_in.get(page))

    sari_in.post(
        f"{page}/edit",
        {"title": article.title, "summary": "Tiga cara.", "body": article.body, "based_on": 1, "topics": [topic().pk]},
    )
    sari_in.post(f"{page}/circle", {"circle": "staff"})
    sari_in.post(f"{page}/submission")
    dewi_in.post(f"{page}/approval", {"review_on": (clock.now().date() + timedelta(days=90)).isoformat()})
    dewi_in.post(f"{page}/use", {"note": "Cara tiga gagal bila luring."})
    coming = SessionFactory(title="Sesi depan", starts_at=clock.now() + timedelta(days=2))
    sari_in.post(f"{page}/use/{Use.objects.get(kind='used').pk}/agenda")
    assert coming.points.filter(title="Cara tiga gagal bila luring.").exists()

    line = line_of("article", article.pk, sari)
    came_from = {each.source.title for each in line.back if each.source}
    assert {"Diskusi satu", "Diskusi dua", "Diskusi tiga"} <= came_from
    assert [each.trace.kind for each in line.forward] == ["used", "returned"]
    assert "Sesi depan" in words(sari_in.get(f"{HOME}/trace/article/{article.pk}"))


@pytest.mark.requirement("R210")
def test_two_colleagues_who_never_met_are_introduced_once_both_agree(enter: Any, sari: Any, dewi: Any, with_role: Any) -> None:
    rina, topic_of = with_role("circulation"), topic("Sitasi")
    rina.email = "rina@kampus.example"
    rina.save()
    article = published(sari, "Membuat daftar pustaka", approver=dewi)
    article.topics.set([topic_of])
    propose_expertise()
    sari_in, rina_in, dewi_in = enter(sari), enter(rina), enter(dewi)
    rina_in.post(f"{HOME}/people/me", {"needs": "Menulis sitasi", "hours_a_week": 1, "is_available": "on"})
    offered = rina_in.get(f"{HOME}/introductions")
    assert f"Mungkin perlu Anda kenal {sari.name} · Sitasi menulis 1" in words(offered)

    said = {
        "one": rina.pk,
        "other": sari.pk,
        "topic": topic_of.pk,
        "text": "Rina ingin belajar sitasi; Sari menulis tentangnya.",
    }
    dewi_in.post(f"{HOME}/introductions", said)
    assert "Ya, perkenalkan kami" not in words(dewi_in.get(f"{HOME}/introductions"))
    page = rina_in.get(f"{HOME}/introductions")
    assert said["text"] in words(page)
    [answer] = re.findall(r'action="([^"]+/introductions/\d+/answer)"', page.content.decode())
    rina_in.post(answer, {"answer": "yes"})
    assert not Delivery.objects.filter(code="introduced").exists()
    assert "menunggu persetujuan" in words(rina_in.get(f"{HOME}/introductions"))
    sari_in.post(answer, {"answer": "yes"})
    told = set(Delivery.objects.filter(code="introduced").values_list("address", flat=True))
    assert told == {rina.email, sari.email}
    both = rina_in.get(f"{HOME}/introductions")
    assert "saling kenal" in words(both)
    assert f"asked_of={sari.pk}&amp;topic={topic_of.pk}" in both.content.decode()
    assert f"{sari.name} · Sitasi" not in words(both).split("Mungkin perlu Anda kenal")[1]


@pytest.mark.requirement("R284")
@pytest.mark.requirement("R251")
def test_the_head_rewards_by_evidence_and_the_person_decides_whether_others_see_it(
    enter: Any, sari: Any, dewi: Any, head: Any
) -> None:
    sari_in, dewi_in, head_in = enter(sari), enter(dewi), enter(head)
    published(sari, "Cara satu", approver=dewi)
    assert dewi_in.post(f"{HOME}/awards/criteria", {"name": "x", "measure": "wrote", "least": 1}).status_code == 403
    head_in.post(f"{HOME}/awards/criteria", {"name": "Penulis rajin", "text": "Yang menulis", "measure": "wrote", "least": 1})
    page = head_in.get(f"{HOME}/awards")
    assert "Sari Wulandari 1 Beri penghargaan" in words(page)
    [give] = re.findall(r'action="([^"]+/criteria/\d+/\d+)"', page.content.decode())
    head_in.post(give)
    assert "Penulis rajin" not in words(dewi_in.get(f"{HOME}/awards"))
    assert "Anda menerima “Penulis rajin”" in words(sari_in.get(f"{HOME}/awards"))
    sari_in.post(f"{HOME}/awards/{Award.objects.get().pk}/agreement")
    assert "Penulis rajin · Sari Wulandari" in words(dewi_in.get(f"{HOME}/awards"))

    dewi_in.post(f"{HOME}/people/{sari.pk}/thanks", {"text": "Sabar mengajari saya.", "badge": "teacher"})
    assert "Sabar mengajari saya. Guru yang sabar" in words(head_in.get(f"{HOME}/people/{sari.pk}"))
    table = sari_in.get(f"{HOME}/people/{sari.pk}/report", {"form": "csv"}).content.decode("utf-8-sig")
    assert "Menulis artikel pengetahuan,Cara satu" in table
    assert "Menerima ucapan terima kasih,Sabar mengajari saya." in table
    assert dewi_in.get(f"{HOME}/people/{sari.pk}/report").status_code == 403
    assert "Cara satu" in words(head_in.get(f"{HOME}/people/{sari.pk}/report"))


@pytest.mark.requirement("R252")
@pytest.mark.requirement("R255")
@pytest.mark.requirement("R391")
def test_skills_needs_and_plans_stand_in_one_place(enter: Any, sari: Any, head: Any, dewi: Any) -> None:
    sari_in, head_in, dewi_in = enter(sari), enter(head), enter(dewi)
    sari_in.post(
        f"{HOME}/people/me", {"about": "Meja layanan", "needs": "Metadata musik", "hours_a_week": 3, "is_available": "on"}
    )
    sari_in.post(f"{HOME}/people/me/skills", {"name": "Klasifikasi DDC", "kind": "hard", "level": 3})
    sari_in.post(f"{HOME}/people/me/skills", {"name": "Mendengarkan", "kind": "soft", "level": 2})
    matrix = words(dewi_in.get(f"{HOME}/people/skills"))
    assert "Klasifikasi DDC Keterampilan teknis Sari Wulandari dapat mengajar" in matrix
    assert "Mendengarkan Keterampilan lunak Sari Wulandari" in matrix
    assert "Sari Wulandari Metadata musik" in matrix
    assert "Dapat ditanya · 3 jam seminggu" in words(dewi_in.get(f"{HOME}/people/{sari.pk}"))
    head_in.post(f"{HOME}/people/{sari.pk}/plans", {"goal": "Katalogisasi musik", "way": "Magang"})
    page = sari_in.get(f"{HOME}/people/{sari.pk}")
    assert f"bersama {head.name}" in words(page)
    assert "Katalogisasi musik" not in words(dewi_in.get(f"{HOME}/people/{sari.pk}"))
    [done] = re.findall(r'action="([^"]+/plans/\d+/done)"', page.content.decode())
    sari_in.post(done, {"evidence": "12 partitur dikatalog"})
    assert "bukti: 12 partitur dikatalog" in words(head_in.get(f"{HOME}/people/{sari.pk}"))


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_people_and_communities_take_a_fixed_number_of_statements(
    enter: Any, sari: Any, with_role: Any, rows: int, django_assert_max_num_queries: Any
) -> None:
    sari_in = enter(sari)
    for n in range(rows):
        with_role("librarian")
        sari_in.post(f"{HOME}/communities/new", {"name": f"Kelompok {n}", "kind": "own"})
    for page in (f"{HOME}/people", f"{HOME}/communities"):
        sari_in.get(page)
        with django_assert_max_num_queries(10):
            assert sari_in.get(page).status_code == 200
