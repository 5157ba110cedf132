"""The portal's index: whatever is typed finds and breaks nothing, best first, and a kind is found among any number of others."""

import pytest
from django.db.models.signals import post_init

from lumbung.knowledge.domain import finding
from lumbung.knowledge.domain.questions import ask
from lumbung.knowledge.kinds import find_public
from lumbung.knowledge.models import ArticleVersion, Findable
from lumbung.knowledge.queries.finding import find, ranked
from lumbung.knowledge.queries.quoting import quotations_for
from lumbung.knowledge.tests.factories import SessionFactory
from lumbung.knowledge.tests.making import draft, published
from lumbung.search.domain.words import bring_in_built_in

pytestmark = pytest.mark.django_db


def test_what_says_more_of_the_words_stands_first_then_what_says_them_in_its_title(sari):
    inside = draft(sari, "Aturan pinjaman", "Denda dihitung saat buku kembali.\n")
    titled = draft(sari, "Menghitung denda", "Setiap sore, berdua.\n")
    both = draft(sari, "Denda buku referensi", "Semalam saja.\n")
    assert [each.key for each in find("denda referensi", sari)] == [both.pk, titled.pk, inside.pk]


def test_both_words_asked_for_stand_before_one_of_them_said_in_other_words(sari):
    bring_in_built_in()
    one = draft(sari, "Sumber daya manusia", "Sumber daya manusia di perpustakaan.\n")
    both = draft(sari, "Pelatihan SDM", "Sehari saja.\n")
    assert [each.key for each in find("pelatihan sdm", sari)] == [both.pk, one.pk]


def test_of_articles_to_quote_only_those_that_are_shown_are_read(sari):
    published(
        sari, "Denda", "Denda denda denda denda, dihitung setiap hari sampai buku kembali ke rak perpustakaan.\n", "staff"
    )
    body = "Denda dihitung saat buku kembali, sekali sehari, dan tidak pada hari libur perpustakaan.\n"
    made = [published(sari, f"Denda {n}", body, "public") for n in range(4)]
    read = []

    def note(sender, instance, **_facts):
        read.append(instance.article_id)

    post_init.connect(note, sender=ArticleVersion)
    try:
        quoted = [each.article.pk for each in quotations_for("denda", 2)]
    finally:
        post_init.disconnect(note, sender=ArticleVersion)
    assert quoted == [made[3].pk, made[2].pk]
    assert sorted(read) == sorted(quoted)


@pytest.mark.parametrize(
    ("words", "is_answered"),
    [
        ("buku hilang", True),
        ("apa yang terjadi bila buku hilang?", True),
        ("bagaimana kehilangan buku dan penggantiannya", True),
        ("buku edisi lama hilang di pasar", False),
        ("buku edisi sama hilang di pasar", True),
        ("akuntansi keuangan menengah edisi 12", False),
        ("edisi revisi", False),
        ("edisi terbaru buku sejarah", False),
    ],
)
def test_the_one_box_shows_articles_that_have_all_the_words_or_of_many_all_but_one(sari, words, is_answered):
    body = "Gantilah dengan judul dan edisi yang sama, atau bayarlah harganya di meja layanan perpustakaan.\n"
    published(sari, "Apa yang terjadi bila buku hilang?", body, "public")
    assert [hit.title for hit in find_public(words, 3)] == (["Apa yang terjadi bila buku hilang?"] if is_answered else [])
    assert quotations_for("edisi revisi", 3)


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
