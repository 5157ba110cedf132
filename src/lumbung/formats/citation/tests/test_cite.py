"""Files for reference managers, mononyms and all."""

import pytest

from lumbung.formats.citation import Kind, Name, Work, bibtex, bibtex_of_all, csl_json, name_in, ris

METODE = Work(
    Kind.BOOK,
    "Metode penelitian kuantitatif, kualitatif, dan R&D",
    authors=[Name("Sugiyono")],
    year=2019,
    edition="Edisi ke-2",
    place="Bandung",
    publisher="Alfabeta",
    isbns=["9786022895336"],
    language="ind",
    subjects=["Penelitian", "Metodologi"],
    url="https://perpus.example/records/7",
)
ARTIKEL = Work(
    Kind.ARTICLE,
    "Perpustakaan dan ingatan",
    authors=[Name("Laksmi"), Name("Nasution", "Abdul-Haris")],
    year=2020,
    host="Jurnal Dokumentasi",
    host_place="41(2), 1-10",
    volume="41",
    issue="2",
    pages="1-10",
    doi="10.14203/j.x1",
)


def test_ris_keeps_a_mononym_whole() -> None:
    assert ris(METODE) == (
        "TY  - BOOK\r\n"
        "TI  - Metode penelitian kuantitatif, kualitatif, dan R&D\r\n"
        "AU  - Sugiyono\r\n"
        "PY  - 2019\r\n"
        "ET  - Edisi ke-2\r\n"
        "CY  - Bandung\r\n"
        "PB  - Alfabeta\r\n"
        "LA  - ind\r\n"
        "UR  - https://perpus.example/records/7\r\n"
        "SN  - 9786022895336\r\n"
        "KW  - Penelitian\r\n"
        "KW  - Metodologi\r\n"
        "ER  - \r\n"
    )


def test_bibtex_puts_a_mononym_in_braces_and_escapes_what_tex_would_eat() -> None:
    assert bibtex(METODE) == (
        "@book{sugiyono2019metode,\n"
        "  author = {{Sugiyono}},\n"
        "  title = {Metode penelitian kuantitatif, kualitatif, dan {R\\&D}},\n"
        "  publisher = {Alfabeta},\n"
        "  address = {Bandung},\n"
        "  edition = {Edisi ke-2},\n"
        "  year = {2019},\n"
        "  isbn = {9786022895336},\n"
        "  language = {ind},\n"
        "  keywords = {Penelitian, Metodologi},\n"
        "  url = {https://perpus.example/records/7}\n"
        "}\n"
    )


def test_a_suffix_stands_where_each_form_has_it() -> None:
    work = Work(Kind.BOOK, "Padi", authors=[Name("Toer", "Pramoedya", suffix="Jr."), Name("Sand and Sea", "Ann")], year=2005)
    assert "AU  - Toer, Pramoedya, Jr.\r\nAU  - Sand and Sea, Ann\r\n" in ris(work)
    assert "  author = {Toer, Jr., Pramoedya and {Sand and Sea}, Ann},\n" in bibtex(work)
    assert csl_json(work)["author"][0] == {"family": "Toer", "given": "Pramoedya", "suffix": "Jr."}


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Sejarah Indonesia modern", "Sejarah {Indonesia} modern"),
        ("Bumi manusia: sebuah roman", "Bumi manusia: sebuah roman"),
        ("DNA dan pangan", "{DNA} dan pangan"),
    ],
)
def test_bibtex_keeps_the_capitals_of_names_in_a_title(title: str, written: str) -> None:
    assert f"  title = {{{written}}},\n" in bibtex(Work(Kind.BOOK, title, year=2001))


@pytest.mark.parametrize(("degree", "entry"), [("Skripsi", "mastersthesis"), ("Disertasi", "phdthesis"), ("", "mastersthesis")])
def test_a_thesis_names_its_school(degree: str, entry: str) -> None:
    said = bibtex(Work(Kind.THESIS, "Judul", authors=[Name("Toer", "Pramoedya")], year=2020, degree=degree, institution="UI"))
    assert said.startswith(f"@{entry}{{toer2020judul,\n  author = {{Toer, Pramoedya}}")
    assert "school = {UI}" in said


def test_a_title_cannot_break_out_of_its_line() -> None:
    assert "\r\nER  - \r\nTY" not in ris(Work(Kind.OTHER, "Satu\r\nER  - \r\nTY  - BOOK"))


def test_numbers_and_addresses_cannot_end_their_field() -> None:
    said = bibtex(
        Work(
            Kind.BOOK,
            "Padi",
            isbns=["978_1", "x}y"],
            issn="a{b",
            doi="10.1/a_b{c}<d>",
            url="https://p.example/a b?x=%20&y=\\}#z",
        )
    )
    assert said == (
        "@book{padi,\n"
        "  title = {Padi},\n"
        "  isbn = {978\\_1, x\\textbraceright{}y},\n"
        "  issn = {a\\textbraceleft{}b},\n"
        "  doi = {10.1/a_b%7Bc%7D<d>},\n"
        "  url = {https://p.example/a%20b?x=%20&y=%5C%7D#z}\n"
        "}\n"
    )


def test_an_article_says_where_it_stands() -> None:
    assert "\r\nVL  - 41\r\nIS  - 2\r\nSP  - 1\r\nEP  - 10\r\n" in ris(ARTIKEL)
    assert "  volume = {41},\n  number = {2},\n  pages = {1--10},\n" in bibtex(ARTIKEL)


def test_two_works_of_one_key_are_told_apart() -> None:
    assert [line for line in bibtex_of_all([METODE, METODE]).splitlines() if line[:1] == "@"] == [
        "@book{sugiyono2019metode,",
        "@book{sugiyono2019metodeb,",
    ]


def test_csl_json_keeps_a_mononym_literal_and_leaves_out_what_is_not_known() -> None:
    assert csl_json(ARTIKEL, "a1") == {
        "id": "a1",
        "type": "article-journal",
        "title": "Perpustakaan dan ingatan",
        "author": [{"literal": "Laksmi"}, {"family": "Nasution", "given": "Abdul-Haris"}],
        "issued": {"date-parts": [[2020]]},
        "container-title": "Jurnal Dokumentasi",
        "volume": "41",
        "issue": "2",
        "page": "1-10",
        "DOI": "10.14203/j.x1",
    }


@pytest.mark.parametrize(
    ("heading", "cited"),
    [
        ("Rowling, J. K. (Joanne Kathleen)", Name("Rowling", "J. K.")),
        ("Dulaure, J.-A.(Jacques-A.", Name("Dulaure", "J.-A.")),
        ("Hammond, Mark (Mark J.), 1965-", Name("Hammond", "Mark")),
        ("Toer, (Pramoedya Ananta)", Name("Toer", "(Pramoedya Ananta)")),
    ],
)
def test_a_fuller_form_of_given_names_is_not_cited(heading: str, cited: Name) -> None:
    assert name_in(heading) == cited
