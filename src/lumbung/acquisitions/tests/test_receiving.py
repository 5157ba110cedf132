"""Receipt: n copies become items in the same transaction, money moves from bound to spent, a wrong receipt is undone."""

from decimal import Decimal

import pytest

from lumbung.acquisitions.domain.orders import add_line, place_order
from lumbung.acquisitions.domain.processing import tick
from lumbung.acquisitions.domain.receiving import receive, return_receipt
from lumbung.acquisitions.models import NewCopy
from lumbung.acquisitions.tests.factories import ISBN, a_draft, a_fund, a_new_copy, an_accepted_request, an_order
from lumbung.acquisitions.tests.test_orders import figures
from lumbung.acquisitions.tests.test_requests import refused
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.tests.factories import ItemTypeFactory, a_record, an_item
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_copies_that_came_are_items_with_price_source_and_number(sari, ani):
    request, fund, order = an_accepted_request(isbn=ISBN, member=ani), a_fund(), a_draft()
    line = add_line(order, request=request, fund=fund, unit_price=100_000, discount=10, copies=3, by=sari)
    place_order(order, by=sari)
    receipt = receive(line, ["B-1", "B-2"], item_type=ItemTypeFactory(), call_number="813 LEI l", invoice="F-77", by=sari)
    first, second = Item.objects.order_by("pk")
    assert (first.barcode, first.status, first.source, first.vendor) == ("B-1", "in_process", "purchase", "Toko Buku Togamas")
    assert (first.price, first.call_number, first.copy, second.copy) == (Decimal(90_000), "813 LEI l", "k.1", "k.2")
    assert first.accession_number.endswith(f"/B/{first.accessioned_on.year}")
    assert first.accession_number != second.accession_number
    assert (receipt.copies, receipt.invoice, receipt.received_by) == (2, "F-77", sari)
    assert figures(fund) == (90_000, 180_000)
    record = first.record
    assert (record.title, record.creator, record.year) == ("Laut bercerita", "Leila S. Chudori", 2017)
    for each in (request, line, order):
        each.refresh_from_db()
    assert (request.record, line.record, line.received, order.state) == (record, record, 2, "partly_received")
    told = JournalEntry.objects.get(name="CopiesReceived").data
    assert told["items"] == [first.pk, second.pk]
    receive(line, ["B-3"], item_type=ItemTypeFactory(), price_each=95_000, by=sari)
    order.refresh_from_db()
    assert (order.state, figures(fund), Record.objects.count()) == ("received", (0, 275_000), 1)


def test_copies_of_a_title_that_is_there_go_to_its_record(sari):
    owned, order = a_record("Bumi manusia"), a_draft()
    an_item(owned, barcode="A-1")
    line = add_line(order, record=owned, fund=a_fund(), unit_price=1, by=sari)
    place_order(order, by=sari)
    receive(line, ["A-2"], item_type=ItemTypeFactory(), by=sari)
    assert [(item.barcode, item.copy) for item in owned.items.order_by("pk")] == [("A-1", ""), ("A-2", "k.2")]


def test_what_cannot_be_received_changes_nothing(sari):
    an_item(barcode="A-1")
    line = an_order(copies=2).lines.get()
    kind = ItemTypeFactory()
    assert refused(lambda: receive(line, ["B-1", "B-2", "B-3"], item_type=kind, by=sari)) == ["more_than_ordered"]
    assert refused(lambda: receive(line, [], item_type=kind, price_each=-1, by=sari)) == ["no_barcodes", "price_too_high"]
    assert refused(lambda: receive(line, ["B-1", "A-1"], item_type=kind, by=sari)) == ["barcode_taken_by_item"]
    assert (Item.objects.count(), NewCopy.objects.count(), Record.objects.count()) == (1, 0, 1)
    draft = a_draft(vendor=line.order.vendor)
    waiting = add_line(draft, facts={"title": "Pulang"}, fund=line.fund, unit_price=1, by=sari)
    assert refused(lambda: receive(waiting, ["B-9"], item_type=kind, by=sari)) == ["order_not_open"]


def test_a_dearer_invoice_does_not_pass_the_fund_but_with_a_reason(sari):
    line = an_order(fund=a_fund(200_000), copies=2).lines.get()
    kind = ItemTypeFactory()
    assert refused(lambda: receive(line, ["B-1"], item_type=kind, price_each=120_000, by=sari)) == ["fund_overspent"]
    receive(line, ["B-1"], item_type=kind, price_each=120_000, over_because="Ongkos kirim", by=sari)
    assert figures(line.fund) == (100_000, 120_000)


def test_a_wrong_receipt_is_undone_and_its_copies_are_awaited_again(sari):
    line = an_order(copies=2).lines.get()
    receipt = receive(line, ["B-1", "B-2"], item_type=ItemTypeFactory(), price_each=90_000, by=sari)
    record = Record.objects.get()
    undone = return_receipt(receipt, by=sari)
    line.refresh_from_db()
    line.order.refresh_from_db()
    assert (undone.undone_by, line.received, line.order.state, line.record) == (sari, 0, "ordered", record)
    assert (Item.objects.count(), figures(line.fund)) == (0, (200_000, 0))
    assert refused(lambda: return_receipt(receipt, by=sari)) == ["receipt_undone"]
    again = receive(line, ["B-1"], item_type=ItemTypeFactory(), by=sari)
    assert again.new_copies.get().item.record == record


def test_a_cheap_receipt_is_undone_past_the_fund_with_a_reason(sari):
    fund = a_fund(200_000)
    order = an_order(fund=fund, copies=2)
    receipt = receive(order.lines.get(), ["B-1"], item_type=ItemTypeFactory(), price_each=20_000, by=sari)
    other = a_draft(vendor=order.vendor)
    add_line(other, facts={"title": "Pulang"}, fund=fund, unit_price=80_000, by=sari)
    place_order(other, by=sari)
    assert refused(lambda: return_receipt(receipt, by=sari)) == ["fund_overspent"]
    assert Item.objects.filter(barcode="B-1").exists()
    return_receipt(receipt, over_because="Salah faktur", by=sari)
    fund.refresh_from_db()
    assert (figures(fund), fund.permitted) == ((280_000, 0), 80_000)
    assert JournalEntry.objects.get(name="OverspendPermitted").data["why"] == "Salah faktur"


def test_a_receipt_stays_when_a_copy_of_it_is_on_the_shelf(sari):
    copy = a_new_copy()
    for step in ("catalogued", "labelled", "shelved"):
        tick(copy, step, by=sari)
    assert refused(lambda: return_receipt(copy.receipt, by=sari)) == ["copy_on_shelf"]
    assert Item.objects.filter(barcode="B-1").exists()


def test_copies_go_to_a_record_that_is_told_and_line_and_request_know_it(sari):
    owned, request, order = a_record("Laut bercerita"), an_accepted_request(), a_draft()
    line = add_line(order, request=request, fund=a_fund(), unit_price=1, copies=2, by=sari)
    place_order(order, by=sari)
    receive(line, ["B-1"], item_type=ItemTypeFactory(), record=owned, by=sari)
    receive(line, ["B-2"], item_type=ItemTypeFactory(), record=a_record("Lain"), by=sari)
    request.refresh_from_db()
    assert (request.record, owned.items.count(), Record.objects.count()) == (owned, 2, 2)
