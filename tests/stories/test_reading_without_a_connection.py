"""Ani takes what she may along on her telephone, reads it where there is no line, and leaves nothing of hers to whoever comes next."""

from collections.abc import Iterator
from typing import Any

import pytest

from lumbung.accounts.models import User
from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.domain.files import withdraw_file
from lumbung.digital.domain.lending import set_lending
from lumbung.digital.domain.words import read_words
from lumbung.digital.models import File, Levels, Mark
from lumbung.digital.tests.books import an_epub
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.members.models import Member
from lumbung.organization.tests.factories import LibraryFactory
from tests.line import Line
from tests.stories.test_digital_reading import barriers, opened, sign_in, until
from tests.stories.test_pictures_and_recordings import CAPTIONS, a_film, a_scan

FULL = "Cache.prototype.put = async () => { throw new DOMException('', 'QuotaExceededError'); };"
"""A device without room."""
REFUSING = """
  const ask = fetch;
  const refused = new Response('', {status: 404});
  window.fetch = (address, init) => String(address).endsWith('2.json') ? Promise.resolve(refused) : ask(address, init);
"""
"""A library that does not give out the second page."""

BREAKING = """
  const ask = fetch;
  const breaks = address => String(address).endsWith('3.json') && !localStorage.mended;
  window.fetch = (address, init) => breaks(address) ? Promise.reject(new TypeError('no line')) : ask(address, init);
"""
"""A line that breaks before the last page, until it is mended."""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(ani: Member) -> Member:
    """Ani, who signs in by hand."""
    LibraryFactory()
    ani.user.set_password("rahasia")
    ani.user.save()
    return ani


@pytest.fixture
def phone(browser: Any, line: Line) -> Iterator[Any]:
    """Her telephone, on a line that can be cut."""
    context = browser.new_context(base_url=line.address, viewport={"width": 360, "height": 740}, locale="id-ID", has_touch=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def begin_to_keep(page: Any, file: File) -> None:
    opened(page, f"/files/{file.pk}/read")
    page.click('[data-open="looks"]')
    page.click("dialog[open] [data-keep]")


def keep(page: Any, file: File) -> None:
    begin_to_keep(page, file)
    page.wait_for_selector("book-reader[data-kept]")


def said(page: Any) -> str:
    text: str = page.inner_text("dialog[open] [data-keep-said]")
    return text


def in_the_cache(page: Any) -> list[str]:
    """The addresses of all that the browser keeps for the reader."""
    asked = "caches.open('lumbung-reader').then(cache => cache.keys()).then(all => all.map(each => new URL(each.url).pathname))"
    found: list[str] = page.evaluate(asked)
    return found


def list_of_kept(page: Any) -> list[str]:
    page.goto("/files/kept")
    page.wait_for_selector("kept-list[data-ready]")
    titles: list[str] = page.locator("kept-list [data-list] b").all_inner_texts()
    return titles


def find(page: Any, words: str) -> None:
    page.click('[data-open="find"]')
    page.fill("#cari-dalam", words)
    page.press("#cari-dalam", "Enter")


@pytest.mark.requirement("R012")
def test_a_document_and_a_book_are_read_searched_and_marked_without_a_connection(phone: Any, line: Line, reader: Member):
    document = a_file(a_record("Mengeringkan gabah"), a_pdf("Padi tumbuh", "Gabah dikeringkan", "Gabah disimpan"))
    book = a_file(a_record("Lumbung desa"), an_epub("Padi ditanam.", "Kadar air gabah diukur."), "lumbung.epub")
    for each in (document, book):
        read_words(each)
    sign_in(phone, "ani")
    for each in (document, book):
        keep(phone, each)
        assert said(phone).startswith("Tersimpan. Berkas ini dapat dibaca tanpa sambungan. (")
    line.cut()
    opened(phone, f"/files/{document.pk}/read")
    phone.click("[data-next]")
    until(
        phone,
        "document.querySelector('.leaf img').currentSrc.includes('pages/2.jpg') && document.querySelector('.leaf img').naturalWidth",
    )
    find(phone, "disimpan")
    phone.click("dialog[open] [data-list] a:has-text('Gabah disimpan')")
    until(phone, "document.querySelector('[data-place]').textContent === '3 / 3'")
    phone.click("[data-bookmark]")
    opened(phone, f"/files/{book.pk}/read")
    find(phone, "kadar air")
    phone.click("dialog[open] [data-list] a:has-text('gabah')")
    until(phone, "document.querySelector('[data-place]').textContent.startsWith('Bab 2')")
    phone.click("[data-bookmark]")
    assert Mark.objects.count() == 0
    line.mend()
    list_of_kept(phone)
    for _ in range(100):
        if Mark.objects.count() == 2:
            break
        phone.wait_for_timeout(50)
    assert {(mark.file, mark.reader) for mark in Mark.objects.all()} == {(document, reader.user), (book, reader.user)}


@pytest.mark.requirement("R012")
def test_a_scan_and_a_film_are_seen_without_a_connection(phone: Any, line: Line, desktop: Any, reader: Member):
    scan, film = (
        a_file(a_record("Babad"), a_scan("Lembar 1"), "lembar.jpg"),
        a_file(a_record("Panen"), a_film(desktop), "panen.webm"),
    )
    a_file(film.record, CAPTIONS.encode(), "takarir.vtt")
    for each in (scan, film):
        keep(phone, each)
    line.cut()
    opened(phone, f"/files/{scan.pk}/read")
    phone.click("[data-nearer]")
    until(phone, "document.querySelector('[data-place]').textContent === '1 / 1 · 150 %'")
    opened(phone, f"/files/{film.pk}/read")
    phone.keyboard.press("k")
    until(phone, "document.querySelector('video').currentTime > 0.2")
    assert phone.evaluate("document.querySelector('video').textTracks[0].activeCues[0]?.text") == "Saya lahir di desa."


@pytest.mark.requirement("R012")
def test_what_is_kept_is_listed_also_when_the_site_cannot_be_reached_and_is_taken_away_again(
    phone: Any, line: Line, reader: Member
):
    first, second, other = (a_file(a_record(title), a_pdf("Padi")) for title in ("Padi", "Gabah", "Jagung"))
    for each in (first, second):
        keep(phone, each)
    line.cut()
    for away in ("/search?q=padi", f"/files/{other.pk}/read"):
        phone.goto(away)
        phone.wait_for_selector("kept-list[data-ready]")
        assert "Halaman yang Anda buka tidak terjangkau" in phone.inner_text("kept-list")
        assert phone.get_attribute("[data-elsewhere] a", "href") == away
        assert phone.evaluate("getComputedStyle(document.querySelector('kept-list button')).minHeight") == "44px"
    assert "Semuanya memakai" in phone.inner_text("[data-sum]")
    assert barriers(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.click("kept-list li:has-text('Padi') button")
    until(phone, "document.querySelectorAll('kept-list li').length === 1")
    assert "“Padi” dihapus dari perangkat ini." in phone.inner_text("[data-said]")
    phone.click("kept-list li a")
    phone.wait_for_selector("book-reader[data-ready]", state="attached")
    phone.click('[data-open="looks"]')
    phone.click("dialog[open] [data-forget]")
    until(phone, "document.querySelector('[data-keep-said]').textContent === 'Berkas ini dihapus dari perangkat ini.'")
    assert in_the_cache(phone) == []


@pytest.mark.requirement("R012")
def test_keeping_that_was_interrupted_is_said_so_is_not_told_as_kept_and_goes_on(phone: Any, line: Line, reader: Member):
    file = a_file(a_record("Padi"), a_pdf("Satu", "Dua", "Tiga"))
    phone.add_init_script(BREAKING)
    begin_to_keep(phone, file)
    until(phone, "document.querySelector('[data-keep-said]').textContent.startsWith('Sambungan terputus')")
    assert f"/files/{file.pk}/pages/1.json" in in_the_cache(phone)
    opened(phone, f"/files/{file.pk}/read")
    assert phone.query_selector("book-reader[data-kept]") is None
    phone.click('[data-open="looks"]')
    assert said(phone).startswith("Baru tersimpan sebagian")
    line.cut()
    phone.goto(f"/files/{file.pk}/read")
    phone.wait_for_selector("kept-list[data-ready]")
    assert "baru sebagian, belum dapat dibaca tanpa sambungan" in phone.inner_text("kept-list li")
    line.mend()
    phone.evaluate("localStorage.mended = 'yes'")
    opened(phone, f"/files/{file.pk}/read")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url.partition("/pages/")[2]))
    phone.click('[data-open="looks"]')
    phone.click("dialog[open] [data-keep]")
    phone.wait_for_selector("book-reader[data-kept]")
    assert "1.jpg?w=1080" not in asked
    assert "3.json" in asked


@pytest.mark.requirement("R012")
@pytest.mark.parametrize(
    ("breaks", "told"), [(FULL, "Ruang di perangkat ini tidak cukup"), (REFUSING, "Berkas ini tidak dapat disimpan")]
)
def test_what_cannot_be_kept_says_why_and_leaves_nothing(phone: Any, reader: Member, breaks: str, told: str):
    file = a_file(a_record("Padi"), a_pdf("Satu", "Dua"))
    phone.add_init_script(breaks)
    begin_to_keep(phone, file)
    until(phone, f"document.querySelector('[data-keep-said]').textContent.startsWith('{told}')")
    assert phone.is_enabled("dialog[open] [data-keep]")
    assert in_the_cache(phone) == []


@pytest.mark.requirement("R012")
def test_pages_that_were_borrowed_or_only_looked_at_do_not_stay_on_the_device(phone: Any, reader: Member, sari: User):
    lent = a_file(a_record("Berlisensi"), a_pdf("Satu", "Dua"), level=Levels.MEMBERS)
    set_lending(lent, by=sari)
    sign_in(phone, "ani")
    phone.goto(f"/files/{lent.pk}")
    phone.click("main form button:has-text('Pinjam')")
    phone.wait_for_selector("book-reader[data-ready]", state="attached")
    until(phone, "navigator.serviceWorker.controller !== null")
    opened(phone, f"/files/{lent.pk}/read")
    phone.click("[data-next]")
    until(phone, "document.querySelector('.leaf img').currentSrc.includes('pages/2.jpg')")
    phone.click("[data-bookmark]")
    assert phone.query_selector("[data-keep]") is None
    phone.wait_for_load_state("networkidle")
    assert in_the_cache(phone) == []


@pytest.mark.requirement("R012")
def test_who_signs_in_next_on_the_same_device_finds_nothing_of_hers(phone: Any, line: Line, reader: Member, budi: Member):
    budi.user.set_password("rahasia")
    budi.user.save()
    ours, open_to_all = (
        a_file(a_record("Untuk anggota"), a_pdf("Satu"), level=Levels.MEMBERS),
        a_file(a_record("Terbuka"), a_pdf("Satu")),
    )
    sign_in(phone, "ani")
    for each in (ours, open_to_all):
        keep(phone, each)
        phone.click("dialog[open] [data-close]")
        phone.click("[data-bookmark]")
        until(phone, "document.querySelector('book-reader').sync.isSent")
    assert list_of_kept(phone) == ["Untuk anggota", "Terbuka"]
    phone.goto("/accounts/logout/")
    phone.click("main button.main")
    phone.wait_for_url(f"{line.address}/")
    assert list_of_kept(phone) == ["Terbuka"]
    sign_in(phone, "budi")
    opened(phone, f"/files/{open_to_all.pk}/read")
    assert phone.evaluate("document.querySelector('book-reader').sync.marks") == []
    line.cut()
    phone.goto(f"/files/{ours.pk}/read")
    phone.wait_for_selector("kept-list[data-ready]")
    line.mend()
    assert {mark.reader for mark in Mark.objects.all()} == {reader.user}


@pytest.mark.requirement("R012")
def test_a_session_that_ended_takes_nothing_and_another_reader_takes_all_that_is_not_open(
    phone: Any, reader: Member, budi: Member
):
    budi.user.set_password("rahasia")
    budi.user.save()
    ours = a_file(a_record("Untuk anggota"), a_pdf("Satu"), level=Levels.MEMBERS)
    sign_in(phone, "ani")
    keep(phone, ours)
    phone.context.clear_cookies()
    assert list_of_kept(phone) == ["Untuk anggota"]
    sign_in(phone, "budi")
    phone.goto("/files/kept")
    until(phone, "document.querySelector('kept-list[data-ready] [data-empty]')?.hidden === false")


@pytest.mark.requirement("R012")
def test_what_the_library_took_back_leaves_the_device_when_it_is_connected(phone: Any, reader: Member, sari: User):
    first, second = (a_file(a_record(title), a_pdf("Satu")) for title in ("Padi", "Gabah"))
    for each in (first, second):
        keep(phone, each)
        withdraw_file(each, because="permintaan penulis", by=sari)
    phone.goto(f"/files/{first.pk}/read")
    phone.wait_for_url(f"**/files/{first.pk}")
    until(phone, f"caches.match('/files/{first.pk}/read').then(kept => kept === undefined)")
    phone.goto("/files/kept")
    until(phone, "document.querySelector('[data-said]').textContent.includes('dihapus dari perangkat ini: Gabah.')")
    assert in_the_cache(phone) == []


@pytest.mark.requirement("R012")
def test_a_newer_program_takes_the_place_of_the_older_one_in_what_is_kept(phone: Any, reader: Member):
    file = a_file(a_record("Padi"), a_pdf("Satu"))
    keep(phone, file)
    phone.evaluate(
        """address => caches.open('lumbung-reader').then(async cache => {
            const kept = await (await cache.match(address)).json();
            await cache.put('/static/lumbung/reader.0000.js', new Response(''));
            await cache.put(address, new Response(JSON.stringify({...kept, own: [location.origin + '/static/lumbung/reader.0000.js']})));
        })""",
        f"/files/{file.pk}/kept.json",
    )
    opened(phone, f"/files/{file.pk}/read")
    until(phone, "caches.match('/static/lumbung/reader.0000.js').then(kept => kept === undefined)")
    assert "/static/lumbung/reader.js" in in_the_cache(phone)
