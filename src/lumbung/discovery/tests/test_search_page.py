"""The search page: results, filters that work without scripts, and help when there is nothing."""

import re
from itertools import count

import pytest
from django.db import OperationalError
from django.test import Client

from lumbung.catalogue.models import Record
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory
from lumbung.discovery.templatetags.discovery import highlighted
from lumbung.discovery.tests.shelf import catalogued
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(indexed) -> None:
    central = BranchFactory(name="Pusat")
    for number in range(3):
        ItemFactory(
            record=catalogued(f"Metode penelitian {number}", "Sugiyono", subject="Penelitian", year=f"201{number}"),
            branch=central,
        )
    catalogued("Bumi manusia", "Toer, Pramoedya Ananta", language="ind", year="2005")
    indexed()


def test_what_is_found_is_told_with_counts_and_marked_words(client: Client, shelf: None) -> None:
    page = client.get("/search?q=metode+sugiyono").text
    assert '<b class="num">3</b> hasil' in page
    assert "<mark>Metode</mark> penelitian 0" in page
    assert "<div><mark>Sugiyono</mark></div>" in page
    assert "1 dari 1 tersedia di Pusat" in page
    assert "Bumi manusia" not in page


@pytest.mark.parametrize("words", ['"', "“”", '" "', "*"])
def test_signs_with_nothing_between_them_ask_what_an_empty_box_asks(client: Client, shelf: None, words: str) -> None:
    page = client.get("/search", {"q": words})
    assert (page.context["results"].total, page.context["notices"], page.context["q"]) == (4, [], "")


def test_the_number_told_is_that_of_the_lines_shown(client: Client, indexed) -> None:
    for year in ("1980", "2005", "2011"):
        catalogued("Bumi manusia", "Toer, Pramoedya Ananta", year=year)
    catalogued("Bumi yang berputar", "Sagan, Carl")
    indexed()
    said = {each: client.get(f"/search?q=bumi{each}") for each in ("", "&editions=all", "+sagan")}
    assert [len(page.context["results"].rows) for page in said.values()] == [2, 4, 1]
    assert '<b class="num">2</b> karya dalam 4 edisi' in said[""].text
    assert "Lihat 2 hasil" in said[""].text
    assert '<b class="num">4</b> hasil' in said["&editions=all"].text
    assert '<b class="num">1</b> hasil' in said["+sagan"].text


def test_how_many_wait_is_told_beside_what_is_to_be_had(client: Client, shelf: None) -> None:
    HoldFactory.create_batch(2, record=Record.objects.get(title="Metode penelitian 1"))
    page = client.get("/search?q=metode").text
    assert (page.count("1 dari 1 tersedia di Pusat"), page.count("1 dari 1 tersedia di Pusat, antrean 2")) == (3, 1)


def test_what_is_found_is_shown_also_where_no_search_can_be_counted(client: Client, shelf: None, monkeypatch) -> None:
    def full(*_given, **_named):
        raise OperationalError("database or disk is full")

    for counted in ("note_search", "count_unmet_need"):
        monkeypatch.setattr(f"lumbung.discovery.web.search.{counted}", full)
    assert [client.get("/search", {"q": words}).status_code for words in ("bumi", "zzqqx")] == [200, 200]


def test_the_address_of_a_search_narrowed_by_script_says_only_what_was_asked(client: Client, shelf: None) -> None:
    sent = "/search?q=metode&year_to=&year_from=2011&sort=relevance&material=book"
    assert "HX-Push-Url" not in client.get(sent)
    assert client.get(sent, headers={"HX-Request": "true"})["HX-Push-Url"] == "/search?q=metode&material=book&year_from=2011"


def test_a_page_that_differs_only_in_how_long_it_took_is_not_sent_again(client: Client, shelf: None, monkeypatch) -> None:
    ticks = (number**2 for number in count())
    monkeypatch.setattr("time.perf_counter", lambda: next(ticks))
    first, second = (client.get("/search?q=metode") for _ in range(2))
    assert first.text != second.text
    assert first["ETag"] == second["ETag"]
    assert client.get("/search?q=metode", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get("/search?q=bumi", headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Kesehatan masyarakat", "SEHAT kese", "<mark>Kesehatan</mark> masyarakat"),
        ("Les misérables", "MISERA", "Les <mark>misérables</mark>"),
        ("R&D <amp>", "amp", "R&amp;D &lt;<mark>amp</mark>&gt;"),
        ("A & B", "", "A &amp; B"),
    ],
)
def test_words_are_marked_and_the_rest_is_escaped(text: str, words: str, marked: str) -> None:
    assert highlighted(text, words) == marked


def test_a_filter_is_a_checkbox_in_a_plain_form_and_a_chip_when_it_is_on(client: Client, shelf: None) -> None:
    page = client.get("/search?q=penelitian&creator=Sugiyono&year_from=2011").text
    assert '<form class="results" id="saring" action="/search" method="get"' in page
    assert 'name="creator" value="Sugiyono" checked' in page
    assert '<b class="num">2</b> hasil' in page
    assert 'href="/search?q=penelitian&amp;year_from=2011">Sugiyono' in page
    assert 'href="/search?q=penelitian&amp;creator=Sugiyono">sejak 2011' in page


def test_a_reader_who_wants_words_as_typed_and_each_edition_keeps_both_while_filters_come_and_go(
    client: Client, shelf: None
) -> None:
    page = client.get("/search?q=metode+2011&material=book&language=ind&year_from=2000&editions=all&plain=years").text
    read = "editions=all&amp;plain=years"
    assert f'href="/search?q=metode+2011&amp;language=ind&amp;year_from=2000&amp;{read}">Buku' in page
    assert f'href="/search?q=metode+2011&amp;{read}">Hapus semua' in page
    kept = '<input type="hidden" name="editions" value="all"><input type="hidden" name="plain" value="years">'
    assert kept in page.partition('id="saring"')[2].partition('id="lembar"')[0]
    assert client.get("/search/values/creator?q=metode+2011&editions=all&plain=years").text.count(kept) == 2


def test_nothing_found_helps_on(client: Client, shelf: None) -> None:
    page = client.get("/search?q=zzzqqq&material=map").text
    assert "Tidak ditemukan: “zzzqqq”" in page
    assert '<a href="/search?q=zzzqqq">Hapus semua saringan</a>' in page


def test_what_an_address_means_by_itself_stays_in_the_question(client: Client, shelf: None) -> None:
    page = client.get("/search?q=R%26D+%23zzz&material=map").text
    assert '<a href="/search?q=R%26D+%23zzz">Hapus semua saringan</a>' in page


def test_one_search_has_one_address_for_crawlers(client: Client, shelf: None) -> None:
    plain = client.get("/search?q=metode").text
    assert '<link rel="canonical" href="http://testserver/search?q=metode">' in plain
    assert "noindex" not in plain
    assert '<meta name="robots" content="noindex,follow">' in client.get("/search?q=metode&material=book").text


@pytest.mark.parametrize(
    "asked",
    [
        "q=%00",
        "q=%22",
        "q=((",
        "page=0",
        "page=999999999999",
        "page=x",
        "sort=nope",
        "year_from=x&year_to=-1",
        "branch=x",
        "material=%3Cb%3E",
    ],
)
def test_a_senseless_question_is_answered_all_the_same(client: Client, shelf: None, asked: str) -> None:
    assert client.get(f"/search?{asked}").status_code in {200, 400}


def test_years_given_the_wrong_way_round_are_turned(client: Client, shelf: None) -> None:
    assert "2010–2015" in client.get("/search?year_from=2015&year_to=2010").text


def test_a_nul_in_a_question_is_a_blank_and_in_a_path_a_page_says_so(client: Client, shelf: None) -> None:
    page = client.get("/search?q=bumi%00manusia")
    assert (page.status_code, page.context["q"]) == (200, "bumi manusia")
    answer = client.get("/search%00")
    assert (answer.status_code, "<h1>Permintaan tidak dapat dibaca</h1>" in answer.text) == (400, True)


def test_how_many_were_found_is_all_that_is_read_out_when_filters_change(client: Client, shelf: None) -> None:
    said = re.compile(r'<p class="unseen" id="ringkas" aria-live="polite">(.*?)</p>')
    page = client.get("/search?q=metode").text
    assert said.findall(page) == [""]
    assert '<div id="hasil">' in page
    assert 'hx-select-oob="#pilihan,#ringkas:innerHTML"' in page
    changed = client.get("/search?q=metode", headers={"HX-Request": "true"}).text
    assert said.findall(changed) == ["3 hasil"]


def test_an_index_not_yet_built_is_told(client: Client) -> None:
    assert "Indeks pencarian sedang disusun" in client.get("/search?q=metode").text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_page_takes_a_fixed_number_of_statements(
    client: Client, indexed, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        ItemFactory(record=catalogued(f"Metode {number}"))
    indexed()
    client.get("/search?q=metode")
    with django_assert_num_queries(5):
        client.get("/search?q=metode")
