"""Orders, their lines, funds and vendors."""

from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet, Sum

from lumbung.accounts.domain.permissions import may
from lumbung.acquisitions.models import Fund, Order, OrderLine, OrderNumbering, Receipt, Vendor
from lumbung.acquisitions.permissions import SEE

OPEN = [Order.States.ORDERED, Order.States.PARTLY_RECEIVED]


def orders_visible_to(viewer: object) -> QuerySet[Order]:
    """All orders for staff who may see them, none for anybody else."""
    return Order.objects.all() if may(viewer, SEE) else Order.objects.none()


def with_sums(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Each order with ``amount`` (rupiah), ``ordered`` and ``came`` (copies), its vendor and branch at hand."""
    amount = Sum(F("lines__copies") * F("lines__price_each"))
    counted = {"amount": amount, "ordered": Sum("lines__copies"), "came": Sum("lines__received")}
    return orders.select_related("vendor", "branch").annotate(**counted)


def late_orders(today: date) -> Q:
    """Which orders are late on that day: something of them is awaited, and its day is past."""
    return Q(state__in=OPEN, due_on__lt=today)


def lines_of(order: Order) -> QuerySet[OrderLine]:
    """The lines with their funds, requests and receipts (also those that were undone)."""
    receipts = Receipt.objects.select_related("received_by", "undone_by")
    lines = order.lines.select_related("fund", "request__member", "record").defer("record__marc", "record__findable")
    return lines.prefetch_related(Prefetch("receipts", queryset=receipts))


def funds() -> QuerySet[Fund]:
    """All funds, the latest year first."""
    return Fund.objects.all()


def vendors() -> QuerySet[Vendor]:
    return Vendor.objects.all()


def numbering() -> OrderNumbering:
    """How orders are numbered."""
    return OrderNumbering.objects.filter(pk=1).first() or OrderNumbering()
