"""A work in several volumes: each copy says which it is, they stand in order, and every way in and out keeps it."""

import pytest
from django.urls import reverse

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.copy_fields import copy_field as written
from lumbung.catalogue.domain.items import add_item, change_item
from lumbung.catalogue.domain.labels.papers import PAPERS
from lumbung.catalogue.domain.labels.sheets import Kind, Layout, _label
from lumbung.catalogue.models import Item
from lumbung.catalogue.models.volume import volume_label, volume_of, volume_order
from lumbung.catalogue.tests.factories import BranchFactory, ItemTypeFactory, a_record, an_import, an_item, copy_field, marc_of
from lumbung.formats.marc import Field

pytestmark = pytest.mark.django_db


def a_volume(record, barcode, volume, call_number="899.221 PRA b"):
    return add_item(
        record,
        barcode=barcode,
        branch=BranchFactory(),
        item_type=ItemTypeFactory(),
        call_number=call_number,
        volume=volume,
        by=None,
    )


@pytest.mark.parametrize(
    ("told", "call_number", "volume", "label"),
    [("Jil. 2", "", "2", "Jilid 2"), ("v.03", "", "3", "Jilid 3"), ("12", "899 jil. 4", "12", "Jilid 12"),
     ("", "899 jil. 4", "4", "Jilid 4"),
     (" Jil. 2,  bag. 1 ", "", "Jil. 2, bag. 1", "Jil. 2, bag. 1"),
     ("Tahun 5 no. 3 (2004)", "", "Tahun 5 no. 3 (2004)", "Tahun 5 no. 3 (2004)")],
)  # fmt: skip
def test_a_volume_is_told_in_its_field_before_the_call_number(told, call_number, volume, label):
    assert volume_of(call_number, told=told) == volume
    assert volume_label(volume) == label


def test_volumes_stand_in_the_order_of_their_numbers():
    written_so = ["10", "2", "Jil. 2, bag. 10", "Jil. 2, bag. 9", "", "Tahun 5 no. 3", "Indeks"]
    in_order = ["", "2", "Jil. 2, bag. 9", "Jil. 2, bag. 10", "10", "Indeks", "Tahun 5 no. 3"]
    assert sorted(written_so, key=volume_order) == in_order


def test_copies_stand_on_the_shelf_volume_by_volume():
    record = a_record()
    for barcode, volume in (("B-1", "Jil. 10"), ("B-2", "Jil. 9"), ("B-3", "Jil. 1")):
        a_volume(record, barcode, volume)
    assert list(Item.objects.values_list("volume", flat=True)) == ["Jil. 1", "Jil. 9", "Jil. 10"]
    change_item(Item.objects.get(barcode="B-3"), volume="Jil. 11", by=None)
    assert list(Item.objects.values_list("volume", flat=True)) == ["Jil. 9", "Jil. 10", "Jil. 11"]


def test_koha_keeps_it_in_952_h_and_so_do_we():
    an_import([marc_of("Ensiklopedi", copy_field("B-1", h="Jil. 2"))])
    item = Item.objects.select_related("branch", "held_at", "location", "item_type").get()
    assert item.volume == "Jil. 2"
    assert written(item).get("h") == "Jil. 2"


def test_marc_holdings_tell_it_by_a_pair_of_fields():
    """876 is tied by its link to 863, which counts, and by that to 853, which says what is counted."""
    fields = [
        Field("852", "0", subfields=[("8", "1"), ("b", "PUSAT"), ("h", "050")]),
        Field("853", "2", "0", [("8", "1"), ("a", "jil."), ("b", "no."), ("i", "(tahun)"), ("j", "(bulan)")]),
        Field("863", "4", "1", [("8", "1.1"), ("a", "5"), ("b", "3"), ("i", "2004"), ("j", "03")]),
        Field("876", subfields=[("8", "1.1"), ("p", "B-9")]),
    ]
    an_import([marc_of("Prisma", *fields)], items=imports.Profile.HOLDINGS)
    assert Item.objects.get().volume == "Jil. 5 no. 3 (Mar 2004)"


def test_the_spine_label_shows_it_once():
    layout = Layout(kind=Kind.SPINE, paper=next(iter(PAPERS.values()))[1])
    record = a_record()
    assert _label(a_volume(record, "B-1", "Jil. 2, bag. 10"), layout)["lines"] == ["899.221", "PRA", "b", "Jil. 2", "bag. 10"]
    said_already = a_volume(record, "B-2", "2", "899.221 PRA b jil. 2")
    assert _label(said_already, layout)["lines"] == ["899.221", "PRA", "b", "jil.", "2"]


def test_it_is_written_at_the_form_of_the_copy_and_shown_in_the_list(client, sari, signed_in):
    signed_in(client, sari)
    item = an_item()
    page = client.get(reverse("catalogue:item_edit", args=[item.pk])).content.decode()
    assert 'name="volume"' in page
    told = {"barcode": item.barcode, "branch": item.branch_id, "item_type": item.item_type_id, "volume": "Jil. 3"}
    assert client.post(reverse("catalogue:item_edit", args=[item.pk]), told).status_code == 302
    assert "<b>Jil. 3</b>" in client.get(reverse("catalogue:record", args=[item.record_id])).content.decode()
    assert "<dd>Jil. 3</dd>" in client.get(reverse("catalogue:item", args=[item.pk])).content.decode()
