"""Readers find what they need: ways on where nothing is found, ways further from what is found, and ways in from outside."""

import gzip
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.accounts.tests.factories import PASSWORD
from lumbung.catalogue.models import Record
from lumbung.circulation.models import Hold
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.digital.domain.words import read_words, rebuild
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.discovery.domain.courses import add_reading, add_section, make_course, publish
from lumbung.discovery.domain.interest import count_interest, pair_loans, write_opens
from lumbung.discovery.models import CuratedList
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel.jobs.worker import work_off
from lumbung.knowledge.tests.making import published
from lumbung.members.domain.members import choose_history
from lumbung.members.models import Category, Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120 Mobile"}


def lend(record: Record, *members: Member) -> None:
    for member in members:
        LoanFactory(item=ItemFactory(record=record), member=member)


def covers(page: str, section: str) -> list[str]:
    """The titles on the covers in the section with this heading, in their order."""
    return re.findall(r'<span class="t">(.*?)</span>', page.partition(f'id="{section}"')[2].partition("</section>")[0])


@pytest.mark.requirement("R114", missing="unggahan media sosial yang menuju judul dan dihitung")
def test_a_title_is_found_from_outside_and_its_link_carries_a_card(client: Client) -> None:
    record = catalogued("Bumi manusia", "Toer, Pramoedya Ananta", isbn="9789799731234", year="1980")
    page = client.get(f"/records/{record.pk}").text
    told = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert (told["@context"], told["@type"], told["name"], told["isbn"]) == (
        "https://schema.org",
        "Book",
        "Bumi manusia",
        ["9789799731234"],
    )
    assert '<meta property="og:title" content="Bumi manusia">' in page
    [card] = re.findall(r'property="og:image" content="http://testserver([^"]+)"', page)
    assert client.get(card)["Content-Type"] == "image/png"

    [index] = re.findall(r"Sitemap: http://testserver(\S+)", client.get("/robots.txt").text)
    [listed] = re.findall(r"<loc>http://testserver(.*?)</loc>", client.get(index).text)
    titles = gzip.decompress(b"".join(client.get(listed).streaming_content)).decode()
    assert f"<loc>http://testserver/records/{record.pk}</loc>" in titles


@pytest.mark.requirement("R102")
def test_a_reader_says_what_they_come_for_and_is_led_to_lists_guides_and_people(client: Client, sari: User) -> None:
    record = catalogued("Memahami penelitian kualitatif", "Sugiyono")
    staff = Client()
    staff.force_login(sari)
    staff.post("/staff/picks/", {"title": "Metode untuk pemula", "purpose": "research", "published": "on"})
    chosen = CuratedList.objects.get()
    staff.post(f"/staff/picks/{chosen.pk}/titles", {"record": record.pk})
    staff.post("/staff/purposes/research", {"people": "Bu Ratna, konsultasi riset", "shown": "on"})
    offered = re.findall(r'href="/purpose\?purpose=(\w+)"', client.get("/").text)
    assert offered == ["study", "research", "teaching", "work", "pleasure", "visit"]

    home = client.get("/purpose?purpose=research", follow=True).text.partition('id="tujuan"')[2].partition("</section>")[0]
    assert f'href="/picks/{chosen.pk}"' in home
    assert 'href="/search?material=thesis"' in home
    assert 'href="/help/cite"' in home
    [everything] = re.findall(r'href="(/for/\w+)"', home)
    page = client.get(everything).text
    assert "Metode untuk pemula" in page
    assert "Bu Ratna, konsultasi riset" in page
    assert 'href="/help/search"' in page


@pytest.mark.requirement("R108")
def test_a_title_leads_on_by_its_subject_by_its_class_by_what_its_readers_borrowed_and_by_lists_from_easy_to_deep(
    client: Client, sari: User
) -> None:
    record = catalogued("Ilmu tanah", "Hardjowigeno, Sarwono", subject="Ilmu tanah", classification="631.4")
    catalogued("Dasar-dasar ilmu tanah", "Tan, Kim Howard", subject="Ilmu tanah", classification="631.4")
    other = catalogued("Statistika pertanian", "Gomez, Kwanchai", subject="Statistika")
    work_off()
    for reader in MemberFactory.create_batch(3):
        lend(record, reader)
        lend(other, reader)
    pair_loans()
    assert f'href="/records/{record.pk}/more"' in client.get(f"/records/{record.pk}").text
    more = client.get(f"/records/{record.pk}/more").text
    assert covers(more, "serupa") == ["Dasar-dasar ilmu tanah"]
    assert covers(more, "bersama") == ["Statistika pertanian"]
    places = re.findall(r'href="(/search\?classification=\d+)"', more)
    assert places == ["/search?classification=6", "/search?classification=63"]
    assert "Dasar-dasar ilmu tanah" in client.get(places[0]).text
    assert "/browse/shelf?at=631.4" in more

    deep = catalogued("Pedologi lanjut", "Buol, Stanley")
    staff = Client()
    staff.force_login(sari)
    staff.post("/staff/picks/", {"title": "Ilmu tanah, dari dasar sampai mahir", "published": "on"})
    for each in (record, deep):
        staff.post(f"/staff/picks/{CuratedList.objects.get().pk}/titles", {"record": each.pk})
    steps = client.get(f"/records/{record.pk}/more").text.partition('id="langkah"')[2].partition("</section>")[0]
    assert "Ilmu tanah, dari dasar sampai mahir" in steps
    assert "Bacaan ke-1 dari 2" in steps
    assert f'href="/records/{deep.pk}">Pedologi lanjut</a>' in steps
    assert "Ini bacaan terakhir daftarnya." in client.get(f"/records/{deep.pk}/more").text


@pytest.mark.requirement("R112", missing="acara di kotak yang sama")
def test_one_box_finds_titles_reading_lists_articles_places_and_what_stands_inside_files_in_groups(
    client: Client, ani: Member, sari: User, with_role: Any
) -> None:
    BranchFactory(name="Perpustakaan Teknik", code="TEK")
    record = catalogued("Mekanika teknik", "Hibbeler, Russell")
    Category.objects.filter(pk=ani.category_id).update(teaches=True)
    course = make_course(by=ani.user, code="TS 201", name="Gambar teknik", term="Ganjil")
    add_reading(add_section(course, "Minggu 1", by=ani.user), by=ani.user, record=record.pk)
    publish(course, by=ani.user)
    thesis = a_file(catalogued("Gabah kering"), content=a_pdf("Sampul", "Mesin pengering ini karya mahasiswa teknik"))
    read_words(thesis)
    article = published(sari, "Memakai ruang teknik", circle="public", approver=with_role("head"))
    work_off()
    rebuild()
    found = client.get("/search?q=teknik")
    assert [row.title for row in found.context["results"].rows] == ["Mekanika teknik"]
    assert {group.source.name: [hit.title for hit in group.hits] for group in found.context["groups"]} == {
        "discovery.courses": ["TS 201 Gambar teknik"],
        "knowledge.articles": ["Memakai ruang teknik"],
        "organization.branches": ["Perpustakaan Teknik"],
    }
    assert f'href="/articles/{article.pk}"' in found.text
    [inside] = re.findall(
        r'<a href="([^"]+)" rel="nofollow">[^<]*(?:<svg.*?</svg>)?Cari kata-kata ini di dalam buku', found.text
    )
    assert f'href="/files/{thesis.pk}/read?page=2' in client.get(inside).text
    held = client.get("/search?access=here").context["results"]
    assert [row.title for row in held.rows] == ["Gabah kering"]
    assert f'href="/courses/{course.pk}"' in found.text


@pytest.mark.requirement("R212")
def test_what_nobody_found_is_answered_with_ways_on_and_counted_for_librarians(client: Client, sari: User) -> None:
    LibraryFactory(email="tanya@kampus.example")
    catalogued("Astrofisika bintang")
    work_off()
    page = client.get("/search?q=kromodinamika+kuark", headers=PHONE).text
    assert "Tidak ditemukan: “kromodinamika kuark”" in page
    assert "Periksa ejaannya" in page
    assert "/search/advanced?q=kromodinamika%20kuark" in page
    assert 'href="mailto:tanya@kampus.example"' in page
    assert 'href="/ask?wanted=kromodinamika%20kuark"' in page
    assert "Saya mencari: kromodinamika kuark" in client.get("/ask?wanted=kromodinamika%20kuark").text
    assert "Astrofisika bintang" in client.get("/search?q=astrofisyka", headers=PHONE).text
    client.force_login(sari)
    assert "kromodinamika kuark" in client.get("/staff/searches").text


@pytest.mark.requirement("R213", missing="sebutan di media sosial")
def test_what_is_lent_held_and_opened_this_week_is_on_the_first_page_and_at_the_desk(
    client: Client, sari: User, ani: Member, budi: Member
) -> None:
    write_opens()
    LoanRuleFactory(category=budi.category)
    titles = [catalogued(title) for title in ("Laskar pelangi", "Bumi manusia", "Cantik itu luka", "Pulang")]
    opened, held, lent, _ = titles
    work_off()
    lend(lent, ani)
    lend(held, ani)
    reader = Client()
    reader.force_login(budi.user)
    reader.post(f"/records/{held.pk}/holds", {"branch": budi.branch_id})
    client.get(f"/records/{opened.pk}", headers={**PHONE, "Referer": "http://testserver/search?q=laskar"})
    write_opens()
    count_interest()
    assert covers(client.get("/").text, "naik-daun") == ["Bumi manusia", "Cantik itu luka", "Laskar pelangi"]
    month = client.get("/browse/trending?days=30").text
    assert re.findall(r'<a href="/records/\d+">(.*?)</a>', month) == ["Bumi manusia", "Cantik itu luka", "Laskar pelangi"]
    client.force_login(sari)
    desk = client.get("/staff/desk").text
    told = re.findall(r'<li><div><a href="/records/\d+">(.*?)</a>.*?<span class="dot ?(.*?)">', desk)
    assert told == [("Bumi manusia", "out"), ("Cantik itu luka", "out"), ("Laskar pelangi", "none")]


@pytest.mark.requirement("R215", missing="daftar di unggahan media sosial")
@pytest.mark.requirement("R120")
def test_ani_is_offered_what_readers_of_her_book_borrowed_and_told_why(client: Client, ani: Member) -> None:
    soil, fertility, novel = catalogued("Ilmu tanah"), catalogued("Kesuburan tanah"), catalogued("Bumi manusia")
    for reader in MemberFactory.create_batch(3):
        lend(soil, reader)
        lend(fertility, reader)
    lend(novel, *MemberFactory.create_batch(3))
    lend(soil, ani)
    pair_loans()
    choose_history(ani, True, by=ani.user)
    client.force_login(ani.user)
    assert 'hx-get="/my/suggestions"' in client.get("/my").text
    page = client.get("/my/suggestions").text
    assert "Karena Anda meminjam “Ilmu tanah”" in page
    assert "Kesuburan tanah" in page
    assert "Bumi manusia" not in page


@pytest.mark.requirement("R120")
def test_a_search_budi_keeps_is_a_profile_from_which_titles_are_offered_and_told_of(client: Client, budi: Member) -> None:
    catalogued("Ilmu tanah", subject="Ilmu tanah")
    catalogued("Kesuburan tanah", subject="Ilmu tanah")
    catalogued("Bumi manusia")
    work_off()
    client.force_login(budi.user)
    client.post("/my/searches", {"search": "?q=ilmu+tanah", "name": "ilmu tanah", "frequency": "weekly"})
    assert 'hx-get="/my/suggestions"' in client.get("/").text
    page = client.get("/my/suggestions").text
    assert "Karena Anda menyimpan pencarian “ilmu tanah”" in page
    assert "Ilmu tanah" in page
    assert "Bumi manusia" not in page


@pytest.mark.requirement("R215", missing="daftar di unggahan media sosial")
def test_a_librarians_choice_stands_on_the_first_page(client: Client, sari: User) -> None:
    record = catalogued("Bumi manusia", "Toer, Pramoedya Ananta")
    staff = Client()
    staff.force_login(sari)
    staff.post("/staff/picks/", {"title": "Wajib dibaca", "intro": "Lima novel.", "published": "on"})
    curated = CuratedList.objects.get()
    staff.post(f"/staff/picks/{curated.pk}/titles", {"record": record.pk, "note": "Mulailah di sini."})
    home = client.get("/").text
    assert f'href="/picks/{curated.pk}"' in home
    assert "Wajib dibaca" in home
    shown = client.get(f"/picks/{curated.pk}").text
    assert f'<a href="/records/{record.pk}">Bumi manusia</a>' in shown
    assert "Mulailah di sini." in shown


@pytest.fixture
def bare_phone(browser: "Browser", live_server: Any) -> Iterator["Page"]:
    """A page 360 px wide and dark, with touch and without scripts."""
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        java_script_enabled=False,
        color_scheme="dark",
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.mark.requirement("R357")
@pytest.mark.django_db(transaction=True)
def test_ani_searches_filters_opens_signs_in_holds_and_cancels_on_a_narrow_phone_without_scripts(
    bare_phone: "Page", ani: Member
) -> None:
    page = bare_phone
    LoanRuleFactory(category=ani.category)
    toer = catalogued("Bumi manusia", "Toer, Pramoedya Ananta", year="1980")
    ItemFactory(record=toer, branch=ani.branch)
    catalogued("Bumi", "Liye, Tere", year="2014")
    work_off()
    page.goto("/")
    page.get_by_role("searchbox").first.fill("bumi")
    page.keyboard.press("Enter")
    page.locator("article.result").nth(1).wait_for()
    page.get_by_label("Urutkan").select_option(label="Terbitan terbaru")
    page.get_by_role("button", name="Urutkan").tap()
    page.wait_for_url("**sort=year**")
    assert page.locator("article.result h2").all_inner_texts() == ["Bumi", "Bumi manusia"]
    page.get_by_role("button", name="Saring").tap()
    page.locator("summary", has_text="Pengarang").tap()
    page.get_by_label("Toer, Pramoedya Ananta").tap()
    page.get_by_role("button", name="Terapkan saringan").tap()
    page.locator(".chips.active").wait_for()
    assert page.locator("article.result").count() == 1
    page.get_by_role("link", name="Bumi manusia").first.tap()
    page.get_by_role("link", name="Masuk untuk memesan").tap()
    page.locator("[name=login]").fill("ani")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").tap()
    page.locator("#pesan button").tap()
    page.locator("summary", has_text="Batalkan pesanan Bumi manusia").tap()
    sure = page.get_by_role("button", name="Ya, batalkan Bumi manusia")
    sure.wait_for()
    assert [(hold.record_id, hold.member_id) for hold in Hold.objects.open()] == [(toer.pk, ani.pk)], "it asks first"
    sure.tap()
    page.get_by_text("Pesanan dibatalkan: Bumi manusia.").wait_for()
    assert not Hold.objects.open().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_suggestion_on_the_first_page_is_seen_or_scrolled_to(desktop: "Page", width: int) -> None:
    """The welcome ends above where they do."""
    page = desktop
    page.set_viewport_size({"width": width, "height": 640})
    for number in range(8):
        catalogued(f"Bumi manusia jilid {number}", "Toer, Pramoedya Ananta", year="1980")
    work_off()
    page.goto("/")
    page.locator("main [name=q]").press_sequentially("bumi")
    options = page.get_by_role("option")
    options.nth(4).wait_for()
    options.last.scroll_into_view_if_needed()
    is_on_top = """each => { const at = each.getBoundingClientRect();
        return each.contains(document.elementFromPoint(at.x + at.width / 2, at.bottom - 6)) }"""
    assert options.last.evaluate(is_on_top)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.django_db(transaction=True)
def test_ten_thousand_signs_put_into_the_box_are_cut_and_the_page_says_so(bare_phone: "Page") -> None:
    """Their address would be longer than any server takes, which answers with an empty page."""
    page = bare_phone
    catalogued("Bumi manusia", "Toer, Pramoedya Ananta", year="1980")
    work_off()
    for start in ("/", "/search"):
        page.goto(start)
        page.get_by_role("searchbox").first.click()
        page.keyboard.insert_text("bumi " + "😀" * 10_000)
        page.keyboard.press("Enter")
        page.get_by_text("Pertanyaan terlalu panjang; yang dicari hanya bagian awalnya.").wait_for()
        assert page.get_by_role("searchbox").first.input_value().startswith("bumi")


@pytest.mark.requirement("R357")
@pytest.mark.django_db(transaction=True)
def test_values_of_one_filter_widen_those_of_another_narrow_and_each_is_taken_away_again_without_scripts(
    bare_phone: "Page",
) -> None:
    LibraryFactory()
    catalogued("Bumi manusia", "Toer, Pramoedya Ananta", language="ind")
    catalogued("This earth of mankind (Bumi manusia)", "Toer, Pramoedya Ananta", language="eng")
    catalogued("Bumi", "Liye, Tere", language="ind")
    catalogued("Lakoning bumi", "Suparto Brata", language="jav")
    work_off()
    page = bare_phone

    def choose(facet: str, *values: str) -> list[str]:
        """Open the sheet, tap what is named, apply it; the titles found then."""
        page.get_by_role("button", name="Saring").tap()
        group = page.locator("details.group", has=page.locator("summary", has_text=facet))
        if group.get_attribute("open") is None:
            group.locator("summary").tap()
        for value in values:
            group.get_by_label(value).tap()
        page.get_by_role("button", name="Terapkan saringan").tap()
        page.locator(".chips.active", has_text=values[-1]).wait_for()
        return sorted(page.locator("article.result h2").all_inner_texts())

    page.goto("/search?q=bumi")
    assert choose("Bahasa", "Indonesia", "Inggris") == ["Bumi", "Bumi manusia", "This earth of mankind (Bumi manusia)"]
    assert choose("Pengarang", "Toer") == ["Bumi manusia", "This earth of mankind (Bumi manusia)"]
    page.locator(".chips.active").get_by_role("link", name="Inggris").tap()
    page.locator(".chips.active", has_not_text="Inggris").wait_for()
    assert page.locator("article.result h2").all_inner_texts() == ["Bumi manusia"]
    page.get_by_role("button", name="Saring").tap()
    under_the_button = page.evaluate("document.elementFromPoint(40, 735).id")
    assert under_the_button == "pilihan", "no value shows through beside the button"
