"""From the parcel to the shelf: three steps in order; a copy in process is not lent but may be held."""

import pytest

from lumbung.acquisitions.domain.processing import tick, tick_by_barcode, untick
from lumbung.acquisitions.tests.factories import a_new_copy
from lumbung.acquisitions.tests.test_requests import refused
from lumbung.catalogue.domain.items import remove_item, set_status
from lumbung.catalogue.tests.factories import an_item
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_each_step_has_its_day_and_owner_and_the_last_makes_it_available(sari, with_role):
    dewi, copy = with_role("cataloguer"), a_new_copy()
    tick_by_barcode("b-1", "catalogued", by=dewi)
    copy = tick_by_barcode("B-1", "labelled", by=sari)
    assert (copy.catalogued_by, copy.labelled_by, copy.next_step, copy.item.status) == (dewi, sari, "shelved", "in_process")
    copy = tick_by_barcode("B-1", "shelved", by=sari)
    copy.item.refresh_from_db()
    assert (copy.next_step, copy.item.status) == (None, "available")
    told = JournalEntry.objects.filter(name__in=["CopyProcessed", "CopyShelved"]).order_by("pk")
    assert [(each.name, each.data.get("step")) for each in told] == [
        ("CopyProcessed", "catalogued"),
        ("CopyProcessed", "labelled"),
        ("CopyShelved", None),
    ]


def test_steps_come_in_their_order_and_once(sari):
    copy = a_new_copy()
    an_item(barcode="A-1")
    assert refused(lambda: tick(copy, "labelled", by=sari)) == ["step_too_early"]
    assert refused(lambda: tick(copy, "dicium", by=sari)) == ["step_unknown"]
    tick(copy, "catalogued", by=sari)
    assert refused(lambda: tick(copy, "catalogued", by=sari)) == ["step_taken"]
    assert refused(lambda: tick_by_barcode("A-1", "labelled", by=sari)) == ["barcode_not_new"]
    assert refused(lambda: tick_by_barcode("tidak ada", "labelled", by=sari)) == ["barcode_not_new"]


def test_a_step_is_taken_back_until_the_copy_is_on_the_shelf(sari):
    copy = a_new_copy()
    assert refused(lambda: untick(copy, by=sari)) == ["no_step_to_take_back"]
    tick(copy, "catalogued", by=sari)
    assert untick(copy, by=sari).next_step == "catalogued"
    for step in ("catalogued", "labelled", "shelved"):
        tick(copy, step, by=sari)
    assert refused(lambda: untick(copy, by=sari)) == ["no_step_to_take_back"]


def test_a_status_that_somebody_set_meanwhile_stays(sari):
    copy = a_new_copy()
    set_status(copy.item, "damaged", by=sari)
    for step in ("catalogued", "labelled", "shelved"):
        tick(copy, step, by=sari)
    copy.item.refresh_from_db()
    assert copy.item.status == "damaged"


def test_a_copy_that_came_is_removed_only_by_undoing_its_receipt(sari):
    copy = a_new_copy()
    assert refused(lambda: remove_item(copy.item, by=sari)) == ["in_use"]
