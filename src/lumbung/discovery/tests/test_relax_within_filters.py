"""Where a filter is on and nothing within it has all the words, the page says that it is the filter, and what there is without it."""

import pytest
from django.test import Client

from lumbung.discovery.tests.shelf import catalogued

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(indexed) -> None:
    catalogued("Kimia dasar", "Chang, Raymond", year="2005", language="ind")
    catalogued("Kimia organik", "Hart, Harold", year="2005", language="ind")
    catalogued("Kimia anorganik", year="2010", language="eng")
    catalogued("Biologi dasar", year="2010", language="eng")
    indexed()


def test_less_is_asked_within_the_filter_and_more_is_offered_without_it(client: Client, shelf: None) -> None:
    page = client.get("/search?q=kimia+organik&language=eng").text
    assert "Di dalam saringan yang aktif tidak ada judul yang memuat semua kata. Ini hasil tanpa <b>organik</b>." in page
    assert '<a rel="nofollow" href="/search?q=kimia+organik">Tanpa saringan ada 1 judul yang memuat semuanya</a>' in page


def test_the_nearest_within_the_filter_are_told_as_such(client: Client, shelf: None) -> None:
    page = client.get("/search?q=kimia+dasar&year_from=2010").text
    assert "Di dalam saringan yang aktif tidak ada judul yang memuat semua kata. Ini yang paling mendekati." in page
    assert '<a rel="nofollow" href="/search?q=kimia+dasar">Tanpa saringan ada 1 judul yang memuat semuanya</a>' in page


def test_where_nothing_is_found_within_the_filter_the_page_counts_what_there_is_without_it(client: Client, shelf: None) -> None:
    page = client.get("/search?q=organik&language=eng").text
    assert '<a rel="nofollow" href="/search?q=organik">Tanpa saringan ada 1 judul yang memuat semuanya</a>' in page
    page = client.get("/search?q=hart+biologi&language=eng&year_to=2005").text
    assert '<a rel="nofollow" href="/search?q=hart+biologi">Tanpa saringan ada 2 judul yang paling mendekati</a>' in page


@pytest.mark.parametrize("words", ["skripsi kimia 2005", "skripsi kimia organik 2010", "tolong skripsi kimia hart tahun 2010"])
def test_as_many_as_are_offered_without_the_filter_are_there(client: Client, shelf: None, words: str) -> None:
    within = client.get("/search", {"q": words, "language": "fra"}).context["results"]
    without = client.get("/search", {"q": words}).context["results"]
    assert within.unfiltered is not None
    assert (within.unfiltered.total, within.unfiltered.has_all) == (without.total, not without.relaxed)


def test_nothing_is_offered_where_the_filter_hides_nothing(client: Client, shelf: None) -> None:
    for question in ("kimia+organik&language=ind", "kimia+qzxwvu&language=eng", "qzxwvu&language=eng", "kimia+qzxwvu"):
        assert "Tanpa saringan ada" not in client.get(f"/search?q={question}").text
    assert "Di dalam saringan" not in client.get("/search?q=kimia+qzxwvu").text


def test_the_word_book_alone_answers_nothing_else_that_was_asked(client: Client, indexed) -> None:
    catalogued("Buku ajar fisiologi")
    indexed()
    answer = client.get("/search?q=buku+uud+1945")
    assert (answer.context["results"].total, answer.context["results"].rows) == (0, [])
    assert "jadi ini hasil untuk" not in answer.text


def test_the_nearest_without_what_was_read_as_a_filter_are_told_as_such(client: Client, shelf: None) -> None:
    answer = client.get("/search?q=skripsi+kimia+qzxwvu")
    assert len(answer.context["results"].rows) == 3
    assert "Tidak ada yang cocok dengan <b>skripsi</b>, jadi ini hasil untuk <b>kimia qzxwvu</b>" in answer.text
    assert "Ini hasil tanpa <b>qzxwvu</b>." in answer.text
