"""A question against a text that is in no index is read as for titles."""

import pytest

from lumbung.kernel.wording import asked_for
from lumbung.search.domain.words import bring_in_built_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("pinjam", "Peminjaman antarperpustakaan"),
        ("meminjam ruangan", "Pinjam ruang diskusi"),
        ("diskus", "Ruang diskusi"),
        ("AI", "Kelas kecerdasan buatan"),
        ("pelatihan medsos", "Pelatihan media sosial"),
        ("e-learning", "E-learning dan gawai"),
        ("antar perpustakaan", "Pinjaman antar-perpustakaan"),
    ],
)
def test_a_text_meets_words_by_family_synonym_and_beginning(question, text):
    bring_in_built_in()
    assert asked_for(question)(text)


@pytest.mark.parametrize(
    ("question", "text"), [("", "Ruang"), ("ruang kimia", "Ruang diskusi"), ("ru", "Ruang"), ("ai", "Aikido")]
)
def test_a_text_that_lacks_a_word_does_not_meet_the_question(question, text):
    assert not asked_for(question)(text)


def test_names_are_met_in_any_spelling_where_they_are_names():
    assert asked_for("suryono", of_names=True)("Soerjono Soekanto")
    assert not asked_for("suryono")("Soerjono Soekanto")
