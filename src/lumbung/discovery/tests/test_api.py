import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.catalogue.domain.records import set_suppressed
from lumbung.discovery.tests.shelf import catalogued

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search"


@pytest.fixture
def shelf(indexed):
    found = [
        catalogued("Bumi manusia", "Toer, Pramoedya Ananta", year="1980"),
        catalogued("Anak semua bangsa", "Toer, Pramoedya Ananta", year="1981"),
        catalogued("Laskar pelangi", "Hirata, Andrea", year="2005"),
    ]
    indexed()
    return found


def test_anybody_searches_with_facets(client, shelf):
    told = client.get(SEARCH, {"q": "bumi"}).json()
    assert (told["total"], told["page"], told["pages"], told["relaxed"], told["left_out"]) == (1, 1, 1, False, [])
    assert told["rows"] == [
        {
            "id": shelf[0].pk,
            "material": "book",
            "title": "Bumi manusia",
            "responsibility": "",
            "creator": "Toer, Pramoedya Ananta",
            "publication": "1980",
            "year": 1980,
            "language": "ind",
            "call_number": "",
            "state": "none",
            "available": 0,
            "total": 0,
        }
    ]
    creators = next(facet for facet in told["facets"] if facet["name"] == "creator")
    assert creators["values"] == [
        {"value": "Toer, Pramoedya Ananta", "label": "Toer, Pramoedya Ananta", "count": 1, "chosen": False}
    ]


def test_facets_years_and_order_narrow_it_down(client, shelf):
    def titles(**asked):
        return [row["title"] for row in client.get(SEARCH, asked).json()["rows"]]

    assert titles(creator="Toer, Pramoedya Ananta", sort="-year") == ["Bumi manusia", "Anak semua bangsa"]
    assert titles(creator=["Hirata, Andrea"], year=["2005", "1980"]) == ["Laskar pelangi"]
    assert titles(year_from=1981, year_to=1990) == ["Anak semua bangsa"]


def test_a_question_in_cql_is_answered_exactly_and_in_its_own_order(client, shelf, capsys):
    told = client.get(SEARCH, {"cql": "dc.creator = toer and dc.date >= 1980 sortBy dc.date/sort.descending"}).json()
    assert [row["title"] for row in told["rows"]] == ["Anak semua bangsa", "Bumi manusia"]
    assert client.get(SEARCH, {"cql": "dc.title all bumi", "language": "eng"}).json()["total"] == 0
    call_command("find", 'dc.title any "bumi pelangi"', "--cql")
    assert "2 judul" in capsys.readouterr().out


def test_a_question_in_cql_that_cannot_be_answered_is_told_with_its_number(client, shelf):
    refused = client.get(SEARCH, {"cql": "dc.banana = 1"})
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    assert refused.json()["diagnostic"] == {
        "uri": "info:srw/diagnostic/1/16",
        "number": 16,
        "message": "Unsupported index",
        "details": "dc.banana",
    }
    with pytest.raises(CommandError, match="10 Query syntax error"):
        call_command("find", "dua", "kata", "--cql")


def test_a_hidden_title_is_found_by_staff_with_the_scope_alone(client, shelf, sari, ani, calling, indexed):
    set_suppressed(shelf[0], True, by=sari)
    indexed()
    callers = [client, calling(ani.user, "records:read"), calling(sari, "me"), calling(sari, "records:read")]
    assert [caller.get(SEARCH, {"q": "bumi"}).json()["total"] for caller in callers] == [0, 0, 0, 1]


def test_until_the_index_is_built_it_asks_for_patience(client):
    told = client.get(SEARCH, {"q": "bumi"})
    assert (told.status_code, told["Retry-After"], told["Content-Type"]) == (503, "30", "application/problem+json")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=60), facet=st.text(max_size=20), page=st.integers(), year=st.integers())
def test_no_search_breaks_it(client, shelf, q, facet, page, year):
    for asked in ({"q": q, "creator": facet, "branch": facet}, {"page": page}, {"year_from": year}, {"sort": q}):
        assert client.get(SEARCH, asked).status_code in {200, 400, 422}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cql=st.text(max_size=60))
def test_no_question_in_cql_breaks_it(client, shelf, cql):
    assert client.get(SEARCH, {"cql": cql}).status_code in {200, 400, 422}
