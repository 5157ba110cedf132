"""A number in a question that may be the year of publication, and may be a word of a title: it never hides the title."""

import pytest
from django.test import Client

from lumbung.catalogue.domain.records import add_record
from lumbung.discovery.tests.shelf import catalogued
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc

pytestmark = pytest.mark.django_db


def titles(client: Client, words: str, **more: str) -> list[str]:
    return [row.title for row in client.get("/search", {"q": words, **more}).context["results"].rows]


def thesis(title: str, year: str) -> None:
    note = Field("502", " ", " ", [("a", "Skripsi (S1)")])
    coded = Field("008", value=f"260101s{year}    io a     b    000 0 ind d")
    add_record(Marc("00000nam a2200000 i 4500", [coded, Field("245", "1", "0", [("a", title)]), note]), by=None)


def test_titles_with_the_year_as_a_word_are_found_beside_those_published_in_it(client: Client, indexed) -> None:
    thesis("Penerapan kurikulum 2013 di sekolah dasar", "2018")
    thesis("Kurikulum muatan lokal", "2013")
    thesis("Kurikulum merdeka", "2023")
    indexed()
    assert titles(client, "skripsi kurikulum 2013") == ["Penerapan kurikulum 2013 di sekolah dasar", "Kurikulum muatan lokal"]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("buku UUD 1945", "UUD 1945 dan perubahannya"),
        ("uu nomor 8 tahun 1999", "Penjelasan UU nomor 8 tahun 1999"),
        ("buku pemilu 2019", "Pemilu 2019"),
        ("sejarah Indonesia sejak 1945", "Sejarah Indonesia sejak 1945"),
        ("revolusi antara 1945 dan 1949", "Revolusi 1945-1949"),
        ("sejarah sebelum tahun 1945", "Sejarah sebelum tahun 1945"),
    ],
)
def test_no_way_to_say_a_year_hides_a_title_called_after_it(client: Client, indexed, words: str, title: str) -> None:
    catalogued(title, year="2020")
    catalogued("Sejarah Indonesia", year="1999")
    catalogued("UUD dan UU nomor 8", year="2001")
    catalogued("Pemilu dan revolusi", year="2004")
    indexed()
    assert titles(client, words)[0] == title


def test_the_page_says_how_the_year_was_read_with_a_click_to_each_other_reading(client: Client, indexed) -> None:
    thesis("Penerapan kurikulum 2013 di sekolah dasar", "2018")
    thesis("Kurikulum muatan lokal", "2013")
    indexed()
    page = client.get("/search?q=skripsi+kurikulum+2013").text
    assert "terbit 2013, atau “2013” dalam judul, subjek, atau serinya" in page
    assert 'href="/search?q=skripsi+kurikulum+2013&amp;plain=years"' in page
    assert (
        'href="/search?q=kurikulum&amp;material=thesis&amp;year_from=2013&amp;year_to=2013">Hanya yang terbit 2013</a>' in page
    )
    assert titles(client, "kurikulum", material="thesis", year_from="2013", year_to="2013") == ["Kurikulum muatan lokal"]


def test_a_year_read_as_a_word_is_said_too(client: Client, indexed) -> None:
    catalogued("Kurikulum 2013", year="2018")
    catalogued("Kurikulum muatan lokal", year="2013")
    indexed()
    page = client.get("/search?q=kurikulum+2013")
    assert [row.title for row in page.context["results"].rows] == ["Kurikulum 2013"]
    assert "“2013” dicari sebagai kata." in page.text
    assert 'href="/search?q=kurikulum&amp;year_from=2013&amp;year_to=2013">Hanya yang terbit 2013</a>' in page.text
    assert "dicari sebagai kata" not in client.get("/search?q=kurikulum&year_from=2013").text


def test_a_year_behind_words_is_one_of_publication_where_no_title_has_it(client: Client, indexed) -> None:
    catalogued("Manajemen pemasaran", "Kotler, Philip", year="2009")
    catalogued("Manajemen pemasaran", "Kotler, Philip", year="2016")
    indexed()
    answer = client.get("/search?q=manajemen+pemasaran+2009").context["results"]
    assert ([row.year for row in answer.rows], answer.relaxed) == ([2009], False)


@pytest.mark.django_db
def test_only_what_was_published_then_still_leads_with_the_author_that_is_named(client: Client, indexed) -> None:
    catalogued("Tasauf modern", "Hamka", year="1950")
    indexed()
    assert (
        'href="/search?q=penulis+hamka&amp;year_from=1950&amp;year_to=1950"'
        in client.get("/search?q=penulis+hamka+tahun+1950").text
    )


@pytest.mark.parametrize(
    "words", ["penelitian 2020-2023", "penelitian 2020 – 2023", "penelitian 2023..2020", "2020 s/d 2023 penelitian"]
)
def test_years_from_one_to_another_are_those_of_publication_where_no_title_has_them(
    client: Client, indexed, words: str
) -> None:
    catalogued("Metode penelitian", year="2021")
    catalogued("Penelitian tindakan", year="2019")
    indexed()
    page = client.get("/search", {"q": words})
    assert [row.title for row in page.context["results"].rows] == ["Metode penelitian"]
    assert not page.context["results"].relaxed
    assert "terbit 2020–2023, atau “" in page.text
    assert "q=penelitian&amp;year_from=2020&amp;year_to=2023" in page.text


def test_years_from_one_to_another_in_a_title_are_words_of_it_and_the_filter_is_offered(client: Client, indexed) -> None:
    catalogued("Rencana penelitian 2020-2023", year="2019")
    catalogued("Metode penelitian", year="2021")
    indexed()
    page = client.get("/search?q=penelitian+2020-2023")
    assert [row.title for row in page.context["results"].rows] == ["Rencana penelitian 2020-2023"]
    assert "“2020–2023” dicari sebagai kata." in page.text
    assert 'href="/search?q=penelitian&amp;year_from=2020&amp;year_to=2023">Hanya yang terbit 2020–2023</a>' in page.text


def test_a_range_of_years_alone_is_what_was_published_then_and_a_number_of_a_serial_is_not(client: Client, indexed) -> None:
    catalogued("Metode penelitian", year="2021")
    indexed()
    assert titles(client, "2020-2023") == ["Metode penelitian"]
    assert titles(client, "2020-2024") == []  # which is an ISSN
