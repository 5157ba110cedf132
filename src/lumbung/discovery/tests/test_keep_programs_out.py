"""Programs that try all filters are slowed; readers, many behind one address, are not."""

import re

import pytest
from django.test import Client

from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db
FILTERED = "/search?q=metode&material=book"


@pytest.fixture(autouse=True)
def _budget_of_two(settings, indexed):
    indexed()
    settings.FILTERED_SEARCHES, settings.PROCESSES = 2, 1
    with clock.stopped_at(clock.now()):
        yield


def test_a_program_without_a_cookie_is_asked_to_wait_and_told_so_kindly() -> None:
    answers = [Client(REMOTE_ADDR="10.0.0.1").get(FILTERED) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert "cobalah lagi" in answers[2].text
    assert Client(REMOTE_ADDR="10.0.0.1").get("/search?q=metode").status_code == 200


def test_the_budget_is_shared_by_the_processes_that_answer(settings) -> None:
    settings.FILTERED_SEARCHES, settings.PROCESSES = 6, 2
    answers = [Client(REMOTE_ADDR="10.0.0.3").get(FILTERED) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


def test_feeds_and_pictures_are_no_way_around_and_mark_no_reader(indexed) -> None:
    title = catalogued("Metode", "Sugiyono", year="2019")
    indexed()
    for number, address in enumerate(("/search.atom?q=metode&material=book", f"/records/{title.pk}/picture.png")):
        program = Client(REMOTE_ADDR=f"10.0.1.{number}")
        answers = [program.get(address) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert "reader" not in answers[0].cookies


def test_readers_behind_one_address_have_a_budget_each() -> None:
    readers = [Client() for _ in range(4)]
    for reader in readers:
        reader.get("/search?q=metode")
        assert [reader.get(FILTERED).status_code for _ in range(3)] == [200, 200, 429]


def test_a_made_up_cookie_is_none() -> None:
    codes = []
    for number in range(3):
        reader = Client(REMOTE_ADDR="10.0.0.2")
        reader.cookies["reader"] = f"made-up-{number}:x"
        codes.append(reader.get(FILTERED).status_code)
    assert codes == [200, 200, 429]


def test_who_signed_in_is_not_counted_and_the_budget_can_be_turned_off(client, signed_in, ani, settings) -> None:
    assert {signed_in(client, ani.user).get(FILTERED).status_code for _ in range(4)} == {200}
    settings.FILTERED_SEARCHES = 0
    assert {Client().get(FILTERED).status_code for _ in range(4)} == {200}


def test_every_value_of_a_facet_is_found_and_chosen_without_scripts(client, indexed, settings) -> None:
    settings.FILTERED_SEARCHES = 0
    for number in range(12):
        catalogued(f"Metode {number}", f"Pengarang {number:02}", year="2019")
    indexed()
    page = client.get("/search?q=metode&year_from=2001").text
    assert 'rel="nofollow" href="/search/values/creator?q=metode&amp;year_from=2001"' in page
    values = client.get("/search/values/creator?q=metode&year_from=2001&creator=Pengarang+03&a-z=on").text
    assert re.findall(r"<span>(Pengarang [0-9]+)</span>", values) == [f"Pengarang {number:02}" for number in range(12)]
    assert 'value="Pengarang 03" checked' in values
    assert '<input type="hidden" name="year_from" value="2001">' in values
    found = client.get("/search/values/creator?q=metode&find=11").text
    assert re.findall(r"<span>(Pengarang [0-9]+)</span>", found) == ["Pengarang 11"]
    assert client.get("/search/values/nothing").status_code == 404
