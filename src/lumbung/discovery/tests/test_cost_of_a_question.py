"""What one question may cost the index: nothing is asked twice, and no facets are counted for an answer that is not shown."""

import pytest
from django.contrib.auth.models import AnonymousUser

from lumbung.discovery.queries import answering, search_records
from lumbung.discovery.tests.shelf import catalogued
from lumbung.search.documents import FACET_FIELDS, Found, Query

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(indexed, monkeypatch) -> list[Query]:
    """What the index is asked, of a small catalogue."""
    for title in ("Kimia dasar", "Biologi dasar", "Manajemen 2014", "Fisika"):
        catalogued(title, "Chang", year="2014")
    indexed()
    queries: list[Query] = []
    find = answering.find

    def counting(query: Query) -> Found:
        queries.append(query)
        return find(query)

    monkeypatch.setattr(answering, "find", counting)
    return queries


def test_a_question_that_is_answered_is_asked_once(asked) -> None:
    assert search_records(Query("kimia dasar"), AnonymousUser()).total == 1
    assert [query.facets for query in asked] == [FACET_FIELDS]


@pytest.mark.parametrize("chosen", [{}, {"language": ["ind"]}])
@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("skripsi kimia tahun 2014 zzqq", 6),
        ("skripsi kimia manajemen yg biologi dasra 2014", 11),
        ("tolong skripsi kimia oleh chang dasra 2014", 7),
        ("tolong skripsi kimia oleh chang dasra tahun 2014", 9),
    ],
)
def test_of_many_readings_each_is_asked_once_and_facets_are_counted_for_the_first_and_the_one_shown(
    asked, words, most, chosen
) -> None:
    results = search_records(Query(words, chosen=chosen), AnonymousUser())
    assert results.facets
    assert [query.facets for query in asked if query.facets] == [FACET_FIELDS] * 2
    bare = [(query.words, query.chosen, query.year_from, query.typed, query.preferred) for query in asked if not query.facets]
    assert len(asked) <= most * (
        2 if chosen else 1
    )  # how many there are without the filters is told as their own page counts them
    assert all(bare.count(one) == 1 for one in bare)
