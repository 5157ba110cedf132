"""What acquisitions begin with, made by the verbs: a fund, a vendor, requests, an order that is sent."""

from typing import Any

from lumbung.acquisitions.domain.funds import add_fund
from lumbung.acquisitions.domain.orders import add_line, begin_order, place_order
from lumbung.acquisitions.domain.receiving import receive
from lumbung.acquisitions.domain.requests import ask_for
from lumbung.acquisitions.domain.selection import accept_request
from lumbung.acquisitions.domain.vendors import add_vendor
from lumbung.acquisitions.models import Fund, NewCopy, Order, PurchaseRequest, Vendor
from lumbung.catalogue.tests.factories import ItemTypeFactory
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory

ISBN = "9786020633176"


def a_fund(amount: int = 1_000_000, name: str = "DIPA", year: int = 2026) -> Fund:
    return add_fund(name=name, year=year, amount=amount, by=None)


def a_vendor(name: str = "Toko Buku Togamas") -> Vendor:
    return add_vendor(name=name, delivery_days=14, by=None)


def a_request(title: str = "Laut bercerita", **more: Any) -> PurchaseRequest:
    facts = {"title": title, "creator": "Leila S. Chudori", "publisher": "KPG", "year": "2017", "isbn": more.pop("isbn", "")}
    return ask_for(facts, by=more.pop("by", None), **more)


def an_accepted_request(title: str = "Laut bercerita", **more: Any) -> PurchaseRequest:
    return accept_request(a_request(title, **more), priority=2, by=None)


def a_draft(branch: Branch | None = None, vendor: Vendor | None = None) -> Order:
    return begin_order(vendor or a_vendor(), branch=branch or BranchFactory(), by=None)


def an_order(
    *titles: str, fund: Fund | None = None, copies: int = 2, price: int = 100_000, vendor: Vendor | None = None
) -> Order:
    """An order that is sent, with a line for each title (or one)."""
    order, fund = a_draft(vendor=vendor), fund or a_fund()
    for title in titles or ("Laut bercerita",):
        add_line(order, facts={"title": title}, fund=fund, unit_price=price, copies=copies, by=None)
    return place_order(order, by=None)


def a_new_copy(barcode: str = "B-1", title: str = "Laut bercerita") -> NewCopy:
    """One copy that came."""
    order = an_order(title, copies=1)
    receipt = receive(order.lines.get(), [barcode], item_type=ItemTypeFactory(), by=None)
    return receipt.new_copies.get()
