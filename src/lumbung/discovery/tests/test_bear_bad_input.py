"""What nobody should send, and what breaks below: a clear page each time, all else works, and it heals by itself."""

import secrets
import shutil
import string
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as project
from django.test import Client

from lumbung.discovery.domain import indexing
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel.jobs.steady import works
from lumbung.kernel.jobs.worker import something_waits, work_off
from lumbung.search import engines
from lumbung.search.documents import FACET_FIELDS, REACH, Query
from lumbung.search.engines import PAGES
from lumbung.search.opensearch import presence, store
from lumbung.search.opensearch.address import address_of
from lumbung.search.queries import Condition, condition, find
from lumbung.search.tests.conftest import clear_away
from tools import opensearch

pytestmark = pytest.mark.django_db
LONG = "pertanggungjawabannyalah"
PREPARING = "Indeks pencarian sedang disusun"
AWAY = "Mesin pencari sedang tidak dapat dihubungi. Ia pulih sendiri"


@pytest.fixture
def bumi(indexed) -> int:
    """The key of "Bumi manusia", found by search."""
    record = catalogued("Bumi manusia", "Toer, Pramoedya Ananta", year="1980")
    catalogued("Yang fana adalah waktu", "Damono, Sapardi Djoko")
    indexed()
    return record.pk


@pytest.mark.parametrize(
    "words",
    [
        "a" * 10_000,
        "bumi " * 2_000,
        '"' * 10_000,
        "(" * 10_000,
        "bumi OR " * 1_250,
        "-a " * 3_333,
        "b* " * 3_333,
        "judul:" * 1_666,
        "bumi " + "\u0627\u0642\u062a\u0635\u0627\u062f " * 1_250,
        "\u7ecf\u6d4e" * 5_000,
    ],
)
def test_ten_thousand_characters_are_read_as_far_as_makes_sense_and_it_is_said(client: Client, bumi: int, words: str) -> None:
    page = client.get("/search", {"q": words}, follow=True)
    assert page.status_code == 200
    assert page.text.count("Pertanyaan terlalu panjang; yang dicari hanya bagian awalnya.") == 1
    assert len(page.request["QUERY_STRING"]) < 1_000
    assert len(page.content) < 60_000
    assert client.get("/api/v1/search", {"q": words}).status_code == 422
    assert client.get("/api/v1/search", {"cql": words}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (f"{LONG} " * 20 + "manusia", f"{LONG} " * 19 + LONG),
        (f"{LONG} " * 19 + f"{LONG}-nya", f"{LONG} " * 18 + LONG),
        ("bumi" + " " * 9_000 + "manusia", "bumi manusia"),
        ("b" * 501, "b" * 500),
        ("x " + "\u7ecf" * 200, "x " + "\u7ecf" * 99),
    ],
)
def test_a_question_that_is_too_long_ends_with_a_word_and_leads_to_an_address_of_its_own(
    client: Client, bumi: int, typed: str, asked: str
) -> None:
    page = client.get("/search", {"q": typed}, follow=True)
    assert page.context["q"] == asked
    assert len(page.redirect_chain) == 1
    assert ("Pertanyaan terlalu panjang" in page.text) == (asked != "bumi manusia")
    again = client.get(f"/search?q={asked}", follow=True)
    assert (again.redirect_chain, "terlalu panjang" in again.text) == ([], False)


@pytest.mark.parametrize(
    "words", ['"bumi manusia', 'bumi" manusia', '"bumi" "manusia', "“bumi manusia", 'judul:"bumi', '("bumi manusia"']
)
def test_a_quotation_mark_left_open_is_closed(client: Client, bumi: int, words: str) -> None:
    assert [row.pk for row in client.get("/search", {"q": words}).context["results"].rows][:1] == [bumi]


@pytest.mark.parametrize("words", ["yang", "dan", "yang dan di", "the of and"])
def test_words_that_stand_in_every_title_are_words_all_the_same(client: Client, bumi: int, words: str) -> None:
    page = client.get("/search", {"q": words})
    found = [row.title for row in page.context["results"].rows]
    assert found == (["Yang fana adalah waktu"] if "yang" in words else [])
    assert page.status_code == 200


@pytest.mark.parametrize(
    "sign", [*string.whitespace, *map(chr, range(1, 32)), "\x7f", "\x9b", "\u202e", "\ufeff", "\ufffe", "\u2028"]
)
def test_signs_without_a_shape_part_words_or_are_nothing(client: Client, bumi: int, sign: str) -> None:
    page = client.get("/search", {"q": f"bumi{sign} {sign}manusia"})
    assert [row.pk for row in page.context["results"].rows] == [bumi]
    assert client.get("/api/v1/search", {"q": f"bumi{sign} {sign}manusia"}).json()["total"] == 1
    assert sign not in page.text or sign in "\n\r\t "


@pytest.mark.parametrize("page", ["2", "500", "501", "99999999", "-3", "0", "1e9", "²", "٣"])
def test_a_page_beyond_the_last_is_the_last(client: Client, bumi: int, page: str) -> None:
    results = client.get("/search", {"q": "bumi", "page": page}).context["results"]
    assert (results.page, results.pages, len(results.rows)) == (1, 1, 1)
    assert find(Query("bumi", page=REACH * 10)).page == 1


def test_five_hundred_filters_in_an_address_are_cut_to_what_a_reader_could_choose(
    client: Client, bumi: int, django_assert_max_num_queries
) -> None:
    many = {"q": "bumi", "creator": [f"Nama {number}" for number in range(400)], "subject": ["x"] * 100}
    with django_assert_max_num_queries(12):
        page = client.get("/search", many)
    assert page.status_code == 200
    assert len(page.context["chips"]) == 40
    assert "460 saringan diabaikan: dari satu jenis dipakai paling banyak 20, seluruhnya 40." in page.text
    every = {name: [f"{name} {number}" for number in range(50)] for name in FACET_FIELDS}
    drawn = client.get("/search", {"q": "bumi", **every})
    assert (len(drawn.context["chips"]), len(drawn.content) < 200_000) == (40, True)
    assert "diabaikan" not in client.get("/search", {"q": "bumi", "creator": ["x"] * 20}).text
    assert (
        client.get("/search", {f"saringan{number}": "x" for number in range(500)} | {"q": "bumi"}).context["results"].total == 1
    )
    assert client.get("/api/v1/search", many).status_code == 422


def test_without_an_index_each_page_says_so_or_does_without_it(client: Client, bumi: int, sari) -> None:
    shutil.rmtree(Path(project.DATA) / "index")
    for address in ("/search?q=bumi", "/search?q=bumi&material=book", "/search", "/search/values/subject?q=bumi", "/browse"):
        answer = client.get(address)
        assert (answer.status_code, answer.get("Retry-After")) == ((200, None) if address == "/browse" else (503, "30"))
        assert PREPARING in answer.text
        for untrue in ("Tidak ditemukan", "Tidak ada hasil", "Tidak ada yang cocok", "Belum ada judul"):
            assert untrue not in answer.text, address
    assert client.get("/search/advanced").status_code == 200
    for address in (
        "/",
        f"/records/{bumi}",
        "/browse/titles",
        "/search/suggestions?q=bu",
        "/search/values/subject?q=bumi",
    ):
        assert client.get(address).status_code in {200, 503}, address
    assert "Bumi manusia" in client.get(f"/records/{bumi}").text
    assert client.get("/api/v1/search", {"q": "bumi"}).status_code == 503
    client.force_login(sari)
    assert client.get("/staff/searches/explanation", {"q": "bumi"}).status_code == 503
    work_off()
    assert client.get("/search?q=bumi").context["results"].total == 1


def test_an_index_spoilt_on_the_disk_is_made_anew(client: Client, bumi: int) -> None:
    for file in (Path(project.DATA) / "index").rglob("meta.json"):
        file.write_text("{")
    assert PREPARING in client.get("/search?q=bumi").text
    assert condition() is Condition.CORRUPT
    work_off()
    assert client.get("/search?q=bumi").context["results"].total == 1


def test_an_index_that_was_lost_or_cannot_be_read_calls_for_a_worker_though_nothing_else_happens(
    client: Client, bumi: int
) -> None:
    work_off()
    assert not something_waits(works())
    (Path(project.DATA) / "index" / "CURRENT").unlink()
    assert something_waits(works())
    work_off()
    for file in (Path(project.DATA) / "index").rglob("*.pos"):
        file.unlink()
    engines._embedded.cache_clear()  # as a process that comes to it now: what is open stays readable
    assert PREPARING in client.get("/search", {"q": '"bumi manusia"'}).text
    assert client.get("/search/suggestions?q=bu").json() == {"suggestions": []}
    assert something_waits(works())
    work_off()
    assert client.get("/search?q=bumi").context["results"].total == 1
    assert not something_waits(works())


def test_a_cluster_that_is_down_stops_nothing_but_the_search(client: Client, bumi: int, settings) -> None:
    here = settings.SEARCH_URL
    settings.SEARCH_URL = "http://127.0.0.1:8159/perpus?timeout=1"
    assert condition() is Condition.UNREACHABLE
    indexing.repair()  # it is waited for: what is there may be whole
    for address in ("/search?q=bumi", "/search/values/subject?q=bumi", "/search.atom?q=bumi"):
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "30"), address
        assert AWAY in answer.text, address
        assert PREPARING not in answer.text, address
    assert "koleksi tetap dapat dijelajahi" in client.get("/search?q=bumi").text
    assert client.get("/search?q=bumi", headers={"HX-Request": "true"}).status_code == 200
    assert client.get("/api/v1/search", {"q": "bumi"})["Retry-After"] == "30"
    assert "Bumi manusia" in client.get(f"/records/{bumi}").text
    assert [client.get(address).status_code for address in ("/", "/search/suggestions?q=bu", "/browse/titles")] == [200] * 3
    settings.SEARCH_URL = here
    assert client.get("/search?q=bumi").context["results"].total == 1


@pytest.fixture
def lost_library(search_cluster: str, settings) -> Iterator[int]:
    """The key of "Bumi manusia" in a library whose index the cluster has just lost."""
    settings.SEARCH_URL = f"{search_cluster}/uji-{secrets.token_hex(4)}"
    record = catalogued("Bumi manusia")
    work_off()
    assert list(find(Query("bumi")).keys) == [record.pk]
    assert not something_waits(works())
    clear_away(address_of(settings.SEARCH_URL))
    yield record.pk
    for name in ("", f"-{PAGES}"):
        clear_away(address_of(f"{settings.SEARCH_URL}{name}"))


def test_a_cluster_whose_index_was_lost_gets_it_back_at_once_when_somebody_searches(client: Client, lost_library: int) -> None:
    assert PREPARING in client.get("/search?q=bumi").text
    assert something_waits(works())
    work_off()
    assert [row.pk for row in client.get("/search?q=bumi").context["results"].rows] == [lost_library]
    assert not something_waits(works())


def test_a_cluster_whose_index_was_lost_gets_it_back_though_nobody_searches_and_nothing_happens(
    client: Client, lost_library: int, caplog
) -> None:
    time.sleep(presence.LOOK_EVERY)
    assert something_waits(works())
    assert something_waits(works())
    assert len([line for line in caplog.messages if "it is to be built anew" in line]) == 1
    work_off()
    assert client.get("/search?q=bumi").context["results"].total == 1


def test_an_index_of_which_a_dead_node_had_a_part_is_built_anew_at_night_and_by_the_worker(
    client: Client, settings, monkeypatch
) -> None:
    """The database has everything; while the cluster does not answer for all of it, nothing is compared with what it says."""
    records = [catalogued(f"Bumi manusia {number}") for number in range(6)]
    for heal in (indexing.compare, work_off):
        monkeypatch.setattr(presence, "LOOK_EVERY", 0.0)
        monkeypatch.setattr(store, "GIVEN_UP_AFTER", 300)
        with opensearch.cluster(nodes=2) as (first, second):
            settings.SEARCH_URL = f"{first.url}/uji-{secrets.token_hex(4)}?shards=2&replicas=0"
            indexing.rebuild()
            work_off()
            second.kill()
            while condition() is Condition.READY:
                time.sleep(0.1)
            assert client.get("/search?q=bumi").status_code == 503
            assert not something_waits(works())
            monkeypatch.setattr(store, "GIVEN_UP_AFTER", 0)
            assert something_waits(works())
            heal()
            found = client.get("/search?q=bumi").context["results"]
            assert sorted(row.pk for row in found.rows) == [record.pk for record in records]
            work_off()
            assert not something_waits(works())
