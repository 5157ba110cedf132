"""A cataloguer adds, changes and removes copies."""

from decimal import Decimal

import pytest

from lumbung.catalogue import queries
from lumbung.catalogue.domain.items import add_item, change_item, remove_item, set_status
from lumbung.catalogue.models import Item
from lumbung.catalogue.tests.factories import BranchFactory, ItemTypeFactory, a_record, an_item
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode, Location

pytestmark = pytest.mark.django_db


def journal():
    return [(entry.name, entry.data) for entry in JournalEntry.objects.order_by("pk") if entry.name.startswith("Item")]


def test_an_item_claims_its_barcode():
    item = an_item(barcode=" b-1 ")
    assert (item.barcode, item.held_at, item.status) == ("b-1", item.branch, "available")
    assert barcodes.taken(["B-1"]) == {"B-1": Barcode.Names.ITEM}
    assert queries.item_by_barcode("B-1 ") == item
    assert journal() == [("ItemAdded", {"item": item.pk, "record": item.record_id, "barcode": "b-1"})]


def test_every_reason_against_an_item_is_told_at_once():
    barcodes.claim("kartu-7", Barcode.Names.MEMBER)
    elsewhere = Location.objects.create(branch=BranchFactory(code="FTK"), code="L1", name="Lantai 1")
    with pytest.raises(Refused) as refused:
        add_item(
            a_record(),
            barcode="KARTU-7",
            branch=BranchFactory(),
            location=elsewhere,
            item_type=ItemTypeFactory(),
            price=Decimal(-1),
            by=None,
        )
    assert refused.value.codes == ["barcode_taken_by_member", "location_elsewhere", "price_negative"]
    assert not Item.objects.exists()


def test_a_new_barcode_frees_the_old_one():
    item = change_item(an_item(barcode="LAMA"), barcode="BARU", note="label diganti", by=None)
    assert (item.barcode, item.note) == ("BARU", "label diganti")
    assert list(Barcode.objects.values_list("value", flat=True)) == ["BARU"]
    assert journal()[-1] == ("ItemChanged", {"item": item.pk, "record": item.record_id, "fields": ["barcode", "note"]})


def test_a_refused_change_frees_nothing():
    first, second = an_item(barcode="A"), an_item(barcode="B")
    with pytest.raises(Refused, match="barcode_taken_by_item"):
        change_item(second, barcode="a", by=None)
    assert set(Barcode.objects.values_list("value", flat=True)) == {"A", "B"}
    assert first.barcode == "A"


def test_an_item_that_moves_home_is_there_too():
    item = change_item(an_item(), branch=BranchFactory(code="FTK"), by=None)
    assert item.held_at.code == "FTK"


def test_a_status_is_set_once_and_must_be_known():
    item = an_item()
    set_status(item, "lost", by=None)
    assert set_status(item, "lost", by=None).status == "lost"
    assert journal()[1:] == [
        (
            "ItemStatusSet",
            {"item": item.pk, "record": item.record_id, "status": "lost", "was": "available", "because": "", "why": ""},
        )
    ]
    with pytest.raises(Refused, match="status_unknown"):
        set_status(item, "hilang", by=None)


def test_a_removed_item_frees_its_barcode():
    item = an_item(barcode="A")
    remove_item(item, by=None)
    assert not Barcode.objects.exists()
    an_item(record=item.record, barcode="A")
