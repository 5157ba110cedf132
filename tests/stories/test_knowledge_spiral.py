"""One question at the desk goes the whole way round: talked about, written down, put together, used, and talked about again."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.desk.models import KnownAnswer, Turn
from lumbung.desk.tests.factories import ConversationFactory, TurnFactory
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.knowledge.models import Article, Session, Trace, Use
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.knowledge.tests.making import topic
from lumbung.organization.tests.factories import LibraryFactory
from tests.portal import MONDAY

pytestmark = pytest.mark.django_db
HOME = "/staff/knowledge"


def words(answer: Any) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture(autouse=True)
def in_one_year() -> Iterator[None]:
    """The figures of the round are those of a year."""
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def people(db: None, signed_in: Any) -> dict[str, Any]:
    """A shy new librarian, a facilitator, an editor and the head, each with their browser."""
    LibraryFactory()
    named = {
        "lina": ("Lina Marlina", Role.CIRCULATION),
        "dewi": ("Dewi Lestari", Role.LIBRARIAN),
        "maya": ("Maya Anggraini", Role.CATALOGUER),
        "ratna": ("Ratna Wulandari", Role.HEAD),
    }
    users = {key: UserFactory(username=key, name=name, roles=[role]) for key, (name, role) in named.items()}
    return users | {f"{key}_in": signed_in(Client(), user) for key, user in users.items()}


def asked_at_the_desk(people: dict[str, Any]) -> Any:
    ended = clock.now() - timedelta(hours=1)
    conversation = ConversationFactory(
        subject="Perpanjangan",
        asker_name="Wayan Sudira",
        state="closed",
        outcome="answered",
        closed_at=ended,
        assignee=people["lina"],
    )
    TurnFactory(conversation=conversation, text="Saya Wayan Sudira, wayan@kampus.example. Bolehkah perpanjangan lewat telepon?")
    said = "Boleh, sebutkan NIM dan satu judul yang dipinjam; tanggal lahir saja tidak cukup untuk memastikan."
    TurnFactory(conversation=conversation, kind=Turn.Kinds.ANSWER, text=said, by=people["lina"])
    return conversation


@pytest.mark.requirement("R269")
@pytest.mark.requirement("R271")
@pytest.mark.requirement("R273")
@pytest.mark.requirement("R280")
def test_a_question_at_the_desk_becomes_minutes_an_article_a_use_and_the_next_agenda(people: dict[str, Any]) -> None:
    asked, about = asked_at_the_desk(people), topic("Perpanjangan")
    coming = SessionFactory(
        title="Diskusi Senin", topic=about.name, facilitator=people["dewi"], starts_at=clock.now() + timedelta(days=1)
    )
    page = people["lina_in"].get(f"/staff/questions/{asked.pk}")
    assert "Bicarakan bersama" in words(page)
    people["lina_in"].post(f"{HOME}/trace/conversation/{asked.pk}/agenda")
    point = coming.points.get(source_kind="conversation")
    assert "Wayan" not in point.title
    assert "perpanjangan lewat telepon" in point.title

    with clock.stopped_at(clock.now() + timedelta(days=1, hours=2)):
        _discussed_and_closed(people, coming, point)
        article = _compiled(people, coming)
        assert "Artikelnya sedang ditulis" in words(people["lina_in"].get(f"{HOME}/sessions/{coming.pk}"))
        _publish(people, article)
        assert "Baca artikelnya" in words(people["lina_in"].get(f"{HOME}/sessions/{coming.pk}"))

        told = {"kind": "used", "note": "Penelepon tidak hafal NIM; tahun masuk dan judul juga cukup."}
        people["lina_in"].post(f"{HOME}/articles/{article.pk}/use", told)
        following = SessionFactory(title="Diskusi berikutnya", starts_at=clock.now() + timedelta(days=6))
        people["lina_in"].post(f"{HOME}/articles/{article.pk}/use/{Use.objects.get(kind='used').pk}/agenda")
        assert following.points.filter(title=told["note"]).exists()
        _traced_and_credited(people, article, point)
    assert set(Trace.objects.values_list("kind", flat=True)) == {
        "discussed",
        "recorded",
        "decided",
        "compiled",
        "used",
        "returned",
    }


def _discussed_and_closed(people: dict[str, Any], coming: Session, point: Any) -> None:
    """Two were there, one wrote and another completed the minutes, a third approved them."""
    for name in ("lina", "maya"):
        people[f"{name}_in"].post(f"{HOME}/sessions/{coming.pk}/attendance", {"me": "1"})
    said = (
        "NIM dan satu judul sudah cukup untuk memastikan orangnya.\nKeputusan: perpanjangan lewat telepon meminta NIM dan judul"
        "\nTindakan: tempel di meja telepon @dewi 12/12/2099"
    )
    people["dewi_in"].post(f"{HOME}/sessions/{coming.pk}/minutes", {f"point{point.pk}": said})
    people["maya_in"].post(f"{HOME}/sessions/{coming.pk}/minutes", {f"point{point.pk}": said, "propose": "1"})
    people["lina_in"].post(f"{HOME}/sessions/{coming.pk}/minutes/approval")
    people["dewi_in"].post(f"{HOME}/sessions/{coming.pk}/closing", {"product": ""})


def _compiled(people: dict[str, Any], coming: Session) -> Article:
    """The page of the session leads to the form, which is filled already; who brought the matter is credited."""
    after = people["dewi_in"].get(f"{HOME}/sessions/{coming.pk}")
    [step] = re.findall(r'<a class="button main small" href="([^"]+)">Susun menjadi artikel', after.content.decode())
    form = people["maya_in"].get(step)
    assert 'value="Diskusi Senin"' in form.text
    made = people["maya_in"].post(step, {"title": "Perpanjangan lewat telepon", "minutes": [coming.minutes.pk]})
    article = Article.objects.get(title="Perpanjangan lewat telepon")
    assert made["Location"] == f"{HOME}/articles/{article.pk}/edit"
    assert ("cukup untuk memastikan orangnya" in article.body, "@dewi" in article.body) == (True, False)
    assert article.body.count("perpanjangan lewat telepon meminta NIM dan judul") == 1
    assert list(article.contributions.values_list("name", "part")) == [
        ("Maya Anggraini", "author"),
        ("Lina Marlina", "source"),
    ]
    return article


def _traced_and_credited(people: dict[str, Any], article: Article, point: Any) -> None:
    """From the article back to the question and forward to its uses, with names of colleagues and none of the asker."""
    line = words(people["dewi_in"].get(f"{HOME}/trace/article/{article.pk}"))
    for step in (
        f"{point.title} dibahas dalam Diskusi Senin",
        "Diskusi Senin dicatat dalam Notulen “Diskusi Senin”",
        "Notulen “Diskusi Senin” disusun menjadi Perpanjangan lewat telepon",
        "Perpanjangan lewat telepon dipakai dalam Lina Marlina memakai “Perpanjangan lewat telepon”",
        "kembali dibahas dalam Diskusi berikutnya",
    ):
        assert step in line
    assert "Wayan" not in line
    assert all(f"{people[each].name}" in line for each in ("lina", "maya"))
    cycle = words(people["ratna_in"].get(f"{HOME}/cycle"))
    assert "Dibicarakan 2 0 – Dicatat 1 1 0,1 Disusun 1 0 0,0 Dipakai 1 0 0,0 Dibicarakan lagi 1 0 0,0" in cycle


def _publish(people: dict[str, Any], article: Article) -> None:
    """Completed, shared and submitted by its writer, approved by another."""
    text = {"title": article.title, "summary": "Cara memastikan penelepon.", "body": article.body, "based_on": article.version}
    people["maya_in"].post(
        f"{HOME}/articles/{article.pk}/edit", {**text, "topics": list(article.topics.values_list("pk", flat=True))}
    )
    people["maya_in"].post(f"{HOME}/articles/{article.pk}/circle", {"circle": "staff"})
    people["maya_in"].post(f"{HOME}/articles/{article.pk}/submission")
    until = (clock.now() + timedelta(days=100)).date().isoformat()
    people["dewi_in"].post(f"{HOME}/articles/{article.pk}/approval", {"review_on": until})
    article.refresh_from_db()
    assert article.state == "published"


@pytest.mark.requirement("R269")
def test_time_given_to_sharing_is_noted_in_one_click_and_counts_as_work_in_the_report(people: dict[str, Any]) -> None:
    held = SessionFactory(
        title="Diskusi Senin", minutes_long=45, facilitator=people["dewi"], starts_at=clock.now() - timedelta(hours=2)
    )
    people["lina_in"].post(f"{HOME}/sessions/{held.pk}/attendance", {"me": "1"})
    own = f"{HOME}/people/{people['lina'].pk}"
    page = people["lina_in"].get(own)
    assert "Diskusi Senin" in words(page)
    form = page.text[: page.text.index("Catat 45 menit")].rsplit("<form", 1)[1]
    people["lina_in"].post(
        f"{HOME}/people/me/times", dict(re.findall(r'name="(session|what|on|minutes)" value="([^"]*)"', form))
    )
    people["lina_in"].post(f"{HOME}/people/me/times", {"what": "Mendampingi rekan baru", "minutes": 30})
    assert "Bulan ini: 75 menit" in words(people["lina_in"].get(own))
    assert "Waktu berbagi" not in words(people["dewi_in"].get(own))

    report = words(people["lina_in"].get(f"{own}/report"))
    assert "Berbagi pengetahuan dalam jam kerja Mendampingi rekan baru 30" in report
    assert "Waktu berbagi yang dicatat sendiri: 75 menit." in report
    table = people["ratna_in"].get(f"{own}/report", {"form": "csv"}).content.decode("utf-8-sig")
    assert "Berbagi pengetahuan dalam jam kerja,Diskusi Senin,45" in table
    assert people["dewi_in"].get(f"{own}/report").status_code == 403


@pytest.mark.requirement("R269")
def test_a_closed_conversation_begins_an_article_that_names_who_answered_and_never_who_asked(people: dict[str, Any]) -> None:
    asked, about = asked_at_the_desk(people), topic("Perpanjangan")
    offered = people["dewi_in"].get(f"{HOME}/trace/conversation/{asked.pk}/article")
    assert "tanggal lahir saja tidak cukup" in words(offered)
    people["dewi_in"].post(f"{HOME}/trace/conversation/{asked.pk}/article", {"title": "Perpanjangan lewat telepon"})
    article = Article.objects.get()
    assert (article.owner, article.circle, article.form, list(article.topics.all())) == (people["dewi"], "me", "faq", [about])
    assert "sebutkan NIM dan satu judul" in article.body
    filled = {"title": article.title, "summary": article.summary, "body": article.body, "topics": article.topics.count()}
    assert all(filled.values()), filled
    assert re.findall(r"\{\{ (.+?) \}\}", article.body) == ["aturan atau halaman yang menjadi dasar"]
    assert "Wayan" not in article.title + article.summary + article.body
    assert "wayan@" not in article.summary
    assert list(article.contributions.values_list("name", "part")) == [("Dewi Lestari", "author"), ("Lina Marlina", "source")]
    people["dewi_in"].post(f"{HOME}/trace/conversation/{asked.pk}/article", {"title": "Lagi"})
    assert Article.objects.count() == 1


def test_an_answer_proposed_at_the_desk_is_a_draft_of_whoever_proposed_it(people: dict[str, Any]) -> None:
    topic("Perpanjangan")
    today = clock.now().date()
    known = KnownAnswer.objects.create(
        question="Berapa kali perpanjangan boleh dilakukan?", text="Dua kali, selama tidak dipesan orang lain.", source="Aturan layanan 4",
        state="reviewed", reviewed_on=today, valid_until=today + timedelta(days=90), written_by=people["lina"], reviewer=people["dewi"],
    )  # fmt: skip
    for _twice in range(2):
        people["dewi_in"].post(f"/staff/questions/answers/{known.pk}/article")
        work_off()
    draft = Article.objects.get()
    assert (draft.owner, draft.circle, draft.title) == (people["dewi"], "me", known.question)
    assert draft.body == "## Jawaban\n\nDua kali, selama tidak dipesan orang lain.\n\n## Sumber\n\nAturan layanan 4\n"
    assert [each.name for each in draft.topics.all()] == ["Perpanjangan"]
    assert list(draft.contributions.values_list("name", "part")) == [("Dewi Lestari", "author"), ("Lina Marlina", "source")]
    assert f"{known.question} disusun menjadi {known.question}" in words(
        people["dewi_in"].get(f"{HOME}/trace/answer/{known.pk}")
    )
    assert people["maya_in"].get(f"{HOME}/articles/{draft.pk}").status_code == 404


def test_a_complaint_stands_in_no_line_and_begins_nothing(people: dict[str, Any]) -> None:
    asked = asked_at_the_desk(people)
    asked.is_complaint = True
    asked.save()
    SessionFactory(starts_at=clock.now() + timedelta(days=1))
    assert "Bicarakan bersama" not in words(people["ratna_in"].get(f"/staff/questions/{asked.pk}"))
    line = f"{HOME}/trace/conversation/{asked.pk}"
    acts = [people["ratna_in"].post(f"{line}/{act}", {"title": "x"}).status_code for act in ("agenda", "article")]
    assert [people["ratna_in"].get(line).status_code, *acts] == [404, 404, 404]
    assert Session.objects.get().points.count() == 1
