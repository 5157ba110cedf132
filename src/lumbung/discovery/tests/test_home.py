"""The first page, full and empty, and what crawlers are told."""

import gzip
import json
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client

from lumbung.catalogue.models import Record
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.organization.domain.calendar import announce_closure, set_opening_hours
from lumbung.organization.domain.periods import add_period
from lumbung.organization.tests.factories import BranchFactory, open_on

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def test_the_first_page_shows_what_is_new_and_what_is_much_borrowed(client: Client) -> None:
    bumi = catalogued("Bumi manusia", "Toer, Pramoedya Ananta", classification="899.221")
    LoanFactory(item=ItemFactory(record=bumi))
    page = client.get("/").text
    assert '<span class="cover ddc8 look0" aria-hidden="true"><b>Bumi manusia</b><i>Toer, Pramoedya Ananta</i></span>' in page
    assert f'<a href="/records/{bumi.pk}">Bumi manusia</a>' in page.partition("Sedang ramai dipinjam")[2]
    assert '<input type="search" name="q"' in page


def test_an_empty_library_says_what_to_do(client: Client) -> None:
    page = client.get("/").text
    assert "Rak masih kosong" in page
    assert "Sedang ramai dipinjam" not in page


def test_the_first_page_tells_whether_the_library_is_open(client: Client) -> None:
    open_on(BranchFactory(name="Pusat"), range(5))
    with clock.stopped_at(MONDAY_NOON):
        page = client.get("/").text
    assert "Buka sekarang, sampai 16.00 WIB" in page
    assert '<span class="num">08.00–16.00</span> WIB' in page


@pytest.mark.parametrize("titles", [1, 3])
def test_the_first_page_takes_a_fixed_number_of_statements(client: Client, titles: int, django_assert_num_queries) -> None:
    for number in range(titles):
        LoanFactory(item=ItemFactory(record=catalogued(f"Judul {number}")))
    client.get("/")
    with django_assert_num_queries(4):
        client.get("/")


def test_the_language_is_switched_and_remembered_and_never_leads_away(client: Client) -> None:
    answer = client.post("/language", {"language": "en", "next": "/search?q=a"})
    assert (answer.status_code, answer["Location"]) == (302, "/search?q=a")
    assert '<html lang="en">' in client.get("/").text
    assert client.post("/language", {"language": "id", "next": "https://evil.example/"})["Location"] == "/"
    assert '<html lang="id">' in client.get("/").text


def test_crawlers_are_shown_every_title_once_and_no_filters(client: Client) -> None:
    shown, hidden = catalogued("Bumi manusia"), catalogued("Rahasia")
    Record.objects.filter(pk=hidden.pk).update(suppressed=True)
    assert "Disallow: /search?\n" in client.get("/robots.txt").text
    assert "<loc>http://testserver/sitemap-0.xml.gz</loc>" in client.get("/sitemap.xml").text
    entries = gzip.decompress(client.get("/sitemap-0.xml.gz").getvalue()).decode()
    assert client.get("/sitemap-1.xml.gz").status_code == 404
    assert f"<loc>http://testserver/records/{shown.pk}</loc>" in entries
    assert f"/records/{hidden.pk}<" not in entries


def test_an_address_that_is_none_offers_the_search_box(client: Client) -> None:
    page = client.get("/tidak-ada")
    assert page.status_code == 404
    assert "Halaman ini tidak ada" in page.text
    assert 'role="search"' in page.text


def test_search_engines_and_calendars_learn_when_a_branch_opens(client: Client) -> None:
    pusat = open_on(BranchFactory(name="Pusat", address="", phone=""), [0])
    with clock.stopped_at(MONDAY_NOON):
        exams = add_period(kind="exams", name="UAS", first_day=date(2026, 12, 1), last_day=date(2026, 12, 14), by=None)
        set_opening_hours(pusat, [(5, time(9), time(12))], period=exams, by=None)
        announce_closure(first_day=date(2026, 12, 24), last_day=date(2026, 12, 25), reason="Natal", by=None)
        page = client.get("/").text
    assert f'<a href="/branches/{pusat.pk}/calendar.ics">' in page
    (place,) = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])["@graph"]
    spec = "OpeningHoursSpecification"
    assert place == {
        "@type": "Library",
        "@id": f"http://testserver/#branch-{pusat.pk}",
        "name": "Pusat",
        "openingHoursSpecification": [{"@type": spec, "dayOfWeek": "Monday", "opens": "08:00", "closes": "16:00"}],
        "specialOpeningHoursSpecification": [
            {
                "@type": spec, "dayOfWeek": "Saturday", "opens": "09:00", "closes": "12:00",
                "validFrom": "2026-12-01", "validThrough": "2026-12-14",
            },
            {"@type": spec, "opens": "00:00", "closes": "00:00", "validFrom": "2026-12-24", "validThrough": "2026-12-25"},
        ],
    }  # fmt: skip
