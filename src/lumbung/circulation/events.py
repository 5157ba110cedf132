"""What happens in this part. Moments are ISO 8601 with offset; the other fields are primary keys unless they say otherwise.

``waived`` are the codes of the refusals that staff set aside; what they wrote about it stands on the loan.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CheckedOut(Event):
    loan: int
    item: int
    record: int
    member: int
    branch: int
    due_at: datetime
    waived: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class CheckOutUndone(Event):
    """The loan was a slip of the desk; it is gone. ``loan`` was its key."""

    loan: int
    item: int
    record: int
    member: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class CheckedIn(Event):
    loan: int
    item: int
    record: int
    member: int | None
    branch: int
    overdue_days: int = 0


@dataclass(frozen=True, kw_only=True)
class ItemSeen(Event):
    """An item that was not on loan was scanned as if it came back."""

    item: int
    record: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class UsedInHouse(Event):
    """Somebody read the item in the library."""

    item: int
    record: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class Renewed(Event):
    loan: int
    item: int
    record: int
    member: int
    was_due_at: datetime
    due_at: datetime
    waived: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Event):
    hold: int
    record: int
    member: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class HoldCancelled(Event):
    hold: int
    record: int
    member: int


@dataclass(frozen=True, kw_only=True)
class HoldReady(Event):
    """A copy stands on the pick-up shelf until the end of ``ready_until``."""

    hold: int
    record: int
    item: int
    member: int
    branch: int
    ready_until: date


@dataclass(frozen=True, kw_only=True)
class HoldSentOn(Event):
    """A copy was set aside away from the pick-up branch (``branch``) and is to be sent there."""

    hold: int
    record: int
    item: int
    member: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class HoldFilled(Event):
    hold: int
    record: int
    item: int
    member: int
    loan: int


@dataclass(frozen=True, kw_only=True)
class HoldExpired(Event):
    hold: int
    record: int
    item: int
    member: int


@dataclass(frozen=True, kw_only=True)
class LoanRuleAdded(Event):
    rule: int


@dataclass(frozen=True, kw_only=True)
class LoanRuleChanged(Event):
    rule: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class LoanRuleRemoved(Event):
    rule: int


@dataclass(frozen=True, kw_only=True)
class RuleWeightsSet(Event):
    """``fields`` are the criteria that no longer weigh what they weigh from the start."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class BorrowersForgotten(Event):
    """The members of this many returned loans and closed holds were forgotten, here and in the journal."""

    loans: int
    holds: int


@dataclass(frozen=True, kw_only=True)
class OverdueExported(Event):
    """Somebody took the list of ``count`` overdue loans out of the house, with the names and telephone numbers on it."""

    count: int


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
class TerminalAdded(Event):
    terminal: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class TerminalChanged(Event):
    terminal: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class TerminalSecretRenewed(Event):
    """The old secret no longer opens the door."""

    terminal: int


@dataclass(frozen=True, kw_only=True)
class TerminalRemoved(Event):
    terminal: int


@dataclass(frozen=True, kw_only=True)
class PinSet(Event):
    member: int


@dataclass(frozen=True, kw_only=True)
class PinLocked(Event):
    """Too many wrong tries; the PIN rests for a while."""

    member: int


@dataclass(frozen=True, kw_only=True)
class LoansArrived(Event):
    """So many loans came in from another system, of items of these records (primary keys)."""

    loans: int
    records: list[int]


@dataclass(frozen=True, kw_only=True)
class HoldsArrived(Event):
    """Holds (primary keys) came in from another system."""

    holds: list[int]


@dataclass(frozen=True, kw_only=True)
class LoansWithdrawn(Event):
    """Loans and holds that had come in were taken out again; the loans were of items of these records (primary keys)."""

    loans: int
    holds: int
    records: list[int]


@dataclass(frozen=True, kw_only=True)
class CreditArrived(Event):
    """The library owed the member this much in the system it comes from; it is in the member's favour here too."""

    member: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class HoldSuspended(Event):
    """It keeps its place and gets no copy, until the day given or until it is resumed."""

    hold: int
    record: int
    member: int
    until: date | None


@dataclass(frozen=True, kw_only=True)
class HoldResumed(Event):
    hold: int
    record: int
    member: int


@dataclass(frozen=True, kw_only=True)
class HoldPutFirst(Event):
    """Staff put the hold before others; why stands on the hold."""

    hold: int
    record: int
    member: int


@dataclass(frozen=True, kw_only=True)
class HoldPutBack(Event):
    """It is back in the order in which people asked."""

    hold: int
    record: int
    member: int


@dataclass(frozen=True, kw_only=True)
class HoldPickupChanged(Event):
    """It is to be fetched at ``branch`` now."""

    hold: int
    record: int
    member: int
    branch: int


@dataclass(frozen=True, kw_only=True)
class HoldLapsed(Event):
    """The day until which the member wanted it is over, and no copy came."""

    hold: int
    record: int
    member: int


@dataclass(frozen=True, kw_only=True)
class LoanRecalled(Event):
    """The borrower is asked to bring the item back sooner, because somebody waits for it."""

    loan: int
    item: int
    record: int
    member: int
    was_due_at: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class UrgencyChanged(Event):
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class PhoneLendingChanged(Event):
    branch: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class OfflineConflictFound(Event):
    """What a desk did without a line could not be brought in; ``codes`` say why."""

    entry: int
    codes: list[str]


@dataclass(frozen=True, kw_only=True)
class OfflineConflictSettled(Event):
    entry: int


@dataclass(frozen=True, kw_only=True)
class OfflineConflictDismissed(Event):
    """Staff left it as it is; why stands on the entry."""

    entry: int


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
    reason: str


@dataclass(frozen=True, kw_only=True)
class DueDatesMoved(Event):
    move: int
    count: int


@dataclass(frozen=True, kw_only=True)
class DueDatesMovedBack(Event):
    move: int
    count: int
