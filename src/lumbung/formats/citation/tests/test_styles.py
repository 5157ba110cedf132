"""Golden entries of every style that comes with the program, mononyms and all, and files that are no style for us."""

from importlib.resources import files

import pytest

from lumbung.formats.citation import STYLES, Fault, Kind, Name, Style, Work, bibliography, read_style

METODE = Work(
    Kind.BOOK,
    "Metode penelitian kuantitatif, kualitatif, dan R&D",
    authors=[Name("Sugiyono")],
    year=2019,
    edition="Edisi ke-2",
    place="Bandung",
    publisher="Alfabeta",
    language="ind",
    url="https://perpus.example/records/7",
)
BUMI = Work(
    Kind.BOOK,
    "Bumi manusia",
    authors=[Name("Toer", "Pramoedya Ananta")],
    year=2005,
    publisher="Lentera Dipantara",
    place="Jakarta",
)
SKRIPSI = Work(
    Kind.THESIS, "Literasi siswa", authors=[Name("Aminah", "Siti")], year=2023, degree="Skripsi", institution="Universitas Nusa"
)
ARTIKEL = Work(
    Kind.ARTICLE,
    "Perpustakaan dan ingatan",
    authors=[Name("Laksmi"), Name("Nasution", "Abdul-Haris")],
    year=2020,
    host="Jurnal Dokumentasi",
    volume="41",
    issue="2",
    pages="1-10",
    doi="10.14203/j.x1",
)
BAB = Work(
    Kind.CHAPTER,
    "Bab satu",
    authors=[Name("Laksmi")],
    editors=[Name("Sulistyo-Basuki"), Name("Toer", "Pramoedya Ananta")],
    year=2011,
    host="Bunga rampai",
    publisher="Obor",
    pages="3-20",
)
RAMPAI = Work(Kind.BOOK, "Bunga rampai", editors=[Name("Laksmi"), Name("Sulistyo-Basuki")], year=2011)
KAMUS = Work(Kind.BOOK, "Kamus umum", publisher="Balai Pustaka")
PETA = Work(Kind.MAP, "Pulau Jawa", authors=[Name("Badan Informasi Geospasial")], year=1998, publisher="BIG")
VIDEO = Work(Kind.VIDEO, "Tjoet Nja' Dhien", authors=[Name("Djarot", "Eros")], year=1988, publisher="Kanta")
LAGU = Work(Kind.AUDIO, "Gending", authors=[Name("Nartosabdho")], year=1980, publisher="Lokananta")
MAJALAH = Work(Kind.SERIAL, "Prisma", year=1972, publisher="LP3ES")
DARING = Work(
    Kind.EBOOK, "Madilog", authors=[Name("Tan Malaka")], year=2020, publisher="Narasi", url="https://p.example/records/1"
)
INGGRIS = Work(
    Kind.BOOK,
    "The sociology of language",
    authors=[Name("Hatta", "Mohammad")],
    translators=[Name("Toer", "P. A.")],
    year=1950,
    edition="3rd ed.",
    publisher="X",
    language="eng",
)
GOLDEN = {
    "apa": [
        (METODE, "Sugiyono. (2019). Metode penelitian kuantitatif, kualitatif, dan R&D (Edisi ke-2). Alfabeta."),
        (BUMI, "Toer, P. A. (2005). Bumi manusia. Lentera Dipantara."),
        (SKRIPSI, "Aminah, S. (2023). Literasi siswa [Skripsi]. Universitas Nusa."),
        (
            ARTIKEL,
            (
                "Laksmi, & Nasution, A.-H. (2020). Perpustakaan dan ingatan. Jurnal Dokumentasi, 41(2), 1–10. "
                "https://doi.org/10.14203/j.x1"
            ),
        ),
        (BAB, "Laksmi. (2011). Bab satu. Dalam Sulistyo-Basuki & P. A. Toer (Ed.), Bunga rampai (hlm. 3–20). Obor."),
        (RAMPAI, "Laksmi & Sulistyo-Basuki (Ed.). (2011). Bunga rampai."),
        (KAMUS, "Kamus umum. (t.t.). Balai Pustaka."),
        (PETA, "Badan Informasi Geospasial. (1998). Pulau Jawa [Peta]. BIG."),
        (LAGU, "Nartosabdho. (1980). Gending [Lagu]. Lokananta."),
        (MAJALAH, "Prisma. (1972)."),
        (DARING, "Tan Malaka. (2020). Madilog. Narasi. https://p.example/records/1"),
        (INGGRIS, "Hatta, M. (1950). The sociology of language (P. A. Toer, Penerj.; 3rd ed.). X."),
    ],
    "ieee": [
        (METODE, "[1] Sugiyono, Metode penelitian kuantitatif, kualitatif, dan R&D, Edisi ke-2. Bandung: Alfabeta, 2019."),
        (BUMI, "[1] P. A. Toer, Bumi manusia. Jakarta: Lentera Dipantara, 2005."),
        (SKRIPSI, "[1] S. Aminah, “Literasi siswa,” Skripsi, Universitas Nusa, 2023."),
        (
            ARTIKEL,
            (
                "[1] Laksmi dan A.-H. Nasution, “Perpustakaan dan ingatan,” Jurnal Dokumentasi, vol. 41, no. 2, hlm. 1–10, 2020, "
                "doi: 10.14203/j.x1."
            ),
        ),
        (BAB, "[1] Laksmi, “Bab satu,” dalam Bunga rampai, Sulistyo-Basuki dan P. A. Toer, Ed., Obor, 2011, hlm. 3–20."),
        (KAMUS, "[1] Kamus umum. Balai Pustaka."),
    ],
    "vancouver": [
        (METODE, "1. Sugiyono. Metode penelitian kuantitatif, kualitatif, dan R&D. Edisi ke-2. Bandung: Alfabeta; 2019."),
        (BUMI, "1. Toer PA. Bumi manusia. Jakarta: Lentera Dipantara; 2005."),
        (SKRIPSI, "1. Aminah S. Literasi siswa [Skripsi]. Universitas Nusa; 2023."),
        (
            ARTIKEL,
            "1. Laksmi, Nasution AH. Perpustakaan dan ingatan. Jurnal Dokumentasi. 2020;41(2):1–10. doi:10.14203/j.x1",
        ),
        (BAB, "1. Laksmi. Bab satu. Dalam: Sulistyo-Basuki, Toer PA, editor. Bunga rampai. Obor; 2011. hlm. 3–20."),
    ],
    "chicago": [
        (METODE, "Sugiyono. 2019. Metode penelitian kuantitatif, kualitatif, dan R&D. Edisi ke-2. Alfabeta."),
        (BUMI, "Toer, Pramoedya Ananta. 2005. Bumi manusia. Lentera Dipantara."),
        (SKRIPSI, "Aminah, Siti. 2023. “Literasi siswa.” Skripsi, Universitas Nusa."),
        (
            ARTIKEL,
            (
                "Laksmi, dan Abdul-Haris Nasution. 2020. “Perpustakaan dan ingatan.” Jurnal Dokumentasi 41 (2): 1–10. "
                "https://doi.org/10.14203/j.x1."
            ),
        ),
        (RAMPAI, "Laksmi dan Sulistyo-Basuki, ed. 2011. Bunga rampai."),
        (KAMUS, "Kamus umum. t.t. Balai Pustaka."),
        (INGGRIS, "Hatta, Mohammad. 1950. The Sociology of Language. 3rd ed. Diterjemahkan oleh P. A. Toer. X."),
    ],
    "mla": [
        (METODE, "Sugiyono. Metode penelitian kuantitatif, kualitatif, dan R&D. Edisi ke-2, Alfabeta, 2019."),
        (BUMI, "Toer, Pramoedya Ananta. Bumi manusia. Lentera Dipantara, 2005."),
        (
            ARTIKEL,
            (
                "Laksmi, dan Abdul-Haris Nasution. “Perpustakaan dan ingatan.” Jurnal Dokumentasi, vol. 41, no. 2, 2020, hlm. 1–10, "
                "https://doi.org/10.14203/j.x1."
            ),
        ),
        (
            BAB,
            "Laksmi. “Bab satu.” Bunga rampai, disunting oleh Sulistyo-Basuki dan Pramoedya Ananta Toer, Obor, 2011, hlm. 3–20.",
        ),
        (VIDEO, "Djarot, Eros. Tjoet Nja' Dhien. Kanta, 1988."),
    ],
    "harvard": [
        (METODE, "Sugiyono (2019) Metode penelitian kuantitatif, kualitatif, dan R&D. Edisi ke-2. Bandung: Alfabeta."),
        (BUMI, "Toer, P.A. (2005) Bumi manusia. Jakarta: Lentera Dipantara."),
        (SKRIPSI, "Aminah, S. (2023) Literasi siswa. Skripsi. Universitas Nusa."),
        (
            ARTIKEL,
            (
                "Laksmi dan Nasution, A.-H. (2020) “Perpustakaan dan ingatan,” Jurnal Dokumentasi, 41(2), hlm. 1–10. "
                "Tersedia pada: https://doi.org/10.14203/j.x1."
            ),
        ),
        (KAMUS, "Kamus umum (tanpa tanggal). Balai Pustaka."),
    ],
}


@pytest.mark.parametrize(("style", "work", "text"), [(style, *pair) for style, pairs in GOLDEN.items() for pair in pairs])
def test_a_style_writes_as_it_should(style: str, work: Work, text: str) -> None:
    [entry] = bibliography([work], style)
    assert entry.text == text


def test_every_style_that_comes_along_has_golden_entries() -> None:
    assert set(GOLDEN) == set(STYLES)


def test_english_pages_are_worded_in_english() -> None:
    assert bibliography([KAMUS], "apa", language="en")[0].text == "Kamus umum. (n.d.). Balai Pustaka."
    assert bibliography([RAMPAI], "apa", language="en")[0].text == "Laksmi & Sulistyo-Basuki (Eds.). (2011). Bunga rampai."


def test_a_bibliography_is_sorted_as_its_style_asks_and_numbered_as_it_stands() -> None:
    assert [entry.number for entry in bibliography([BUMI, SKRIPSI, KAMUS, METODE], "apa")] == [1, 2, 3, 0]
    assert [entry.text[:3] for entry in bibliography([BUMI, SKRIPSI, KAMUS], "ieee")] == ["[1]", "[2]", "[3]"]


def test_an_ayn_counts_for_nothing_in_the_order_and_one_author_comes_before_the_same_with_another() -> None:
    toer, budi, abduh = Name("Toer", "Pramoedya"), Name("Budi", "Ani"), Name("ʻAbduh", "Muhammad")
    alone, together = (
        Work(Kind.BOOK, "Dua", authors=[toer], year=2009),
        Work(Kind.BOOK, "Satu", authors=[toer, budi], year=2001),
    )
    longer = Work(Kind.BOOK, "Tiga", authors=[Name("Toer", "Pramoedya Ananta")], year=2000)
    listed = bibliography([longer, together, alone, Work(Kind.BOOK, "Risalah", authors=[abduh], year=1990)], "apa")
    assert [entry.number for entry in listed] == [3, 2, 1, 0]


def test_a_comma_stands_between_a_person_turned_round_and_a_body() -> None:
    work = Work(Kind.BOOK, "Hutan", authors=[Name("Toer", "P. A."), Name("Badan Pusat Statistik")], year=2001)
    assert bibliography([work], "apa")[0].text == "Toer, P. A., & Badan Pusat Statistik. (2001). Hutan."


def test_harvard_takes_no_comma_before_the_last_of_three_bodies() -> None:
    work = Work(Kind.BOOK, "Hutan", authors=[Name("Laksmi"), Name("Sugiyono"), Name("Badan Pusat Statistik")], year=2001)
    assert bibliography([work], "harvard")[0].text == "Laksmi, Sugiyono dan Badan Pusat Statistik (2001) Hutan."


def test_a_title_keeps_its_words_and_brings_no_markup() -> None:
    [entry] = bibliography([Work(Kind.BOOK, "Tag <b>tebal</b> & \ue000mark\ue001", authors=[Name("A<i>")])], "apa")
    assert entry.html == "A&lt;i&gt;. (t.t.). <i>Tag &lt;b&gt;tebal&lt;/b&gt; &amp; mark</i>."


def _style(inside: str, info: str = "<title>Gaya</title>") -> bytes:
    head = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
    return f"{head}<info>{info}<id>x</id><updated>2026-01-01T00:00:00+00:00</updated></info>{inside}</style>".encode()


LAYOUT = '<bibliography><layout suffix="."><text variable="title"/></layout></bibliography>'


def test_a_style_from_a_file_is_used_like_any_other() -> None:
    style = read_style(_style(LAYOUT))
    assert isinstance(style, Style)
    assert [entry.text for entry in bibliography([BUMI, KAMUS], style)] == ["Bumi manusia.", "Kamus umum."]


LAUGHS = "".join(f'<macro name="m{n}">' + f'<text macro="m{n + 1}"/>' * 10 + "</macro>" for n in range(12))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"bukan xml", Fault.NOT_XML),
        (b"", Fault.NOT_XML),
        (b"\0", Fault.NOT_XML),
        (b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>' + _style(LAYOUT), Fault.NOT_XML),
        (b"<html/>", Fault.NOT_A_STYLE),
        (_style(LAYOUT, info=""), Fault.NOT_A_STYLE),
        (_style("", info='<title>G</title><link rel="independent-parent" href="http://x"/>'), Fault.DEPENDENT),
        (_style("<citation><layout/></citation>"), Fault.WITHOUT_BIBLIOGRAPHY),
        (_style(LAYOUT.replace('variable="title"', 'macro="tidak-ada"')), Fault.UNKNOWN_MACRO),
        (_style('<macro name="a"><text macro="a"/></macro>' + LAYOUT.replace('variable="title"', 'macro="a"')), Fault.ENDLESS),
        (
            _style(LAUGHS + '<macro name="m12"><text value="x"/></macro>' + LAYOUT.replace('variable="title"', 'macro="m0"')),
            Fault.ENDLESS,
        ),
        (b" " * 400_001, Fault.TOO_LARGE),
    ],
)
def test_a_file_that_is_no_style_says_why(data: bytes, fault: Fault) -> None:
    assert read_style(data) is fault


def test_a_style_in_another_encoding_cannot_hide_a_document_type() -> None:
    hidden = ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x>' + _style(LAYOUT).decode()).encode("utf-16")
    assert read_style(hidden) is Fault.NOT_XML


def test_the_styles_that_come_along_say_their_licence() -> None:
    for _name, file in STYLES.values():
        assert (
            b"creativecommons.org/licenses/by-sa/3.0"
            in (files("lumbung.formats.citation") / "styles" / f"{file}.csl").read_bytes()
        )
