"""Orders: begun with a vendor, filled with titles, sent, claimed when late, cancelled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction

from lumbung.acquisitions.domain.describing import facts_of, plain
from lumbung.acquisitions.domain.funds import Movement, draw
from lumbung.acquisitions.domain.numbering import next_number
from lumbung.acquisitions.domain.requests import HIGHEST_PRICE
from lumbung.acquisitions.events import OrderBegun, OrderCancelled, OrderClaimed, OrderLineAdded, OrderLineRemoved, OrderPlaced
from lumbung.acquisitions.models import Fund, Order, OrderLine, PurchaseRequest, Vendor
from lumbung.acquisitions.models.order import WHOLE
from lumbung.acquisitions.queries.requests import line_with_isbn
from lumbung.acquisitions.refusals import (
    DISCOUNT_OUT_OF_RANGE,
    DUE_PAST,
    FUND_DECIDED_BY_OTHERS,
    FUND_NOT_IN_USE,
    ISBN_ON_ORDER,
    ORDER_EMPTY,
    ORDER_NOT_OPEN,
    ORDER_SENT,
    PRICE_TOO_HIGH,
    REASON_EMPTY,
    REQUEST_NOT_ACCEPTED,
    REQUEST_ON_ORDER,
    VENDOR_NOT_IN_USE,
)
from lumbung.catalogue.models import Record
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.words import rupiah
from lumbung.organization.models import Branch

LONGEST_WHY = 300
States = Order.States


@transaction.atomic
def begin_order(vendor: Vendor, *, branch: Branch, by: events.Actor | None, note: str = "") -> Order:
    """Begin an order with a vendor, to be delivered to a branch. Refuses a vendor that is not in use."""
    if not vendor.is_active:
        raise Refused(VENDOR_NOT_IN_USE(vendor=vendor))
    begun = {"begun_at": clock.now(), "begun_by_id": by.pk if by else None}
    order = Order.objects.create(vendor=vendor, branch=branch, note=note.strip()[:500], **begun)
    events.record(OrderBegun(order=order.pk, vendor=vendor.pk), by=by)
    return order


@refuse_when_broken(a_request_is_ordered_once=REQUEST_ON_ORDER)
@transaction.atomic
def add_line(
    order: Order,
    *,
    fund: Fund,
    unit_price: int,
    by: events.Actor | None,
    discount: int = 0,
    copies: int = 1,
    request: PurchaseRequest | None = None,
    record: Record | None = None,
    facts: Mapping[str, str] | None = None,
    again: bool = False,
) -> OrderLine:
    """Put a title on an order that is not sent: of an accepted ``request``, of a ``record``, or told by ``facts``. ``unit_price`` is in
    rupiah, ``discount`` in percent. Refuses what is not a title, numbers out of range, a request that is not accepted or on an order
    already, a fund that is not in use, an order that is sent, and an ISBN that is on order, unless it is meant ``again``. What was dropped
    of a request may be ordered again."""
    current = locked(order)
    reasons: list[Reason] = [] if current.state == States.DRAFT else [ORDER_SENT()]
    record = record or (request.record if request else None)
    told = facts or (request.facts if request else facts_of(record) if record else {})
    told, faults = plain(told, copies)
    reasons += faults + _faults(fund, unit_price, discount)
    if request is not None:
        request = PurchaseRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        reasons += [] if request.state == PurchaseRequest.States.ACCEPTED else [REQUEST_NOT_ACCEPTED()]
        reasons += [REQUEST_ON_ORDER()] if _is_ordered(request) else []
    reasons += [] if again else _isbn_on_order(told["isbn"], request)
    if reasons:
        raise Refused(reasons)
    price = unit_price - round(unit_price * discount / WHOLE)
    priced = {"fund": fund, "unit_price": unit_price, "discount": discount, "price_each": price}
    line = OrderLine.objects.create(order=current, request=request, record=record, copies=copies, **told, **priced)
    events.record(OrderLineAdded(order=current.pk, order_line=line.pk, copies=copies), by=by)
    return line


def _isbn_on_order(isbn: str, request: PurchaseRequest | None) -> list[Reason]:
    held = line_with_isbn(isbn, besides=request) if isbn else None
    return [ISBN_ON_ORDER(order=held.order.number or held.order.get_state_display(), title=held.title)] if held else []


@transaction.atomic
def remove_line(line: OrderLine, *, by: events.Actor | None) -> None:
    """Take a title off an order that is not sent; its request waits to be ordered again."""
    current = locked(line.order)
    if current.state != States.DRAFT:
        raise Refused(ORDER_SENT())
    removed = OrderLineRemoved(order=current.pk, order_line=line.pk)
    OrderLine.objects.filter(pk=line.pk, order=current).delete()
    events.record(removed, by=by)


@refuse_when_broken(a_fund_is_not_overspent=FUND_DECIDED_BY_OTHERS)
@transaction.atomic
def place_order(order: Order, *, by: events.Actor | None, due_on: date | None = None, over_because: str = "") -> Order:
    """Send it: it gets its number, and what it costs is bound in its funds. Expected on ``due_on``, or after the usual days of the vendor.

    Refuses one that is sent, one without titles, a day that is past, and more than a fund has left (unless ``over_because`` says why).
    """
    current = locked(order)
    today = clock.today(current.branch.zone)
    lines = list(current.lines.all())
    reasons: list[Reason] = [] if current.state == States.DRAFT else [ORDER_SENT()]
    reasons += [] if lines else [ORDER_EMPTY()]
    reasons += [DUE_PAST()] if due_on is not None and due_on < today else []
    if reasons:
        raise Refused(reasons)
    draw(_bound(lines), over_because=over_because, by=by)
    current.state, current.number = States.ORDERED, next_number(today)
    current.ordered_at, current.ordered_by_id = clock.now(), by.pk if by else None
    current.due_on = due_on or today + timedelta(days=current.vendor.delivery_days)
    current.save()
    told = OrderPlaced(order=current.pk, number=current.number, amount=sum(line.cost for line in lines))
    events.record(told, by=by)
    return current


@transaction.atomic
def claim_order(order: Order, *, by: events.Actor | None) -> Order:
    """Note that the vendor was reminded. Refuses an order of which nothing is awaited."""
    current = locked(order)
    if not current.is_open:
        raise Refused(ORDER_NOT_OPEN())
    current.claims, current.claimed_at = current.claims + 1, clock.now()
    current.save(update_fields=["claims", "claimed_at"])
    events.record(OrderClaimed(order=current.pk), by=by)
    return current


@transaction.atomic
def cancel_order(order: Order, *, why: str, by: events.Actor | None) -> Order:
    """Wait for nothing more of it: what did not come is dropped, its money is free again, and its requests may be ordered elsewhere.
    Refuses without a reason, and an order of which nothing is awaited any more."""
    current = locked(order)
    reasons: list[Reason] = [] if current.is_open or current.state == States.DRAFT else [ORDER_NOT_OPEN()]
    reasons += [] if why.strip() else [REASON_EMPTY()]
    if reasons:
        raise Refused(reasons)
    lines, dropped = list(current.lines.select_for_update()), 0
    if current.is_open:
        draw(_bound(lines, sign=-1), over_because="", by=by)
    for line in lines:
        dropped += line.left
        line.dropped += line.left
        line.save(update_fields=["dropped"])
    came = any(line.received for line in lines)
    current.state, current.why_ended = States.RECEIVED if came else States.CANCELLED, why.strip()[:LONGEST_WHY]
    current.ended_at = clock.now()
    current.save(update_fields=["state", "why_ended", "ended_at"])
    events.record(OrderCancelled(order=current.pk, copies=dropped, why=current.why_ended), by=by)
    return current


def locked(order: Order) -> Order:
    """The order as it stands, locked to the end of the transaction. Part of a verb."""
    return Order.objects.select_for_update(of=("self",)).select_related("vendor", "branch").get(pk=order.pk)


def _bound(lines: Iterable[OrderLine], sign: int = 1) -> dict[int, Movement]:
    """What the copies still to come cost, by fund."""
    amounts: dict[int, int] = defaultdict(int)
    for line in lines:
        amounts[line.fund_id] += sign * line.left * line.price_each
    return {fund: Movement(committed=amount) for fund, amount in amounts.items()}


def _is_ordered(request: PurchaseRequest) -> bool:
    """Whether a line stands for it, or as many copies as it is for came or are awaited of lines cut short."""
    lines = list(request.lines.all())
    return any(not line.dropped for line in lines) or sum(line.kept for line in lines) >= request.copies


def _faults(fund: Fund, unit_price: int, discount: int) -> list[Reason]:
    reasons: list[Reason] = [] if fund.is_active else [FUND_NOT_IN_USE(fund=fund)]
    reasons += [] if 0 <= unit_price <= HIGHEST_PRICE else [PRICE_TOO_HIGH(most=rupiah(HIGHEST_PRICE))]
    return reasons + ([] if 0 <= discount <= WHOLE else [DISCOUNT_OUT_OF_RANGE()])
