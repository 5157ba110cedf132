"""A cataloguer types a name and a subject, and takes the established heading with the keys: on the simple form and in the grid."""

from typing import TYPE_CHECKING

import pytest

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.catalogue import queries
from lumbung.catalogue.domain.authorities.entry import AuthorityEntry, new_authority_marc
from lumbung.catalogue.domain.authorities.establishing import add_authority
from lumbung.catalogue.models import HeadingKind, Record
from lumbung.catalogue.tests.factories import a_record
from lumbung.formats.marc import Field
from lumbung.organization.tests.factories import LibraryFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOER = "Toer, Pramoedya Ananta, 1925-2006"


@pytest.fixture(autouse=True)
def established(transactional_db: None):
    LibraryFactory()
    UserFactory(username="sari", name="Sari", roles=[Role.CATALOGUER])
    entries = [
        AuthorityEntry(heading=TOER, see=["Pram"]),
        AuthorityEntry(kind=HeadingKind.SUBJECT, heading="Roman Indonesia"),
        AuthorityEntry(kind=HeadingKind.PLACE, heading="Roma (Italia)"),
    ]
    return [add_authority(new_authority_marc(each), by=None) for each in entries]


def opened(page: "Page", address: str) -> "Page":
    page.goto(f"/accounts/login/?next={address}")
    page.locator("[name=login]").fill("sari")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    return page


def take(page: "Page", name: str) -> None:
    """Go down to the heading that reads so, and take it."""
    option = page.locator(".choices [role=option]", has_text=name)
    expect(option).to_be_visible()
    for _ in range(page.locator(".choices [role=option]").count()):
        page.keyboard.press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".choices")).to_be_hidden()


def stand_under(established) -> list[list[int]]:
    return [[each.pk for each in queries.records_under(authority)] for authority in established]


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_headings_are_taken_on_the_simple_form(width, request, established):
    page = opened(request.getfixturevalue(width), "/staff/records/new")
    page.locator("[name=title]").fill("Gadis pantai")
    page.locator("[name=people]").focus()
    page.keyboard.type("pram")
    take(page, TOER)
    page.locator("[name=subjects]").focus()
    page.keyboard.type("Perempuan")
    page.keyboard.press("Enter")
    page.keyboard.type("rom")
    expect(page.locator(".choices [role=option]")).to_have_count(2)
    take(page, "Roma (Italia)")
    assert page.locator("[name=people]").input_value() == TOER
    assert page.locator("[name=subjects]").input_value() == "Perempuan\nRoma (Italia)"
    page.locator("#editor").evaluate("form => form.requestSubmit()")
    page.wait_for_selector(".staff-record")
    saved = Record.objects.get()
    assert stand_under(established) == [[saved.pk], [], [saved.pk]]


def test_a_heading_is_taken_in_the_grid_and_undone(desktop: "Page", established):
    page = opened(desktop, "/staff/records/new/marc")
    page.wait_for_selector(".marc-row")
    page.locator(".marc-row textarea").first.focus()
    for tag, typed, name in (("245", "Gadis pantai", ""), ("700", "toer", TOER), ("650", "rom", "Roman Indonesia")):
        page.keyboard.press("Control+g")
        page.keyboard.type(tag)
        page.keyboard.press("Enter")
        page.keyboard.type(typed)
        if name:
            expect(page.locator(".choices [role=option]")).to_have_count(1)
            take(page, name)
    told = page.locator("#lines").input_value().splitlines()
    assert "700 1# $aToer, Pramoedya Ananta,$d1925-2006" in told
    assert any(line.startswith("650") and line.endswith("$aRoman Indonesia") for line in told)
    page.keyboard.press("Control+z")
    assert any(line.startswith("650") and line.endswith("$arom") for line in page.locator("#lines").input_value().splitlines())
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".staff-record")
    saved = Record.objects.get()
    assert stand_under(established) == [[saved.pk], [saved.pk], []]


def test_definitions_that_come_late_take_nothing_from_under_the_fingers(desktop: "Page"):
    held: list = []
    desktop.route("**/definitions.json*", lambda route: held.append(route))  # noqa: PLW0108 -- Playwright takes no method of a list
    page = opened(desktop, "/staff/records/new/marc")
    page.locator(".marc-row textarea").first.focus()
    page.keyboard.press("Control+g")
    page.keyboard.type("245")
    page.keyboard.press("Enter")
    page.keyboard.type("Gadis ")
    title = page.get_by_role("group", name="245")
    assert title.locator(".marc-label").inner_text() == ""
    held[0].continue_()
    expect(title.locator(".marc-label")).not_to_be_empty()
    page.keyboard.type("pantai")
    assert any(
        line.startswith("245") and line.endswith("$aGadis pantai") for line in page.locator("#lines").input_value().splitlines()
    )


def test_a_heading_typed_over_in_the_grid_loses_its_link_and_the_fingers_stay_where_they_are(desktop: "Page", established):
    name = Field("700", "1", " ", [("0", "(ID-Ju)n42"), ("a", "Toer, Pram"), ("e", "penyusun")])
    record = a_record("Gadis pantai", name)
    page = opened(desktop, f"/staff/records/{record.pk}/marc")
    box = page.get_by_label("700 $a", exact=False)
    box.focus()
    page.keyboard.press("End")
    page.keyboard.type("oedya")
    assert page.evaluate("document.activeElement.value") == "Toer, Pramoedya"
    assert "700 1# $aToer, Pramoedya$epenyusun" in page.locator("#lines").input_value().splitlines()
    expect(page.get_by_label("700 $0")).to_have_count(0)
    page.get_by_label("700 $e").fill("editor")
    assert "700 1# $aToer, Pramoedya$eeditor" in page.locator("#lines").input_value().splitlines()
    for _ in range(2):
        page.keyboard.press("Control+z")
    assert "700 1# $0(ID-Ju)n42$aToer, Pram$epenyusun" in page.locator("#lines").input_value().splitlines()


def test_a_heading_of_which_a_part_is_taken_out_or_recoded_in_the_grid_loses_its_link_and_says_so(desktop: "Page", established):
    padi = [("a", "Padi"), ("x", "Penyakit"), ("z", "Jawa"), ("0", "(ID-Ju)s1")]
    record = a_record("Hama padi", Field("650", " ", "4", padi), Field("650", " ", "4", padi))
    page = opened(desktop, f"/staff/records/{record.pk}/marc")
    first, second = page.get_by_role("group", name="650").nth(0), page.get_by_role("group", name="650").nth(1)
    second.locator(".code").nth(1).focus()
    page.keyboard.type("v")
    expect(page.get_by_text("Tajuk berubah, jadi kaitannya ($0) dilepas.")).to_be_visible()
    expect(second.locator(".code")).to_have_count(3)
    first.locator("textarea").nth(2).fill("")
    page.keyboard.press("Control+Backspace")
    told = [line for line in page.locator("#lines").input_value().splitlines() if line.startswith("650")]
    assert told == ["650 #4 $aPadi$xPenyakit", "650 #4 $aPadi$vPenyakit$zJawa"]
    expect(first.locator(".code")).to_have_count(2)
