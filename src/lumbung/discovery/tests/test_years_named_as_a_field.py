"""``tahun:2020`` holds as a filter does: nothing published in other years is passed off as the answer."""

import pytest
from django.test import Client

from lumbung.discovery.models import UnmetNeed
from lumbung.discovery.tests.shelf import catalogued

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(indexed) -> None:
    catalogued("Kalkulus", "Purcell, Edwin", year="2003")
    catalogued("Kalkulus lanjut", year="2010")
    catalogued("Aljabar lanjut", year="2020")
    catalogued("Statistika", year="2021")
    indexed()


def titles(client: Client, words: str) -> list[str]:
    return sorted(row.title for row in client.get("/search", {"q": words}).context["results"].rows)


@pytest.mark.parametrize("words", ["year:2020 kalkulus", "kalkulus tahun:2020", "(tahun:2020 OR tahun:2021) kalkulus"])
def test_nothing_of_other_years_is_found_in_place_of_what_there_is_not(client: Client, shelf: None, words: str) -> None:
    assert titles(client, words) == []


def test_what_there_is_without_the_year_is_offered_with_its_count(client: Client, shelf: None) -> None:
    page = client.get("/search?q=year:2020+kalkulus").text
    assert '<a rel="nofollow" href="/search?q=kalkulus">Tanpa saringan ada 2 judul yang memuat semuanya</a>' in page
    assert not UnmetNeed.objects.exists()


def test_the_nearest_are_those_of_the_year_and_are_told_as_such(client: Client, shelf: None) -> None:
    page = client.get("/search?q=tahun:2020..2021+kalkulus+lanjut")
    assert [row.title for row in page.context["results"].rows] == ["Aljabar lanjut"]
    assert "Di dalam saringan yang aktif tidak ada judul yang memuat semua kata. Ini hasil tanpa <b>kalkulus</b>." in page.text


def test_years_alone_and_years_left_out_are_asked_as_before(client: Client, shelf: None) -> None:
    assert titles(client, "tahun:2020..2021") == ["Aljabar lanjut", "Statistika"]
    assert titles(client, "lanjut -tahun:2020") == ["Kalkulus lanjut"]
    assert titles(client, "statistika OR tahun:2003") == ["Kalkulus", "Statistika"]
