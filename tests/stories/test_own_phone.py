"""Ani stands before the shelf with her telephone: she scans the code on the wall, then the book, and shows her ticket at the door."""

from typing import Any

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.circulation.domain.phone_lending import change_phone_lending, code_of_the_day
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.members.models import Member

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


def sign_in(page: Any, username: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", "rahasia")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/my")


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
    phone.goto(f"/my/borrow/here/{ani.branch.code}/{code_of_the_day(ani.branch)}")
    phone.click("text=Pindai dengan kamera")
    phone.wait_for_selector("text=Dipinjam dengan ponsel ini")
    assert Loan.objects.get().channel == "phone"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    phone.click("text=Tampilkan tiket keluar")
    phone.wait_for_selector(".ticket .qr svg")
    client.force_login(sari)
    listed = client.get("/staff/loans").content.decode()
    assert "Bumi manusia" in listed
    assert "ponsel anggota" in client.get(f"/staff/loans/{Loan.objects.get().pk}").content.decode()
