"""A scan that came through by half or twice, and a card with the number of a copy: one right outcome each, and nothing lost."""

import pytest
from django.test import Client

from lumbung.catalogue.domain.items import add_item, change_item
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, RecordFactory
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.domain.members import change, register
from lumbung.members.models import Member
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode

DESK = "/staff/desk"
LENDING = ("CheckedOut", "CheckedIn", "ItemSeen", "Renewed")


@pytest.fixture
def desk(client: Client, signed_in, sari, pusat, ani, rule) -> Client:
    return signed_in(client, sari)


def happened() -> list[str]:
    return list(JournalEntry.objects.filter(name__in=LENDING).order_by("pk").values_list("name", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("half", ["B00124", "0012457", "B001245"])
def test_half_a_scan_of_a_copy_lends_and_returns_nothing_and_keeps_the_member_open(desk: Client, ani, budi, pusat, sari, half):
    check_out(ItemFactory(barcode="B0012457", branch=pusat), to=ani, at=pusat, by=sari)
    for member in ("", budi.pk):
        page = desk.post(DESK, {"code": half, "member": member}, follow=True)
        assert f"“{half}” tidak dikenal" in page.content.decode()
        assert page.context["member"] == (budi if member else None)
    assert happened() == ["CheckedOut"]


@pytest.mark.django_db
def test_half_a_scan_of_a_card_opens_nobody(desk: Client, ani):
    page = desk.post(DESK, {"code": ani.barcode[:-1], "member": ""}, follow=True)
    assert page.context["member"] is None


@pytest.mark.django_db
def test_a_copy_scanned_twice_is_lent_once_and_then_offered_to_renew_or_take_back(desk: Client, ani, pusat):
    ItemFactory(barcode="B1", branch=pusat)
    desk.post(DESK, {"code": "B1", "member": ani.pk})
    again = desk.post(DESK, {"code": "B1", "member": ani.pk}, follow=True).content.decode()
    loan = Loan.objects.get()
    assert (happened(), loan.returned_at, loan.renewal_count) == (["CheckedOut"], None, 0)
    assert f"/staff/loans/{loan.pk}/renewal" in again


@pytest.mark.django_db
def test_a_copy_brought_back_and_scanned_twice_is_taken_back_once(desk: Client, ani, pusat, sari):
    check_out(ItemFactory(barcode="B1", branch=pusat), to=ani, at=pusat, by=sari)
    for _ in range(2):
        desk.post(DESK, {"code": "B1", "member": ""})
    assert happened() == ["CheckedOut", "CheckedIn", "ItemSeen"]


@pytest.mark.django_db
def test_a_card_does_not_become_the_number_of_a_copy_nor_a_copy_that_of_a_card(ani, pusat, sari):
    item = ItemFactory(barcode="B1", branch=pusat)
    card = barcodes.claim("M-1", Barcode.Names.MEMBER)
    with pytest.raises(Refused) as refused:
        change(ani, barcode="b1", by=sari)
    assert refused.value.codes == ["barcode_taken_by_item"]
    with pytest.raises(Refused) as refused:
        change_item(item, barcode=card, by=sari)
    assert refused.value.codes == ["barcode_taken_by_member"]
    assert (Member.objects.get(pk=ani.pk).barcode, Item.objects.get(pk=item.pk).barcode) == ("M-ANI", "B1")


@pytest.mark.django_db(transaction=True)
def test_of_a_card_and_a_copy_that_take_one_number_at_once_one_wins(ani, pusat, sari):
    facts = {"category": ani.category, "branch": pusat, "by": sari}
    record, kind = RecordFactory(), ItemTypeFactory()
    won, refused = race(
        lambda: register(name="Dewi", barcode="X-1", **facts),
        lambda: add_item(record, barcode="X-1", branch=pusat, item_type=kind, by=sari),
    )
    assert (len(won), len(refused)) == (1, 1)
    holder = "member" if isinstance(won[0], Member) else "item"
    assert (refused[0], barcodes.taken(["X-1"])) == ([f"barcode_taken_by_{holder}"], {"X-1": Barcode.Names(holder)})
    assert Member.objects.filter(barcode="X-1").count() + Item.objects.filter(barcode="X-1").count() == 1
