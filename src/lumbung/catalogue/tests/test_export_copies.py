"""What goes out with its copies comes in again with them."""

import io
from decimal import Decimal

import pytest

from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.exports import RecordSelection, export_records
from lumbung.catalogue.domain.item_types import add_item_type
from lumbung.catalogue.domain.items import add_item, remove_item, set_status
from lumbung.catalogue.domain.records import remove_record
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.tests.factories import a_record, copy_field
from lumbung.formats import marc
from lumbung.formats.marc import Format
from lumbung.organization.domain.branches import add_branch, add_location

pytestmark = pytest.mark.django_db

FACTS = (
    "record__title", "barcode", "branch__code", "held_at__code", "location__code", "item_type__code", "item_type__lendable",
    "call_number", "copy", "accession_number", "price", "status", "note",
)  # fmt: skip


def told():
    return list(Item.objects.order_by("barcode").values_list(*FACTS))


@pytest.fixture
def items():
    """Copies of every status, of types that are lent and that are not, at two branches."""
    pusat, teknik = (add_branch(code=code, name=code.title(), by=None) for code in ("PUSAT", "TEKNIK"))
    shelf = add_location(pusat, code="LT2", name="Lantai 2", by=None)
    book, kamus = (
        add_item_type(code=code, name=code, lendable=lent, by=None) for code, lent in (("textbook", True), ("KAMUS", False))
    )
    here = add_item_type(code="BUKU-BT", name="Buku (baca di tempat)", lendable=False, by=None)
    record = a_record("Bumi manusia")
    for number, status in enumerate(Item.Statuses.values):
        item = add_item(
            record, barcode=f"B-{number}", branch=pusat, location=shelf, item_type=book, call_number="899.221 TOE b",
            copy=f"k.{number}", accession_number=f"INV-{number}", price=Decimal("85000.50"), note="Sampul baru", by=None,
        )  # fmt: skip
        set_status(item, status, by=None)
    add_item(record, barcode="C-1", branch=teknik, item_type=kamus, by=None)
    add_item(a_record("Laskar pelangi"), barcode="C-2", branch=teknik, item_type=here, by=None)
    return told()


@pytest.mark.parametrize("form", [Format.ISO_2709, Format.MARCXML, Format.MARC_IN_JSON])
def test_copies_survive_the_way_out_and_in(items, form):
    file = b"".join(export_records(RecordSelection().records(), form))
    for item in Item.objects.all():
        remove_item(item, by=None)
    for record in Record.objects.all():
        remove_record(record, by=None)
    run = imports.run_import(imports.start_import(io.BytesIO(file), name="katalog", by=None))
    assert (run.items_added, run.rejections.count()) == (len(items), 0)
    assert told() == items


def test_the_copies_of_now_stand_where_those_stood_that_came_with_the_record():
    record = a_record("Bumi manusia", copy_field("OLD-1"))
    pusat, book = add_branch(code="PUSAT", name="Pusat", by=None), add_item_type(code="BUKU", name="Buku", by=None)
    add_item(record, barcode="NEW-1", branch=pusat, item_type=book, by=None)
    (now,) = marc.read(io.BytesIO(b"".join(export_records(RecordSelection().records(), Format.ISO_2709))))
    assert [each.get("p") for each in now.record.all("952")] == ["NEW-1"]
    (kept,) = marc.read(io.BytesIO(b"".join(export_records(RecordSelection().records(), Format.ISO_2709, copies=False))))
    assert [each.get("p") for each in kept.record.all("952")] == ["OLD-1"]
