"""From a record to a work: names taken apart only where the record did so."""

from typing import Any
from urllib.parse import parse_qsl

import pytest

from lumbung.catalogue.domain.bibliographic import Contributor, describe
from lumbung.catalogue.domain.citable import name_of, work_of
from lumbung.catalogue.domain.hosts import whereabouts
from lumbung.catalogue.domain.printings import edition_alone
from lumbung.catalogue.domain.records import add_record
from lumbung.discovery.citing import works_of
from lumbung.discovery.referring import coins, highwire
from lumbung.discovery.structured import structured
from lumbung.formats.citation import Kind, Name, Work, bibliography, bibtex, csl_json, ris
from lumbung.formats.marc import Field, Record


@pytest.mark.parametrize(
    ("maker", "name"),
    [
        (Contributor("Toer, Pramoedya Ananta", "person"), Name("Toer", "Pramoedya Ananta")),
        (Contributor("Toer, Pramoedya, Jr.", "person"), Name("Toer", "Pramoedya", suffix="Jr.")),
        (Contributor("Toer, Pramoedya, III", "person"), Name("Toer", "Pramoedya", suffix="III")),
        (Contributor("Toer, Pramoedya, Dr., Jr", "person"), Name("Toer", "Pramoedya", suffix="Jr")),
        (Contributor("Churchill, Winston, Sir", "person"), Name("Churchill", "Winston")),
        (Contributor("Toer,", "person"), Name("Toer")),
        (Contributor("Sugiyono", "person"), Name("Sugiyono")),
        (Contributor("Tan Malaka", "person"), Name("Tan Malaka")),
        (Contributor("Sulistyo-Basuki", "person"), Name("Sulistyo-Basuki")),
        (Contributor("Universitas Nusa, Fakultas Hukum", "body"), Name("Universitas Nusa, Fakultas Hukum", is_body=True)),
    ],
)
def test_a_name_is_taken_apart_only_at_its_comma(maker: Contributor, name: Name) -> None:
    assert name_of(maker) == name


def test_a_thesis_has_its_degree_and_its_supervisor_is_no_author() -> None:
    said = describe(
        Record(
            "00000nam a2200000 i 4500",
            [
                Field("100", "1", " ", [("a", "Aminah, Siti")]),
                Field("245", "1", "0", [("a", "Literasi informasi /"), ("c", "Siti Aminah")]),
                Field("264", " ", "1", [("a", "Yogyakarta :"), ("b", "Universitas Nusa,"), ("c", "2023")]),
                Field("502", " ", " ", [("a", "Skripsi (S1)--Universitas Nusa, 2023")]),
                Field("700", "1", " ", [("a", "Laksmi"), ("e", "pembimbing")]),
            ],
        )
    )
    work = work_of(said, url="https://perpus.example/records/1")
    assert (work.kind, work.degree, [name.family for name in work.authors]) == (Kind.THESIS, "Skripsi", ["Aminah"])
    assert bibliography([work], "apa")[0].text == "Aminah, S. (2023). Literasi informasi [Skripsi]. Universitas Nusa."


def test_who_is_named_twice_is_cited_once_and_an_issn_is_written_with_its_hyphen() -> None:
    fields = [
        Field("022", " ", " ", [("a", "1943-1961")]),
        Field("100", "1", " ", [("a", "Kusuda, Tamami,"), ("d", "1925-")]),
        Field("245", "1", "0", [("a", "Padi")]),
        Field("700", "1", " ", [("a", "Toer, Pramoedya, Jr.")]),
        Field("700", "1", " ", [("a", "Kusuda, Tamami"), ("e", "penulis")]),
        Field("710", "2", " ", [("a", "Badan Pusat Statistik")]),
        Field("710", "2", " ", [("a", "Badan Pusat Statistik"), ("e", "sponsor")]),
    ]
    work = work_of(describe(Record("00000nas a2200000 i 4500", fields)), url="")
    assert work.authors == [
        Name("Kusuda", "Tamami"),
        Name("Toer", "Pramoedya", suffix="Jr."),
        Name("Badan Pusat Statistik", is_body=True),
    ]
    assert work.issn == "1943-1961"
    assert ("rft.issn", "1943-1961") in parse_qsl(coins(work))
    assert ("citation_issn", "1943-1961") in highwire(work)
    assert ("citation_author", "Toer, Pramoedya, Jr.") in highwire(work)
    told = structured(work, language="id", copies=0, available=False, library="", picture="")
    assert (told["issn"], told["author"][1]) == ("1943-1961", {"@type": "Person", "name": "Pramoedya Toer Jr."})


def test_openurl_has_a_suffix_apart() -> None:
    context = dict(parse_qsl(coins(Work(Kind.BOOK, "Padi", authors=[Name("Toer", "Pramoedya", suffix="Jr.")]))))
    assert (context["rft.aulast"], context["rft.aufirst"], context["rft.ausuffix"]) == ("Toer", "Pramoedya", "Jr.")


@pytest.mark.parametrize(
    ("place", "publisher"),
    [("[S.l.] :", "[s.n.],"), ("S.l. :", "s.n.,"), ("[Place of publication not identified] :", "[publisher not identified],")],
)
def test_what_a_record_says_it_does_not_know_is_not_cited(place: str, publisher: str) -> None:
    published = Field("264", " ", "1", [("a", place), ("b", publisher), ("c", "1999")])
    said = describe(Record("00000nam a2200000 i 4500", [Field("245", "1", "0", [("a", "Padi")]), published]))
    work = work_of(said, url="")
    assert (work.place, work.publisher, work.year) == ("", "", 1999)
    assert bibliography([work], "apa")[0].text == "Padi. (1999)."


@pytest.mark.parametrize(("form", "address"), [("o", "https://buku.example/padi"), (" ", "https://perpus.example/records/1")])
def test_an_electronic_book_is_cited_where_it_is_read(form: str, address: str) -> None:
    fields = [
        Field("008", value=f"260101s1999    io      {form}          0 ind d"),
        Field("245", "1", "0", [("a", "Padi")]),
        Field("856", "4", "0", [("u", "https://buku.example/padi")]),
    ]
    work = work_of(describe(Record("00000nam a2200000 i 4500", fields)), url="https://perpus.example/records/1")
    assert (csl_json(work)["URL"], work.url) == (address, "https://perpus.example/records/1")
    assert address in bibtex(work)
    assert f"UR  - {address}" in ris(work)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Vol. 41, no. 2 (2020), hlm. 1–10", ("41", "2", "1–10")),
        ("41(2), 1-10", ("41", "2", "1-10")),
        ("Jil. IV No. 1 Hal. 23", ("IV", "1", "23")),
        ("Th. 12 nomor 3/4 (Maret 1998), p. 5-9", ("12", "3/4", "5-9")),
        ("Maret 1998", ("", "", "")),
    ],
)
def test_where_an_article_stands_is_read_out_of_words(text: str, read: tuple[str, str, str]) -> None:
    assert whereabouts(text) == read


def test_a_part_of_a_book_is_a_chapter_and_its_translator_no_author() -> None:
    said = describe(
        Record(
            "00000naa a2200000 i 4500",
            [
                Field("245", "1", "0", [("a", "Bab satu")]),
                Field("700", "1", " ", [("a", "Hatta, Mohammad"), ("4", "trl")]),
                Field("773", "0", " ", [("t", "Bunga rampai"), ("g", "hlm. 3-20"), ("z", "9786022895336")]),
            ],
        )
    )
    work = work_of(said, url="")
    assert (work.kind, work.host, work.pages) == (Kind.CHAPTER, "Bunga rampai", "3-20")
    assert (work.authors, work.translators) == ([], [Name("Hatta", "Mohammad")])


def test_a_chapter_is_published_where_its_book_is() -> None:
    marc = Record(
        "00000naa a2200000 i 4500",
        [
            Field("100", "1", " ", [("a", "Teeuw, A.")]),
            Field("245", "1", "0", [("a", "Membaca Pramoedya")]),
            Field(
                "773",
                "0",
                " ",
                [
                    ("t", "Bunga rampai sastra"),
                    ("d", "Jakarta : Pustaka Jaya, c1998."),
                    ("g", "hlm. 3-20"),
                    ("z", "9786022895336"),
                ],
            ),
        ],
    )
    work = work_of(describe(marc), url="")
    assert (work.place, work.publisher, work.year, work.isbns) == ("Jakarta", "Pustaka Jaya", 1998, ["9786022895336"])
    assert bibliography([work], "apa", language="id")[0].text == (
        "Teeuw, A. (1998). Membaca Pramoedya. Dalam Bunga rampai sastra (hlm. 3–20). Pustaka Jaya."
    )


@pytest.mark.parametrize(
    "note",
    [
        [("b", "Disertasi"), ("c", "Universitas Indonesia"), ("d", "2022")],
        [("a", "Disertasi (S3)--Universitas Indonesia, 2022.")],
        [("a", "Disertasi — Universitas Indonesia, 2022")],
    ],
)
def test_a_thesis_without_a_publisher_names_the_school_of_its_note(note: list[tuple[str, str]]) -> None:
    fields = [
        Field("100", "1", " ", [("a", "Hartono, Bambang")]),
        Field("245", "1", "0", [("a", "Kebijakan pangan")]),
        Field("502", " ", " ", note),
    ]
    work = work_of(describe(Record("00000nam a2200000 i 4500", fields)), url="")
    assert bibliography([work], "apa")[0].text == "Hartono, B. (2022). Kebijakan pangan [Disertasi]. Universitas Indonesia."


@pytest.mark.parametrize(
    ("note", "school"),
    [
        ("Skripsi (S1)--Universitas 17 Agustus 1945 Surabaya, 2020", "Universitas 17 Agustus 1945 Surabaya"),
        ("Tesis – Universitas 17 Agustus 1945", "Universitas 17 Agustus 1945"),
        ("Skripsi -- Program Studi Hukum -- Universitas Udayana 2019. Bimbingan ganda", "Universitas Udayana"),
        ("Tesis, 2019–2020", ""),
    ],
)
def test_the_school_of_a_note_is_named_whole_and_without_year_or_programme(note: str, school: str) -> None:
    assert describe(Record("00000nam a2200000 i 4500", [Field("502", " ", " ", [("a", note)])])).school == school


def test_the_address_where_it_is_read_tells_the_doi() -> None:
    fields = [
        Field("245", "0", "0", [("a", "Kebijakan publik")]),
        Field("856", "4", "2", [("u", "https://doi.org/10.5555/ulasan")]),
        Field("856", "4", "0", [("u", "https://doi.org/10.5555/kp%3C1%3E")]),
    ]
    assert work_of(describe(Record("00000nam a2200000 i 4500", fields)), url="").doi == "10.5555/kp<1>"


@pytest.mark.parametrize(
    ("said", "edition"),
    [
        ("Cetakan ke-5", ""),
        ("Cet. 5", ""),
        ("Cet. ke-3, Juni 2015", ""),
        ("Cetakan kedua belas", ""),
        ("Cet. ke-4 (keempat)", ""),
        ("Ed. 2, cet. 3", "Ed. 2"),
        ("Ed.2 Cet.3", "Ed.2"),
        ("Cet. ke-3, ed. rev.", "Ed. rev."),
        ("Cetakan pertama (edisi revisi)", "Edisi revisi"),
        ("Edisi pertama, cetakan pertama, Agustus 2012", "Edisi pertama"),
        ("2nd ed., 3rd printing", "2nd ed."),
        ("Ed. of Mar. 1894, reprinted Aug. 1898.", "Ed. of Mar. 1894"),
        ("Edisi ke-2", "Edisi ke-2"),
        ("Edisi cetakan", "Edisi cetakan"),
        ("Large print edition", "Large print edition"),
        ("Edisi 3, 2019", "Edisi 3, 2019"),
    ],
)
def test_a_printing_is_no_edition(said: str, edition: str) -> None:
    assert edition_alone(said) == edition


def test_no_style_and_no_file_for_reference_managers_tells_a_printing() -> None:
    fields = [
        Field("100", "0", " ", [("a", "Sugiyono")]),
        Field("245", "1", "0", [("a", "Metode penelitian")]),
        Field("250", " ", " ", [("a", "Ed. 2, cet. 5.")]),
        Field("264", " ", "1", [("a", "Bandung"), ("b", "Alfabeta"), ("c", "2019")]),
    ]
    work = work_of(describe(Record("00000nam a2200000 i 4500", fields)), url="")
    assert bibliography([work], "apa")[0].text == "Sugiyono. (2019). Metode penelitian (Ed. 2). Alfabeta."
    assert ("ET  - Ed. 2\r\n" in ris(work), "edition = {Ed. 2}," in bibtex(work)) == (True, True)
    assert csl_json(work)["edition"] == "Ed. 2"
    fields[2] = Field("250", " ", " ", [("a", "Cetakan ke-5.")])
    work = work_of(describe(Record("00000nam a2200000 i 4500", fields)), url="")
    assert bibliography([work], "apa")[0].text == "Sugiyono. (2019). Metode penelitian. Alfabeta."
    assert ("ET  -" in ris(work), "edition" in bibtex(work), "edition" in csl_json(work)) == (False, False, False)


def part(level: str, **host: str) -> Record:
    """A part of "Bunga rampai": the level of leader/07, and the subfields of its 773 (``_7`` is $7)."""
    fields = [
        Field("100", "1", " ", [("a", "Teeuw, A.")]),
        Field("245", "1", "0", [("a", "Membaca Pramoedya")]),
        Field("773", "0", " ", [("t", "Bunga rampai"), *((code.removeprefix("_"), text) for code, text in host.items())]),
    ]
    return Record(f"00000na{level} a2200000 i 4500", fields)


@pytest.mark.parametrize(
    ("level", "host", "kind"),
    [
        ("a", {"g": "hlm. 3-20"}, Kind.CHAPTER),
        ("a", {"g": "Bab 2, hlm. 3-20"}, Kind.CHAPTER),
        ("a", {"d": "Jakarta : Pustaka Jaya, 1998"}, Kind.CHAPTER),
        ("a", {"_7": "nnam", "g": "Vol. 2, hlm. 3-20"}, Kind.CHAPTER),
        ("a", {"z": "9786022895336"}, Kind.CHAPTER),
        ("a", {"_7": "nnas", "d": "Jakarta : LP3ES, 1998"}, Kind.ARTICLE),
        ("a", {"d": "Jakarta : LP3ES, 1971-", "g": "hlm. 3-20"}, Kind.ARTICLE),
        ("a", {"g": "Vol. 2, no. 1, hlm. 3-20"}, Kind.ARTICLE),
        ("a", {"g": "12 Mei 2020, hlm. 3"}, Kind.ARTICLE),
        ("a", {"x": "0125-9989", "g": "hlm. 3-20"}, Kind.ARTICLE),
        ("a", {"x": "0125-9989", "z": "9786022895336"}, Kind.ARTICLE),
        ("b", {"g": "hlm. 3-20"}, Kind.ARTICLE),
        ("a", {}, Kind.ARTICLE),
        ("m", {"_7": "nnam"}, Kind.BOOK),
    ],
)
def test_a_part_is_a_chapter_or_an_article_by_what_the_record_says_of_its_host(
    level: str, host: dict[str, str], kind: Kind
) -> None:
    assert work_of(describe(part(level, **host)), url="").kind is kind


@pytest.mark.parametrize(
    ("maker", "editors"),
    [
        ("Vickers, Adrian, 1958-", [Name("Vickers", "Adrian")]),
        ("Basrowi (ed.)", [Name("Basrowi")]),
        ("Basrowi, editor", [Name("Basrowi")]),
        ("Suwandi, 1950- ; Kuntowijoyo, penyunting", [Name("Suwandi"), Name("Kuntowijoyo")]),
        ("Heryanto, Ariel dan Mandal, Sumit K. (Eds.)", [Name("Heryanto", "Ariel"), Name("Mandal", "Sumit K.")]),
        ("Teeuw, A.", []),
        ("", []),
    ],
)
def test_the_editors_of_a_book_are_told_with_a_chapter_of_it(maker: str, editors: list[Name]) -> None:
    assert work_of(describe(part("a", a=maker, g="hlm. 3-20")), url="").editors == editors


def test_a_chapter_names_the_editor_of_its_book_in_every_form() -> None:
    work = work_of(describe(part("a", a="Vickers, Adrian (ed.)", d="Jakarta : Pustaka Jaya, 1998", g="hlm. 3-20")), url="")
    assert bibliography([work], "apa", language="en")[0].text == (
        "Teeuw, A. (1998). Membaca Pramoedya. In A. Vickers (Ed.), Bunga rampai (pp. 3–20). Pustaka Jaya."
    )
    assert ("TY  - CHAP\r\n" in ris(work), "ED  - Vickers, Adrian\r\n" in ris(work)) == (True, True)
    assert ("@incollection{" in bibtex(work), "editor = {Vickers, Adrian}," in bibtex(work)) == (True, True)
    assert (csl_json(work)["type"], csl_json(work)["editor"]) == ("chapter", [{"family": "Vickers", "given": "Adrian"}])


def book(title: str, *, level: str = "m") -> Record:
    """ "Bunga rampai" as the catalogue has it, with an editor, a publisher and an ISBN."""
    fields = [
        Field("001", value="77"),
        Field("003", value="ID-LMB"),
        Field("020", " ", " ", [("a", "9786022895336")]),
        Field("245", "1", "0", [("a", title)]),
        Field("264", " ", "1", [("a", "Jakarta"), ("b", "Pustaka Jaya"), ("c", "1998")]),
        Field("700", "1", " ", [("a", "Vickers, Adrian"), ("4", "edt")]),
    ]
    return Record(f"00000na{level} a2200000 i 4500", fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "level", "number", "kind", "editors"),
    [
        ("Bunga rampai", "m", "(ID-LMB)77", Kind.CHAPTER, [Name("Vickers", "Adrian")]),
        ("Bunga rampai", "s", "(ID-LMB)77", Kind.ARTICLE, []),
        ("Buku lain", "m", "(ID-LMB)77", Kind.ARTICLE, []),
        ("Bunga rampai", "m", "(LAIN)77", Kind.ARTICLE, []),
    ],
)
def test_a_part_is_told_with_what_the_record_of_its_host_says(
    title: str, level: str, number: str, kind: Kind, editors: list[Name], django_assert_max_num_queries: Any
) -> None:
    add_record(book(title, level=level), by=None)
    parts = [add_record(part("a", g="1998, hlm. 3-20", w=number), by=None) for _ in range(3)]
    with django_assert_max_num_queries(1):
        works = works_of(parts, "/records/")
    assert [(work.kind, work.editors) for work in works] == [(kind, editors)] * 3
    if kind is Kind.CHAPTER:
        assert (works[0].publisher, works[0].year, works[0].isbns) == ("Pustaka Jaya", 1998, ["9786022895336"])


@pytest.mark.django_db
def test_a_host_the_public_may_not_see_tells_nothing() -> None:
    hidden = add_record(book("Bunga rampai"), by=None)
    type(hidden).objects.filter(pk=hidden.pk).update(suppressed=True)
    shown = add_record(part("a", g="1998, hlm. 3-20", w="(ID-LMB)77"), by=None)
    assert [work.editors for work in works_of([shown], "/records/")] == [[]]
