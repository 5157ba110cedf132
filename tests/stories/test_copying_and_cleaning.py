"""A book is catalogued by its ISBN from another library; what is here twice is told, merged by a key, and taken back. No mouse."""

from typing import TYPE_CHECKING, Any

import pytest

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.catalogue.domain.copying.targets import add_target
from lumbung.catalogue.domain.likely_pairs import search_every_night
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.tests.factories import BranchFactory, ItemTypeFactory, a_record, an_item
from lumbung.formats.marc import Field
from lumbung.organization.tests.factories import LibraryFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ISBN, TITLE = "0-8369-6843-3", "The religious teachers of Greece"


@pytest.fixture
def desk(desktop: "Page", transactional_db: None, settings: Any, foreign_catalogue: str) -> "Page":
    """Sari has signed in; one catalogue answers, one is dead."""
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    LibraryFactory()
    BranchFactory()
    ItemTypeFactory()
    UserFactory(username="sari", name="Sari", roles=[Role.CATALOGUER])
    add_target(name="Jauh", protocol="z3950", address=foreign_catalogue, most=24, switched_on=True, by=None)
    add_target(name="Mati", protocol="sru", address="http://127.0.0.1:1", switched_on=True, by=None)
    desktop.goto("/accounts/login/?next=/staff/copying/")
    desktop.locator("[name=login]").fill("sari")
    desktop.locator("[name=password]").fill(PASSWORD)
    desktop.keyboard.press("Enter")
    expect(desktop.locator("[name=isbn]")).to_be_focused()
    return desktop


def ask(desk: "Page", isbn: str) -> None:
    desk.locator("[name=isbn]").first.focus()
    desk.keyboard.type(isbn)
    desk.keyboard.press("Enter")


@pytest.mark.requirement("R310")
def test_a_book_comes_in_by_its_isbn_once_and_mistakes_are_told(desk: "Page"):
    ask(desk, "0-8369-6843-4")
    expect(desk.get_by_text("tidak sah: periksa angkanya")).to_be_visible()
    desk.locator("[name=isbn]").first.fill("")
    ask(desk, ISBN)
    expect(desk.locator("#best [name=barcode]")).to_be_focused()
    expect(desk.get_by_text("Tidak ada yang menjawab di alamat itu.")).to_be_visible()
    desk.locator("#best [name=item_type]").select_option(label="Buku")
    desk.locator("#best [name=barcode]").focus()
    desk.keyboard.type("B-1")
    desk.keyboard.press("Enter")
    expect(desk.locator("#taken")).to_have_text(TITLE)
    item = Item.objects.get(barcode="B-1")
    assert (item.record.title, item.call_number) == (TITLE, "292.08 ADA r")
    ask(desk, ISBN)
    expect(desk.get_by_text("Terbitan ini sudah ada di katalog kita:").first).to_be_visible()
    desk.keyboard.press("F4")
    desk.wait_for_url(f"**/staff/records/{item.record_id}/items/new")
    desk.goto(f"/staff/copying/?taken={item.record_id}")
    desk.keyboard.press("F9")
    desk.wait_for_url(f"**/staff/labels?record={item.record_id}")
    with desk.expect_download() as printed:
        desk.locator("button[name=print]").first.click()
    assert printed.value.suggested_filename.endswith(".pdf")


def test_what_is_here_twice_is_merged_by_one_key_and_taken_back(desk: "Page"):
    number = Field("020", subfields=[("a", "9780836968439")])
    kept, gone = a_record("Guru agama", number), a_record("Guru Agama", number)
    an_item(kept, "B-1")
    an_item(gone, "B-2")
    search_every_night()
    desk.goto("/staff/likely-pairs/")
    desk.keyboard.press("g")
    expect(desk.get_by_text("Tidak ada yang perlu diputuskan")).to_be_visible()
    assert {each.record_id for each in Item.objects.all()} == {kept.pk}
    desk.goto(f"/records/{gone.pk}")
    assert desk.url.endswith(f"/records/{kept.pk}")
    desk.goto("/staff/mergers/")
    desk.get_by_role("button", name="Batalkan").press("Enter")
    desk.wait_for_url(f"**/staff/records/{gone.pk}")
    assert Record.objects.count() == 2
    assert Item.objects.get(barcode="B-2").record_id == gone.pk
