"""The search of one machine and that of a cluster are one search: the same answers in the same order to every judged query."""

import secrets
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from bench import relevance
from lumbung.search.documents import Found, Query
from lumbung.search.engines import engine
from lumbung.search.interface import Engine
from lumbung.search.opensearch.address import address_of
from lumbung.search.tests.conftest import clear_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def engines(search_cluster: str, settings: Any) -> Iterator[tuple[Engine, Engine]]:
    """Both engines, each with the titles the judged queries are asked of."""
    library = relevance.judged_titles()
    relevance.fill_index(library)
    embedded = engine()
    settings.SEARCH_URL = f"{search_cluster}/uji-{secrets.token_hex(4)}"
    relevance.fill_index(library)
    yield embedded, engine()
    clear_away(address_of(settings.SEARCH_URL))


def test_both_engines_give_the_same_first_page_counts_and_editions(engines: tuple[Engine, Engine]) -> None:
    embedded, cluster = engines
    judged = [each.words for each in relevance.judged_queries(relevance.judged_titles())]
    differing = []
    for words in judged:
        query = Query(words, by_work=True)
        here, there = (_comparable(engine.find(query)) for engine in (embedded, cluster))
        differing += [(words, name, here[name], there[name]) for name in here if here[name] != there[name]]
    assert len(judged) > 100
    assert differing == []


def _comparable(found: Found) -> dict[str, Any]:
    return {**asdict(found), "facets": dict(found.facets)}
