"""*penulis hamka*, *penerbit erlangga*, *by orwell*: a field named in plain words leads, and hides nothing."""

import pytest
from django.test import Client

from lumbung.catalogue.domain.records import add_record
from lumbung.discovery.queries.hints import understood
from lumbung.discovery.queries.named_fields import in_named_fields
from lumbung.discovery.tests.shelf import catalogued
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc
from lumbung.search.documents import Query


@pytest.mark.parametrize(
    ("words", "left", "preferred"),
    [
        ("penulis hamka", "hamka", [("creator", "hamka")]),
        ("penulisnya hamka", "hamka", [("creator", "hamka")]),
        ("buku karya tere liye", "tere liye", [("creator", "tere liye")]),
        ("skripsi penulis budi", "budi", [("creator", "budi")]),
        ("author tanenbaum", "tanenbaum", [("creator", "tanenbaum")]),
        ("by george orwell", "george orwell", [("creator", "george orwell")]),
        ("penerbit erlangga", "erlangga", [("note", "erlangga")]),
        ("terbitan balai pustaka", "balai pustaka", [("note", "balai pustaka")]),
        ("judul bumi manusia", "bumi manusia", [("title", "bumi manusia")]),
        ("pengarang kotler judul manajemen", "kotler manajemen", [("creator", "kotler"), ("title", "manajemen")]),
        ("pengarang toer tahun 1980", "toer", [("creator", "toer")]),
    ],
)
def test_the_first_word_may_name_the_field_of_the_others(words, left, preferred):
    query = understood(Query(words), this_year=2026, is_spoken=False).query
    assert (query.words, list(query.preferred)) == (left, preferred)


@pytest.mark.parametrize(
    ("words", "left", "preferred"),
    [
        ("filosofi teras penulis henry manampiring", "filosofi teras henry manampiring", [("creator", "henry manampiring")]),
        ("sistem operasi oleh silberschatz", "sistem operasi silberschatz", [("creator", "silberschatz")]),
        ("research design by creswell", "research design creswell", [("creator", "creswell")]),
        ("ekonomi mikro terbitan erlangga", "ekonomi mikro erlangga", [("note", "erlangga")]),
        ("laskar pelangi isbn 9793062797", "laskar pelangi 9793062797", [("identifier", "9793062797")]),
    ],
)
def test_a_word_among_the_others_names_a_field_only_where_no_title_has_it(words, left, preferred):
    assert understood(Query(words), this_year=2026, is_spoken=False).query == Query(words)
    query = understood(Query(words), this_year=2026).query
    assert (query.words, list(query.preferred)) == (left, preferred)


@pytest.mark.parametrize(
    "words", ["penulis", "karya tulis ilmiah", "karya sastra", "penerbit", "terbitan berkala", "judul skripsi"]
)
def test_what_only_looks_like_the_name_of_a_field_is_words(words):
    assert understood(Query(words), this_year=2026, is_spoken=False).query == Query(words)


def published(title: str, publisher: str) -> None:
    fields = [Field("245", "1", "0", [("a", title)]), Field("264", " ", "1", [("b", publisher)])]
    add_record(Marc("00000nam a2200000 i 4500", fields), by=None)


def titles(client: Client, words: str) -> list[str]:
    return [row.title for row in client.get("/search", {"q": words}).context["results"].rows]


@pytest.mark.django_db
def test_who_wrote_it_leads_and_who_it_is_about_is_found_too(client: Client, indexed) -> None:
    catalogued("Hamka: sebuah biografi", "Rush, James", year="2020")
    catalogued("Tasauf modern", "Hamka", year="1939")
    indexed()
    assert titles(client, "hamka") == ["Hamka: sebuah biografi", "Tasauf modern"]
    assert titles(client, "penulis hamka") == ["Tasauf modern", "Hamka: sebuah biografi"]
    assert titles(client, "tasauf modern penulis hamka") == ["Tasauf modern"]


@pytest.mark.django_db
def test_a_title_that_has_the_name_of_the_field_comes_first(client: Client, indexed) -> None:
    catalogued("Penulis muda")
    catalogued("Filsafat", "Muda, Ahmad")
    catalogued("Penerbit Erlangga: sejarah")
    published("Biologi", "Erlangga")
    indexed()
    assert titles(client, "penulis muda") == ["Penulis muda", "Filsafat"]
    assert titles(client, "penerbit erlangga") == ["Penerbit Erlangga: sejarah", "Biologi"]
    assert titles(client, "penerbit erlangga biologi") == ["Biologi"]


@pytest.mark.django_db
def test_the_page_says_which_field_leads_and_takes_it_back(client: Client, indexed) -> None:
    catalogued("Tasauf modern", "Hamka", year="1939")
    indexed()
    page = client.get("/search?q=penulis+hamka").text
    assert 'href="/search?q=penulis+hamka&amp;plain=field">Pengarang didahulukan: hamka' in page
    assert "Dibaca dari pertanyaan Anda" not in client.get("/search?q=penulis+hamka&plain=field").text


@pytest.mark.parametrize(
    ("words", "said"), [("oleh oleh kimia", [("creator", "kimia")]), ("author by hamka", [("creator", "hamka")])]
)
def test_of_two_names_of_a_field_in_a_row_none_is_left_empty(words, said) -> None:
    assert in_named_fields(words, anywhere=True)[1] == said
