"""Citations of the works our readers cite most, mononyms and all."""

import pytest

from lumbung.formats.citation import Kind, Name, Work, apa, bibtex, ris

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
BUMI = Work(Kind.BOOK, "Bumi manusia", authors=[Name("Toer", "Pramoedya Ananta")], year=2005, publisher="Lentera Dipantara")
SKRIPSI = Work(
    Kind.THESIS,
    "Literasi informasi siswa",
    authors=[Name("Aminah", "Siti")],
    year=2023,
    degree="Skripsi",
    institution="Universitas Nusa",
)
ARTIKEL = Work(
    Kind.ARTICLE,
    "Perpustakaan dan ingatan",
    authors=[Name("Laksmi"), Name("Nasution", "Abdul-Haris")],
    year=2020,
    host="Jurnal Dokumentasi",
    host_place="41(2)",
    doi="10.14203/j.x1",
)


@pytest.mark.parametrize(
    ("work", "text"),
    [
        (METODE, "Sugiyono. (2019). Metode penelitian kuantitatif, kualitatif, dan R&D (Edisi ke-2). Alfabeta."),
        (BUMI, "Toer, P. A. (2005). Bumi manusia. Lentera Dipantara."),
        (SKRIPSI, "Aminah, S. (2023). Literasi informasi siswa [Skripsi, Universitas Nusa]."),
        (
            ARTIKEL,
            "Laksmi, & Nasution, A.-H. (2020). Perpustakaan dan ingatan. Jurnal Dokumentasi, 41(2). https://doi.org/10.14203/j.x1",
        ),
        (Work(Kind.BOOK, "Kamus umum", year=None, publisher="Balai Pustaka"), "Kamus umum. (t.t.). Balai Pustaka."),
        (
            Work(Kind.BOOK, "Bunga rampai", editors=[Name("Laksmi"), Name("Sulistyo-Basuki")], year=2011),
            "Laksmi, & Sulistyo-Basuki (Eds.). (2011). Bunga rampai.",
        ),
        (Work(Kind.MAP, "Pulau Jawa", authors=[Name("Bakosurtanal")], year=1998), "Bakosurtanal. (1998). Pulau Jawa [Peta]."),
        (Work(Kind.BOOK, "Mengapa?", authors=[Name("Tan Malaka")], year=1943), "Tan Malaka. (1943). Mengapa?"),
    ],
)
def test_apa_reads_as_the_style_asks(work: Work, text: str) -> None:
    assert "".join(apa(work)) == text


def test_more_than_twenty_authors_are_shortened() -> None:
    many = Work(Kind.BOOK, "Laporan", authors=[Name(f"Nama{number}") for number in range(1, 23)], year=2020)
    assert "".join(apa(many)).startswith("Nama1, Nama2, ")
    assert "Nama19, … Nama22. (2020)" in "".join(apa(many))


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
        "  title = {Metode penelitian kuantitatif, kualitatif, dan R\\&D},\n"
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


@pytest.mark.parametrize(("degree", "entry"), [("Skripsi", "mastersthesis"), ("Disertasi", "phdthesis"), ("", "mastersthesis")])
def test_a_thesis_names_its_school(degree: str, entry: str) -> None:
    said = bibtex(Work(Kind.THESIS, "Judul", authors=[Name("Toer", "Pramoedya")], year=2020, degree=degree, institution="UI"))
    assert said.startswith(f"@{entry}{{toer2020judul,\n  author = {{Toer, Pramoedya}}")
    assert "school = {UI}" in said


def test_a_title_cannot_break_out_of_its_line() -> None:
    assert "\r\nER  - \r\nTY" not in ris(Work(Kind.OTHER, "Satu\r\nER  - \r\nTY  - BOOK"))
