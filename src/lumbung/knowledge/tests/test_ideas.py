"""Issues, ideas, consultations and projects: carried by votes, measured, decided with reasons and names."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import boards, consultations, ideas
from lumbung.knowledge.models import Action, Consultation, ConsultationVote, Idea, Incident, Issue, Trace
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 20)


def codes(verb, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return refused.value.codes


def test_an_issue_becomes_a_measured_result_all_linked(sari, with_role):
    rina = with_role("circulation")
    issue = ideas.raise_issue("Antrean siang panjang", tag=" Layanan ", by=sari)
    idea = ideas.propose("Meja kedua pukul 11–13", issue=issue, by=rina)
    ideas.propose("Kurangi jam istirahat", issue=issue, by=sari)
    assert (ideas.vote(idea, by=sari), ideas.vote(idea, by=sari), ideas.vote(idea, by=rina)) == (1, 1, 2)
    assert ideas.vote(idea, by=rina, wanted=False) == 1
    assert codes(ideas.choose, idea, owner=None, metric=" ", due_on=DUE, by=sari) == [
        "idea_owner_missing",
        "idea_metric_missing",
    ]
    action = ideas.choose(idea, owner=rina, metric="menit antre", before=Decimal(14), due_on=DUE, by=sari)
    assert (action.owner, action.title) == (rina, "Meja kedua pukul 11–13")
    assert codes(ideas.vote, idea, by=sari) == ["idea_elsewhere"]
    ideas.begin_pilot(idea, by=rina)
    assert codes(ideas.adopt, idea, after=None, outcome="", by=sari) == ["idea_after_missing", "idea_outcome_missing"]
    done = ideas.adopt(idea, after=Decimal("4.5"), outcome="Antrean turun", by=sari)
    assert (done.stage, done.difference, done.tag) == ("adopted", Decimal("-9.5"), "layanan")
    kinds = set(Trace.objects.values_list("from_kind", "to_kind"))
    assert kinds == {("issue", "idea"), ("idea", "action")}


def test_an_idea_is_dropped_with_a_reason(sari):
    idea = ideas.propose("Tutup siang", by=sari)
    assert codes(ideas.drop, idea, outcome=" ", by=sari) == ["idea_outcome_missing"]
    assert ideas.drop(idea, outcome="Pengguna dirugikan", by=sari).stage == "dropped"
    assert codes(ideas.choose, idea, owner=sari, metric="x", due_on=DUE, by=sari) == ["idea_elsewhere"]


def test_only_who_manages_or_owns_moves_an_idea(sari, ani, with_role, signed_in):
    LibraryFactory()
    rina, tono = with_role("circulation"), with_role("cataloguer")
    idea = ideas.propose("Rak baru", by=tono)
    page = reverse("knowledge:idea_choose", args=[idea.pk])
    told = {"owner": rina.pk, "due_on": "2026-12-20", "metric": "judul per jam"}
    assert [signed_in(Client(), each).post(page, told).status_code for each in (tono, rina, ani.user, sari)] == [
        403,
        403,
        403,
        302,
    ]
    assert Action.objects.get().owner == rina
    pilot = reverse("knowledge:idea_pilot", args=[idea.pk])
    assert [signed_in(Client(), each).post(pilot).status_code for each in (tono, rina)] == [403, 302]


def test_a_consultation_is_decided_with_reasons_and_names(sari, with_role, signed_in):
    LibraryFactory()
    head, rina = with_role("head"), with_role("circulation")
    today = clock.today(LibraryFactory._meta.model.objects.get().zone)
    assert codes(consultations.open_consultation, " ", closes_on=today, by=rina) == ["consultation_empty", "consultation_past"]
    asked = consultations.open_consultation("Buka hari Minggu", closes_on=today + timedelta(days=7), by=rina)
    consultations.cast_vote(asked, "against", by=sari)
    consultations.cast_vote(asked, "for", by=sari)
    consultations.comment(asked, "Kita coba sebulan", by=sari)
    assert ConsultationVote.objects.get().choice == "for"
    page = reverse("knowledge:consultation_decide", args=[asked.pk])
    told = {"decision": "accepted", "reasons": "Banyak yang meminta"}
    assert [signed_in(Client(), each).post(page, told).status_code for each in (rina, sari, head)] == [403, 403, 302]
    shown = signed_in(Client(), sari).get(reverse("knowledge:consultation", args=[asked.pk])).content.decode()
    assert f"Diputuskan {head.name}" in shown
    assert f"Pengusul: {rina.name}" in shown
    for late in (lambda: consultations.comment(asked, "x", by=sari), lambda: consultations.cast_vote(asked, "for", by=sari)):
        assert codes(late) == ["consultation_over"]


def test_nobody_votes_after_the_last_day(sari):
    library = LibraryFactory()
    asked = Consultation.objects.create(title="Lama", proposer=sari, opened_at=clock.now(), closes_on=date(2026, 1, 1))
    with clock.stopped_at(datetime(2026, 1, 2, 9, tzinfo=library.zone)):
        assert codes(consultations.cast_vote, asked, "for", by=sari) == ["consultation_over"]


def test_a_shared_draft_is_never_overwritten_unseen(sari, with_role, signed_in):
    LibraryFactory()
    rina, tono = with_role("circulation"), with_role("cataloguer")
    board = boards.begin("Buletin", goal="Terbit Desember", members=[rina], by=sari)
    boards.write_draft(board, "Naskah Rina", based_on=0, by=rina)
    assert codes(boards.write_draft, board, "Naskah Sari", based_on=0, by=sari) == ["draft_changed"]
    assert codes(boards.write_draft, board, "x", based_on=1, by=tono) == ["board_not_yours"]
    page = reverse("knowledge:board", args=[board.pk])
    answer = signed_in(Client(), sari).post(page, {"draft": "Naskah Sari", "based_on": 0})
    shown = answer.content.decode()
    assert (answer.status_code, "Naskah Sari</textarea>" in shown, "Naskah Rina" in shown) == (422, True, True)
    task = boards.add_task(board, "Kumpulkan foto", by=rina)
    assert boards.move_task(task, "done", by=sari).state == "done"
    assert codes(boards.end, board, output=" ", by=sari) == ["output_missing"]
    boards.end(board, output="https://perpus.example/buletin", by=sari)
    assert codes(boards.add_task, board, "Lagi", by=sari) == ["board_over"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_however_long_they_are(client, sari, signed_in, count, django_assert_max_num_queries):
    library = LibraryFactory()
    for n in range(count):
        ideas.vote(ideas.propose(f"Gagasan {n}", issue=ideas.raise_issue(f"Isu {n}", by=sari), by=sari), by=sari)
        consultations.open_consultation(f"Usul {n}", closes_on=clock.today(library.zone) + timedelta(days=2), by=sari)
        boards.begin(f"Proyek {n}", goal="x", members=[], by=sari)
    signed_in(client, sari)
    for name in ("ideas", "consultations", "boards", "home"):
        with django_assert_max_num_queries(14):
            assert client.get(reverse(f"knowledge:{name}")).status_code == 200


def test_a_line_is_kept_in_two_clicks(sari, signed_in):
    LibraryFactory()
    client = signed_in(Client(), sari)
    for kind, model in (("incident", Incident), ("idea", Idea), ("issue", Issue)):
        answer = client.post(reverse("knowledge:jot"), {"line": "Printer <b>mati</b>", "as": kind})
        assert answer.url == reverse(f"knowledge:{kind}", args=[model.objects.get().pk])
        assert "Printer &lt;b&gt;mati&lt;/b&gt;" in client.get(answer.url).content.decode()
    refused = client.post(reverse("knowledge:jot"), {"line": "x", "as": "point"}, follow=True)
    assert "Belum ada sesi berikutnya yang terbit" in refused.content.decode()


def test_every_form_opens(sari, signed_in):
    LibraryFactory()
    client = signed_in(Client(), sari)
    for name in ("idea_new", "issue_new", "consultation_new", "board_new", "ideas", "consultations", "boards"):
        assert client.get(reverse(f"knowledge:{name}")).status_code == 200, name
