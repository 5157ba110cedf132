"""A morning at the desk: Sari lends, renews and takes back, and never touches the mouse."""

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.circulation.domain.claims import claim_return
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.members.domain.members import register
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from tests.stories.test_reading_with_any_eyes import AXE, STANDARDS

if TYPE_CHECKING:
    from playwright.sync_api import Page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def branch(transactional_db: None) -> Branch:
    LibraryFactory()
    return BranchFactory(code="PUSAT")


def a_member(branch: Branch, name: str, number: str) -> Member:
    spell = {"joined_on": date(2020, 1, 1), "expires_on": date(2099, 1, 1)}
    return register(name=name, category=CategoryFactory(), branch=branch, identifiers=[("nim", number)], by=None, **spell)


@pytest.fixture
def ani(branch: Branch) -> Member:
    LoanRuleFactory(category=CategoryFactory())
    return a_member(branch, "Ani Saraswati", "2311040087")


def sit_down(page: "Page", *more: Role) -> None:
    """Sari signs in and comes to the desk; the scan box waits for her."""
    UserFactory(username="sari", name="Sari", roles=[Role.LIBRARIAN, *more])
    page.goto("/accounts/login/?next=/staff/desk")
    page.locator("[name=login]").focus()
    page.keyboard.type("sari")
    page.locator("[name=password]").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("scan-box")


def scan(page: "Page", code: str, *, said: str) -> None:
    """As a scanner does: keys into whatever has the focus, then Enter. Then the desk says what it did."""
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("#desk")).to_contain_text(said)


@pytest.mark.requirement("R317", "R318")
def test_sari_lends_renews_and_takes_back_by_keyboard_alone(desktop: "Page", ani: Member, branch: Branch):
    ItemFactory(branch=branch, barcode="B1", record__title="Bumi Manusia")
    older = ItemFactory(branch=branch, barcode="B2", record__title="Laskar Pelangi")
    with clock.stopped_at(clock.now() - timedelta(days=2)):
        loan = check_out(older, to=ani, at=branch, by=None)
    sit_down(desktop)

    scan(desktop, "2311040087", said="Ani Saraswati")
    scan(desktop, "*B1*", said="Dipinjamkan: Bumi Manusia")
    assert Loan.objects.get(item__barcode="B1").member == ani

    scan(desktop, "B2", said="Sudah dipinjam Ani Saraswati")
    expect(desktop.locator("#desk")).not_to_have_class(re.compile("htmx-settling"))  # then the box has taken the focus back
    desktop.get_by_role("button", name="Perpanjang", exact=True).focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#desk")).to_contain_text("Diperpanjang: Laskar Pelangi")
    (renewal,) = loan.renewals.all()
    assert renewal.was_due_at == loan.due_at
    assert renewal.due_at - renewal.was_due_at == timedelta(days=2)

    desktop.keyboard.press("Escape")
    expect(desktop.locator("#desk")).not_to_contain_text("Ani Saraswati")
    scan(desktop, "B1", said="Dikembalikan: Bumi Manusia")
    assert Loan.objects.get(item__barcode="B1").returned_to == branch


def test_scans_faster_than_the_answers_are_all_taken_in_order(desktop: "Page", ani: Member, branch: Branch):
    for number in (1, 2, 3):
        ItemFactory(branch=branch, barcode=f"B{number}")
    sit_down(desktop)
    scan(desktop, "2311040087", said="Ani Saraswati")
    for code in ("B1", "B2", "B2", "B3"):
        desktop.keyboard.type(code)
        desktop.keyboard.press("Enter")
    expect(desktop.locator("#desk tbody tr")).to_have_count(3)
    assert list(Loan.objects.order_by("id").values_list("item__barcode", flat=True)) == ["B1", "B2", "B3"]


def test_a_member_is_found_by_name_with_the_arrow_keys(desktop: "Page", ani: Member, branch: Branch):
    a_member(branch, "Budi Saragih", "2311040088")
    sit_down(desktop)
    scan(desktop, "sara", said="Budi Saragih")
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".member-panel")).to_contain_text("Budi Saragih")
    expect(desktop.locator("#code")).to_be_focused()


def test_a_key_struck_as_an_answer_comes_in_waits_until_the_page_has_taken_it_in(desktop: "Page", ani: Member, branch: Branch):
    sit_down(desktop)
    desktop.eval_on_selector("#scan", "form => form.setAttribute('hx-swap', 'outerHTML settle:1s')")
    scan(desktop, "2311040087", said="Ani Saraswati")
    desktop.keyboard.type("saragih")
    desktop.keyboard.press("Escape")
    expect(desktop.locator("#desk")).not_to_contain_text("Ani Saraswati")
    expect(desktop.locator("#code")).to_have_value("saragih")


def test_escape_ends_the_visit_and_loses_nothing_that_was_typed(desktop: "Page", ani: Member, branch: Branch):
    a_member(branch, "Budi Saragih", "2311040088")
    sit_down(desktop)
    scan(desktop, "2311040087", said="Ani Saraswati")
    desktop.keyboard.type("saragih")
    desktop.keyboard.press("Escape")
    expect(desktop.locator("#desk")).not_to_contain_text("Ani Saraswati")
    expect(desktop.locator("#code")).to_be_focused()
    expect(desktop.locator("#code")).to_have_value("saragih")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#desk")).to_contain_text("Budi Saragih")
    desktop.keyboard.type("saragih")
    desktop.keyboard.press("Escape")
    expect(desktop.locator("#desk")).to_contain_text("Meja kosong")
    scan(desktop, "2311040087", said="Ani Saraswati")


def test_escape_shuts_the_menu_that_is_open_and_leaves_the_member(phone: "Page", ani: Member, branch: Branch):
    sit_down(phone)
    scan(phone, "2311040087", said="Ani Saraswati")
    phone.get_by_role("button", name="Menu").click()
    expect(phone.locator("#menu")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator("#menu")).to_be_hidden()
    expect(phone.locator("#desk")).to_contain_text("Ani Saraswati")


def test_whoever_hears_the_desk_is_told_who_is_open_and_goes_on_by_one_key(desktop: "Page", ani: Member, branch: Branch):
    lent = ItemFactory(branch=branch, barcode="B1", record__title="Bumi Manusia")
    check_out(lent, to=a_member(branch, "Budi Saragih", "2311040088"), at=branch, by=None)
    sit_down(desktop)
    heard = desktop.locator("scan-box [role=status]")
    for _ in range(2):
        scan(desktop, "tak-dikenal", said="tidak dikenal")
    expect(heard).to_contain_text("“tak-dikenal” tidak dikenal")
    scan(desktop, "2311040087", said="Ani Saraswati")
    expect(heard).to_contain_text("Ani Saraswati. Berlaku sampai")
    expect(heard).to_contain_text("0 pinjaman")
    scan(desktop, "B1", said="Sedang dipinjam Budi Saragih")
    expect(heard).to_contain_text("Sedang dipinjam Budi Saragih")
    desktop.keyboard.press("F9")
    expect(heard).to_contain_text("Dipesan untuk Ani Saraswati: Bumi Manusia")
    assert Hold.objects.get().member == ani
    desktop.keyboard.press("Escape")
    expect(heard).to_contain_text("Meja kosong.")


@pytest.mark.parametrize("count", [1, 3])
def test_a_receipt_comes_from_the_roll_in_one_piece(desktop: "Page", ani: Member, branch: Branch, count: int):
    titles = [f"Tenggelamnya kapal van der Wijck dan cerita lain, jilid {number}" for number in range(count)]
    for number, title in enumerate(titles):
        ItemFactory(branch=branch, barcode=f"B{number}", record__title=title)
    sit_down(desktop)
    scan(desktop, "2311040087", said="Ani Saraswati")
    for number, title in enumerate(titles):
        scan(desktop, f"B{number}", said=f"Dipinjamkan: {title}")
    desktop.keyboard.press("F8")
    desktop.wait_for_selector("article.slip.paper-roll")
    printed = PdfDocument(desktop.pdf(prefer_css_page_size=True))
    assert (len(printed), round(printed[0].get_width() / 72 * 25.4)) == (1, 80)
    said = printed[0].get_textpage().get_text_bounded()
    assert ("Terima kasih" in said, said.count("jilid")) == (True, count)


def test_what_can_be_pressed_at_the_desk_has_a_name_of_its_own(desktop: "Page", ani: Member, branch: Branch):
    loans = [check_out(ItemFactory(branch=branch), to=ani, at=branch, by=None) for _ in range(2)]
    for loan in loans:
        claim_return(loan, by=None)
        charge(ani, "card", 10_000, by=None, item=loan.item)
    take_payment(ani, 5_000, method="cash", at=branch, by=None)
    take_payment(ani, 5_000, method="cash", at=branch, by=None)
    sit_down(desktop, Role.HEAD)
    pages = (f"desk?member={ani.pk}", f"members/{ani.pk}", f"members/{ani.pk}/fees", "loans/claimed", "cash", "desk/returns")
    for page in pages:
        desktop.goto(f"/staff/{page}")
        desktop.evaluate(AXE.read_text(encoding="utf-8"))
        found = desktop.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
        assert [(page, each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []
        ids = desktop.locator("[id]").evaluate_all("all => all.map(each => each.id)")
        names = desktop.locator("main :is(button, summary)").evaluate_all(
            "all => all.map(each => each.ariaLabel ?? each.textContent.replace(/\\s+/g, ' ').trim())"
        )
        assert (len(ids), len(names)) == (len(set(ids)), len(set(names))), (page, sorted(ids), sorted(names))


def test_the_desk_works_on_a_phone_without_sideways_scrolling(phone: "Page", ani: Member, branch: Branch):
    item = ItemFactory(branch=branch, barcode="B1", record__title="Tenggelamnya Kapal van der Wijck")
    check_out(item, to=ani, at=branch, by=None)
    place_hold(item.record, member=a_member(branch, "Budi", "2311040088"), pickup_branch=branch, by=None)
    sit_down(phone, Role.HEAD)
    phone.locator("#code").fill("B1")
    phone.keyboard.press("Enter")
    expect(phone.locator("#desk")).to_contain_text("taruh di rak pesanan")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    for address in (f"/staff/members/{ani.pk}/fees", "/staff/cash", "/staff/rules/new", "/staff/moves/new"):
        assert phone.goto(address).status == 200, address
        assert phone.evaluate("document.documentElement.scrollWidth") == 360, address


def test_on_a_phone_everything_in_a_cell_stands_beside_its_name(phone: "Page", ani: Member, branch: Branch):
    item = ItemFactory(branch=branch, barcode="B1", record__title="Bumi Manusia")
    with clock.stopped_at(clock.now() - timedelta(days=60)):
        check_out(item, to=ani, at=branch, by=None)
    sit_down(phone)
    phone.goto(f"/staff/records/{item.record_id}")
    tags = phone.locator('td[data-label="Status"] .tag')
    expect(tags).to_have_text([re.compile("Dipinjam"), re.compile("Terlambat")])
    begins, later_begins = tags.evaluate_all("all => all.map(each => each.getBoundingClientRect().left)")
    assert begins == later_begins


def test_without_javascript_the_form_does_the_same(browser, live_server, ani: Member, branch: Branch):
    ItemFactory(branch=branch, barcode="B1", record__title="Bumi Manusia")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sit_down(page)
    for code in ("2311040087", "B1"):
        page.locator("#code").fill(code)
        page.locator("#code").press("Enter")
    page.get_by_text("Dipinjamkan:").wait_for()
    context.close()
    assert Loan.objects.get().member == ani
