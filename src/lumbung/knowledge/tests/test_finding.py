"""The portal's index: whatever is typed finds and breaks nothing, best first, and a kind is found among any number of others."""

import pytest

from lumbung.knowledge.domain import finding
from lumbung.knowledge.domain.questions import ask
from lumbung.knowledge.models import Findable
from lumbung.knowledge.queries.finding import find, ranked
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.knowledge.tests.making import draft

pytestmark = pytest.mark.django_db


def test_what_says_more_of_the_words_stands_first_then_what_says_them_in_its_title(sari):
    inside = draft(sari, "Aturan pinjaman", "Denda dihitung saat buku kembali.\n")
    titled = draft(sari, "Menghitung denda", "Setiap sore, berdua.\n")
    both = draft(sari, "Denda buku referensi", "Semalam saja.\n")
    assert [each.key for each in find("denda referensi", sari)] == [both.pk, titled.pk, inside.pk]


@pytest.mark.parametrize(
    "typed", ['658.4 "', "C++ OR * NEAR(", "=article", "'; DROP TABLE knowledge_findable; --", "\\ { } ^ : -"]
)
def test_nothing_that_is_typed_is_a_command(sari, typed):
    draft(sari, "Manajemen")
    assert find(typed, sari) == []
    assert Findable.objects.count() == 1


def test_a_number_with_a_point_is_one_word(sari):
    numbered = draft(sari, "Kelas 658.4", "Rak manajemen.\n")
    draft(sari, "Kelas 658", "Rak sebelah.\n")
    assert [each.key for each in find("658.4", sari)] == [numbered.pk]


def test_a_question_is_found_among_more_sessions_than_are_looked_at(sari, monkeypatch):
    monkeypatch.setattr("lumbung.knowledge.queries.finding.DEEPEST", 3)
    asked = ask("Denda siapa?", by=sari)
    for _ in range(5):
        finding.put(SessionFactory(title="Denda"))
    assert ranked("denda", kinds=["question", "article"]) == [("question", asked.pk)]
    assert len(ranked("denda")) == 3


def test_what_changed_is_found_by_what_it_says_now_and_what_is_forgotten_not_at_all(sari):
    written = draft(sari, "Menghitung denda")
    written.title = "Menghitung kas"
    finding.put(written)
    assert (find("kas", sari)[0].key, ranked("denda")) == (written.pk, [])
    finding.forget(written)
    assert ranked("kas") == []
