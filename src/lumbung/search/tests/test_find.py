import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.search import expansion
from lumbung.search.documents import REACH, Query, Sort
from lumbung.search.syntax import Notice
from lumbung.search.tests.conftest import book


@pytest.fixture
def found(engine):
    """The keys that answer the words, best first."""

    def keys(words: str = "", **rest) -> list[int]:
        return list(engine.find(Query(words=words, **rest)).keys)

    return keys


@pytest.fixture
def novels(shelve):
    shelve(
        book(1, "Bumi manusia : sebuah novel", "Toer, Pramoedya Ananta", identifier="978-979-97312-3-4", year=1980),
        book(2, "Manusia dan bumi dalam kearifan lokal", "Wijaya, Citra", year=2015),
        book(3, "Bumi manusia", "Toer, Pramoedya Ananta", note="Cetakan dengan catatan penyunting.", year=2011),
        book(4, "Membaca Pramoedya", "Toer, Koesalah", subject="Bumi manusia", year=2006),
        book(
            5, "Metode penelitian kuantitatif, kualitatif, dan R&D", "Sugiyono", subject="Penelitian -- Metodologi", year=2013
        ),
        book(6, "Metode penelitian bisnis", "Sekaran, Uma", note="Merujuk Sugiyono.", year=2017),
        book(7, "Statistika untuk penelitian", "Sugiyono", year=2007),
        *(book(key, f"Laporan {key}", "Panitia") for key in range(100, 130)),
    )


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("bumi manusia", [3, 1, 2, 4]),
        ('"bumi manusia"', [3, 1, 4]),
        ("BUMI MANUSIA toer", [3, 1, 4]),
        ("toer pramoedya", [3, 1, 4]),
        ("Pramoedya Ananta Toer", [3, 1]),
        ("metode penelitian sugiyono", [5, 6]),
        ("SUGIYONO", [5, 7, 6]),
        ("pengarang:sugiyono", [5, 7]),
        ("pengarang:sugiyono -statistika", [5]),
        ("creator:toer title:membaca", [4]),
        ("subjek:metodologi", [5]),
        ("r & d", [5]),
        ("9789799731234", [1]),
        ("979 97312 3 2", [1]),
        ("isbn:979-97312-3-2", [1]),
        ("statist*", [7]),
        ("tahun:2011-2015 penelitian", [5]),
        ("-penelitian -laporan", [2, 3, 4, 1]),
    ],
)
def test_words_find_what_a_librarian_expects_first(novels, found, words, keys):
    assert found(words) == keys


def test_a_word_as_written_comes_before_one_that_is_only_alike(shelve, found):
    shelve(book(1, "Élan"), book(2, "Elan"))
    assert found("elan") == [2, 1]
    assert found("élan") == [1, 2]


@pytest.mark.parametrize("words", ["al-qur'an", "alquran", "AL QURAN", "Al Qur’an"])
def test_hyphens_and_apostrophes_may_be_left_out(shelve, found, words):
    shelve(book(1, "Tafsir Al-Qur'an"), book(2, "Tafsir hadis"))
    assert found(words) == [1]


@pytest.fixture
def people(shelve):
    shelve(
        book(1, "Zonasi padi rawa", "Aminah, Siti"),
        book(2, "Budi daya padi gogo", "Rahman, Fajar; pembimbing Dr. Siti Aminah, M.Si."),
        book(3, "Sistem temu kembali", "Dewi, Rina; pembimbing Dr. Bambang Sutopo"),
        book(4, "Tenggelamnya kapal Van der Wijck", "Hamka"),
        book(5, "Dr. Zhivago", "Pasternak, Boris"),
        book(6, "Ihya ulumuddin", "Al-Ghazali"),
        book(7, "Kapita selekta", "Natsir, Mohammad"),
        book(8, "Manajemen", "Hasibuan, Malayu S. P."),
        book(9, "Ilmu tanah", "Soekanto, Zainuddin"),
    )


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("Dr. Hamka", [4]),
        ("H. Hamka", [4]),
        ("Prof Hamka", [4]),
        ("siti aminah", [1, 2]),
        ("Dr. Siti Aminah, M.Si.", [2, 1]),  # who has the titles first
        ("Ir. Bambang Sutopo, M.T.", [3]),
        ("pengarang:dr. pengarang:aminah", [2, 1]),
        ("Dr. Zhivago", [5]),
        ("Dr.", [5, 2, 3]),
        ("al-gazali ihya", [6]),
        ("muhammad nasir", [7]),
        ("zaenudin", [9]),
        ("zainudin sukamto", [9]),
        ("zzzz", []),
        ("ss", []),
    ],
)
def test_names_are_found_with_their_titles_or_without_and_as_they_sound(people, found, words, keys):
    assert found(words) == keys


def test_the_shortest_words_find_no_name_that_merely_sounds_so(shelve, found):
    shelve(
        book(1, "Padi gogo", "Saputra, Aji"),
        book(2, "Jagung", "Purnomo, Adji"),
        book(3, "Ubi", "Smith, Jon"),
        book(4, "Talas", "Ai, Tan"),
    )
    assert [found(words) for words in ("ai", "aji", "ion", "jon")] == [[4], [1, 2], [], [3]]


@pytest.fixture
def classes(shelve):
    shelve(
        book(1, "Psikologi belajar", **{"class": "370.15"}),
        book(2, "Pengantar hukum", **{"class": "340"}),
        book(3, "Tafsir tematik", identifier="2X1.3 SHI t", **{"class": "2X1.3"}),
        book(4, "Resep 300 masakan", **{"class": "641.5"}, identifier="641.5 MUL r"),
        book(5, "Kimia dasar", **{"class": "540"}),
    )


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("370", [1]),
        ("2X", [3]),
        ("2x1", [3]),
        ("DDC 2X1", [3]),
        ("ddc 370", [1]),
        ("641", [4]),
        ("kelas:300", [1, 2]),
        ("ddc:300..379", [1, 2]),
        ("ddc:341..370", [1]),
        ("ddc:549-500", [5]),
        ("300 masakan", [4]),
        ("641.5 mul r", [4]),
    ],
)
def test_a_class_is_asked_for_with_all_below_it(classes, found, words, keys):
    assert sorted(found(words)) == keys


def test_a_word_for_which_a_number_stands_comes_before_the_class_of_that_number(classes, found):
    assert found("300") == [4, 1, 2]


def test_a_doubled_word_is_found_however_it_is_written(shelve, found):
    shelve(book(1, "Bacaan anak-anak"), book(2, "Lagu anak2 desa"), book(3, "Python2 untuk pemula"), book(4, "Padi"))
    assert sorted(found("anak2"))[:2] == sorted(found("anak-anak"))[:2] == [1, 2]
    assert found("python2") == [3]


@pytest.mark.parametrize(
    ("words", "keys", "notices"),
    [
        ("pen*ian", [5, 6, 7], []),
        ("k*t*f", [], [Notice.MASK_TOO_EARLY]),
        ("ku*t*f kua*tif", [5], []),
        ("pe*n*l*t*i*n", [], [Notice.TOO_MANY_MASKS]),
        ("judul:..a*b", [], []),
        ("*itian", [], [Notice.MASK_TOO_EARLY]),
        ("u* penelitian", [5, 6, 7], [Notice.MASK_TOO_EARLY]),
        ("tahun:2015-2007 penelitian", [5, 7], []),
    ],
)
def test_letters_may_be_left_open_after_two(novels, engine, words, keys, notices):
    answer = engine.find(Query(words))
    assert (list(answer.keys), [notice for notice, _ in answer.notices]) == (keys, notices)


def test_a_star_alone_is_everything(novels, engine):
    assert engine.find(Query("*")).total == engine.find(Query()).total


def test_when_nothing_has_all_words_most_words_will_do_and_it_says_so(novels, engine):
    answer = engine.find(Query("bumi manusia sugiyono"))
    assert answer.relaxed
    assert answer.left_out == []
    assert answer.keys[0] == 3
    answer = engine.find(Query("bumi manusia zzqxvwk"))
    assert (answer.relaxed, answer.left_out, list(answer.keys)) == (True, ["zzqxvwk"], [3, 1, 2, 4])


def test_where_nothing_has_all_words_what_has_the_rarest_comes_first(shelve, engine):
    shelve(
        *(book(key, f"Lagu daerah {key}", "Panitia") for key in range(1, 13)),
        *(book(key, f"Sistem basis data {key}") for key in range(20, 32)),
        book(40, "Pop Indonesia", "Chrisye"),
        book(41, "Database concepts", "Silberschatz, Abraham"),
    )
    for words, key, total in (("lagu chrisye", 40, 13), ("sistem basis data silberschatz", 41, 13)):
        answer = engine.find(Query(words))
        assert (answer.relaxed, answer.keys[0], answer.total) == (True, key, total)


def test_within_a_filter_too_the_nearest_is_given_when_nothing_has_all_words(shelve, engine):
    shelve(
        book(1, "Bumi manusia", material="book"),
        book(2, "Bumi kita", material="map"),
        book(3, "Manusia purba", material="map"),
    )
    answer = engine.find(Query("bumi manusia", chosen={"material": ["map"]}))
    assert (answer.relaxed, sorted(answer.keys), answer.total) == (True, [2, 3], 2)


def test_facets_count_what_is_given_when_less_was_asked_than_typed(shelve, engine):
    shelve(book(1, "Bumi manusia", material="book"), book(2, "Anak semua bangsa", material="book"))
    answer = engine.find(Query("bumi zzqxvwk"))
    assert (list(answer.keys), answer.facets["material"]) == ([1], [("book", 1)])


def test_a_phrase_that_occurs_nowhere_is_looked_for_as_words(novels, engine):
    answer = engine.find(Query('"manusia bumi toer"'))
    assert answer.relaxed
    assert list(answer.keys) == [3, 1, 4]


def test_an_abbreviation_of_what_is_not_there_finds_what_comes_nearest(request, shelve, engine):
    request.addfinalizer(lambda: expansion.tell([]))
    expansion.tell([("SIM", "sistem informasi manajemen")])
    shelve(book(1, "Analisis sistem informasi"), book(2, "Manajemen"), book(3, "Sistem pencernaan"))
    answer = engine.find(Query("SIM"))
    assert (answer.relaxed, answer.left_out, list(answer.keys)) == (True, [], [1])
    assert list(engine.find(Query("manajemen SIM")).keys) == [2]


def test_what_occurs_nowhere_finds_nothing(novels, engine):
    answer = engine.find(Query("zzqxvwk"))
    assert (list(answer.keys), answer.total, answer.relaxed, answer.left_out) == ([], 0, False, ["zzqxvwk"])


def test_signs_without_a_word_find_nothing_and_no_words_find_everything(novels, engine):
    assert engine.find(Query("?!")).total == 0
    assert engine.find(Query("  ")).total == 37


def test_hidden_documents_are_found_only_by_who_asks_for_them(shelve, found):
    shelve(book(1, "Rahasia", hidden=True), book(2, "Rahasia umum"))
    assert found("rahasia") == [2]
    assert found("rahasia", hidden=True) == [1, 2]


@pytest.fixture
def shelves(shelve):
    shelve(
        book(1, "A", material="book", language="ind", branch=["1", "2"], year=1999, added=1),
        book(2, "B", material="book", language="eng", branch=["1"], year=2009, added=3),
        book(3, "C", material="thesis", language="ind", branch=["2"], year=2019, added=2),
    )


def test_facets_count_what_was_found(shelves, engine):
    facets = engine.find(Query(facets=("material", "language", "branch"))).facets
    assert facets == {
        "material": [("book", 2), ("thesis", 1)],
        "language": [("ind", 2), ("eng", 1)],
        "branch": [("1", 2), ("2", 2)],
    }


def test_values_of_one_facet_are_alternatives_and_facets_must_all_hold(shelves, found):
    assert sorted(found(chosen={"material": ["book", "thesis"]})) == [1, 2, 3]
    assert found(chosen={"material": ["book"], "language": ["ind"]}) == [1]


def test_a_chosen_facet_is_counted_as_if_nothing_were_chosen_in_it(shelves, engine):
    facets = engine.find(Query(chosen={"material": ["thesis"]}, facets=("material", "language"))).facets
    assert facets == {"material": [("book", 2), ("thesis", 1)], "language": [("ind", 1)]}


def test_a_chosen_value_is_shown_though_others_are_more_frequent(shelve, engine):
    shelve(
        book(1, "A", language=["ind"]),
        book(2, "B", language=["ind"]),
        book(3, "C", language=["eng"]),
    )
    facets = engine.find(Query(chosen={"language": ["eng"]}, facets=("language",), facet_size=1)).facets
    assert facets == {"language": [("ind", 2), ("eng", 1)]}


def test_years_bound_the_answer(shelves, found):
    assert found(year_from=2000, sort=Sort.YEAR_UP) == [2, 3]
    assert found(year_to=1999) == [1]
    assert found(year_from=10**12) == []


@pytest.mark.parametrize(
    ("sort", "keys"),
    [(Sort.NEWEST, [2, 3, 1]), (Sort.YEAR_DOWN, [3, 2, 1]), (Sort.YEAR_UP, [1, 2, 3]), (Sort.RELEVANCE, [2, 3, 1])],
)
def test_answers_are_sorted(shelves, found, sort, keys):
    assert found(sort=sort) == keys


def test_pages_are_turned_and_one_beyond_the_last_is_the_last(shelves, engine):
    pages = [engine.find(Query(sort=Sort.YEAR_UP, page=page, size=2)) for page in (-3, 1, 2, 99, 10**9)]
    assert [(list(each.keys), each.page, each.pages) for each in pages] == [
        ([1, 2], 1, 2),
        ([1, 2], 1, 2),
        ([3], 2, 2),
        ([3], 2, 2),
        ([3], 2, 2),
    ]


def test_no_page_lies_beyond_the_reach(engine, shelve):
    shelve(*(book(key, "sama") for key in range(1, REACH + 60)))
    answer = engine.find(Query("sama", page=REACH, size=20, facets=()))
    assert (answer.total, answer.page, answer.pages) == (REACH + 59, REACH // 20, REACH // 20)


ODD = [
    "judul:",
    '"',
    '""',
    "-",
    "--",
    "*",
    "a*",
    "judul:*",
    ":",
    "::",
    "-:",
    "(",
    "a AND",
    "OR",
    "[a TO",
    "^2",
    "~",
    "\\",
    "\0",
    "\ud800",
    "a" * 5000,
]


@pytest.mark.parametrize("words", ODD)
def test_odd_input_is_no_error(novels, engine, words):
    assert engine.find(Query(words)).total >= 0


def test_naughty_strings_are_no_error(novels, engine, shared_data):
    strings = json.loads((shared_data / "nasty" / "blns" / "blns.json").read_text(encoding="utf-8"))
    for text in strings:
        for words in (text, f'"{text}"', f"judul:{text}", f"{text}*", f"-{text}"):
            assert engine.find(Query(words)).total >= 0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.text(alphabet="ab :\"*-+&#'.~^()[]{}|/?\\é漢", max_size=30)))
def test_no_text_is_an_error(engine, words):
    assert engine.find(Query(words, chosen={"subject": [words]})).total == 0


@pytest.mark.parametrize("field", ["title", "subject", "note"])
@pytest.mark.parametrize("asked", ["teliti", "meneliti", "penelitian"])
def test_whoever_asks_for_one_of_a_family_meets_all_of_it_the_root_itself_too(engine, shelve, field, asked):
    """The root stands among the words of a document and not once more among the roots."""
    for key, word in enumerate(("teliti", "meneliti", "penelitian", "padi"), 1):
        shelve(book(key, word if field == "title" else f"Judul {key}", **{} if field == "title" else {field: word}))
    assert sorted(engine.find(Query(asked)).keys) == [1, 2, 3]
