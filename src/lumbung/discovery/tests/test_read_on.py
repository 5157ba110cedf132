"""Reading on, sharing and citing from the page of a title."""

import re
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.test import Client

from lumbung.catalogue.domain.records import remove_record
from lumbung.catalogue.models import Record
from lumbung.discovery.domain.interest import write_due_opens, write_opens
from lumbung.discovery.models import BorrowedTogether, DailyInterest
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120 Mobile"}


@pytest.fixture(autouse=True)
def _nothing_noted():
    write_opens()
    DailyInterest.objects.all().delete()


@pytest.fixture
def bumi(indexed) -> Record:
    bumi = catalogued(
        "Bumi manusia", "Toer, Pramoedya Ananta", subject="Fiksi", classification="813", year="2005", isbn="9789799731234"
    )
    catalogued("Anak semua bangsa", "Toer, Pramoedya Ananta", subject="Fiksi", classification="813")
    catalogued("Laskar pelangi", "Hirata, Andrea", subject="Fiksi", classification="813")
    catalogued("Fisika dasar", "Halliday, David", subject="Fisika", classification="530")
    indexed()
    return bumi


def titles(html: str, heading: str) -> list[str]:
    return re.findall(r'<span class="t">(.*?)</span>', html.partition(heading)[2].partition("</section>")[0])


def test_similar_titles_share_subject_and_creator_most_first(client: Client, bumi: Record) -> None:
    page = client.get(f"/records/{bumi.pk}/more").text
    assert titles(page, 'id="serupa"') == ["Anak semua bangsa", "Laskar pelangi"]
    assert '<a class="chip" rel="nofollow" href="/search?classification=81">810 · Sastra Indonesia dan Amerika</a>' in page
    assert "<h1>" in page
    assert "<h1>" not in client.get(f"/records/{bumi.pk}/more", headers={"HX-Request": "true"}).text


def test_what_was_borrowed_together_is_shown(client: Client, bumi: Record) -> None:
    other = Record.objects.get(title="Fisika dasar")
    BorrowedTogether.objects.create(record=bumi, other=other, members=3)
    assert titles(client.get(f"/records/{bumi.pk}/more").text, 'id="bersama"') == ["Fisika dasar"]


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_on_takes_a_fixed_number_of_statements(client: Client, indexed, rows, django_assert_num_queries) -> None:
    first, *_ = [catalogued(f"Judul {number}", subject="Fiksi", classification="813") for number in range(rows + 1)]
    indexed()
    client.get(f"/records/{first.pk}/more")
    with django_assert_num_queries(9):
        client.get(f"/records/{first.pk}/more")


def test_people_who_open_a_title_are_counted_and_programs_are_not(client: Client, bumi: Record) -> None:
    address = f"/records/{bumi.pk}"
    client.get(address, headers={**PHONE, "Referer": "http://testserver/search?q=bumi"})
    client.get(address, headers=PHONE)
    client.get(address, headers={"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
    client.get(address, headers={**PHONE, "Sec-Purpose": "prefetch"})
    client.get(address)
    write_due_opens()
    assert not DailyInterest.objects.exists()
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        client.get(f"{address}/more", headers=PHONE)
    assert [(row.record_id, row.opens, row.from_search) for row in DailyInterest.objects.all()] == [(bumi.pk, 2, 1)]


def test_a_title_is_passed_on_by_link_code_and_picture(client: Client, bumi: Record) -> None:
    page = client.get(f"/records/{bumi.pk}").text
    assert f'href="https://t.me/share/url?url=http%3A%2F%2Ftestserver%2Frecords%2F{bumi.pk}&amp;text=Bumi%20manusia"' in page
    assert f'<meta property="og:image" content="http://testserver/records/{bumi.pk}/picture.png">' in page
    code = client.get(f"/records/{bumi.pk}/qr.svg")
    assert (code["Content-Type"], code["Content-Disposition"]) == ("image/svg+xml", f'attachment; filename="{bumi.pk}.svg"')
    for _ in range(2):
        picture = client.get(f"/records/{bumi.pk}/picture.png")
        assert (picture["Content-Type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
        assert (int.from_bytes(picture.content[16:20]), int.from_bytes(picture.content[20:24])) == (1200, 630)
        assert picture["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_reference_managers_read_the_title(client: Client, bumi: Record) -> None:
    page = client.get(f"/records/{bumi.pk}").text
    assert '<meta name="citation_author" content="Toer, Pramoedya Ananta">' in page
    assert '<meta name="citation_isbn" content="9789799731234">' in page
    [said] = re.findall(r'<span class="Z3988" title="(.*?)">', page)
    told = parse_qs(said.replace("&amp;", "&"))
    assert (told["rft_val_fmt"], told["rft.btitle"], told["rft.aulast"], told["rft.date"]) == (
        ["info:ofi/fmt:kev:mtx:book"],
        ["Bumi manusia"],
        ["Toer"],
        ["2005"],
    )


def test_a_removed_title_is_gone_from_every_address(client: Client, bumi: Record, sari) -> None:
    key = bumi.pk
    remove_record(bumi, by=sari)
    for path in ("more", "shelf", "qr.svg", "picture.png"):
        assert client.get(f"/records/{key}/{path}").status_code == 410
