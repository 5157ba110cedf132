"""What readers come for: the home page follows it, every purpose has its page, librarians say who helps."""

import re

import pytest
from django.test import Client

from lumbung.discovery.domain.curating import make_curated_list, put_title
from lumbung.discovery.domain.purposes import change_purpose, restore_purpose
from lumbung.discovery.models import Purpose, Purposes
from lumbung.discovery.queries.purposes import BUILT_IN, aims, shown_aims
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_a_reader_says_what_they_come_for_and_home_follows_until_it_is_forgotten(client: Client, sari) -> None:
    made = make_curated_list(title="Metode untuk pemula", purpose="research", published=True, by=sari)
    put_title(made, catalogued("Metode penelitian"), by=sari)
    first = client.get("/").text
    assert "Anda datang untuk apa?" in first
    assert "Skripsi, tesis, disertasi" not in first
    assert client.get("/purpose?purpose=research")["Location"] == "/#tujuan"
    home = client.get("/").text.partition('id="tujuan"')[2].partition("</section>")[0]
    assert "Skripsi, tesis, disertasi" in home
    assert f'href="/picks/{made.pk}"' in home
    assert 'href="/purpose?purpose=research" rel="nofollow" aria-current="true"' in home
    client.get("/purpose")
    assert "Anda datang untuk apa?" in client.get("/").text


@pytest.mark.parametrize("purpose", ["", "nothing", "ـ" * 400])
def test_an_unknown_purpose_is_none(client: Client, purpose: str) -> None:
    assert client.get("/purpose", {"purpose": purpose}).status_code == 302
    assert "Anda datang untuk apa?" in client.get("/").text
    client.cookies["purpose"] = "nothing"
    assert client.get("/").status_code == 200
    assert client.get("/for/nothing").status_code == 404


@pytest.mark.parametrize("key", Purposes.values)
def test_the_page_of_a_purpose_leads_to_places_that_are_there(client: Client, ani, key: str) -> None:
    work_off()  # without an index a search is answered with 503
    reader = Client()
    reader.force_login(ani.user)
    page = client.get(f"/for/{key}").text
    assert "Siapa yang membantu" in page
    addresses = [str(way.url) for way in BUILT_IN[key].ways] + [guide.url for guide in BUILT_IN[key].guides]
    for address in addresses:
        assert f'href="{address.replace("&", "&amp;")}"' in page
        assert reader.get(address.partition("#")[0]).status_code == 200


def test_librarians_say_it_in_their_own_words_and_take_them_back(client: Client, sari) -> None:
    client.force_login(sari)
    sent = {"name": "Kuliah", "intro": "", "people": "Bu Rina, lantai 2", "shown": "on"}
    assert client.post("/staff/purposes/study", sent)["Location"] == "/staff/purposes/"
    assert "Bu Rina, lantai 2" in Client().get("/for/study").text
    assert "<span>Kuliah</span>" in Client().get("/").text
    client.post("/staff/purposes/visit", {"name": "", "intro": "", "people": ""})
    assert Client().get("/for/visit").status_code == 404
    assert 'purpose=visit"' not in Client().get("/").text
    client.post("/staff/purposes/study/restoration")
    assert "Belajar dan kuliah" in Client().get("/for/study").text
    changes = [entry.data for entry in JournalEntry.objects.filter(name="PurposeChanged").order_by("pk")]
    assert changes == [
        {"purpose": "study", "fields": ["name", "people"]},
        {"purpose": "visit", "fields": ["shown"]},
        {"purpose": "study", "fields": ["name", "people"]},
    ]


def test_only_who_may_choose_for_readers_changes_a_purpose(client: Client, ani, budi) -> None:
    for user in (None, ani.user, budi.user):
        if user:
            client.force_login(user)
        for address in ("/staff/purposes/", "/staff/purposes/study"):
            assert client.get(address).status_code in {302, 403}
        assert client.post("/staff/purposes/study", {"name": "Milik Ani"}).status_code in {302, 403}
    assert Purpose.objects.count() == 0


def test_what_is_too_long_or_unknown_is_refused(client: Client, sari) -> None:
    client.force_login(sari)
    assert client.post("/staff/purposes/study", {"name": "x" * 61}).status_code == 422
    assert client.get("/staff/purposes/nothing").status_code == 404
    with pytest.raises(ValueError, match="nothing"):
        change_purpose("nothing", name="x", by=sari)
    with pytest.raises(TypeError, match="no colour"):
        change_purpose("study", colour="red", by=sari)


def test_without_a_change_nothing_is_noted(sari) -> None:
    restore_purpose("study", by=sari)
    assert not JournalEntry.objects.filter(name="PurposeChanged").exists()
    assert [aim.key for aim in shown_aims()] == [aim.key for aim in aims()] == Purposes.values


@pytest.mark.parametrize("lists", [1, 3])
def test_home_with_a_purpose_takes_a_fixed_number_of_statements(
    client: Client, sari, lists: int, django_assert_num_queries
) -> None:
    for number in range(lists):
        made = make_curated_list(title=f"Daftar {number}", purpose="study", published=True, by=sari)
        put_title(made, catalogued(f"Judul {number}"), by=sari)
    client.get("/purpose?purpose=study")
    client.get("/")
    with django_assert_num_queries(8):
        page = client.get("/").text
    assert len(re.findall(r'class="card pick"', page.partition('id="tujuan"')[2].partition("</section>")[0])) == lists
