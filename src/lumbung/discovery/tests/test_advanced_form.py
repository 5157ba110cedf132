"""The advanced form makes a query that everybody can read."""

import pytest
from django.http import QueryDict
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ("words1=bumi&field1=judul", "judul:bumi"),
        ("words1=bumi+manusia&field1=judul", "judul:(bumi manusia)"),
        ("words1=bumi+manusia&match1=phrase", '"bumi manusia"'),
        ("words1=jawa+madura&match1=any", "(jawa OR madura)"),
        ("words1=batik&operator2=NOT&words2=film", "batik NOT film"),
        ("words1=batik&operator2=OR&words2=tenun&operator3=AND&words3=jawa", "(batik OR tenun) AND jawa"),
        ("words1=a+b&operator2=OR&words2=c", "(a b) OR c"),
        ("words1=%22(x)&field1=nope&operator2=%3B&words2=y", "x AND y"),
        ("words2=toer&field2=pengarang&operator2=NOT", "NOT pengarang:toer"),
        ("", ""),
    ],
)
def test_rows_become_one_query(client: Client, given: str, query: str) -> None:
    address = client.get(f"/search/advanced?go=1&{given}")["Location"]
    assert QueryDict(address.partition("?")[2]).get("q", "") == query


def test_the_form_leads_to_the_results(client: Client) -> None:
    response = client.get("/search/advanced?go=1&words1=bumi&field1=judul&year_from=1980&material=book&language=&branch=")
    assert response["Location"] == "/search?q=judul%3Abumi&material=book&year_from=1980"
    assert '<select class="button in" name="field1"' in client.get("/search/advanced").text


def test_two_rows_stand_open_and_two_wait_without_a_script(client: Client) -> None:
    form, _summary, more = client.get("/search/advanced").text.partition('<details class="more-rows">')
    assert ('name="words2"' in form, 'name="words3"' in form) == (True, False)
    assert 'name="words4"' in more.partition("</details>")[0]
    assert 'type="hidden" name="operator1" value="AND"' in form


def test_each_language_is_offered_once(client: Client) -> None:
    page = client.get("/search/advanced").text
    assert page.count(">Melayu</option>") == 1
    assert '<option value="may">Melayu</option>' in page
