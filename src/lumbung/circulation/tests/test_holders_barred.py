"""A hold of somebody whose membership is over goes on, since it is soon renewed; whoever handles it is told before the desk refuses."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory
from lumbung.members.models import Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.models import Branch

pytestmark = pytest.mark.django_db
OVER = "Berakhir 2 Mar 2026"


@pytest.fixture
def desk(client: Client, sari: User, pusat: Branch) -> Client:
    client.force_login(sari)
    return client


@pytest.fixture
def gone(pusat: Branch) -> Member:
    return MemberFactory(name="Wati", branch=pusat, joined_on=date(2020, 1, 1), expires_on=date(2026, 3, 2))


def test_that_a_membership_is_over_stands_on_the_pull_list_in_the_queue_and_on_the_shelf(
    desk: Client, pusat: Branch, gone: Member
):
    item = ItemFactory(branch=pusat, barcode="B1", volume="2")
    HoldFactory(record=item.record, member=gone, pickup_branch=pusat, volume="2")
    assert OVER in desk.get(reverse("circulation:pull_list")).text
    queue = desk.get(f"/staff/records/{item.record_id}").text.split("Antrean pesanan")[1]
    assert (OVER in queue, "Jilid 2" in queue) == (True, True)
    said = desk.post("/staff/desk", {"code": "B1", "mode": "return"}, follow=True).text
    assert ("Wati" in said, OVER in said) == (True, True)
    assert OVER in desk.get(reverse("circulation:shelf")).text


def test_the_book_drop_says_so_too_and_nothing_of_who_may_borrow(desk: Client, pusat: Branch, gone: Member):
    for barcode, member in (("B1", gone), ("B2", MemberFactory(name="Ani", branch=pusat))):
        item = ItemFactory(branch=pusat, barcode=barcode)
        HoldFactory(record=item.record, member=member, pickup_branch=pusat)
        desk.post(reverse("circulation:returns"), {"code": barcode})
    page = desk.get(reverse("circulation:returns")).text
    assert ("Ani" in page, page.count(OVER), page.count("tag late")) == (True, 1, 1)
