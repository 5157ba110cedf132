"""The first page, full and empty, and what crawlers are told."""

import gzip
from datetime import UTC, datetime

import pytest
from django.test import Client

from lumbung.catalogue.models import Record
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.organization.tests.factories import BranchFactory, open_on

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def test_the_first_page_shows_what_is_new_and_what_is_much_borrowed(client: Client) -> None:
    bumi = catalogued("Bumi manusia", "Toer, Pramoedya Ananta", classification="899.221")
    LoanFactory(item=ItemFactory(record=bumi))
    page = client.get("/").text
    assert '<span class="cover ddc8 look0" aria-hidden="true"><b>Bumi manusia</b><i>Toer, Pramoedya Ananta</i></span>' in page
    assert f'<a href="/records/{bumi.pk}">Bumi manusia</a>' in page.partition("Sedang ramai dipinjam")[2]
    assert '<input type="search" name="q"' in page


def test_an_empty_library_says_what_to_do(client: Client) -> None:
    page = client.get("/").text
    assert "Rak masih kosong" in page
    assert "Sedang ramai dipinjam" not in page


def test_the_first_page_tells_whether_the_library_is_open(client: Client) -> None:
    open_on(BranchFactory(name="Pusat"), range(5))
    with clock.stopped_at(MONDAY_NOON):
        page = client.get("/").text
    assert "Buka sekarang, sampai 16.00 WIB" in page
    assert '<span class="num">08.00–16.00</span> WIB' in page


@pytest.mark.parametrize("titles", [1, 3])
def test_the_first_page_takes_a_fixed_number_of_statements(client: Client, titles: int, django_assert_num_queries) -> None:
    for number in range(titles):
        LoanFactory(item=ItemFactory(record=catalogued(f"Judul {number}")))
    client.get("/")
    with django_assert_num_queries(4):
        client.get("/")


def test_the_language_is_switched_and_remembered_and_never_leads_away(client: Client) -> None:
    answer = client.post("/language", {"language": "en", "next": "/search?q=a"})
    assert (answer.status_code, answer["Location"]) == (302, "/search?q=a")
    assert '<html lang="en">' in client.get("/").text
    assert client.post("/language", {"language": "id", "next": "https://evil.example/"})["Location"] == "/"
    assert '<html lang="id">' in client.get("/").text


def test_crawlers_are_shown_every_title_once_and_no_filters(client: Client) -> None:
    shown, hidden = catalogued("Bumi manusia"), catalogued("Rahasia")
    Record.objects.filter(pk=hidden.pk).update(suppressed=True)
    assert "Disallow: /search?\n" in client.get("/robots.txt").text
    assert "<loc>http://testserver/sitemap-0.xml.gz</loc>" in client.get("/sitemap.xml").text
    entries = gzip.decompress(client.get("/sitemap-0.xml.gz").getvalue()).decode()
    assert f"<loc>http://testserver/records/{shown.pk}</loc>" in entries
    assert f"/records/{hidden.pk}<" not in entries


def test_an_address_that_is_none_offers_the_search_box(client: Client) -> None:
    page = client.get("/tidak-ada")
    assert page.status_code == 404
    assert "Halaman ini tidak ada" in page.text
    assert 'role="search"' in page.text
