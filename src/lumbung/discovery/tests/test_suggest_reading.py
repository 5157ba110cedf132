"""Suggestions from what one borrowed: with their reason, for oneself alone, and turned off at will."""

import pytest
from django.http import QueryDict
from django.test import Client

from lumbung.catalogue.models import Record
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.discovery.domain.saved_searches import save_search
from lumbung.discovery.models import BorrowedTogether
from lumbung.discovery.tests.shelf import catalogued
from lumbung.members.domain.members import choose_history

pytestmark = pytest.mark.django_db


@pytest.fixture
def bumi(ani) -> Record:
    bumi, anak = catalogued("Bumi manusia"), catalogued("Anak semua bangsa")
    LoanFactory(item=ItemFactory(record=bumi), member=ani)
    BorrowedTogether.objects.create(record=bumi, other=anak, members=3)
    choose_history(ani, True, by=ani.user)
    return bumi


def test_ani_is_told_what_to_read_and_why_and_budi_is_not(client: Client, signed_in, ani, budi, bumi: Record) -> None:
    page = signed_in(client, ani.user).get("/my/suggestions").text
    assert "Karena Anda meminjam “Bumi manusia”" in page
    assert "Anak semua bangsa" in page
    choose_history(budi, True, by=budi.user)
    assert "Belum ada saran" in signed_in(Client(), budi.user).get("/my/suggestions").text
    assert Client().get("/my/suggestions").status_code == 302


def test_suggestions_are_turned_off_and_on_again(client: Client, signed_in, ani, bumi: Record) -> None:
    signed_in(client, ani.user)
    assert 'hx-get="/my/suggestions"' in client.get("/my").text
    client.post("/my/settings", {"keeps_history": "on", "offers_suggestions": "1"})
    assert "Anak semua bangsa" not in client.get("/my/suggestions").text
    client.post("/my/settings", {"keeps_history": "on", "offers_suggestions": "1", "suggestions": "on"})
    assert "Anak semua bangsa" in client.get("/my/suggestions").text


def test_who_keeps_no_history_gets_no_suggestions(client: Client, signed_in, ani, bumi: Record) -> None:
    choose_history(ani, False, by=ani.user)
    signed_in(client, ani.user)
    assert "/my/suggestions" not in client.get("/my").text
    assert "Anak semua bangsa" not in client.get("/my/suggestions").text


def test_the_first_page_brings_suggestions_to_ani_and_to_nobody_who_wants_none(
    client: Client, signed_in, ani, bumi: Record
) -> None:
    asks = 'hx-get="/my/suggestions"'
    assert asks not in client.get("/").text
    signed_in(client, ani.user)
    assert asks in client.get("/").text
    client.post("/my/settings", {"keeps_history": "on", "offers_suggestions": "1"})
    assert asks not in client.get("/").text


def test_a_search_ani_keeps_brings_titles_with_that_reason_though_she_keeps_no_history(
    client: Client, signed_in, indexed, ani, budi
) -> None:
    read, other = catalogued("Ilmu tanah", subject="Tanah"), catalogued("Kesuburan tanah", subject="Tanah")
    catalogued("Bumi manusia")
    LoanFactory(item=ItemFactory(record=read), member=ani)
    indexed()
    signed_in(client, ani.user)
    assert "/my/suggestions" not in client.get("/my").text
    save_search(QueryDict("q=tanah"), name="ilmu tanah", frequency="never", by=ani.user)
    assert 'hx-get="/my/suggestions"' in client.get("/my").text
    page = client.get("/my/suggestions").text
    assert "Karena Anda menyimpan pencarian “ilmu tanah”" in page
    assert f'href="/records/{other.pk}"' in page
    assert f'href="/records/{read.pk}"' not in page
    assert "Bumi manusia" not in page
    assert "tanah" not in signed_in(Client(), budi.user).get("/my/suggestions").text
    client.post("/my/settings", {"offers_suggestions": "1"})
    assert "Kesuburan tanah" not in client.get("/my/suggestions").text


def test_a_search_that_finds_nothing_brings_nothing_and_one_that_cannot_be_asked_is_told(
    client: Client, signed_in, indexed, ani, settings
) -> None:
    save_search(QueryDict("q=zzqx"), name="langka", frequency="never", by=ani.user)
    indexed()
    assert "Belum ada saran" in signed_in(client, ani.user).get("/my/suggestions").text
    settings.SEARCH_URL = "http://127.0.0.1:8159/perpus?timeout=1"
    page = client.get("/my/suggestions")
    assert (page.status_code, "tidak dapat dihubungi" in page.text, "Belum ada saran" in page.text) == (503, True, False)
    part = client.get("/my/suggestions", headers={"HX-Request": "true"})
    assert (part.status_code, "tidak dapat dihubungi" in part.text) == (200, True)
