"""*kalkulus atau aljabar* in small letters: titles that have the word come first, and where none has all, either side will do."""

import pytest
from django.test import Client

from lumbung.discovery.tests.shelf import catalogued

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["kalkulus atau aljabar", "kalkulus or aljabar"])
def test_where_no_title_has_all_of_it_each_side_is_looked_for_and_it_is_said(client: Client, indexed, words: str) -> None:
    for title in ("Kalkulus", "Aljabar", "Statistika"):
        catalogued(title)
    indexed()
    page = client.get("/search", {"q": words})
    assert sorted(row.title for row in page.context["results"].rows) == ["Aljabar", "Kalkulus"]
    assert not page.context["results"].relaxed
    assert "salah satunya: kalkulus OR aljabar" in page.text
    assert f"q={words.replace(' ', '+')}&amp;plain=either" in page.text


def test_a_title_that_has_the_word_is_hidden_by_nothing_and_either_side_is_offered(client: Client, indexed) -> None:
    for title in ("Hidup atau mati", "Hidup", "Mati"):
        catalogued(title)
    indexed()
    page = client.get("/search?q=hidup+atau+mati")
    assert [row.title for row in page.context["results"].rows] == ["Hidup atau mati"]
    assert '<a rel="nofollow" href="/search?q=hidup+OR+mati">Cari salah satunya: hidup OR mati</a>' in page.text
    assert "Cari salah satunya" not in client.get("/search?q=hidup+OR+mati").text
