"""The receipt of the desk: what was done for the member in this visit, as it stands now."""

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db

DESK = "/staff/desk"


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(code="PUSAT", name="Pusat")


@pytest.fixture
def sari() -> User:
    return UserFactory(name="Sari", roles=[Role.LIBRARIAN])


@pytest.fixture
def desk(client: Client, sari: User, branch: Branch) -> Client:
    client.force_login(sari)
    return client


@pytest.fixture
def ani(branch: Branch) -> Member:
    LoanRuleFactory(category=CategoryFactory())
    return MemberFactory(name="Ani Saraswati", category=CategoryFactory(), branch=branch, barcode="K1")


def test_the_receipt_lists_what_was_done_for_the_member_and_hides_the_number(desk: Client, ani: Member, branch: Branch):
    for barcode, title in [("B1", "Bumi Manusia"), ("B2", "Laskar Pelangi")]:
        ItemFactory(branch=branch, barcode=barcode, record__title=title)
        desk.post(DESK, {"code": barcode, "member": ani.pk})
    ItemFactory(branch=branch, barcode="B3", record__title="Cantik Itu Luka")
    response = desk.get(reverse("circulation:receipt"), {"member": ani.pk, "paper": "a5"})
    slip = response.content.decode().split("<article")[1]
    assert [line.loan.item.barcode for line in response.context["lines"]] == ["B2", "B1"]
    assert "Bumi Manusia" in slip
    assert "Cantik Itu Luka" not in slip
    assert "Dicetak oleh Sari" in slip
    assert "••••K1" in slip


def test_the_receipt_tells_what_came_back_by_the_book_drop_meanwhile_as_returned(
    desk: Client, ani: Member, branch: Branch, sari: User
):
    for barcode, title in [("B1", "Bumi Manusia"), ("B2", "Laskar Pelangi")]:
        ItemFactory(branch=branch, barcode=barcode, record__title=title)
        desk.post(DESK, {"code": barcode, "member": ani.pk})
    check_in(Item.objects.get(barcode="B1"), at=branch, by=sari)
    slip = desk.get(reverse("circulation:receipt"), {"member": ani.pk}).text.split("<article")[1]
    assert [slip.count(said) for said in ("Jatuh tempo", "Dikembalikan", "Selamat membaca")] == [1, 1, 1]
    check_in(Item.objects.get(barcode="B2"), at=branch, by=sari)
    slip = desk.get(reverse("circulation:receipt"), {"member": ani.pk}).text.split("<article")[1]
    assert [slip.count(said) for said in ("Jatuh tempo", "Dikembalikan", "Selamat membaca")] == [0, 2, 0]
