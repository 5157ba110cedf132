"""A title of five thousand letters: told in one line wherever it is named, whole on its own page and in what is exported."""

import re
from urllib.parse import unquote

import pytest

from lumbung.circulation.gateways.chat.borrowing import loans
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel.shortening import LABEL, LINE, shortened, width
from lumbung.messaging.chat import Asking

pytestmark = pytest.mark.django_db
WORDS = "Kajian " + "pengaruh pembelajaran " * 228 + "selesai"
END = "selesai"


@pytest.fixture
def long(ani):
    return catalogued(WORDS, "Toer, Pramoedya Ananta")


@pytest.fixture
def reading(client, signed_in, ani):
    return signed_in(client, ani.user)


def test_a_line_is_cut_with_an_ellipsis_and_what_fits_is_whole():
    assert (len(WORDS) > 5000, width(shortened(WORDS)), shortened(WORDS)[-1]) == (True, LINE, "…")
    assert shortened("Bumi manusia") == "Bumi manusia"
    assert width(shortened("𝄞" * 300)) <= LINE


def test_the_page_of_the_title_says_it_short_everywhere_and_whole_once(reading, long):
    page = reading.get(f"/records/{long.pk}").text
    title = re.search("<title>(.*?)</title>", page)[1]
    shared = [unquote(each) for each in re.findall(r'href="(?:https://wa\.me/|https://t\.me|mailto:)[^"]*"', page)]
    named = [*re.findall(r'<meta property="og:[^>]*>', page), *re.findall("<h1>.*?</h1>", page), title, *shared]
    assert [each for each in named if len(each) > LINE + 200] == []
    assert [each.count("<h1>") for each in [page]] == [1]
    whole = re.search(r'<details class="whole-title">.*?</details>', page, re.DOTALL)[0]
    assert WORDS in whole


def test_a_title_that_fits_has_no_second_telling(reading, ani):
    assert "whole-title" not in reading.get(f"/records/{catalogued('Bumi manusia').pk}").text


@pytest.mark.parametrize("address", ["/my", "/my/history", "/records/{key}/copies"])
def test_pages_that_name_it_name_it_in_one_line(reading, long, ani, address):
    item = ItemFactory(record=long, branch=ani.branch)
    LoanFactory(item=item, member=ani)
    HoldFactory(record=long, member=ani, pickup_branch=ani.branch)
    page = reading.get(address.format(key=long.pk)).text
    assert "Kajian pengaruh" in page or address == "/my/history"
    assert max(map(len, re.findall(r">([^<]+)<", page.partition("<main")[2].partition("<textarea")[0]))) < LINE + 300


def test_the_desk_the_lists_of_the_staff_and_the_chat_name_it_in_one_line(client, signed_in, sari, ani, long):
    item = ItemFactory(record=long, branch=ani.branch, volume="2")
    LoanFactory(item=item, member=ani)
    desk = signed_in(client, sari)
    for address in (f"/staff/desk?member={ani.pk}", f"/staff/records/{long.pk}", f"/staff/members/{ani.pk}"):
        page = desk.get(address, follow=True).text
        assert "Kajian pengaruh" in page, address
        assert WORDS not in page.partition("<details>")[0], address
    offer = loans(Asking(None, None, "pinjaman", "", "id", person=ani)).offers[0]
    assert (width(offer.label), offer.label[-10:]) == (LABEL, " · Jilid 2")


def test_what_is_exported_is_whole(calling, long, ani, reading):
    LoanFactory(item=ItemFactory(record=long), member=ani)
    assert calling(ani.user, "me").get("/api/v1/me/loans").json()[0]["title"] == WORDS
    assert WORDS in reading.get(f"/records/{long.pk}/citation.ris").text
