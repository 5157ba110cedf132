"""Two colleagues at once: the database decides, and the loser is told why."""

import pytest

from lumbung.acquisitions.domain.orders import add_line, place_order
from lumbung.acquisitions.domain.processing import tick
from lumbung.acquisitions.domain.receiving import receive
from lumbung.acquisitions.domain.requests import withdraw
from lumbung.acquisitions.domain.selection import accept_request
from lumbung.acquisitions.models import Fund, Order
from lumbung.acquisitions.tests.factories import a_draft, a_fund, a_new_copy, a_request, a_vendor, an_accepted_request, an_order
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.tests.factories import ItemTypeFactory
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.tests.race import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_receipts_of_the_last_copy_one_is_counted(sari):
    line, kind = an_order(copies=1).lines.get(), ItemTypeFactory()
    won, refused = race(
        *(lambda barcode=barcode: receive(line, [barcode], item_type=kind, by=sari) for barcode in ("B-1", "B-2"))
    )
    assert len(won) == 1
    assert refused == [["order_not_open"]]
    line.refresh_from_db()
    assert (line.received, Item.objects.count(), Record.objects.count()) == (1, 1, 1)


def test_two_receipts_of_one_title_make_one_record(sari):
    line, kind = an_order(copies=4).lines.get(), ItemTypeFactory()
    won, refused = race(
        *(lambda barcode=barcode: receive(line, [barcode], item_type=kind, by=sari) for barcode in ("B-1", "B-2", "B-3"))
    )
    assert (len(won), refused) == (3, [])
    line.refresh_from_db()
    assert (line.received, Item.objects.count(), Record.objects.count()) == (3, 3, 1)
    fund = Fund.objects.get()
    assert (fund.committed, fund.spent) == (100_000, 300_000)


def test_two_orders_do_not_pass_a_fund_together(sari):
    fund, vendor = a_fund(amount=150_000), a_vendor()
    orders = [a_draft(vendor=vendor) for _ in range(3)]
    for order in orders:
        add_line(order, facts={"title": "Satu"}, fund=fund, unit_price=100_000, by=sari)
    won, refused = race(*(lambda order=order: place_order(order, by=sari) for order in orders))
    assert (len(won), refused) == (1, [["fund_overspent"]] * 2)
    fund.refresh_from_db()
    assert (fund.committed, fund.left) == (100_000, 50_000)
    assert list(Order.objects.filter(number__isnull=False).values_list("pk", flat=True)) == [won[0].pk]


def test_two_orders_sent_at_once_have_numbers_of_their_own(sari):
    fund, vendor = a_fund(), a_vendor()
    orders = [a_draft(vendor=vendor) for _ in range(3)]
    for order in orders:
        add_line(order, facts={"title": "Satu"}, fund=fund, unit_price=1, by=sari)
    won, refused = race(*(lambda order=order: place_order(order, by=sari) for order in orders))
    assert (sorted(order.number[:3] for order in won), refused) == (["001", "002", "003"], [])


def test_a_request_goes_on_one_of_two_orders(sari):
    request, fund, vendor = an_accepted_request(), a_fund(), a_vendor()
    orders = [a_draft(vendor=vendor) for _ in range(2)]
    won, refused = race(
        *(lambda order=order: add_line(order, request=request, fund=fund, unit_price=1, by=sari) for order in orders)
    )
    assert (len(won), refused) == (1, [["request_on_order"]])


def test_of_two_vendors_of_one_name_one_is_added():
    won, refused = race(*[a_vendor] * 2)
    assert (len(won), refused) == (1, [["vendor_name_taken"]])


def test_one_scan_of_two_ticks_a_step(sari):
    copy = a_new_copy()
    won, refused = race(*[lambda: tick(copy, "catalogued", by=sari)] * 2)
    assert (len(won), refused) == (1, [["step_taken"]])
    assert JournalEntry.objects.filter(name="CopyProcessed").count() == 1


def test_a_request_is_either_withdrawn_or_accepted(sari, ani):
    request = a_request(member=ani)
    won, refused = race(lambda: withdraw(request, by=ani.user), lambda: accept_request(request, priority=2, by=sari))
    assert len(won) == 1
    assert refused in ([["request_decided"]], [["request_withdrawn"]])
    request.refresh_from_db()
    assert request.state == won[0].state
