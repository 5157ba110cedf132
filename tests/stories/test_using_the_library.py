"""What a member does from a phone or a desktop, in a real browser: find, look, sign in, renew, hold, cancel."""

import gzip
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.catalogue.domain.items import add_item
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.models import Item, Material
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanRuleFactory
from lumbung.digital.models import Levels
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.discovery.tests.shelf import catalogued
from lumbung.formats.marc import Field, Record
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, LocationFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect


@pytest.fixture
def ani_with_a_loan(transactional_db: None) -> Member:
    """Ani holds "Bumi manusia" for three more days; "Anak semua bangsa" stands on the shelf."""
    LibraryFactory()
    branch = BranchFactory(code="PUSAT")
    user = UserFactory(username="ani", name="Ani Saraswati", roles=[Role.MEMBER])
    ani = MemberFactory(name="Ani Saraswati", barcode="K1", user=user, branch=branch)
    LoanRuleFactory(category=ani.category)
    lent = ItemFactory(record=catalogued("Bumi manusia", "Pramoedya Ananta Toer"), branch=branch, barcode="B1")
    ItemFactory(record=catalogued("Anak semua bangsa", "Pramoedya Ananta Toer"), branch=branch, barcode="B2")
    with clock.stopped_at(clock.now() - timedelta(days=4)):
        check_out(lent, to=ani, at=branch, by=None)
    work_off()
    return ani


def use_the_library(page: "Page", ani: Member) -> None:
    """Everything a member comes for, by the buttons and links on the page."""
    page.goto("/")
    page.get_by_role("combobox", name="Cari di koleksi").first.fill("TOER pramoedya")
    page.keyboard.press("Enter")
    expect(page.locator("article.result")).to_have_count(2)
    page.get_by_role("link", name="Anak semua bangsa").first.click()
    expect(page.locator("h1")).to_have_text("Anak semua bangsa")
    expect(page.locator(".places")).to_contain_text("Tersedia")

    page.get_by_role("link", name="Masuk untuk memesan").click()
    page.locator("[name=login]").fill("ani")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.locator("#pesan button").click()
    assert Hold.objects.get(member=ani).record.title == "Anak semua bangsa"

    page.goto("/my")
    due = Loan.objects.get(member=ani).due_at
    page.get_by_role("button", name="Perpanjang Bumi manusia").click()
    expect(page.locator(".loan").first).to_contain_text("1× diperpanjang")
    assert Loan.objects.get(member=ani).due_at > due
    page.locator("summary", has_text="Batalkan pesanan Anak semua bangsa").click()
    assert Hold.objects.open().exists(), "it asks first"
    page.get_by_role("button", name="Ya, batalkan Anak semua bangsa").click()
    expect(page.locator("main")).to_contain_text("Tidak ada pesanan")
    assert not Hold.objects.open().exists()


@pytest.mark.browser
@pytest.mark.requirement("R107")
def test_ani_uses_every_service_for_members_at_a_desktop(desktop: "Page", ani_with_a_loan: Member) -> None:
    use_the_library(desktop, ani_with_a_loan)


@pytest.mark.browser
@pytest.mark.requirement("R357")
def test_ani_does_the_same_on_a_narrow_phone_which_offers_to_keep_it_as_an_app(phone: "Page", ani_with_a_loan: Member) -> None:
    use_the_library(phone, ani_with_a_loan)
    for address in ("/", "/search?q=toer", "/my"):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") == 360
    chromium = phone.context.new_cdp_session(phone)
    told = chromium.send("Page.getAppManifest")
    assert (told["errors"], '"start_url": "/my"' in told["data"], '"display": "standalone"' in told["data"]) == ([], True, True)
    against = {each["errorId"] for each in chromium.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert against <= {"in-incognito"}, against  # every browser of a test is one


COVERED = """() => {
  const round = document.querySelector(".ask > .button"), over = round.getBoundingClientRect();
  window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  const meets = (box) => box.left < over.right && box.right > over.left && box.top < over.bottom && box.bottom > over.top;
  return [...document.querySelectorAll("a, button, input, select, textarea, summary, label")]
    .filter((each) => !round.contains(each) && each.checkVisibility() && [...each.getClientRects()].some(meets))
    .map((each) => each.innerText || each.name);
}"""
"""What can be pressed and lies under the button for asking, where a page has been scrolled to its end."""


@pytest.mark.browser
@pytest.mark.requirement("R357")
def test_at_the_end_of_a_page_the_button_for_asking_lies_on_nothing_that_can_be_pressed(
    phone: "Page", ani_with_a_loan: Member
) -> None:
    def look(*addresses: str) -> None:
        for address in addresses:
            phone.goto(address)
            assert phone.evaluate(COVERED) == [], address

    title = Loan.objects.get().item.record_id
    look(
        "/",
        "/search?q=toer",
        "/search?q=tidakada",
        "/search/advanced",
        "/browse",
        f"/records/{title}",
        "/help",
        "/accounts/login/",
    )
    phone.locator("[name=login]").fill("ani")
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("main button[type=submit]").click()
    look("/my", "/my/lists", "/my/settings", "/ask")


BROKEN_WORDS = """(names) => [...document.querySelectorAll(names)].filter((each) => {
  const words = [...each.firstChild.data.matchAll(/\\S+/g)];
  return words.some((word) => {
    const range = document.createRange();
    range.setStart(each.firstChild, word.index);
    range.setEnd(each.firstChild, word.index + word[0].length);
    return range.getClientRects().length > 1;
  });
}).map((each) => each.innerText)"""
"""The texts that break inside a word."""


@pytest.mark.browser
def test_on_a_phone_a_call_number_stays_legible_beside_the_day_a_late_copy_was_due(
    phone: "Page", ani_with_a_loan: Member
) -> None:
    lent = Loan.objects.get()
    Item.objects.filter(pk=lent.item_id).update(call_number="001.422 SUG m")
    Loan.objects.update(lent_at=clock.now() - timedelta(days=20), due_at=clock.now() - timedelta(days=13))
    phone.goto(f"/records/{lent.item.record_id}")
    expect(phone.locator(".places")).to_contain_text("seharusnya kembali")
    assert phone.evaluate(BROKEN_WORDS, ".places .call") == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.browser
@pytest.mark.requirement("R306", missing="aplikasi telepon yang tahan putus sambungan")
def test_a_far_away_reader_searches_on_a_thin_line_without_javascript(
    browser: Any, live_server: Any, ani_with_a_loan: Member
) -> None:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="id-ID"
    )
    page, weights = context.new_page(), []
    page.on("response", lambda answer: weights.append(len(gzip.compress(answer.body()))))
    page.goto("/search?q=pramoedya")
    expect(page.locator("article.result")).to_have_count(2)
    assert sum(weights) < 100_000
    page.get_by_role("link", name="Bumi manusia").first.click()
    expect(page.locator(".places")).to_contain_text("Dipinjam")
    context.close()


def described(title: str, leader: str, *more: Field) -> Record:
    fields = [Field("008", value="260101s2020    io                  ind d"), Field("245", "1", "0", [("a", title)])]
    return Record(leader, [*fields, Field("650", " ", "4", [("a", "Gamelan")]), *more])


@pytest.mark.django_db
@pytest.mark.requirement("R001")
def test_one_search_finds_a_book_a_thesis_file_and_a_video_and_tells_how_to_get_each(client: Client, sari: User) -> None:
    branch: Branch = BranchFactory(code="PUSAT")
    shelf = LocationFactory(branch=branch, name="Ruang pandang-dengar", directions="Lantai 3, ujung barat.")
    book = add_record(described("Mengenal gamelan Jawa", "00000nam a2200000 i 4500"), by=sari)
    file = Field("856", "4", "0", [("u", "https://repositori.example/gamelan.pdf"), ("y", "Baca naskah")])
    thesis = add_record(
        described("Laras gamelan Bali", "00000nam a2200000 i 4500", Field("502", subfields=[("b", "Skripsi")]), file), by=sari
    )
    kept = add_record(described("Gamelan Sunda", "00000nam a2200000 i 4500", Field("502", subfields=[("b", "Tesis")])), by=sari)
    a_file(kept, a_pdf("Bab satu"), name="tesis.pdf", level=Levels.MEMBERS)
    video = add_record(described("Gamelan di istana", "00000ngm a2200000 i 4500"), by=sari)
    add_item(book, barcode="B1", branch=branch, item_type=ItemTypeFactory(code="textbook"), call_number="786.8 SUP m", by=sari)
    add_item(
        video, barcode="V1", branch=branch, location=shelf, item_type=ItemTypeFactory(code="audiovisual"),
        call_number="VCD 12", by=sari,
    )  # fmt: skip
    work_off()

    found = client.get("/search?q=gamelan").content.decode()
    titles = (book, thesis, kept, video)
    for record in titles:
        assert f"/records/{record.pk}" in found
    assert [each.material for each in titles] == [Material.BOOK, Material.THESIS, Material.THESIS, Material.VIDEO]

    shown = {record.pk: client.get(f"/records/{record.pk}").content.decode() for record in titles}
    assert "786.8 SUP m" in shown[book.pk]
    assert "Perpustakaan Pusat" in shown[book.pk]
    assert 'href="https://repositori.example/gamelan.pdf"' in shown[thesis.pk]
    assert "dibaca daring" in shown[thesis.pk]
    assert ("#berkas" in shown[kept.pk], "Berkas ini untuk anggota perpustakaan." in shown[kept.pk]) == (True, True)
    assert "Ruang pandang-dengar" in shown[video.pk]
    assert "Lantai 3, ujung barat." in shown[video.pk]


@pytest.mark.django_db
@pytest.mark.requirement("R217")
@pytest.mark.parametrize("role", [Role.CIRCULATION, Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD, Role.ADMIN])
def test_each_role_reaches_its_five_commonest_tasks_in_one_step_from_its_home(client: Client, role: str) -> None:
    BranchFactory(code="PUSAT")
    client.force_login(UserFactory(roles=[role]))
    home = client.get("/staff/")
    tasks = home.context["tasks"]
    assert len(tasks) == 5
    for task in tasks:
        assert f'href="{task.url}"' in home.content.decode()
        assert client.get(task.url).status_code == 200
