"""What members owe, and what they paid."""

from dataclasses import dataclass
from datetime import date

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FeeCharged(Event):
    """``amount`` is whole rupiah, as in every event about money. Which loan it is for stands on the fee, which forgets it in time."""

    fee: int
    member: int
    kind: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class FeeWaived(Event):
    fee: int
    member: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class FeeWrittenOff(Event):
    fee: int
    member: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class FeeCorrected(Event):
    fee: int
    member: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class FeeReversed(Event):
    """The fee no longer stands; ``credit`` is what of it had been paid and is now in the member's favour."""

    fee: int
    member: int
    amount: int
    credit: int


@dataclass(frozen=True, kw_only=True)
class PaymentReceived(Event):
    """Below nothing: money was given back."""

    payment: int
    member: int
    branch: int
    amount: int
    method: str


@dataclass(frozen=True, kw_only=True)
class PaymentTold(Event):
    """A member says that money was sent; staff will look for it."""

    payment: int
    member: int
    amount: int
    method: str


@dataclass(frozen=True, kw_only=True)
class PaymentRejected(Event):
    payment: int
    member: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class PaymentCancelled(Event):
    payment: int
    member: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class CashClosed(Event):
    closing: int
    branch: int
    expected: int
    counted: int


@dataclass(frozen=True, kw_only=True)
class LoanReportedLost(Event):
    loan: int
    item: int
    record: int
    member: int


@dataclass(frozen=True, kw_only=True)
class MemberSuspended(Event):
    """``until`` is the last day on which the member may not borrow."""

    member: int
    until: date


@dataclass(frozen=True, kw_only=True)
class SuspensionLifted(Event):
    member: int
