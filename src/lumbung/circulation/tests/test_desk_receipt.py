"""The receipt of the desk: what was done for the member in this visit, as it stands now."""

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.models import LoanRule
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.members.models import Member
from lumbung.organization.models import Branch

pytestmark = pytest.mark.django_db

DESK = "/staff/desk"


@pytest.fixture
def desk(client: Client, sari: User, pusat: Branch, rule: LoanRule) -> Client:
    client.force_login(sari)
    return client


def test_the_receipt_lists_what_was_done_for_the_member_and_hides_the_number(desk: Client, ani: Member, pusat: Branch):
    for barcode, title in [("B1", "Bumi Manusia"), ("B2", "Laskar Pelangi")]:
        ItemFactory(branch=pusat, barcode=barcode, record__title=title)
        desk.post(DESK, {"code": barcode, "member": ani.pk})
    ItemFactory(branch=pusat, barcode="B3", record__title="Cantik Itu Luka")
    response = desk.get(reverse("circulation:receipt"), {"member": ani.pk, "paper": "a5"})
    slip = response.content.decode().split("<article")[1]
    assert [line.loan.item.barcode for line in response.context["lines"]] == ["B2", "B1"]
    assert "Bumi Manusia" in slip
    assert "Cantik Itu Luka" not in slip
    assert "Dicetak oleh Sari" in slip
    assert "••••-ANI" in slip


def test_the_receipt_tells_what_came_back_by_the_book_drop_meanwhile_as_returned(
    desk: Client, ani: Member, pusat: Branch, sari: User
):
    for barcode, title in [("B1", "Bumi Manusia"), ("B2", "Laskar Pelangi")]:
        ItemFactory(branch=pusat, barcode=barcode, record__title=title)
        desk.post(DESK, {"code": barcode, "member": ani.pk})
    check_in(Item.objects.get(barcode="B1"), at=pusat, by=sari)
    slip = desk.get(reverse("circulation:receipt"), {"member": ani.pk}).text.split("<article")[1]
    assert [slip.count(said) for said in ("Jatuh tempo", "Dikembalikan", "Selamat membaca")] == [1, 1, 1]
    check_in(Item.objects.get(barcode="B2"), at=pusat, by=sari)
    slip = desk.get(reverse("circulation:receipt"), {"member": ani.pk}).text.split("<article")[1]
    assert [slip.count(said) for said in ("Jatuh tempo", "Dikembalikan", "Selamat membaca")] == [0, 2, 0]
