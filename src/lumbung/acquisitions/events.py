"""What happens in this part. ``purchase_request``, ``order``, ``order_line``, ``receipt``, ``fund`` and ``vendor`` hold primary keys."""

from lumbung.kernel.events import Event, event


@event
class PurchaseRequested(Event):
    purchase_request: int
    member: int | None


@event
class PurchaseRequestAccepted(Event):
    purchase_request: int
    member: int | None
    priority: int


@event
class PurchaseRequestDeclined(Event):
    purchase_request: int
    member: int | None


@event
class PurchaseRequestReopened(Event):
    """The decision was taken back; the request waits for one again."""

    purchase_request: int
    member: int | None


@event
class PurchaseRequestWithdrawn(Event):
    """The member took it back before anybody decided."""

    purchase_request: int
    member: int | None


@event
class AskersForgotten(Event):
    """Of ``count`` requests that are over it is not known any more who asked."""

    count: int


@event
class FundAdded(Event):
    fund: int
    amount: int


@event
class FundChanged(Event):
    fund: int
    fields: list[str]


@event
class OverspendPermitted(Event):
    """``amount`` rupiah more than the fund has may be ordered or paid from it."""

    fund: int
    amount: int
    why: str


@event
class VendorAdded(Event):
    vendor: int


@event
class VendorChanged(Event):
    vendor: int
    fields: list[str]


@event
class OrderBegun(Event):
    order: int
    vendor: int


@event
class OrderLineAdded(Event):
    order: int
    order_line: int
    copies: int


@event
class OrderLineRemoved(Event):
    order: int
    order_line: int


@event
class OrderPlaced(Event):
    order: int
    number: str
    amount: int


@event
class OrderClaimed(Event):
    """The vendor was reminded of what is late."""

    order: int


@event
class OrderCancelled(Event):
    """Nothing more is awaited of it; ``copies`` of it did not come."""

    order: int
    copies: int
    why: str


@event
class OrderNumberingSet(Event):
    pattern: str


@event
class CopiesReceived(Event):
    order: int
    order_line: int
    receipt: int
    record: int
    items: list[int]


@event
class ReceiptUndone(Event):
    order: int
    order_line: int
    receipt: int
    record: int | None
    copies: int


@event
class CopyProcessed(Event):
    """A step on the way to the shelf is done."""

    item: int
    record: int
    step: str


@event
class CopyStepTakenBack(Event):
    item: int
    record: int
    step: str


@event
class CopyShelved(Event):
    """A new copy is on its shelf and may be lent."""

    item: int
    record: int
