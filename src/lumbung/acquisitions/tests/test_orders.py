"""Orders: begun, filled, sent with a number and bound money, claimed, cancelled; funds are never overspent but with a reason."""

from datetime import date, timedelta

import pytest

from lumbung.acquisitions.domain import vendors
from lumbung.acquisitions.domain.funds import change_fund
from lumbung.acquisitions.domain.numbering import set_numbering
from lumbung.acquisitions.domain.orders import add_line, begin_order, cancel_order, claim_order, place_order, remove_line
from lumbung.acquisitions.domain.receiving import receive, return_receipt
from lumbung.acquisitions.domain.selection import reopen_request
from lumbung.acquisitions.domain.vendors import add_vendor, change_vendor
from lumbung.acquisitions.models import OrderLine
from lumbung.acquisitions.queries.requests import to_order
from lumbung.acquisitions.tests.factories import ISBN, a_draft, a_fund, a_request, a_vendor, an_accepted_request, an_order
from lumbung.acquisitions.tests.test_requests import refused
from lumbung.catalogue.tests.factories import ItemTypeFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def figures(fund) -> tuple[int, int]:
    fund.refresh_from_db()
    return fund.committed, fund.spent


def test_an_order_is_sent_with_its_number_and_binds_its_money(sari, pusat):
    fund, vendor, request = a_fund(), a_vendor(), an_accepted_request(copies=3)
    order = begin_order(vendor, branch=pusat, by=sari)
    line = add_line(order, request=request, fund=fund, unit_price=95_000, discount=15, copies=3, by=sari)
    assert (line.price_each, line.cost, line.title) == (80_750, 242_250, "Laut bercerita")
    assert figures(fund) == (0, 0)
    order = place_order(order, by=sari)
    today = clock.today(pusat.zone)
    assert (order.state, order.ordered_by, order.due_on) == ("ordered", sari, today + timedelta(days=14))
    assert order.number.startswith("001/SP/")
    assert figures(fund) == (242_250, 0)
    told = JournalEntry.objects.get(name="OrderPlaced")
    assert told.data == {"order": order.pk, "number": order.number, "amount": 242_250}


def test_numbers_follow_the_pattern_without_gaps():
    set_numbering("{nomor}/PENG/{tahun}", by=None)
    fund, vendor = a_fund(), a_vendor()
    orders = [an_order(fund=fund, vendor=vendor, price=1) for _ in range(2)]
    year = clock.today(orders[0].branch.zone).year
    assert [order.number for order in orders] == [f"001/PENG/{year}", f"002/PENG/{year}"]
    assert refused(lambda: set_numbering("SP/{bulan}/{hari}", by=None)) == [
        "number_token_unknown",
        "number_missing",
        "number_year_missing",
    ]


def test_a_fund_is_not_overspent_unless_somebody_says_why(sari):
    fund, order = a_fund(amount=150_000), a_draft()
    add_line(order, facts={"title": "Satu"}, fund=fund, unit_price=100_000, copies=2, by=sari)
    assert refused(lambda: place_order(order, by=sari)) == ["fund_overspent"]
    assert (figures(fund), order.lines.count()) == ((0, 0), 1)
    place_order(order, over_because="Disetujui rektor", by=sari)
    assert figures(fund) == (200_000, 0)
    assert (fund.permitted, fund.left) == (50_000, 0)
    told = JournalEntry.objects.get(name="OverspendPermitted")
    assert told.data == {"fund": fund.pk, "amount": 50_000, "why": "Disetujui rektor"}
    assert refused(lambda: change_fund(fund, amount=10, by=sari)) == ["fund_too_small"]


def overspent(sari, fund):
    """An order of 1,500,000 that was let pass a fund of 1,000,000."""
    order = a_draft()
    add_line(order, facts={"title": "Satu"}, fund=fund, unit_price=500_000, copies=3, by=sari)
    place_order(order, over_because="Disetujui rektor", by=sari)
    fund.refresh_from_db()
    assert (fund.permitted, fund.left) == (500_000, 0)
    return order


def test_a_permission_ends_with_the_order_it_was_for(sari):
    fund = a_fund(amount=1_000_000)
    order = overspent(sari, fund)
    cancel_order(order, why="Batal", by=sari)
    fund.refresh_from_db()
    assert (fund.permitted, fund.left) == (0, 1_000_000)
    again = a_draft(vendor=order.vendor)
    add_line(again, facts={"title": "Dua"}, fund=fund, unit_price=1_000_001, by=sari)
    assert refused(lambda: place_order(again, by=sari)) == ["fund_overspent"]


def test_a_permission_ends_with_the_receipt_it_was_for(sari):
    fund = a_fund(amount=200_000)
    line = an_order(fund=fund, copies=2).lines.get()
    dear = {"item_type": ItemTypeFactory(), "price_each": 150_000, "over_because": "Ongkos kirim", "by": sari}
    receipt = receive(line, ["B-1"], **dear)
    fund.refresh_from_db()
    assert (fund.permitted, fund.left) == (50_000, 0)
    return_receipt(receipt, by=sari)
    fund.refresh_from_db()
    assert (fund.permitted, fund.left) == (0, 0)


def test_a_larger_amount_takes_the_place_of_a_permission(sari):
    fund = a_fund(amount=1_000_000)
    overspent(sari, fund)
    assert change_fund(fund, amount=1_200_000, by=sari).permitted == 300_000
    assert change_fund(fund, amount=2_000_000, by=sari).left == 500_000
    fund.refresh_from_db()
    assert fund.permitted == 0


def test_every_fund_that_is_too_small_is_named(sari):
    order = a_draft()
    for name in ("DIPA", "Hibah"):
        add_line(order, facts={"title": name}, fund=a_fund(1, name=name), unit_price=100, by=sari)
    assert refused(lambda: place_order(order, by=sari)) == ["fund_overspent", "fund_overspent"]


def test_what_cannot_be_ordered_is_refused_with_every_reason(sari):
    fund, order = change_fund(a_fund(), is_active=False, by=None), a_draft()

    def wrong():
        add_line(order, request=a_request("Pulang"), fund=fund, unit_price=-1, discount=101, copies=0, by=sari)

    assert refused(wrong) == [
        "copies_out_of_range",
        "fund_not_in_use",
        "price_too_high",
        "discount_out_of_range",
        "request_not_accepted",
    ]
    assert refused(lambda: place_order(order, due_on=date(2020, 1, 1), by=sari)) == ["order_empty", "due_past"]


def test_a_request_is_on_one_order_at_a_time(sari):
    request, fund, first = an_accepted_request(), a_fund(), a_draft()
    line = add_line(first, request=request, fund=fund, unit_price=10, by=sari)
    second = a_draft(vendor=first.vendor)
    assert refused(lambda: add_line(second, request=request, fund=fund, unit_price=10, by=sari)) == ["request_on_order"]
    remove_line(line, by=sari)
    assert add_line(second, request=request, fund=fund, unit_price=10, by=sari).order == second


def test_an_order_that_is_sent_stays_as_it_is(sari):
    order = an_order()
    line = order.lines.get()
    assert refused(lambda: add_line(order, facts={"title": "Lagi"}, fund=line.fund, unit_price=1, by=sari)) == ["order_sent"]
    assert refused(lambda: remove_line(line, by=sari)) == ["order_sent"]
    assert refused(lambda: place_order(order, by=sari)) == ["order_sent"]


def test_a_late_order_is_claimed_and_the_rest_of_it_cancelled(sari):
    order = an_order(copies=3)
    line = order.lines.get()
    assert (claim_order(order, by=sari).claims, claim_order(order, by=sari).claims) == (1, 2)
    receive(line, ["B-1"], item_type=ItemTypeFactory(), by=sari)
    assert figures(line.fund) == (200_000, 100_000)
    ended = cancel_order(order, why="Tidak dicetak lagi", by=sari)
    assert (ended.state, figures(line.fund)) == ("received", (0, 100_000))
    line.refresh_from_db()
    assert (line.received, line.dropped, line.left) == (1, 2, 0)
    assert JournalEntry.objects.get(name="OrderCancelled").data["copies"] == 2
    assert refused(lambda: claim_order(order, by=sari)) == ["order_not_open"]
    assert refused(lambda: cancel_order(order, why="", by=sari)) == ["order_not_open", "reason_empty"]


def test_an_order_of_which_nothing_came_is_cancelled_and_may_be_ordered_elsewhere(sari):
    request, fund, order = an_accepted_request(), a_fund(), a_draft()
    add_line(order, request=request, fund=fund, unit_price=10, by=sari)
    place_order(order, by=sari)
    assert cancel_order(order, why="Rekanan tutup", by=sari).state == "cancelled"
    assert figures(fund) == (0, 0)
    again = a_draft(vendor=order.vendor)
    add_line(again, request=request, fund=fund, unit_price=10, by=sari)
    assert OrderLine.objects.filter(request=request).count() == 2


def test_the_rest_of_an_order_that_came_in_part_may_be_ordered_elsewhere(sari):
    request, fund, order, kind = an_accepted_request(copies=3), a_fund(), a_draft(), ItemTypeFactory()
    line = add_line(order, request=request, fund=fund, unit_price=10, copies=3, by=sari)
    place_order(order, by=sari)
    receipt = receive(line, ["B-1"], item_type=kind, by=sari)
    assert list(to_order()) == []
    cancel_order(order, why="Rekanan tutup", by=sari)
    assert [(each, each.rest) for each in to_order()] == [(request, 2)]
    assert refused(lambda: reopen_request(request, by=sari)) == ["request_on_order"]
    again = a_draft(vendor=order.vendor)
    added = add_line(again, request=request, fund=fund, unit_price=10, copies=2, by=sari)
    assert list(to_order()) == []
    assert refused(lambda: add_line(again, request=request, fund=fund, unit_price=10, by=sari)) == ["request_on_order"]
    remove_line(added, by=sari)
    return_receipt(receipt, by=sari)
    assert [each.rest for each in to_order()] == [2]


def test_a_request_of_which_enough_came_is_not_ordered_again(sari):
    request, fund, order = an_accepted_request(copies=1), a_fund(), a_draft()
    line = add_line(order, request=request, fund=fund, unit_price=10, copies=2, by=sari)
    place_order(order, by=sari)
    receive(line, ["B-1"], item_type=ItemTypeFactory(), by=sari)
    cancel_order(order, why="Cukup satu", by=sari)
    assert list(to_order()) == []
    again = a_draft(vendor=order.vendor)
    assert refused(lambda: add_line(again, request=request, fund=fund, unit_price=10, by=sari)) == ["request_on_order"]


def test_the_database_refuses_what_two_vendors_of_one_name_did_not_see(monkeypatch):
    vendor, other = a_vendor(), a_vendor("Gramedia")
    monkeypatch.setattr(vendors, "_refuse_faults", lambda _vendor: None)
    assert refused(lambda: a_vendor(vendor.name)) == ["vendor_name_taken"]
    assert refused(lambda: change_vendor(other, name=vendor.name, by=None)) == ["vendor_name_taken"]


def test_vendors_have_names_of_their_own():
    vendor = a_vendor()
    assert refused(lambda: add_vendor(name="toko buku togamas", delivery_days=0, by=None)) == [
        "vendor_name_taken",
        "delivery_out_of_range",
    ]
    change_vendor(vendor, is_active=False, by=None)
    vendor.refresh_from_db()
    assert refused(lambda: a_draft(vendor=vendor)) == ["vendor_not_in_use"]
    assert refused(lambda: add_vendor(name=" ", by=None)) == ["vendor_name_empty"]


def test_an_isbn_that_is_on_order_is_stopped_and_ordered_again_only_when_meant(sari):
    fund, first = a_fund(), a_draft()
    asked = an_accepted_request(isbn=ISBN)
    add_line(first, request=asked, fund=fund, unit_price=10, by=sari)
    second = a_draft(vendor=first.vendor)
    told = {"title": "Laut bercerita (cetakan baru)", "isbn": ISBN}
    with pytest.raises(Refused) as stopped:
        add_line(second, facts=told, fund=fund, unit_price=10, by=sari)
    assert str(stopped.value.reasons[0]).startswith("ISBN ini sudah ada pada pesanan Draf: “Laut bercerita”")
    assert refused(lambda: add_line(first, facts=told, fund=fund, unit_price=10, by=sari)) == ["isbn_on_order"]
    assert add_line(second, facts=told, fund=fund, unit_price=10, again=True, by=sari).isbn == ISBN
    OrderLine.objects.filter(order=first).update(received=1)  # all of it came, of the order others are awaited
    remove_line(second.lines.get(), by=sari)
    assert add_line(second, facts=told, fund=fund, unit_price=10, by=sari).isbn == ISBN
    OrderLine.objects.filter(order=first).update(received=0)
    third = a_draft(vendor=first.vendor)
    cancel_order(place_order(first, by=sari), why="Habis", by=sari)
    remove_line(second.lines.get(), by=sari)
    assert add_line(third, facts=told, fund=fund, unit_price=10, by=sari).isbn == ISBN
