"""Librarians can ask why a title stands where it does."""

from html import escape
from urllib.parse import parse_qs

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.discovery.tests.shelf import catalogued
from lumbung.search.documents import Query
from lumbung.search.queries import explain

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(indexed) -> dict[str, int]:
    records = {
        title: catalogued(title, "Toer, Pramoedya Ananta").pk for title in ("Bumi manusia", "Manusia bumi", "Rumah kaca")
    }
    indexed()
    return records


def test_every_hypothesis_is_told_and_the_sums_make_the_order(shelf: dict[str, int]) -> None:
    told = explain(Query("bumi manusia", hidden=True), key=shelf["Manusia bumi"])
    assert [each.key for each in told.placed] == [shelf["Bumi manusia"], shelf["Manusia bumi"]]
    assert [each.place for each in told.placed] == [1, 2]
    assert all(1.0 <= each.factor < 1.1 for each in told.placed)
    first, second = told.placed
    assert first.sum - second.sum == 128 + 48
    only_first = {each.why for each in told.tested if each.holds_for == {shelf["Bumi manusia"]}}
    assert only_first == {"whole_title", "title_phrase"}


def test_the_page_shows_the_title_beside_its_neighbours(client: Client, shelf: dict[str, int]) -> None:
    client.force_login(UserFactory(roles=[Role.LIBRARIAN]))
    page = client.get("/staff/searches/explanation", {"q": "bumi manusia", "record": shelf["Bumi manusia"]}).text
    assert "Pertanyaan adalah judulnya" in page
    assert "Judul, persis" in page
    assert page.index("Bumi manusia</a>") < page.index("Manusia bumi</a>")
    assert client.get("/staff/searches/explanation").status_code == 200
    assert client.get("/staff/searches/explanation?q=zzqx&record=x").status_code == 200


def test_what_a_rare_word_is_worth_where_nothing_has_all_of_them_is_told(client: Client, indexed) -> None:
    for title in ("Lagu anak", "Lagu daerah", "Lagu rakyat", "Lagu wajib", "Kisah Chrisye"):
        catalogued(title)
    indexed()
    client.force_login(UserFactory(roles=[Role.LIBRARIAN]))
    page = client.get("/staff/searches/explanation", {"q": "lagu chrisye"}).text
    assert "Kata yang jarang di koleksi" in page
    assert page.index("Kisah Chrisye</a>") < page.index("Lagu anak</a>")


def test_without_an_index_the_page_says_so(client: Client) -> None:
    client.force_login(UserFactory(roles=[Role.LIBRARIAN]))
    assert "sedang disusun" in client.get("/staff/searches/explanation?q=bumi").text


def test_the_explanation_is_of_the_search_with_its_filters_its_hints_and_its_order(client: Client, indexed) -> None:
    client.force_login(UserFactory(roles=[Role.LIBRARIAN]))
    catalogued("Manajemen operasi", "Heizer, Jay", year="2014")
    catalogued("Manajemen pemasaran", "Kotler, Philip", year="2009")
    indexed()
    page = client.get("/search", {"q": "manajemen tahun 2014", "material": "book", "sort": "year"})
    address = page.context["explain_query"]
    assert parse_qs(address[1:]) == {
        "q": ["manajemen tahun 2014"], "material": ["book"], "sort": ["year"],
    }  # fmt: skip
    assert f'/staff/searches/explanation{escape(address)}"' in page.text
    told = client.get(f"/staff/searches/explanation{address}")
    assert [place.title for place in told.context["places"]] == ["Manajemen operasi"]
    assert [chip.label for chip in told.context["chips"]] == ["Buku", "2014"]
    assert '<input type="hidden" name="material" value="book">' in told.text
    assert "memakai urutan lain" in told.text


def test_the_explanation_reads_the_question_as_the_search_does(client: Client, indexed) -> None:
    client.force_login(UserFactory(roles=[Role.LIBRARIAN]))
    catalogued("Hamka: sebuah biografi", "Rush, James", year="2020")
    catalogued("Tasauf modern", "Hamka", year="1939")
    catalogued("Kurikulum 2013", year="2018")
    indexed()
    for question, titles in (
        ("penulis hamka", ["Tasauf modern", "Hamka: sebuah biografi"]),
        ("buku kurikulum 2013", ["Kurikulum 2013"]),
        ("kurikulm 2013", ["Kurikulum 2013"]),
    ):
        page = client.get("/search", {"q": question})
        assert [row.title for row in page.context["results"].rows] == titles
        told = client.get(f"/staff/searches/explanation{page.context['explain_query']}")
        assert [place.title for place in told.context["places"]] == titles
