"""What is written as one word and as two, and names of which only the first letters are written."""

import pytest

from lumbung.search.documents import Query
from lumbung.search.tests.conftest import book
from lumbung.search.words.compounds import parted


@pytest.fixture
def found(engine):
    return lambda words: list(engine.find(Query(words)).keys)


def test_a_compound_is_parted_into_roots_of_the_language_alone():
    assert [parted(word) for word in ("kerjasama", "olahraga", "penelitian", "database", "kerja")] == [
        (("kerja", "sama"),),
        (("olah", "raga"),),
        (),
        (),
        (),
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("budidaya", "budi daya"),
        ("kerjasama", "kerja sama"),
        ("tanggungjawab", "tanggung jawab"),
        ("olahraga", "olah raga"),
        ("terimakasih", "terima kasih"),
    ],
)
def test_a_compound_finds_what_is_written_the_other_way(shelve, found, one, two):
    shelve(book(1, f"Tentang {one} di desa"), book(2, f"Tentang {two} di desa"), book(3, f"Tentang {two.split()[1]} di desa"))
    assert found(f"{one} desa") == [1, 2]
    assert found(f"{two} desa") == [2, 1]
    assert found(one) == [1, 2]
    assert found(two) == [2, 1]


def test_a_compound_with_affixes_meets_its_two_words(shelve, found):
    shelve(book(1, "Pembudidayaan ikan"), book(2, "Budi daya ikan"), book(3, "Budi pekerti"))
    assert found("pembudidayaan") == [1, 2]
    assert found("budi daya") == [2, 1]


@pytest.fixture
def writers(shelve):
    shelve(
        book(1, "Bumi manusia", "Toer, Pramoedya Ananta"),
        book(2, "Anak bungsu", "Toer, Soesilo"),
        book(3, "Islam dan sosialisme", "Tjokroaminoto, Haji Oemar Said"),
        book(4, "Kamus umum", "Poerwadarminta, W. J. S."),
        book(5, "Atlas D.I. Yogyakarta", "Sutanto"),
        book(6, "Sejarah Yogyakarta", "Darban, Imam"),
    )


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("Toer, P.A.", [1]),
        ("P. A. Toer", [1]),
        ("toer s.", [2]),
        ("Toer, A.P.", [1]),
        ("pengarang:toer pengarang:P.A.", [1]),
        ("Cokroaminoto, O.S.", [3]),
        ("Poerwadarminta W.J.S.", [4]),
        ("D.I. Yogyakarta", [5]),
    ],
)
def test_initials_find_the_name_that_begins_so(writers, found, words, keys):
    assert found(words) == keys


def test_initials_as_they_are_written_come_first(shelve, found):
    shelve(book(1, "Bumi manusia", "Toer, Pramoedya Ananta"), book(2, "Bumi manusia", "Toer, P. A."))
    assert found("Toer, P.A.") == [2, 1]
