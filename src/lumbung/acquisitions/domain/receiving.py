"""Receipt: copies come, and become items of the catalogue in the same transaction; a wrong receipt is undone."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from lumbung.acquisitions.domain.describing import brief_marc
from lumbung.acquisitions.domain.funds import Movement, draw
from lumbung.acquisitions.domain.orders import locked
from lumbung.acquisitions.domain.requests import HIGHEST_PRICE
from lumbung.acquisitions.events import CopiesReceived, ReceiptUndone
from lumbung.acquisitions.models import NewCopy, Order, OrderLine, PurchaseRequest, Receipt
from lumbung.acquisitions.refusals import (
    COPY_ON_SHELF,
    FUND_DECIDED_BY_OTHERS,
    MORE_THAN_ORDERED,
    NO_BARCODES,
    ORDER_NOT_OPEN,
    PRICE_TOO_HIGH,
    RECEIPT_UNDONE,
    RECEIVED_BY_OTHERS,
)
from lumbung.catalogue.domain.copies import add_copies
from lumbung.catalogue.domain.items import remove_item, set_status
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.models import Item, ItemType, Record
from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.words import rupiah
from lumbung.organization.models import Location

States = Order.States


@refuse_when_broken(no_more_copies_come_than_were_ordered=RECEIVED_BY_OTHERS, a_fund_is_not_overspent=FUND_DECIDED_BY_OTHERS)
@transaction.atomic
def receive(
    line: OrderLine,
    barcodes: Sequence[str],
    *,
    item_type: ItemType,
    by: events.Actor | None,
    record: Record | None = None,
    location: Location | None = None,
    call_number: str = "",
    price_each: int | None = None,
    invoice: str = "",
    over_because: str = "",
) -> Receipt:
    """Take in one copy for each barcode: it becomes an item of the title, with price, source and accession number, "in process" until it is
    shelved. The record is the one that is meant; where there is none, ``record`` if it is told, else a brief one is made. ``price_each``
    (rupiah) where the invoice says another.

    Refuses more copies than are awaited, barcodes that cannot be used, and what would pass the fund (unless ``over_because`` says why).
    """
    order = locked(line.order)
    line = OrderLine.objects.select_for_update(of=("self",)).select_related("fund", "record").get(pk=line.pk)
    price = line.price_each if price_each is None else price_each
    if reasons := _faults(order, line, barcodes, price):
        raise Refused(reasons)
    record = _record_of(line, record, by)
    shared = {"branch": order.branch, "item_type": item_type, "location": location, "call_number": call_number}
    bought = {"source": Item.Sources.PURCHASE.value, "vendor": order.vendor.name, "price": Decimal(price)}
    today = clock.today(order.branch.zone)
    items = add_copies(record, barcodes, by=by, numbered=True, accessioned_on=today, **shared, **bought)
    receipt = Receipt.objects.create(
        line=line,
        copies=len(items),
        price_each=price,
        invoice=invoice.strip()[:60],
        received_at=clock.now(),
        received_by_id=by.pk if by else None,
    )
    for item in items:
        set_status(item, Item.Statuses.IN_PROCESS, because=Item.Causes.ACQUIRED, by=by)
        NewCopy.objects.create(receipt=receipt, item=item)
    _move(order, line, receipt, sign=1, over_because=over_because, by=by)
    told = {"order": order.pk, "order_line": line.pk, "receipt": receipt.pk, "record": record.pk}
    events.record(CopiesReceived(**told, items=[item.pk for item in items]), by=by)
    return receipt


@transaction.atomic
def return_receipt(receipt: Receipt, *, by: events.Actor | None, over_because: str = "") -> Receipt:
    """Undo a wrong receipt: its items go, their barcodes are free, the copies are awaited again and their money is bound again. The record
    stays. Refuses one that was undone, one of which a copy is on the shelf, was lent, or is waited for, and what would pass the fund
    where the copies came cheaper than they were ordered (unless ``over_because`` says why)."""
    order = locked(receipt.line.order)
    line = OrderLine.objects.select_for_update(of=("self",)).get(pk=receipt.line_id)
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    copies = list(receipt.new_copies.select_related("item"))
    reasons: list[Reason] = [RECEIPT_UNDONE()] if receipt.undone_at else []
    reasons += [COPY_ON_SHELF(barcode=copy.item.barcode) for copy in copies if copy.shelved_at]
    if reasons:
        raise Refused(reasons)
    for copy in copies:
        copy.delete()
        remove_item(copy.item, by=by)
    receipt.undone_at, receipt.undone_by_id = clock.now(), by.pk if by else None
    receipt.save(update_fields=["undone_at", "undone_by"])
    _move(order, line, receipt, sign=-1, over_because=over_because, by=by)
    told = {"order": order.pk, "order_line": line.pk, "receipt": receipt.pk, "copies": receipt.copies}
    events.record(ReceiptUndone(**told, record=line.record_id), by=by)
    return receipt


def _faults(order: Order, line: OrderLine, barcodes: Sequence[str], price: int) -> list[Reason]:
    reasons: list[Reason] = [] if order.is_open else [ORDER_NOT_OPEN()]
    reasons += [] if barcodes else [NO_BARCODES()]
    if order.is_open and len(barcodes) > line.left:
        reasons.append(MORE_THAN_ORDERED(left=line.left))
    return reasons + ([] if 0 <= price <= HIGHEST_PRICE else [PRICE_TOO_HIGH(most=rupiah(HIGHEST_PRICE))])


def _record_of(line: OrderLine, told: Record | None, by: events.Actor | None) -> Record:
    """The record of the title: the one that is meant, else the one that is told or a brief one, from now on that of line and request."""
    if line.record is not None:
        return line.record
    made = told or add_record(brief_marc(line.facts), by=by)
    line.record = made
    line.save(update_fields=["record"])
    if line.request_id is not None:
        PurchaseRequest.objects.filter(pk=line.request_id, record=None).update(record=made)
    return made


def _move(order: Order, line: OrderLine, receipt: Receipt, *, sign: int, over_because: str, by: events.Actor | None) -> None:
    """Count the copies of the receipt in (or out), and what they cost: what was bound for them is free, what they cost is spent."""
    line.received += sign * receipt.copies
    line.save(update_fields=["received"])
    bound, spent = receipt.copies * line.price_each, receipt.copies * receipt.price_each
    draw({line.fund_id: Movement(-sign * bound, sign * spent)}, over_because=over_because, by=by)
    lines = list(order.lines.all())
    awaited, came = any(each.left for each in lines), any(each.received for each in lines)
    order.state = States.PARTLY_RECEIVED if awaited and came else States.ORDERED if awaited else States.RECEIVED
    order.save(update_fields=["state"])
