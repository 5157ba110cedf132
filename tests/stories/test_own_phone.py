"""Ani stands before the shelf with her telephone: she scans the code on the wall, then the book, and shows her ticket at the door."""

from base64 import b64encode
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from lumbung.accounts.models import User
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.domain.phone_lending import change_phone_lending, code_of_the_day
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.models import Branch

CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas"), paper = canvas.getContext("2d");
  setInterval(() => paper.fillRect(0, 0, 9, 9), 50);
  return canvas.captureStream(20);
};
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["code_128"]; }
  async detect() { return [{ rawValue: "B-1" }]; }
};
"""
"""A camera that sees the barcode of the book in hand: browsers in tests have none."""
COUNT_CAMERAS = """() => { const ask = navigator.mediaDevices.getUserMedia; window.cameras = 0;
  navigator.mediaDevices.getUserMedia = async () => {
    window.cameras++;
    await new Promise((next) => setTimeout(next, 1000));
    return ask();
  }; }"""
"""A browser that asks whether it may before it lends its camera."""
READ = """
async ([picture, reader]) => {
  const { codeIn } = await import(reader);
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), (each) => each.charCodeAt(0))]));
  const paper = new OffscreenCanvas(image.width, image.height).getContext("2d");
  paper.drawImage(image, 0, 0);
  const { data } = paper.getImageData(0, 0, image.width, image.height);
  return codeIn(Uint8ClampedArray.from({ length: data.length / 4 }, (_, at) => data[4 * at]), image.width, image.height);
}
"""
"""What the reader that the site brings along for telephones sees in a picture."""


def sign_in(page: Any, username: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", "rahasia")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/my")


def read(page: Any, picture: bytes) -> str:
    found: str = page.evaluate(READ, [b64encode(picture).decode(), f"{settings.STATIC_URL}lumbung/barcode-reader.js"])
    assert found, "there is no code in the picture"
    return found


def hung_up(page: Any, client: Client, branch: Branch) -> bytes:
    """The code on the poster that Sari printed for this day, as it hangs on the wall."""
    wall = page.context.new_page()
    wall.set_content(client.get(f"/staff/phone-lending/{branch.pk}/poster").content.decode())
    pictures = [b"", b"?"]
    while pictures[-1] != pictures[-2]:  # a busy machine may show a page before it is drawn
        wall.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        pictures.append(wall.locator(".qr svg").screenshot(animations="disabled"))
    wall.close()
    return pictures[-1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R359", "R317", "R306")
def test_ani_borrows_by_scanning_the_book_with_her_telephone_and_the_porter_sees_her_ticket(
    phone: Any, client: Client, ani: Member, sari: User
):
    ani.user.set_password("rahasia")
    ani.user.save()
    LoanRuleFactory(category=ani.category)
    ItemFactory(barcode="B-1", branch=ani.branch, record=RecordFactory(title="Bumi manusia"))
    change_phone_lending(ani.branch, is_on=True, takes_code=True, networks="", by=sari)

    phone.add_init_script(CAMERA)
    sign_in(phone, "ani")
    phone.goto("/my")
    phone.click("text=Pinjam dengan ponsel")
    phone.wait_for_selector("text=Pindai kode hari ini")
    client.force_login(sari)
    seen = read(phone, hung_up(phone, client, ani.branch))
    assert seen.endswith(f"/my/borrow/here/{ani.branch.code}/{code_of_the_day(ani.branch)}")
    phone.goto(urlsplit(seen).path)
    phone.click("text=Pindai dengan kamera")
    phone.wait_for_selector("text=Dipinjam dengan ponsel ini")
    assert Loan.objects.get().channel == "phone"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    phone.click("text=Tampilkan tiket keluar")
    phone.wait_for_selector(".ticket .qr svg")
    ticket = urlsplit(read(phone, phone.locator(".ticket .qr svg").screenshot(animations="disabled"))).path
    at_the_door = Client().get(ticket)
    told = at_the_door.content.decode()
    assert (at_the_door.status_code, "Bumi manusia" in told, "B-1" in told, "Ani" in told) == (200, True, True, False)
    assert Client().get(f"{ticket}x").status_code == 410
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        assert Client().get(ticket).status_code == 410
    listed = client.get("/staff/loans").content.decode()
    assert "Bumi manusia" in listed
    assert "ponsel anggota" in client.get(f"/staff/loans/{Loan.objects.get().pk}").content.decode()
    check_in(Loan.objects.get().item, at=ani.branch, by=sari)
    assert "B-1" not in Client().get(ticket).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R359")
def test_a_slow_line_sends_the_book_before_the_camera_once_and_a_book_sent_again_stays_borrowed(
    phone: Any, ani: Member, sari: User
):
    ani.user.set_password("rahasia")
    ani.user.save()
    LoanRuleFactory(category=ani.category)
    ItemFactory(barcode="B-1", branch=ani.branch, record=RecordFactory(title="Bumi manusia"))
    change_phone_lending(ani.branch, is_on=True, takes_code=True, networks="", by=sari)
    phone.add_init_script(CAMERA)
    sign_in(phone, "ani")
    phone.goto(f"/my/borrow/here/{ani.branch.code}/{code_of_the_day(ani.branch)}")
    sent: list[Any] = []
    phone.route("**/my/borrow", lambda route: sent.append(route) if route.request.method == "POST" else route.continue_())

    phone.click("text=Pindai dengan kamera")
    phone.wait_for_timeout(6000)
    assert len(sent) == 1
    sent[0].continue_()
    phone.wait_for_selector("text=Dipinjam dengan ponsel ini")
    phone.unroute("**/my/borrow")
    phone.fill("#code", "B-1")
    phone.press("#code", "Enter")
    phone.wait_for_load_state()
    assert phone.locator("text=Belum dapat dipinjam").count() == 0
    assert Loan.objects.count() == 1

    phone.evaluate(COUNT_CAMERAS)
    phone.dblclick("text=Pindai dengan kamera")
    assert phone.evaluate("window.cameras") == 1  # a second one would stay on


@pytest.mark.django_db(transaction=True)
def test_the_code_of_a_title_to_pass_on_is_square_on_a_narrow_telephone_and_leads_to_the_title(phone: Any):
    record = RecordFactory(title="Bumi manusia")
    phone.goto(f"/records/{record.pk}")
    phone.click(".share > summary")
    code = phone.locator(".share-ways .qr img")
    code.scroll_into_view_if_needed()
    code.evaluate("image => image.decode()")
    drawn = code.bounding_box()
    assert (drawn["width"], drawn["height"]) == (132, 132)
    assert urlsplit(read(phone, code.screenshot(animations="disabled"))).path == f"/records/{record.pk}"
