import pytest

from lumbung.discovery.queries.hints import understood
from lumbung.search.documents import Query, Sort


@pytest.mark.parametrize(
    ("words", "left", "years"),
    [
        ("stunting 5 tahun terakhir", "stunting", (2021, None)),
        ("5 tahun terakhir", "", (2021, None)),
        ("stunting 5 th terakhir", "stunting", (2021, None)),
        ("nursing last 10 years", "nursing", (2016, None)),
        ("metode penelitian lima tahun terakhir", "metode penelitian", (2021, None)),
        ("manajemen diatas tahun 2014", "manajemen", (2014, None)),
        ("di atas 2014 manajemen", "manajemen", (2014, None)),
        ("manajemen minimal tahun 2015", "manajemen", (2015, None)),
        ("manajemen 2015 ke atas", "manajemen", (2015, None)),
        ("manajemen tahun 2015 sampai sekarang", "manajemen", (2015, None)),
        ("ekonomi setelah tahun 1998", "ekonomi", (1999, None)),
        ("novel sebelum tahun 1960", "novel", (None, 1959)),
        ("fisika di bawah 2000", "fisika", (None, 2000)),
        ("fisika sampai tahun 2010", "fisika", (None, 2010)),
        ("novel 1960 kebawah", "novel", (None, 1960)),
        ("gizi antara 2010 dan 2015", "gizi", (2010, 2015)),
        ("gizi dari tahun 2010 sampai tahun 2015", "gizi", (2010, 2015)),
        ("gizi between 2010 and 2015", "gizi", (2010, 2015)),
        ("akuntansi tahun 2019-2021", "akuntansi", (2019, 2021)),
        ("akuntansi tahun 2021 sampai 2019", "akuntansi", (2019, 2021)),
        ("hukum sejak 2015", "hukum", (2015, None)),
        ("manajemen tahun 2009", "manajemen", (2009, 2009)),
        ("kurikulum 2013", "kurikulum", (2013, 2013)),
        ("sejarah indonesia 1200-2008", "sejarah indonesia 1200-2008", (None, None)),
        ("tahun 2020", "tahun 2020", (None, None)),
        ("budget fiscal year 2005", "budget fiscal year", (2005, 2005)),
        ("kurikulum tahun ajaran 2013", "kurikulum tahun ajaran", (2013, 2013)),
    ],
)
def test_years_are_read_out_of_a_question(words, left, years):
    query = understood(Query(words), this_year=2026).query
    assert (query.words, (query.year_from, query.year_to)) == (left, years)


def test_a_kind_of_material_and_a_year_behind_it_become_filters():
    read = understood(Query("skripsi manajemen 2023"), this_year=2026)
    assert read.query == Query(
        "manajemen",
        chosen={"material": ["thesis"]},
        year_from=2023,
        year_to=2023,
        year_words=("2023",),
        typed="manajemen 2023",
    )
    assert read.hints == {"years": "2023", "material": "skripsi"}


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("novel 1980-2000", (1980, 2000)),
        ("kak ada novel 2015 ga?", (2015, 2015)),
        ("novel tahun 1990", (1990, 1990)),
        ("novel terbitan 2015", (2015, 2015)),
        ("novel terbaru", (None, None)),
        ("novel terbaru 2020", (2020, 2020)),
    ],
)
def test_who_tells_nothing_of_a_novel_but_when_it_was_published_asks_for_novels(words, years):
    query = understood(Query(words), this_year=2026).query
    assert (query.words, (query.year_from, query.year_to)) == ("novel", years)
    assert query.sort is (Sort.YEAR_DOWN if "terbaru" in words else Sort.RELEVANCE)


@pytest.mark.parametrize(
    ("words", "kind", "years"),
    [
        ("skripsi 2020", "thesis", (2020, 2020)),
        ("skripsi tahun 2020", "thesis", (2020, 2020)),
        ("tugas akhir 2015-2020", "thesis", (2015, 2020)),
        ("jurnal 5 tahun terakhir", "serial", (2021, None)),
        ("skripsi terbaru", "thesis", (None, None)),
        ("film terbaru 2020", "video", (2020, 2020)),
        ("kak ada skripsi terbaru?", "thesis", (None, None)),
    ],
)
def test_who_tells_nothing_of_a_kind_but_when_it_was_published_asks_for_all_of_the_kind(words, kind, years):
    query = understood(Query(words), this_year=2026).query
    assert (query.words, query.chosen, (query.year_from, query.year_to)) == ("", {"material": [kind]}, years)
    assert query.sort is (Sort.YEAR_DOWN if "terbaru" in words else Sort.RELEVANCE)


@pytest.mark.parametrize("words", ["buku skripsi 2020", "buku tentang skripsi terbaru"])
def test_a_book_on_theses_is_no_thesis(words):
    query = understood(Query(words), this_year=2026).query
    assert (query.words, query.chosen) == ("skripsi", {})


def test_the_newest_books_are_all_books_the_newest_first():
    query = understood(Query("ada buku terbaru ga?"), this_year=2026).query
    assert (query.words, query.sort) == ("", Sort.YEAR_DOWN)


def test_the_newest_are_shown_first_when_asked_for():
    assert understood(Query("sugiyono terbaru"), this_year=2026).query == Query("sugiyono", sort=Sort.YEAR_DOWN)


def test_who_chose_another_order_has_the_words_for_the_newest_left_out_all_the_same():
    oldest_first = Query("sugiyono terbaru", sort=Sort.YEAR_UP)
    assert understood(oldest_first, this_year=2026).query == Query("sugiyono", sort=Sort.YEAR_UP)
    read = understood(Query("sugiyono terbaru"), this_year=2026, plain={"order"})
    assert (read.query, read.hints) == (Query("sugiyono"), {"newest": "terbaru"})


@pytest.mark.parametrize(
    "words",
    [
        "kak ada buku kimia dasar ga",
        "cari buku tentang kimia dasar",
        "Assalamualaikum min, kimia dasar?",
        "kak mau tanya ada buku tentang kimia dasar ngga ya",
        "gue nyari buku kimia dasar",
        "min ada buku yg bahas kimia dasar?",
    ],
)
def test_talk_is_left_out(words):
    assert understood(Query(words), this_year=2026).query.words.strip("?") == "kimia dasar"


@pytest.mark.parametrize("words", ["", "skripsi", "terbaru", "judul:skripsi 2023", '"skripsi manajemen 2023"', "film OR video"])
def test_a_query_in_the_query_language_or_without_other_words_is_taken_as_it_is(words):
    assert understood(Query(words), this_year=2026).query == Query(words)


def test_a_hint_that_is_taken_back_is_a_word_again():
    read = understood(Query("skripsi manajemen 2023"), this_year=2026, plain={"material"})
    assert (read.query.words, read.query.year_from, read.query.chosen) == ("skripsi manajemen", 2023, {})


def test_a_year_behind_words_that_are_no_kind_of_material_is_a_word_at_first():
    assert understood(Query("kurikulum 2013"), this_year=2026, is_spoken=False).query == Query("kurikulum 2013")


@pytest.mark.parametrize(
    ("words", "year_words", "typed"),
    [
        ("skripsi kurikulum 2013", ("2013",), "kurikulum 2013"),
        ("buku uud 1945", ("1945",), "buku uud 1945"),
        ("uu nomor 8 tahun 1999", ("1999",), "uu nomor 8 tahun 1999"),
        ("fisika th 2001", ("2001",), "fisika th 2001"),
        ("sejarah antara 1945 dan 1950", ("1945", "1950"), "sejarah antara 1945 dan 1950"),
        ("sejarah sejak 1945", ("1945",), "sejarah sejak 1945"),
        ("stunting 5 tahun terakhir", (), ""),
    ],
)
def test_a_year_that_was_typed_may_be_a_word_of_the_title_too(words, year_words, typed):
    query = understood(Query(words), this_year=2026, is_spoken=False).query
    assert (query.year_words, query.typed) == (year_words, typed)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("bk ttg kimia dasar", "kimia dasar"),
        ("buku yg bhs akuntansi biaya", "akuntansi biaya"),
        ("gmn cara membuat skripsi", "cara membuat skripsi"),
        ("bgmn cara mengutip", "cara mengutip"),
        ("dmn buku psikologi pendidikan", "psikologi pendidikan"),
        ("python utk pemula", "python pemula"),
        ("statistik dgn spss", "statistik spss"),
        ("apa itu stunting", "stunting"),
        ("hukum dlm islam", "hukum islam"),
        ("vitamin d", "vitamin d"),
        ("yang", "yang"),
        ("bukan pasar malam", "bukan pasar malam"),
        ("tdk ada esok", "tdk ada esok"),
    ],
)
def test_what_is_typed_as_on_a_phone_is_left_out_where_no_title_has_it(words, left):
    assert understood(Query(words), this_year=2026).query.words == left
    assert "buku" in words or understood(Query(words), this_year=2026, is_spoken=False).query.words == words
