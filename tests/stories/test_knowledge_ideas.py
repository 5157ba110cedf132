"""A library's staff bring ideas, decide on them, work on them and ask how ready they are: through the pages of the portal."""

import re
from typing import Any

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.organization.tests.factories import LibraryFactory
from tests.portal import MONDAY, at, said

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R206")
@pytest.mark.requirement("R010", "R110", "R389", "R418")
def test_an_issue_in_a_crisis_becomes_an_idea_that_is_tried_measured_and_adopted(
    sari: Any, rina: Any, tono: Any, signed_in: Any
) -> None:
    LibraryFactory()
    desk, maker, other = (signed_in(Client(), each) for each in (sari, rina, tono))
    issue = desk.post(at("issue_new"), {"title": "Gedung tutup sebulan", "tag": "krisis"}).url
    maker.post(issue, {"title": "Antar buku dengan tautan WhatsApp"})
    idea = re.search(r"ideas/(\d+)\"", desk.get(issue).content.decode())
    assert idea
    key = int(idea[1])
    other.post(at("idea_vote", key))
    assert "1 suara" in said(other, issue)
    chosen = {"owner": rina.pk, "due_on": "2026-12-20", "metric": "buku diantar seminggu", "before": "0"}
    assert desk.post(at("idea_choose", key), chosen).status_code == 302
    assert re.search(r"Antar buku dengan tautan WhatsApp Rina Puspitasari Min 20 Des\b", said(maker, at("actions")))
    maker.post(at("idea_pilot", key))
    assert "Antar buku dengan tautan WhatsApp" in said(other, at("ideas") + "?tag=krisis&stage=pilot")
    maker.post(at("idea_end", key), {"after": "37", "outcome": "Diteruskan sesudah gedung buka"})
    register = said(other, at("ideas") + "?tag=krisis&stage=adopted")
    for part in (
        "Antar buku dengan tautan WhatsApp",
        "Rina Puspitasari",
        "Diteruskan sesudah gedung buka",
        "buku diantar seminggu: 0 → 37",
        "Diterapkan",
    ):
        assert part in register.replace(" :", ":")
    assert at("idea", key) in other.get(issue).text
    line = said(other, at("trace", "issue", int(re.findall(r"\d+", issue)[0])))
    assert "diputuskan menjadi Antar buku dengan tautan WhatsApp" in line


@pytest.mark.requirement("R201", "R257")
def test_a_librarians_proposal_is_discussed_voted_on_and_decided_with_names(
    rina: Any, tono: Any, ratna: Any, signed_in: Any
) -> None:
    LibraryFactory()
    maker, other, head = (signed_in(Client(), each) for each in (rina, tono, ratna))
    with clock.stopped_at(MONDAY):
        asked = maker.post(at("consultation_new"), {"title": "Buka hari Minggu", "text": "Coba", "closes_on": "2026-12-14"}).url
        key = int(re.findall(r"\d+", asked)[0])
        assert "Beri suara: Buka hari Minggu" in said(other, at("home"))
        other.post(at("consultation_vote", key), {"choice": "for"})
        other.post(at("consultation_comment", key), {"text": "Bergiliran, jangan orang yang sama."})
        head.post(
            at("consultation_decide", key), {"decision": "accepted", "reasons": "Mahasiswa kelas karyawan memerlukannya."}
        )
    shown = said(other, asked)
    for part in (
        "Diterima",
        "kelas karyawan",
        "Diputuskan Dr. Ratna Wulandari",
        "Pengusul: Rina Puspitasari",
        "jangan orang yang sama",
        "Setuju suara Anda 1 Tidak setuju 0",
    ):
        assert part in shown


@pytest.mark.requirement("R256")
def test_colleagues_write_together_on_a_board_of_their_own(rina: Any, tono: Any, signed_in: Any) -> None:
    LibraryFactory()
    maker, other = signed_in(Client(), rina), signed_in(Client(), tono)
    board = maker.post(at("board_new"), {"title": "Buletin", "goal": "Terbit Desember", "members": [tono.pk]}).url
    key = int(re.findall(r"\d+", board)[0])
    other.post(at("task_add", key), {"title": "Kumpulkan foto"})
    task = re.search(rf"projects/{key}/tasks/(\d+)/done", maker.get(board).content.decode())
    assert task
    assert "Tono Hartanto" in said(maker, board)
    maker.post(at("task_move", key, int(task[1]), "done"))
    assert f"projects/{key}/tasks/{task[1]}/done" not in maker.get(board).content.decode()
    other.post(board, {"draft": "Edisi pertama", "based_on": 0})
    maker.post(at("board_end", key), {"output": "https://perpus.example/buletin"})
    shown = said(other, board)
    for part in ("Kumpulkan foto", "Edisi pertama", "https://perpus.example/buletin"):
        assert part in shown


@pytest.mark.requirement("R239", "R240", "R249")
def test_readiness_is_asked_again_without_names_and_leaders_are_set_beside_librarians(
    sari: Any, rina: Any, signed_in: Any
) -> None:
    LibraryFactory()
    desk = signed_in(Client(), sari)
    for title, leaders, librarians in (("2025", 4, 2), ("2026", 4, 3)):
        desk.post(at("survey_open"), {"title": title})
        run = re.search(r"surveys/(\d+)/close", desk.get(at("surveys")).content.decode())
        assert run
        key = int(run[1])
        sheet = re.findall(r'name="(q\d+)" value="1"', desk.get(at("survey", key)).content.decode())
        for role, value in [(Role.HEAD, leaders)] * 5 + [(Role.LIBRARIAN, librarians)] * 5:
            answer = signed_in(Client(), UserFactory(roles=[role])).post(at("survey", key), dict.fromkeys(sheet, value))
            assert answer.status_code == 302
        desk.post(at("survey_close", key))
    assert set(JournalEntry.objects.filter(name="SurveyAnswered").values_list("actor_id", flat=True)) == {None}
    result = desk.get(at("survey", key)).content.decode()
    assert result.count('class="between"') == 15
    assert re.search(r"Budaya berbagi</th><td class=\"num\">4,0</td><td class=\"num\">3,0</td><td class=\"num\">1,0", result)
    assert "Teknologi" in result
    runs = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", desk.get(at("surveys")).content.decode()))
    assert "Budaya berbagi 3,5 3,0" in runs
    told = {"title": "Jam belajar bersama", "owner": rina.pk, "due_on": "2027-01-15", "core": "people"}
    desk.post(at("action_new"), told)
    assert re.search(
        r"Orang Jam belajar bersama Rina .+ Proses Belum ada tindakan. Teknologi Belum", said(desk, at("improvement_plan"))
    )


@pytest.mark.requirement("R240")
def test_leaders_too_few_to_hide_among_are_not_set_beside_librarians(sari: Any, signed_in: Any) -> None:
    LibraryFactory()
    desk = signed_in(Client(), sari)
    desk.post(at("survey_open"), {"title": "2026"})
    [key] = map(int, re.findall(r"surveys/(\d+)/close", desk.get(at("surveys")).content.decode()))
    sheet = re.findall(r'name="(q\d+)" value="1"', desk.get(at("survey", key)).content.decode())
    for role, value in [(Role.HEAD, 1)] * 4 + [(Role.LIBRARIAN, 4)] * 5:
        signed_in(Client(), UserFactory(roles=[role])).post(at("survey", key), dict.fromkeys(sheet, value))
    desk.post(at("survey_close", key))
    result = desk.get(at("survey", key)).content.decode()
    assert ("9 jawaban · kelompok di bawah 5 orang tidak ditampilkan" in said(desk, at("survey", key))) is True
    assert [result.count(f'class="{each}" cx') for each in ("leaders", "librarians")] == [0, 15]
    assert re.search(r"Budaya berbagi</th><td class=\"num\">–</td><td class=\"num\">4,0</td><td class=\"num\">–", result)
