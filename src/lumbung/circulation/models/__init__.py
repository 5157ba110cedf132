from lumbung.circulation.models.closed_doors import ClosedDoors
from lumbung.circulation.models.fee import Fee, FeeAccount, FeeEntry
from lumbung.circulation.models.hold import Hold
from lumbung.circulation.models.loan import DueDateMove, DueDateShift, Loan, Renewal
from lumbung.circulation.models.offline import OfflineEntry
from lumbung.circulation.models.payment import CashClosing, Payment, ReceiptSeries
from lumbung.circulation.models.phone_lending import PhoneLending
from lumbung.circulation.models.pin import Pin
from lumbung.circulation.models.policy import VALUES, ClosedDays, FinePer, LoanKinds, Policy
from lumbung.circulation.models.recall import Recall, Urgency
from lumbung.circulation.models.rule import CRITERIA, LoanRule, RuleBook
from lumbung.circulation.models.terminal import Terminal

__all__ = [
    "CRITERIA",
    "VALUES",
    "CashClosing",
    "ClosedDays",
    "ClosedDoors",
    "DueDateMove",
    "DueDateShift",
    "Fee",
    "FeeAccount",
    "FeeEntry",
    "FinePer",
    "Hold",
    "Loan",
    "LoanKinds",
    "LoanRule",
    "OfflineEntry",
    "Payment",
    "PhoneLending",
    "Pin",
    "Policy",
    "Recall",
    "ReceiptSeries",
    "Renewal",
    "RuleBook",
    "Terminal",
    "Urgency",
]
