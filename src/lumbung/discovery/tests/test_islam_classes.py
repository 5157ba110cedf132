"""Who looks for Islam by 2X finds what is classed in 297, and the other way round."""

import pytest

from lumbung.catalogue.domain.crosswalk.changes import set_pair
from lumbung.catalogue.models import Item
from lumbung.catalogue.tests.factories import an_item
from lumbung.discovery.queries import search_records
from lumbung.discovery.tests.shelf import catalogued
from lumbung.search.documents import Query

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(indexed):
    """A book in each scheme about law, one about creed, one about physics."""
    books = {number: catalogued(f"Buku {number}", classification=number) for number in ("2X4.2", "297.41", "297.3", "530")}
    indexed()
    return books


def found(visitor, **query):
    return sorted(row.record.title for row in search_records(Query(**query), visitor).rows)


@pytest.mark.parametrize("words", ["kelas:2X4", "kelas:297.4"])
def test_a_search_by_class_finds_both(words, shelf, visitor):
    assert found(visitor, words=words) == ["Buku 297.41", "Buku 2X4.2"]


def test_browsing_islam_finds_both_and_a_book_in_297_keeps_its_own_place(shelf, visitor):
    assert found(visitor, chosen={"classification": ["2X4"]}) == ["Buku 297.41", "Buku 2X4.2"]
    assert found(visitor, chosen={"classification": ["29"]}) == ["Buku 297.3", "Buku 297.41"]


def test_both_trees_lead_to_the_same_titles(shelf, client):
    page = client.get("/browse").text
    for label in ("2X · Islam", "297 · Islam"):
        assert (
            f'<a href="/search?classification=2X" rel="nofollow"><b>{label}</b></a> <span class="num quiet small">3</span>'
            in page
        )
    for label in ("2X4 · Fikih", "297.4 · Fikih"):
        assert f'<a href="/search?classification=2X4" rel="nofollow">{label}</a><span class="num quiet">2</span>' in page


def test_the_index_follows_the_librarys_own_table(shelf, visitor, indexed):
    set_pair("2X6.9", "297.41", by=None)
    indexed()
    assert found(visitor, chosen={"classification": ["2X6"]}) == ["Buku 297.41"]
    assert found(visitor, chosen={"classification": ["2X4"]}) == ["Buku 2X4.2"]


def test_the_shelf_leads_on_to_the_other_shelf(shelf, client, indexed):
    an_item(shelf["2X4.2"])
    Item.objects.update(call_number="2X4.2 ZUH f")
    assert "/browse/shelf?at=297.4" in client.get("/browse/shelf?at=2X4").text
    assert "Buku sejenis" not in client.get("/browse/shelf?at=530").text
