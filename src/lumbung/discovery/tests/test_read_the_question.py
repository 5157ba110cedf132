"""What the search page does with a question beside looking for its words, and how it says so."""

import re

import pytest
from django.test import Client

from lumbung.catalogue.domain.records import add_record
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.discovery.tests.shelf import catalogued
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.tests.factories import MemberIdentifierFactory
from lumbung.organization.tests.factories import BranchFactory
from lumbung.search.documents import Sort
from lumbung.search.domain.words import bring_in_built_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(indexed) -> None:
    catalogued("Manajemen pemasaran", "Kotler, Philip", year="2009")
    catalogued("Manajemen pemasaran", "Kotler, Philip", year="2016")
    catalogued("Manajemen operasi", "Heizer, Jay", year="2014")
    catalogued("Kimia dasar", "Chang, Raymond", year="2005")
    indexed()


def test_a_year_in_the_question_is_a_filter_that_can_be_taken_back(client: Client, shelf: None) -> None:
    page = client.get("/search?q=manajemen+tahun+2014").text
    assert "Manajemen</mark> operasi" in page
    assert "pemasaran" not in page.split('id="hasil"')[1]
    assert 'href="/search?q=manajemen+tahun+2014&amp;plain=years">terbit 2014' in page
    literal = client.get("/search?q=manajemen+tahun+2014&plain=years").text
    assert "Dibaca dari pertanyaan Anda" not in literal


def test_the_order_told_is_the_one_used_and_another_can_be_chosen(client: Client, shelf: None) -> None:
    def told(address: str) -> tuple[list[str], str]:
        page = client.get(f"/search?q=manajemen+terbaru&editions=all{address}").text
        return re.findall(r'<option value="([^"]*)" selected>', page), page

    assert told("")[0] == ["year"]
    assert "Terbitan terbaru dahulu" in told("")[1]
    chosen, page = told("&sort=relevance")
    assert chosen == ["relevance"]
    assert 'href="/search?q=manajemen+terbaru&amp;editions=all&amp;plain=order&amp;plain=newest">tanpa kata “terbaru”' in page
    assert told("&sort=-year")[0] == ["-year"]
    assert told("&plain=order&sort=year")[0] == ["year"]


def test_the_order_stays_chosen_on_the_next_page_and_in_the_address(client: Client, shelf: None) -> None:
    sent = client.get("/search?q=manajemen+terbaru&sort=relevance&material=book", headers={"HX-Request": "true"})
    assert sent["HX-Push-Url"] == "/search?q=manajemen+terbaru&material=book&plain=order"
    kept = client.get(sent["HX-Push-Url"])
    assert kept.context["results"].asked.sort is Sort.RELEVANCE


def test_all_titles_are_told_in_the_order_they_have_and_not_as_the_best(client: Client, shelf: None) -> None:
    page = client.get("/search?material=book").text
    assert '<option value="newest" selected>' in page
    assert "Paling sesuai" not in page


def test_of_hints_that_lead_nowhere_as_few_are_dropped_as_must_be(client: Client, shelf: None) -> None:
    page = client.get("/search?q=skripsi+manajemen+tahun+2014").text
    assert "Tidak ada yang cocok dengan <b>skripsi</b>, jadi ini hasil untuk <b>manajemen</b> tanpa saringan itu." in page
    assert 'href="/search?q=skripsi+manajemen+tahun+2014&amp;plain=years">terbit 2014' in page
    assert [row.title for row in client.get("/search?q=skripsi+manajemen+tahun+2014").context["results"].rows] == [
        "Manajemen operasi"
    ]
    add_record(thesis("Skripsi (S1)", "Manajemen sekolah"), by=None)
    work_off()
    answer = client.get("/search?q=skripsi+manajemen+tahun+2014")
    assert [row.title for row in answer.context["results"].rows] == ["Manajemen sekolah"]
    assert "Tidak ada yang cocok dengan <b>tahun 2014</b>" in answer.text
    both = client.get("/search?q=skripsi+kimia+tahun+2014")
    assert [row.title for row in both.context["results"].rows] == ["Kimia dasar"]
    assert "Tidak ada yang cocok dengan <b>tahun 2014, skripsi</b>" in both.text


def test_a_kind_and_a_year_are_all_of_the_kind_of_the_year_and_words_where_there_is_none(client: Client, indexed) -> None:
    def told() -> tuple[list[str], str]:
        page = client.get("/search?q=skripsi+2020")
        return [row.title for row in page.context["results"].rows], page.text

    catalogued("Menulis skripsi", year="2020")
    catalogued("Kimia dasar", year="2020")
    indexed()
    assert told()[0] == ["Menulis skripsi"]
    assert "Tidak ada yang cocok dengan saringan <b>skripsi</b>, jadi <b>skripsi</b> dicari sebagai kata." in told()[1]
    add_record(thesis("Skripsi (S1)", "Manajemen sekolah", year="2018"), by=None)
    indexed()
    assert told()[0] == ["Manajemen sekolah"]
    assert "Tidak ada yang cocok dengan <b>2020</b>, jadi ini hasil tanpa saringan itu." in told()[1]
    add_record(thesis("Tesis (S2)", "Analisis sentimen", year="2020"), by=None)
    indexed()
    assert told()[0] == ["Analisis sentimen"]
    assert 'href="/search?q=skripsi+2020&amp;plain=material">' in told()[1]
    as_word = client.get("/search?q=skripsi+2020&plain=material").context["results"]
    assert [row.title for row in as_word.rows] == ["Menulis skripsi"]


def test_a_novel_is_found_by_its_form(client: Client, indexed) -> None:
    catalogued("Bumi manusia", subject="Fiksi Indonesia")
    catalogued("Kimia dasar", subject="Kimia")
    coded = Field("008", value="260101s1995    io a          000 f ind d")
    add_record(Marc("00000nam a2200000 i 4500", [coded, Field("245", "1", "0", [("a", "Arus balik")])]), by=None)
    bring_in_built_in()
    indexed()
    assert {row.title for row in client.get("/search?q=novel").context["results"].rows} == {"Bumi manusia", "Arus balik"}


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("kencing manis", "Diabetes mellitus pada anak"),
        ("tata negara", "Pengantar ketatanegaraan"),
        ("KMB", "Keperawatan medikal bedah"),
        ("ipd", "Buku ajar ilmu penyakit dalam"),
        ("kuhper", "Kitab undang-undang hukum perdata"),
        ("basdat", "Basis data"),
        ("jarkom", "Jaringan komputer"),
        ("matdis", "Matematika diskrit"),
    ],
)
def test_what_students_say_for_short_finds_what_they_mean(client: Client, indexed, words: str, title: str) -> None:
    bring_in_built_in()
    catalogued(title)
    indexed()
    assert [row.title for row in client.get("/search", {"q": words}).context["results"].rows] == [title]


def test_a_misspelt_word_is_mended_and_the_page_says_so(client: Client, shelf: None) -> None:
    page = client.get("/search?q=manajmen+pemasran").text
    assert "Ini hasil untuk <b>manajemen pemasaran</b>" in page
    assert "Cari “manajmen pemasran” persis" in page
    assert "Tidak ditemukan" in client.get("/search?q=manajmen+pemasran&plain=spelling").text


def test_a_word_is_not_mended_where_no_title_then_has_all_of_them(client: Client, shelf: None) -> None:
    results = client.get("/search?q=manajmen+qzxwvu").context["results"]
    assert (results.respelt, results.did_you_mean, results.total) == ("", "", 0)


def test_editions_of_one_work_stand_together_and_can_be_taken_apart(client: Client, shelf: None) -> None:
    page = client.get("/search?q=manajemen+pemasaran").text
    assert page.count('<article class="result">') == 1
    assert "1 edisi lain" in page
    assert client.get("/search?q=manajemen+pemasaran&editions=all").text.count('<article class="result">') == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ('"kimia dasar', "Tanda kutip tidak ditutup"),
        ("(kimia dasar", "Tanda kurung tidak berpasangan"),
        ("penulisnya:chang kimia", "“penulisnya:” bukan nama ruas"),
        ("kimia tahun:lama", "“lama” bukan tahun"),
        ("kimia AND", "diabaikan"),
        ("kimia AND (", "Tanda kurung tidak berpasangan"),
        ("kimia pengarang:", "Di belakang “pengarang:” belum ada kata"),
        ("kimia " + "dasar " * 2000, "Pertanyaan terlalu panjang"),
    ],
)
def test_what_cannot_be_read_as_it_stands_is_read_leniently_and_told(
    client: Client, shelf: None, asked: str, said: str
) -> None:
    response = client.get("/search", {"q": asked}, follow=True)
    assert response.status_code == 200
    assert said in response.text
    assert "Kimia" in response.text


def test_the_branch_a_reader_chose_is_told_first(client: Client, indexed) -> None:
    record = catalogued("Kimia dasar")
    for name, code in (("Pusat", "PST"), ("Utara", "UTR")):
        ItemFactory(record=record, branch=BranchFactory(name=name, code=code))
    near = BranchFactory(name="Selatan", code="SLT")
    ItemFactory(record=record, branch=near)
    indexed()
    assert "3 dari 3 tersedia di Selatan" not in client.get("/search?q=kimia").text
    response = client.get("/near", {"branch": near.pk, "next": "/search?q=kimia"})
    assert response["Location"] == "/search?q=kimia"
    assert "3 dari 3 tersedia di Selatan" in client.get("/search?q=kimia").text
    assert client.get("/near", {"branch": "x", "next": "https://elsewhere.example/"})["Location"] == "/search"


def test_many_filters_in_an_address_are_no_error(client: Client, shelf: None) -> None:
    facets = "&".join(f"subject=s{number}" for number in range(500))
    assert client.get(f"/search?q=kimia&{facets}").status_code == 200


def test_a_member_who_chose_no_branch_has_their_own(client: Client, indexed, ani) -> None:
    record = catalogued("Kimia dasar")
    for branch in (ani.branch, BranchFactory(name="Selatan")):
        ItemFactory(record=record, branch=branch)
    indexed()
    assert client.get("/search?q=kimia").context["near"] is None
    client.force_login(ani.user)
    assert client.get("/search?q=kimia").context["near"] == ani.branch_id
    client.get("/near", {"branch": ""})
    assert client.get("/search?q=kimia").context["near"] is None


@pytest.mark.parametrize("words", ["1301.20.0045", "1301200045", "NIM 1301.20.0045", "nim: 1301200045", "npm 1301200045"])
def test_a_thesis_is_found_by_the_number_of_its_author(client: Client, indexed, words: str) -> None:
    add_record(thesis("Skripsi (S1) -- Universitas Lumbung, 2023. NIM 1301.20.0045"), by=None)
    catalogued("Kimia dasar", note="NIM 1301.20.0046")
    indexed()
    assert [row.title for row in client.get("/search", {"q": words}).context["results"].rows] == ["Analisis sentimen"]


def test_the_number_of_a_member_is_found_by_nobody(client: Client, indexed, ani, sari) -> None:
    MemberIdentifierFactory(member=ani, kind="nim", value="1301200099")
    catalogued("Kimia dasar")
    indexed()
    client.force_login(sari)
    for reader in (Client(), client):
        for address in ("/search?q=1301200099", "/search?q=NIM+1301200099", "/search/suggestions?q=1301200099"):
            answer = reader.get(address)
            assert (answer.status_code, ani.name in answer.text) == (200, False)


def thesis(note: str, title: str = "Analisis sentimen", year: str = "    ") -> Marc:
    fields = [
        Field("008", value=f"260101s{year}    io a     m    000 0 ind d"),
        Field("245", "1", "0", [("a", title)]),
        Field("502", " ", " ", [("a", note)]),
    ]
    return Marc("00000nam a2200000 i 4500", fields)


@pytest.mark.parametrize("words", ["buku kimia", "bukunya kimia", "buku-buku kimia", "buku tentang kimia"])
def test_the_word_book_before_the_others_hides_nothing(client: Client, shelf: None, words: str) -> None:
    catalogued("Buku pintar kimia", year="2001")
    work_off()
    page = client.get("/search", {"q": words})
    assert {row.title for row in page.context["results"].rows} == {"Buku pintar kimia", "Kimia dasar"}
    assert "Tidak ada judul yang memuat semua kata" not in page.text


def test_a_title_that_has_the_word_book_comes_before_those_that_have_it_not(client: Client, shelf: None) -> None:
    catalogued("Praktikum kimia", year="2020")
    catalogued("Buku pintar kimia", year="2001")
    work_off()
    assert client.get("/search?q=buku+kimia").context["results"].rows[0].title == "Buku pintar kimia"
    assert client.get("/search?q=buku+kimia&plain=talk").context["results"].total == 1


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("bk ttg kimia", "Kimia dasar"),
        ("kimia utk pemula", "Kimia bagi pemula"),
        ("bk pribadi sosial", "BK pribadi sosial"),
        ("kamus bhs jawa", "Kamus bahasa Jawa"),
        ("motivasi belajar mhs", "Motivasi belajar mahasiswa"),
        ("pola asuh ortu", "Pola asuh orang tua"),
        ("cara nulis makalah", "Cara menulis makalah"),
    ],
)
def test_what_is_typed_as_on_a_phone_finds_what_is_meant(client: Client, indexed, words: str, title: str) -> None:
    bring_in_built_in()
    for each in ("Kimia dasar", title):
        catalogued(each)
    catalogued("Sosial")
    indexed()
    page = client.get("/search", {"q": words})
    assert page.context["results"].rows[0].title == title
    assert not page.context["results"].relaxed


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("dzikir pagi", "Zikir pagi dan petang"),
        ("shalawat nabi", "Selawat nabi"),
        ("sholawat nabi", "Selawat nabi"),
        ("imam ghozali", "Pemikiran Imam Al-Ghazali"),
        ("ilmu balaghoh", "Ilmu balagah"),
        ("taubat nasuha", "Tobat nasuha"),
        ("istiqomah", "Istikamah di jalan Allah"),
        ("qurban", "Fikih kurban"),
        ("komik naruto", "Naruto"),
        ("undang undang dasar 1945", "UUD 1945 hasil amendemen"),
    ],
)
def test_what_is_written_in_many_ways_is_found_by_each(client: Client, indexed, words: str, title: str) -> None:
    bring_in_built_in()
    for each in ("Komik masjid", "Undang-undang lalu lintas", title):
        catalogued(each)
    indexed()
    results = client.get("/search", {"q": words}).context["results"]
    assert ([row.title for row in results.rows], results.relaxed) == ([title], False)
