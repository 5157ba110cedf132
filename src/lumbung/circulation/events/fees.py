"""What members owe, and what they paid."""

from datetime import date

from lumbung.kernel.events import Event, event


@event
class FeeCharged(Event):
    """``amount`` is whole rupiah, as in every event about money. Which loan it is for stands on the fee, which forgets it in time."""

    fee: int
    member: int
    kind: str
    amount: int


@event
class FeeWaived(Event):
    fee: int
    member: int
    amount: int


@event
class FeeWrittenOff(Event):
    fee: int
    member: int
    amount: int


@event
class FeeCorrected(Event):
    fee: int
    member: int
    amount: int


@event
class FeeReversed(Event):
    """The fee no longer stands; ``credit`` is what of it had been paid and is now in the member's favour."""

    fee: int
    member: int
    amount: int
    credit: int


@event
class PaymentReceived(Event):
    """Below nothing: money was given back."""

    payment: int
    member: int
    branch: int
    amount: int
    method: str


@event
class PaymentTold(Event):
    """A member says that money was sent; staff will look for it."""

    payment: int
    member: int
    amount: int
    method: str


@event
class PaymentRejected(Event):
    payment: int
    member: int
    amount: int


@event
class PaymentCancelled(Event):
    payment: int
    member: int
    amount: int


@event
class CashClosed(Event):
    closing: int
    branch: int
    expected: int
    counted: int


@event
class CashOpened(Event):
    opening: int
    branch: int
    expected: int
    counted: int


@event
class LoanReportedLost(Event):
    """``of_itself``: nobody said so, it was overdue for as long as its terms say."""

    loan: int
    item: int
    record: int
    member: int
    of_itself: bool = False


@event
class LossReplaced(Event):
    """Other copies of the title came in place of the lost one, and the loan ended. ``credit`` is what had been paid for the loss."""

    loan: int
    item: int
    record: int
    member: int
    copies: list[int]
    credit: int


@event
class LossSettled(Event):
    """The loss was paid or waived, and nothing of it would be given back any more: the loan ended."""

    loan: int
    item: int
    record: int
    member: int


@event
class LossWithdrawn(Event):
    """The item reported lost is with the member after all: the loan goes on. ``credit`` is what had been paid for it and is given back."""

    loan: int
    item: int
    record: int
    member: int
    credit: int


@event
class PaymentWaysChanged(Event):
    fields: list[str]


@event
class CashBookTaken(Event):
    """Somebody took the cash book of a day out of the house, with the names of those who paid."""

    branch: int
    day: date
    count: int


@event
class MemberSuspended(Event):
    """``until`` is the last day on which the member may not borrow."""

    member: int
    until: date


@event
class SuspensionLifted(Event):
    member: int
