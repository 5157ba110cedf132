"""The choices beside the results: the class tree, the years as bars, and ways to read."""

import pytest
from django.test import Client

from lumbung.discovery.classes import above, caption, classes_of
from lumbung.discovery.queries import Facet, FacetValue, histogram_of, search_records
from lumbung.discovery.tests.shelf import catalogued
from lumbung.search.documents import Query


@pytest.mark.parametrize(
    ("number", "places"),
    [
        ("610.73", ["6", "61"]),
        ("R 899.221 3 TOE b", ["8", "89"]),
        ("2X4.2", ["2X", "2X4"]),
        ("2x", ["2X"]),
        ("297.1", ["2", "29"]),
        ("040", ["0"]),
        ("1234", []),
        ("QA76", []),
        ("", []),
    ],
)
def test_a_class_number_has_its_place_in_the_tree(number: str, places: list[str]) -> None:
    assert classes_of(number) == places


def test_places_are_told_as_on_the_shelf() -> None:
    assert caption("61") == "610 · Kedokteran dan kesehatan"
    assert caption("2X4") == "2X4 · Fikih"
    assert [above(place) for place in ("61", "6", "2X4", "2X")] == ["6", "", "2X", ""]


def years(*counted: tuple[int, int]) -> list[Facet]:
    return [Facet("year", "Tahun terbit", [FacetValue(str(year), str(year), count, chosen=False) for year, count in counted])]


def test_years_close_together_are_bars_of_their_own_and_gaps_stay_empty() -> None:
    bars = histogram_of(years((2019, 4), (2021, 8))).bars
    assert [(bar.label, bar.count, bar.drawn) for bar in bars] == [("2019", 4, 28), ("2020", 0, 0), ("2021", 8, 56)]


def test_years_far_apart_are_bars_by_decade_and_no_more_than_thirty() -> None:
    bars = histogram_of(years((1957, 1), (1958, 2), (2021, 1))).bars
    assert [(bar.label, bar.count) for bar in bars][:2] == [("1950-an", 3), ("1960-an", 0)]
    assert len(histogram_of(years((1001, 1), (2021, 1))).bars) == 30


def test_without_years_there_are_no_bars() -> None:
    assert histogram_of([]).bars == []


@pytest.mark.django_db
def test_the_class_tree_counts_hundreds_and_tens_and_values_of_a_facet_are_alternatives(visitor, indexed) -> None:
    for number in ("610", "615.1", "621", "2X4.2", "813"):
        catalogued(f"Buku {number}", classification=number)
    indexed()
    results = search_records(Query(chosen={"classification": ["61", "2X"]}), visitor)
    [tree] = [facet.tree for facet in results.facets if facet.name == "classification"]
    assert [(top.value, top.count, [(part.value, part.count, part.chosen) for part in top.parts]) for top in tree] == [
        ("2X", 1, [("2X4", 1, False)]),
        ("6", 3, [("61", 2, True), ("62", 1, False)]),
        ("8", 1, [("81", 1, False)]),
    ]
    assert results.total == 3


@pytest.mark.django_db
def test_the_bars_of_years_lead_to_their_titles_and_keep_the_question(client: Client, indexed) -> None:
    for year in ("2019", "2021", "2021"):
        catalogued(f"Padi {year}", year=year)
    indexed()
    page = client.get("/search?q=padi").text
    link = 'href="/search?q=padi&amp;year_from=2021&amp;year_to=2021"'
    assert f'<a rel="nofollow" tabindex="-1" {link}><title>2021: 2</title>' in page
    assert f'<th scope="row"><a rel="nofollow" {link}>2021</a></th><td class="num">2</td>' in page
    narrowed = client.get("/search?q=padi&year_from=2021&year_to=2021").text
    assert ("Padi</mark> 2021" in narrowed, "Padi</mark> 2019" in narrowed) == (True, False)
