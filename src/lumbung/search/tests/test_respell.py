import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.search.spelling import one_slip_from, other_spellings, respelt, slips
from lumbung.search.tests.conftest import book


@pytest.fixture
def shelf(shelve):
    shelve(
        book(1, "Psikologi pendidikan", "Suryabrata, Sumadi"),
        book(2, "Psikologi perkembangan", "Hurlock, Elizabeth"),
        book(3, "Basis data", "Fathansyah", subject="Basis data"),
        book(4, "Rahasia kerajaan", hidden=True),
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("psikolgi", "psikologi"),
        ("Psiklogi pendidkan", "psikologi pendidikan"),
        ("hurlok", "hurlock"),
        ("psikologi perkmebangan", "psikologi perkembangan"),
        ("psikologipendidikan", "psikologi pendidikan"),
        ('judul:"psikologi pendidikn"', 'judul:"psikologi pendidikan"'),
    ],
)
def test_an_unknown_word_is_spelt_as_the_collection_spells_it(engine, shelf, typed, meant):
    assert respelt(typed, engine) == meant


@pytest.mark.parametrize("typed", ["psikologi", "zzqxvwk", "abc", "978-979", "", '"'])
def test_what_is_known_or_like_nothing_is_left_as_it_is(engine, shelf, typed):
    assert respelt(typed, engine) is None


@pytest.mark.parametrize("typed", ["hadis", "isbn"])
def test_a_word_of_the_language_that_the_collection_lacks_is_no_slip(engine, shelve, typed):
    shelve(book(1, "Habis gelap terbitlah terang"), book(2, "Ibn Taymiyya", "Ibnu"))
    assert respelt(typed, engine) is None


@pytest.mark.parametrize("typed", ["rina", "Prancis", "prantus", "rizal", "buki"])
def test_a_name_or_a_short_word_is_not_made_another(engine, shelve, typed):
    shelve(book(1, "Panduan praktis buku", "Riza, Yuli"))
    assert respelt(typed, engine) is None


@pytest.mark.parametrize(("typed", "meant"), [("bkuu", "buku"), ("buuku", "buku"), ("panduann pratkis", "panduan praktis")])
def test_what_is_plainly_a_slip_is_mended_in_short_words_too(engine, shelve, typed, meant):
    shelve(book(1, "Panduan praktis buku", "Riza, Yuli"))
    assert respelt(typed, engine) == meant


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("rina", ["riza"]),
        ("Prancis", ["praktis"]),
        ("panduan prancis", ["panduan praktis"]),
        ("rina buki", ["riza buku"]),
        ("bulughul buki", []),
        ("kerajan", []),
        ("judul:rina", []),
        ("pengarang:rina", ["pengarang:riza"]),
        ("buku", []),
        ("zzqxvwk", []),
        ('"', []),
    ],
)
def test_spellings_of_the_collection_are_offered_where_nothing_is_found(engine, shelve, typed, offered):
    shelve(book(1, "Panduan praktis buku", "Riza, Yuli"), book(2, "Rahasia kerajaan", hidden=True))
    assert other_spellings(typed, engine, most=4) == offered


@pytest.mark.parametrize("typed", ["pram", "maram", "mangga"])
def test_a_name_the_collection_lacks_is_not_mended_by_cutting_a_letter(engine, shelve, typed):
    shelve(book(1, "Pra operasi"), book(2, "Mara bahaya"), book(3, "Gizi", "Angga"), book(4, "Gizi anak", "Angga"))
    assert (respelt(typed, engine), other_spellings(typed, engine, most=4)) == (None, [])


def test_a_word_of_one_title_that_means_nothing_is_not_offered(engine, shelve):
    shelve(book(1, "Laporan xabe"), book(2, "Cabi", "Abi"), book(3, "Cabi kedua"))
    assert other_spellings("cabe", engine, most=4) == ["cabi"]


def test_a_word_of_hidden_documents_alone_is_never_offered(engine, shelf):
    assert respelt("kerajan", engine) is None


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("buku", "buku", 0), ("buku", "bkuu", 1), ("buku", "bku", 1), ("buku", "bukit", 2), ("a", "xyz", 3)],
)
def test_slips_are_counted(one, other, count):
    assert slips(one, other, most=2) == count


@given(st.text(alphabet="abc", min_size=1, max_size=5))
def test_a_word_made_by_one_slip_is_one_slip_away(word):
    assert all(slips(word, near, most=2) <= 1 for near in one_slip_from(word))


def test_a_part_of_a_hyphened_word_is_offered_as_the_collection_spells_it(shelve, engine):
    shelve(book(1, "Tafsir Al-Mishbah"))
    assert other_spellings("al-misbah", engine, most=3) == ["al-mishbah"]
