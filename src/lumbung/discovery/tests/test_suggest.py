"""What the search box offers while one types."""

import pytest
from django.test import Client

from lumbung.catalogue.domain.records import set_suppressed
from lumbung.discovery.tests.shelf import catalogued

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(indexed) -> dict[str, int]:
    titles = ("Bumi manusia", "Manusia dan bumi", "Jejak langkah")
    records = {title: catalogued(title, "Toer, Pramoedya Ananta", subject="Fiksi Indonesia").pk for title in titles}
    hidden = catalogued("Bumi rahasia", "Tersembunyi, Bumi")
    set_suppressed(hidden, True, by=None)
    indexed()
    return records


def offered(client: Client, text: str) -> list[tuple[str, str]]:
    found = client.get("/search/suggestions", {"q": text}).json()["suggestions"]
    return [(each["kind"], each["label"]) for each in found]


def test_titles_creators_and_subjects_that_begin_so_are_offered(client: Client, shelf: dict[str, int]) -> None:
    assert offered(client, "bumi man") == [("title", "Bumi manusia"), ("title", "Manusia dan bumi")]
    assert ("creator", "Toer, Pramoedya Ananta") in offered(client, "pramoe")
    assert ("subject", "Fiksi Indonesia") in offered(client, "fiksi ind")


def test_a_suggestion_leads_to_its_page(client: Client, shelf: dict[str, int]) -> None:
    [found] = client.get("/search/suggestions?q=jejak").json()["suggestions"]
    assert found == {
        "kind": "title",
        "label": "Jejak langkah",
        "note": "Toer, Pramoedya Ananta",
        "address": f"/records/{shelf['Jejak langkah']}",
    }


@pytest.mark.parametrize("text", ["", "b", "?!", "zzqx", "a" * 5000, "rahas", "tersemb"])
def test_nothing_is_offered_for_what_nobody_may_see_or_nothing_begins_with(
    client: Client, shelf: dict[str, int], text: str
) -> None:
    assert offered(client, text) == []


def test_without_an_index_there_is_nothing_to_offer(client: Client) -> None:
    assert offered(client, "bumi") == []


def test_a_suggestion_takes_one_statement(client: Client, shelf: dict[str, int], django_assert_num_queries) -> None:
    client.get("/search/suggestions?q=bumi")
    with django_assert_num_queries(1):
        client.get("/search/suggestions?q=bumi")


@pytest.mark.parametrize("address", ["/", "/search?q=bumi"])
def test_the_search_box_offers_wherever_it_stands(client: Client, shelf: dict[str, int], address: str) -> None:
    assert '<suggest-box id="saran" src="/search/suggestions"' in client.get(address).text


def test_a_begun_name_is_completed_by_words_of_names_however_many_words_of_titles_begin_so(client: Client, indexed):
    for number in range(9):
        for letter in "abc":
            catalogued(f"Pe{letter}{'abcdefghi'[number]}ta padi", "Toer, Pramoedya Ananta")
    catalogued("Sawah", "Pegawai, Ani", subject="Petani")
    indexed()
    assert [(kind, label) for kind, label in offered(client, "pe") if kind != "title"] == [
        ("creator", "Pegawai, Ani"),
        ("subject", "Petani"),
    ]
