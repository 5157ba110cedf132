"""Counts are those of the whole answer and the same of either engine: values of facets, those found equally often, and pages of works."""

from collections import Counter
from dataclasses import replace

import pytest

from lumbung.search.documents import EVERY_VALUE, REACH, Document, Query
from lumbung.search.plan import Term
from lumbung.search.tests.conftest import book

pytestmark = pytest.mark.django_db

LETTERS = "ABEIMSTUé中"


def name_of(number: int) -> str:
    """A name that many others begin like, and one of which the number alone tells nothing about its place among them."""
    digits = f"{number * 7919 % 10_007:05d}"
    return f"{LETTERS[number % len(LETTERS)]}{'ab'[number % 2]} {digits}"


@pytest.fixture
def alike(shelve):
    """Of 900 names the first ten have three titles, and so many others ``often``; they come in five stretches."""

    def put(often: int) -> Counter[str]:
        counts = Counter({name_of(number): often if number >= 10 else 3 for number in range(900)})
        titles = [name for name, count in counts.items() for _ in range(count)]
        for stretch in range(5):
            shelve(*(by(titles[key], key + 1) for key in range(stretch, len(titles), 5)))
        return counts

    return put


def by(name: str, key: int) -> Document:
    return replace(book(key, "padi", name), facets={"creator": [name]})


def in_order(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


@pytest.mark.parametrize("often", [1, 2, 3])
def test_of_values_found_equally_often_the_first_by_name_are_shown(alike, engine, often):
    counts = alike(often)
    for most in (5, 25, 300, 800):
        found = engine.find(Query("padi", facets=["creator"], facet_size=most)).facets["creator"]
        assert found == in_order(counts, most)
        assert list(engine.values(Term("title", "padi"), "creator", most)) == in_order(counts, most)


def test_of_many_that_begin_alike_the_first_by_name_are_shown(engine, shelve):
    names = [f"Muhammad {number * 7919 % 10_007:05d}" for number in range(2_500)]
    shelve(*map(by, names, range(1, 2_501)))
    found = engine.find(Query("padi", facets=["creator"])).facets["creator"]
    assert found == in_order(Counter(names), 10)


def test_a_histogram_has_as_many_values_in_either(engine, shelve):
    """More years than are told: the most frequent, and of those found equally often the first."""
    years = Counter({str(year): 2 if year % 3 else 1 for year in range(900, 900 + EVERY_VALUE + 200)})
    shelve(*(replace(book(key, "padi"), facets={"year": [year]}) for key, year in enumerate(years.elements(), 1)))
    found = engine.find(Query("padi", facets=["year"])).facets["year"]
    assert found == in_order(years, EVERY_VALUE)


@pytest.mark.parametrize("works", [1_200, 1_201])
def test_pages_of_works_are_as_many_as_there_are(engine, shelve, works):
    shelve(*(book(key, "padi", work=f"karya {key % works}") for key in range(1, works * 3 // 2)))
    first, last, beyond = (engine.find(Query("padi", by_work=True, page=page)) for page in (1, 61, 99))
    pages = -(-works // 20)
    assert [(each.total, each.page, each.pages) for each in (first, last, beyond)] == [
        (works * 3 // 2 - 1, 1, pages),
        (works * 3 // 2 - 1, pages, pages),
        (works * 3 // 2 - 1, pages, pages),
    ]
    assert len(last.keys) == (works % 20 or 20)
    assert {each.works for each in (first, last, beyond)} == {works}


def test_pages_of_works_reach_as_far_as_there_are_works(engine, shelve):
    """Also behind the first REACH editions, of which many are of one work."""
    works = REACH - 190
    shelve(*(book(key, "padi", work=f"karya {key % works}", year=2000) for key in range(1, works + 600)))
    first, last = (engine.find(Query("padi", by_work=True, page=page, facets=())) for page in (1, REACH))
    assert (first.pages, last.page, last.pages, len(last.keys)) == (491, 491, 491, 10)
    assert first.works == last.works == works
