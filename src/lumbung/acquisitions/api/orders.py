"""Orders for programs that keep accounts: ``/api/v1/orders``."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.acquisitions.models import Order, OrderLine
from lumbung.acquisitions.permissions import ORDERS_READ, SEE
from lumbung.acquisitions.queries.orders import lines_of, orders_visible_to
from lumbung.kernel.api.shapes import Listing, PageNumber, PageSize, listing

router = Router()


class LineOut(Schema):
    """Prices in whole rupiah; ``price_each`` is the unit price less the discount (percent)."""

    id: int
    title: str
    creator: str
    publisher: str
    year: str
    isbn: str
    record: int | None
    purchase_request: int | None
    fund: str
    copies: int
    received: int
    dropped: int
    unit_price: int
    discount: int
    price_each: int


class OrderOut(Schema):
    """``number`` is empty for a draft; ``branch`` is the code of where it is delivered."""

    id: int
    number: str
    vendor: str
    branch: str
    state: Order.States
    ordered_at: datetime | None
    due_on: date | None
    claims: int


class WholeOrderOut(OrderOut):
    lines: list[LineOut]


class OrderSearch(Schema):
    state: Order.States | None = None
    page: PageNumber = 1
    size: PageSize = 20


@router.get("", auth=Scoped(ORDERS_READ, SEE), response=Listing[OrderOut])
def list_orders(request: ApiRequest, search: Query[OrderSearch]) -> dict[str, Any]:
    """Orders, newest first."""
    found = orders_visible_to(request.auth.actor).select_related("vendor", "branch")
    found = found.filter(state=search.state) if search.state else found
    return listing(found, search.page, search.size, _told)


@router.get("/{int:key}", auth=Scoped(ORDERS_READ, SEE), response=WholeOrderOut)
def read_order(request: ApiRequest, key: int) -> dict[str, Any]:
    """One order with its lines."""
    found = get_object_or_404(orders_visible_to(request.auth.actor).select_related("vendor", "branch"), pk=key)
    return {**_told(found), "lines": [_told_line(line) for line in lines_of(found)]}


def _told(row: Order) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("state", "ordered_at", "due_on", "claims")}
    return {"id": row.pk, "number": row.number or "", "vendor": row.vendor.name, "branch": row.branch.code, **plain}


def _told_line(row: OrderLine) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("copies", "received", "dropped", "unit_price", "discount", "price_each")}
    of = {"record": row.record_id, "purchase_request": row.request_id, "fund": str(row.fund)}
    return {"id": row.pk, **row.facts, **of, **plain}
