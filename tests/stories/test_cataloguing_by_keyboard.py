"""A new book in the MARC grid: a cataloguer types it, looks at codes, undoes, loses the line, and never touches the mouse."""

from typing import TYPE_CHECKING

import pytest

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.catalogue.models import Draft, Record
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from tests.line import Line

if TYPE_CHECKING:
    from playwright.sync_api import Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def grid(desktop: "Page", line: Line, transactional_db: None) -> "Page":
    """Sari has signed in, over a line that can be cut, and opened a new record."""
    page = desktop
    LibraryFactory()
    BranchFactory(code="PUSAT")
    UserFactory(username="sari", name="Sari", roles=[Role.CATALOGUER])
    page.goto(f"{line.address}/accounts/login/?next=/staff/records/new/marc")
    page.locator("[name=login]").fill("sari")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".marc-row")
    expect(page.locator(".marc-row[aria-label^='245 Judul']")).to_be_visible()
    return page


def go_to(page: "Page", tag: str) -> None:
    page.keyboard.press("Control+g")
    page.keyboard.type(tag)
    page.keyboard.press("Enter")


def lines(page: "Page") -> list[str]:
    return page.locator("#lines").input_value().splitlines()


def test_a_book_is_catalogued_from_title_to_saved(grid: "Page"):
    grid.locator(".marc-row textarea").first.focus()
    go_to(grid, "245")
    grid.keyboard.type("Bumi manusia :")
    grid.keyboard.press("Enter")
    grid.keyboard.type("b")
    grid.keyboard.type("sebuah roman")
    go_to(grid, "500")
    grid.keyboard.type("Catatan")
    grid.keyboard.press("Control+d")
    assert [line for line in lines(grid) if line.startswith(("245", "500"))] == [
        "245 10 $aBumi manusia :$bsebuah roman",
        "500 ## $aCatatan",
        "500 ## $aCatatan",
    ]
    grid.keyboard.press("Control+z")
    go_to(grid, "008")
    grid.keyboard.press("F2")
    expect(grid.locator(".marc-panel select").first).to_be_visible()
    grid.keyboard.press("Escape")
    grid.keyboard.press("Control+s")
    grid.wait_for_selector(".staff-record")
    saved = Record.objects.get()
    assert (saved.title, [field.get("a") for field in saved.marc_record.all("500")]) == (
        "Bumi manusia: sebuah roman",
        ["Catatan"],
    )


def test_what_is_typed_without_a_connection_is_there_on_return(grid: "Page", line: Line):
    grid.locator(".marc-row textarea").first.focus()
    line.cut()
    go_to(grid, "245")
    grid.keyboard.type("Judul di tengah putusnya sambungan")
    expect(grid.locator("keep-draft")).to_contain_text("Sambungan terputus")
    line.mend()
    expect(grid.locator("keep-draft")).to_contain_text("Draf tersimpan")
    assert Draft.objects.get().title == "Judul di tengah putusnya sambungan"


def test_saving_without_a_connection_loses_nothing_and_goes_on_where_it_was(grid: "Page", line: Line):
    grid.locator(".marc-row textarea").first.focus()
    line.cut()
    go_to(grid, "245")
    grid.keyboard.type("Tersimpan sesudahnya")
    grid.keyboard.press("Control+s")
    expect(grid.locator("keep-draft")).to_contain_text("belum tersimpan di katalog")
    assert "245 10 $aTersimpan sesudahnya" in lines(grid)
    assert not Record.objects.exists()
    line.mend()
    grid.keyboard.press("Control+s")
    grid.wait_for_selector(".staff-record")
    assert (Record.objects.get().title, Draft.objects.count()) == ("Tersimpan sesudahnya", 0)
    grid.goto(f"{line.address}/staff/records/new/marc")
    expect(grid.locator(".marc-row[aria-label^='245 Judul']")).to_be_visible()
    expect(grid.locator("keep-draft")).to_be_empty()
