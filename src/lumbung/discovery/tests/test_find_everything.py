"""One box over everything: branches stand beside titles, and one check says who sees what."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from lumbung.discovery.queries.beside import groups_beside
from lumbung.discovery.queries.help import PAGES, TOPICS
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import rooms, sources
from lumbung.kernel.sources import Hit, Source, ask, register
from lumbung.organization.domain.services import add_service
from lumbung.organization.finding import find_branches
from lumbung.organization.tests.factories import BranchFactory
from lumbung.search.domain.words import bring_in_built_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("jam buka", ["Perpustakaan FKIP", "Perpustakaan Pusat"]),
        ("jam buka fkip", ["Perpustakaan FKIP"]),
        ("ekonomi", []),
        ("", []),
    ],
)
def test_branches_are_found_by_name_and_by_questions_about_hours(client: Client, words: str, names: list[str]) -> None:
    BranchFactory(code="PUSAT")
    BranchFactory(code="FKIP")
    groups = ask(words, AnonymousUser())
    assert [hit.title for group in groups for hit in group.hits] == names
    assert ("Cabang dan jam buka" in client.get("/search", {"q": words}).text) == bool(names)


def test_titles_come_first_and_a_line_above_them_leads_to_what_is_no_title(client: Client, indexed) -> None:
    BranchFactory(code="EKO", name="Perpustakaan Ekonomi")
    page = client.get("/search", {"q": "perpustakaan ekonomi"}).text
    assert page.index("Cabang dan jam buka") < page.index('class="empty"')
    assert 'class="also"' not in page
    catalogued("Perpustakaan ekonomi desa")
    indexed()
    page = client.get("/search", {"q": "perpustakaan ekonomi"}).text
    [(leads_to, place)] = re.findall(r'<a class="chip small" href="#(juga-[^"]+)">.*?</svg>(.*?)</a>', page)
    assert place == "Cabang dan jam buka"
    assert page.index('class="also"') < page.index("<article") < page.index(f'id="{leads_to}"')


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("jam buka", ["jam buka"]),
        ('+ "jam buka" NOT pusat', ["+ jam buka"]),
        ("(jam OR lokasi) pusta*", ["jam lokasi pusta"]),
        ("12345678", ["12345678"]),
        ("pengarang:toer NOT judul:bumi", []),
        ("perpustakaan tahun:2015..2020", []),
        ("NOT pusat", []),
    ],
)
def test_other_parts_are_asked_the_words_alone_and_not_for_what_titles_alone_have(
    client: Client, indexed, monkeypatch, typed: str, asked: list[str]
) -> None:
    indexed()
    monkeypatch.setattr(sources, "_sources", {})
    heard: list[str] = []
    register(Source("listening", "Pendengar", "key", lambda words, limit: heard.append(words) or []))
    assert client.get("/search", {"q": typed}).status_code == 200
    assert heard == asked


def test_what_a_part_has_for_the_words_typed_is_not_asked_for_again_in_other_words(monkeypatch, rf) -> None:
    monkeypatch.setattr(sources, "_sources", {})
    heard: list[tuple[str, str]] = []
    for name in ("answering", "silent"):
        hits = [Hit("Kimia", "/")] if name == "answering" else []
        told = lambda words, limit, name=name, hits=hits: heard.append((name, words)) or hits  # noqa: E731 -- as a source is registered
        register(Source(name, name, "key", told))
    request = rf.get("/search")
    request.user = AnonymousUser()
    assert [group.source.name for group in groups_beside("kak ada kimia", "kimia", request)] == ["answering"]
    assert heard == [("answering", "kak ada kimia"), ("silent", "kak ada kimia"), ("silent", "kimia")]


def test_who_may_not_see_a_hit_is_not_shown_it(monkeypatch, sari) -> None:
    monkeypatch.setattr(sources, "_sources", {})
    secret = Hit("Rahasia", "/staff/", permission="catalogue.edit")
    register(Source("secrets", "Rahasia", "key", lambda words, limit: [secret]))
    assert ask("apa saja", AnonymousUser()) == []
    assert [hit.title for group in ask("apa saja", sari) for hit in group.hits] == ["Rahasia"]
    with pytest.raises(ValueError, match="two sources"):
        register(Source("secrets", "Rahasia", "key", lambda words, limit: []))


def test_a_hidden_hit_takes_no_others_place(monkeypatch, sari) -> None:
    monkeypatch.setattr(sources, "_sources", {})
    hits = [*(Hit(f"Rahasia {number}", "/staff/", permission="catalogue.edit") for number in range(30)), Hit("Terbuka", "/")]
    register(Source("mixed", "Campuran", "key", lambda words, limit: hits[:limit]))
    assert [hit.title for group in ask("apa saja", AnonymousUser()) for hit in group.hits] == ["Terbuka"]
    assert [hit.title for group in ask("apa saja", sari, limit=2) for hit in group.hits] == ["Rahasia 0", "Rahasia 1"]


@pytest.mark.parametrize(
    ("words", "readers", "librarians"),
    [
        ("cara mencari", ["Mencari"], ["Mencari"]),
        ("How to borrow", ["Meminjam, memesan, memperpanjang"], ["Meminjam, memesan, memperpanjang"]),
        ("panduan tandon", ["Bacaan kuliah"], ["Bacaan kuliah", "Bacaan kuliah"]),
        ("bantuan urutan", [], ["Jelaskan urutan"]),
        ("cara menggabungkan anggota ganda", [], ["Mungkin terdaftar dua kali"]),
        ("how to move due dates", [], ["Jatuh tempo pada hari tutup"]),
        ("cara bertanam padi", [], []),
        ("mencari", [], []),
    ],
)
def test_help_is_found_by_asking_how_and_that_for_staff_by_staff_alone(
    sari, words: str, readers: list[str], librarians: list[str]
) -> None:
    assert [hit.title for group in ask(words, AnonymousUser()) for hit in group.hits] == readers
    assert [hit.title for group in ask(words, sari) for hit in group.hits] == librarians


def test_help_leads_to_no_room_that_is_closed_and_what_it_tells_staff_of_is_there(client: Client, sari) -> None:
    client.force_login(sari)
    assert [client.get(topic.url).status_code for topic in TOPICS if topic.permission] == [200] * 7
    rooms.closed.assume(frozenset({"circulation"}))
    assert ask("cara memindahkan jatuh tempo", sari) == []


ADDRESS = re.compile(r'(?:href|action)="(/[^"#?]*)[^"]*"')


def test_every_page_of_the_help_is_written_in_both_languages_and_leads_to_places_that_are_there(
    client: Client, indexed, ani
) -> None:
    indexed()
    reader = Client()
    reader.force_login(ani.user)
    said = set()
    for language in ("id", "en"):
        client.post("/language", {"language": language})
        assert client.get("/help").text.count('class="card" href="/help/') == len(PAGES)
        for name, topic in PAGES.items():
            page = client.get(f"/help/{name}")
            assert f"<h1>{topic.title}</h1>" in page.text or language == "en"
            told = page.text.partition("<article")[2].partition("</article>")[0]
            said.add(told)
            for address in set(ADDRESS.findall(told)):
                assert reader.get(address, follow=True).status_code == 200, (name, language, address)
    assert len(said) == 2 * len(PAGES)
    assert client.get("/help/nothing").status_code == 404


def test_the_search_page_and_its_advanced_form_lead_to_the_help(client: Client) -> None:
    assert 'href="/help/search"' in client.get("/search").text
    assert 'href="/help/search#bahasa"' in client.get("/search/advanced").text
    assert 'id="bahasa"' in client.get("/help/search").text


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ("meminjam", "Peminjaman ruang"),
        ("kak mau tanya peminjaman ruang", "Peminjaman ruang"),
        ("peminjman ruang", "Peminjaman ruang"),
        ("pelatihan medsos", "Pelatihan media sosial"),
    ],
)
def test_services_are_asked_as_titles_are(client: Client, indexed, sari, words: str, service: str) -> None:
    bring_in_built_in()
    add_service(name=service, kind="other", summary="Di lantai dua.", online_way="/search", by=sari)
    catalogued("Peminjaman ruang baca")
    indexed()
    found = [hit.title for group in client.get("/search", {"q": words}).context["groups"] for hit in group.hits]
    assert service in found


@pytest.mark.parametrize("words", ["media sosial", "jam media sosial", "alamat media sosial"])
def test_words_that_belong_together_are_read_in_the_order_they_were_typed(db, words) -> None:
    bring_in_built_in()
    BranchFactory(code="SUDUT", name="Pojok Medsos")
    assert [hit.title for hit in find_branches(words, 5)] == ["Pojok Medsos"]
