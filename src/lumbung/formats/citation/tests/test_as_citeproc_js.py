"""What citeproc-js 2.4.63 writes for the same items with the same styles and locales; every value here was read off it."""

import pytest

from lumbung.formats.citation import Kind, Name, Style, Work, bibliography, read_style
from lumbung.formats.citation.initials import initials
from lumbung.formats.citation.ranges import last_page

TOER, HATTA, RENDRA = Name("Toer", "Pramoedya"), Name("Hatta", "Mohammad"), Name("Rendra", "W. S.")
LAKSMI, BASUKI, SUGIYONO = Name("Laksmi"), Name("Sulistyo-Basuki"), Name("Sugiyono")
TAKUT = Work(
    Kind.ARTICLE,
    "Siapa takut?",
    authors=[LAKSMI, BASUKI],
    year=2020,
    host="Jurnal Apa!",
    volume="4",
    pages="101-108",
    language="ind",
)
TAFSIR = Work(
    Kind.BOOK,
    "Tafsir",
    authors=[Name("Ibn Taymiyah", "Ahmad ibn ʻAbd al-Halim"), Name("Hatta", "Moh."), Name("Reid", "James (Jim)")],
    year=1990,
    publisher="Dar",
    language="ind",
)


def written(layout: str, work: Work, *, head: str = "", language: str = "en") -> str:
    """The work in a style of nothing but that layout."""
    style = read_style(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>G</title></info>'
        f"{head}<bibliography><layout>{layout}</layout></bibliography></style>".encode()
    )
    assert isinstance(style, Style)
    [entry] = bibliography([work], style, language=language)
    return entry.text


@pytest.mark.parametrize(
    ("given", "spaced", "tight", "bare"),
    [
        ("Jean-Luc", "J.-L.", "J.-L.", "J-L"),
        ("Ki Hadjar", "K. H.", "K.H.", "KH"),
        ("I Gusti Ngurah", "I. G. N.", "I.G.N.", "IGN"),
        ("Moh.", "Moh.", "Moh.", "Moh"),
        ("Muh. Yamin", "Muh. Y.", "Muh.Y.", "MuhY"),
        ("W.S.", "W. S.", "W.S.", "WS"),
        ("K.H. Abdul", "K. H. A.", "K.H.A.", "KHA"),
        ("R. Ng.", "R. Ng.", "R.Ng.", "RNg"),
        ("JR", "J.", "J.", "J"),
        ("J. (James)", "J. (James)", "J. (James)", "J (James)"),
        ("Syarif al-Qadri Ahmad", "S. al-Q. A.", "S. al-Q.A.", "S al-QA"),
        ("Dr.(Cand) Elvara Norma", "Dr. (Cand) E. N.", "Dr. (Cand) E.N.", "Dr (Cand) EN"),
        ("Mark (Mark J.)", "M. (Mark J.)", "M. (Mark J.)", "M (Mark J.)"),
        ("(James)", "(James)", "(James)", "(James)"),
        ("[James]", "[James]", "[James]", "[James]"),
        ("ʻAbd al-Salam", "ʻAbd al-Salam", "ʻAbd al-Salam", "ʻAbd al-Salam"),
        ("Ahmad ibn ʻAbd al-Halim", "A. ibn ʻAbd al-Halim", "A. ibn ʻAbd al-Halim", "A ibn ʻAbd al-Halim"),
        ("Muḥammad ʻAlī", "M. ʻAlī", "M. ʻAlī", "M ʻAlī"),
        ("al-Hasan", "al-H.", "al-H.", "al-H"),
        ("Jean-Luc de", "J.-L. de", "J.-L. de", "J-L de"),
        ("Александр", "А.", "А.", "А"),
        ("Édouard", "É.", "É.", "É"),
    ],
)
def test_given_names_are_initialed(given: str, spaced: str, tight: str, bare: str) -> None:
    assert [initials(given, mark) for mark in (". ", ".", "")] == [spaced, tight, bare]


@pytest.mark.parametrize(
    ("rule", "order", "authors", "text"),
    [
        ("contextual", "all", [TOER, HATTA], "Toer, Pramoedya and Hatta, Mohammad"),
        ("contextual", "all", [LAKSMI, BASUKI], "Laksmi and Sulistyo-Basuki"),
        ("contextual", "all", [LAKSMI, BASUKI, SUGIYONO], "Laksmi, Sulistyo-Basuki, and Sugiyono"),
        ("always", "all", [LAKSMI, BASUKI], "Laksmi and Sulistyo-Basuki"),
        ("always", "all", [LAKSMI, TOER], "Laksmi, and Toer, Pramoedya"),
        ("always", "first", [TOER, HATTA], "Toer, Pramoedya, and Mohammad Hatta"),
        ("never", "all", [TOER, HATTA, RENDRA], "Toer, Pramoedya, Hatta, Mohammad and Rendra, W. S."),
        ("after-inverted-name", "first", [TOER, HATTA], "Toer, Pramoedya, and Mohammad Hatta"),
        ("after-inverted-name", "first", [TOER, LAKSMI], "Toer, Pramoedya, and Laksmi"),
        ("after-inverted-name", "first", [LAKSMI, BASUKI], "Laksmi and Sulistyo-Basuki"),
        ("after-inverted-name", "first", [TOER, HATTA, RENDRA], "Toer, Pramoedya, Mohammad Hatta and W. S. Rendra"),
        ("after-inverted-name", "all", [TOER, HATTA, RENDRA], "Toer, Pramoedya, Hatta, Mohammad, and Rendra, W. S."),
    ],
)
def test_a_comma_stands_before_the_last_name_where_the_style_asks_for_it(
    rule: str, order: str, authors: list[Name], text: str
) -> None:
    name = f'<name and="text" delimiter-precedes-last="{rule}" name-as-sort-order="{order}"/>'
    assert written(f'<names variable="author">{name}</names>', Work(Kind.BOOK, "x", authors=authors)) == text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("self-regulated learning: a study of how they fare", "Self-Regulated Learning: A Study of How They Fare"),
        ("what is to be done? and the rest", "What Is to Be Done? And the Rest"),
        ("state-of-the-art tools", "State-of-the-Art Tools"),
        ("on-campus teaching", "On-Campus Teaching"),
        ("the end of", "The End Of"),
        ("vis-à-vis the iPhone (an introduction)", "Vis-à-Vis the iPhone (an Introduction)"),
        ("hello, world!: an introduction", "Hello, World!: An Introduction"),
        ("and/or either/or", "And/or Either/Or"),
        ("life – the end", "Life – the End"),
        ("vitamin a", "Vitamin a"),
        ("the α-particle", "The α-Particle"),
    ],
)
def test_english_titles_have_capitals(title: str, text: str) -> None:
    assert written('<text variable="title" text-case="title"/>', Work(Kind.BOOK, title, language="eng")) == text


def test_titles_in_other_languages_keep_their_small_letters() -> None:
    assert written('<text variable="title" text-case="title"/>', Work(Kind.BOOK, "belajar-mandiri anak", language="ind")) == (
        "belajar-mandiri anak"
    )


OUTSIDE = '<locale><style-options punctuation-in-quote="false"/></locale>'
SUFFIX = '<group suffix="."><text variable="title" quotes="true"/></group><text variable="publisher" prefix=" "/>'
DELIMITER = '<group delimiter=", "><text variable="title" quotes="true"/><text variable="publisher"/></group>'


@pytest.mark.parametrize(
    ("head", "layout", "title", "text"),
    [
        ("", SUFFIX, "Bumi", "“Bumi.” Obor"),
        ("", SUFFIX, "Siapa?", "“Siapa?” Obor"),
        ("", SUFFIX, "Dan ...", "“Dan ...” Obor"),
        ("", DELIMITER, "Bumi", "“Bumi,” Obor"),
        ("", DELIMITER, "Siapa?", "“Siapa?,” Obor"),
        (OUTSIDE, SUFFIX, "Bumi", "“Bumi”. Obor"),
        (OUTSIDE, SUFFIX, "Apa!", "“Apa!” Obor"),
        (OUTSIDE, SUFFIX, "Titik.", "“Titik.” Obor"),
        (OUTSIDE, DELIMITER, "Bumi", "“Bumi”, Obor"),
        (OUTSIDE, DELIMITER, "Siapa?", "“Siapa?”, Obor"),
    ],
)
def test_punctuation_goes_inside_quotation_marks_where_the_locale_says_so(
    head: str, layout: str, title: str, text: str
) -> None:
    assert written(layout, Work(Kind.BOOK, title, publisher="Obor"), head=head) == text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("apa", "Laksmi & Sulistyo-Basuki. (2020). Siapa takut? Jurnal Apa!, 4, 101–108."),
        ("ieee", "[1] Laksmi dan Sulistyo-Basuki, “Siapa takut?,” Jurnal Apa!, vol. 4, hlm. 101–108, 2020."),
        ("vancouver", "1. Laksmi, Sulistyo-Basuki. Siapa takut? Jurnal Apa! 2020;4:101–8."),
        ("chicago", "Laksmi dan Sulistyo-Basuki. 2020. “Siapa takut?” Jurnal Apa! 4: 101–8."),
        ("mla", "Laksmi dan Sulistyo-Basuki. “Siapa takut?” Jurnal Apa!, vol. 4, 2020, hlm. 101–08."),
        ("harvard", "Laksmi dan Sulistyo-Basuki (2020) “Siapa takut?,” Jurnal Apa!, 4, hlm. 101–108."),
    ],
)
def test_a_question_in_a_title_takes_no_full_stop(style: str, text: str) -> None:
    assert bibliography([TAKUT], style)[0].text == text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("apa", "Ibn Taymiyah, A. ibn ʻAbd al-Halim, Hatta, Moh., & Reid, J. (Jim). (1990). Tafsir. Dar."),
        ("ieee", "[1] A. ibn ʻAbd al-Halim Ibn Taymiyah, Moh. Hatta, dan J. (Jim) Reid, Tafsir. Dar, 1990."),
        ("vancouver", "1. Ibn Taymiyah A ibn ʻAbd al-Halim, Hatta Moh, Reid J (Jim). Tafsir. Dar; 1990."),
        ("chicago", "Ibn Taymiyah, Ahmad ibn ʻAbd al-Halim, Moh. Hatta, dan James (Jim) Reid. 1990. Tafsir. Dar."),
        ("mla", "Ibn Taymiyah, Ahmad ibn ʻAbd al-Halim, dkk. Tafsir. Dar, 1990."),
        ("harvard", "Ibn Taymiyah, A. ibn ʻAbd al-Halim, Hatta, Moh. dan Reid, J. (Jim) (1990) Tafsir. Dar."),
    ],
)
def test_names_of_all_kinds_stand_together(style: str, text: str) -> None:
    assert bibliography([TAFSIR], style)[0].text == text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("apa", "Toer, P., Jr. (2005). Padi."),
        ("ieee", "[1] P. Toer Jr., Padi. 2005."),
        ("vancouver", "1. Toer P Jr. Padi. 2005."),
        ("chicago", "Toer, Pramoedya, Jr. 2005. Padi."),
        ("mla", "Toer, Pramoedya, Jr. Padi. 2005."),
        ("harvard", "Toer, P., Jr. (2005) Padi."),
    ],
)
def test_a_suffix_stands_behind_the_name(style: str, text: str) -> None:
    work = Work(Kind.BOOK, "Padi", authors=[Name("Toer", "Pramoedya", suffix="Jr.")], year=2005)
    assert bibliography([work], style)[0].text == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "[1] Tan Malaka, Madilog. Narasi, 2020. [Daring]. Tersedia pada: https://p.example/records/1"),
        ("en", "[1] Tan Malaka, Madilog. Narasi, 2020. [Online]. Available: https://p.example/records/1"),
    ],
)
def test_ieee_says_what_is_read_online(language: str, text: str) -> None:
    work = Work(
        Kind.EBOOK,
        "Madilog",
        authors=[Name("Tan Malaka")],
        year=2020,
        publisher="Narasi",
        read_at="https://p.example/records/1",
    )
    assert bibliography([work], "ieee", language=language)[0].text == text


PAGES = "3-10 71-72 96-117 100-104 101-108 107-8 321-328 1087-1089 1496-1500 e101-e108 xi-xv 12-120 130-29 12-12"


@pytest.mark.parametrize(
    ("form", "lasts"),
    [
        ("expanded", "10 72 117 104 108 108 328 1089 1500 e108 xv 120 29 12"),
        ("minimal", "10 2 117 4 8 8 8 9 500 8 xv 120 29 12"),
        ("minimal-two", "10 72 117 04 08 08 28 89 500 08 xv 120 29 12"),
        ("chicago-15", "10 72 117 104 8 8 28 89 1500 8 xv 120 29 12"),
        ("chicago-16", "10 72 117 104 8 8 28 89 500 8 xv 120 29 12"),
        (None, "10 72 117 104 108 8 328 1089 1500 e108 xv 120 29 12"),
    ],
)
def test_last_pages_are_as_short_as_the_style_wants_them(form: str | None, lasts: str) -> None:
    pairs = [pages.split("-") for pages in PAGES.split()]
    assert " ".join(last_page(first, last, form) for first, last in pairs) == lasts


def test_a_list_is_sorted_by_letters_without_accents_capitals_and_marks() -> None:
    names = ["Zain", "Édouard", "al-Ghazali", "[Anonim]", "Eco", "Toer-Hatta", "Toer Budi", "9 Naga", "10 Naga"]
    entries = bibliography([Work(Kind.BOOK, "x", authors=[Name(each)], year=2001) for each in names], "apa")
    assert [names[entry.number] for entry in entries] == [
        "9 Naga",
        "10 Naga",
        "al-Ghazali",
        "[Anonim]",
        "Eco",
        "Édouard",
        "Toer Budi",
        "Toer-Hatta",
        "Zain",
    ]


@pytest.mark.parametrize("style", ["chicago", "mla", "harvard"])
def test_a_list_is_sorted_by_name_then_year_or_title(style: str) -> None:
    works = [
        Work(Kind.BOOK, "Beta", authors=[Name("Toer", "Pramoedya Ananta")], year=2005),
        Work(Kind.BOOK, "Alfa", authors=[Name("Toer", "Pramoedya")], year=2009),
        Work(Kind.BOOK, "Gama", authors=[Name("Toer", "Pramoedya"), Name("Alisjahbana", "S. T.")], year=2001),
        Work(Kind.BOOK, "Suara", year=1990),
    ]
    assert [entry.number for entry in bibliography(works, style)] == [3, 1, 2, 0]


@pytest.mark.parametrize("style", ["ieee", "vancouver"])
def test_a_numbered_list_keeps_the_order_given(style: str) -> None:
    works = [Work(Kind.BOOK, title, year=2005) for title in ("Zulu", "Alfa", "Metode")]
    assert [entry.number for entry in bibliography(works, style)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("given", "cited"),
    [
        ("A.R. Shohibul", "A. R. Shohibul"),
        ("James T", "James T."),
        ("R. Ng. Ronggo", "R. Ng. Ronggo"),
        ("Dr.(Cand) Elvara Norma", "Dr. (Cand) Elvara Norma"),
        ("Syarif al-Qadri", "Syarif al-Qadri"),
        ("Moh.", "Moh."),
    ],
)
@pytest.mark.parametrize("style", ["chicago", "mla"])
def test_where_names_are_written_whole_initials_in_them_are_set_as_initials(style: str, given: str, cited: str) -> None:
    [entry] = bibliography([Work(Kind.BOOK, "Padi", authors=[Name("Fam", given)], year=2000)], style)
    assert entry.text.startswith(
        f"Fam, {cited} 2000" if cited.endswith(".") and style == "chicago" else f"Fam, {cited.rstrip('.')}."
    )


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        ("Its past condition", "Its Past Condition"),
        ("Man vs. beast", "Man vs. Beast"),
        ("Neighbourhood, past and present", "Neighbourhood, Past and Present"),
        ("A walk past the mill", "A Walk Past the Mill"),
        ("Pour flute et piano", "Pour Flute et Piano"),
    ],
)
def test_small_words_stay_small_in_an_english_title(title: str, cited: str) -> None:
    [entry] = bibliography([Work(Kind.BOOK, title, authors=[TOER], year=2000, language="eng")], "mla", language="en")
    assert cited in entry.text
