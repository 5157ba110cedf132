from lumbung.circulation.models.fee import Fee, FeeAccount, FeeEntry
from lumbung.circulation.models.hold import Hold
from lumbung.circulation.models.loan import Loan, Renewal
from lumbung.circulation.models.payment import CashClosing, Payment, ReceiptSeries
from lumbung.circulation.models.phone_lending import PhoneLending
from lumbung.circulation.models.pin import Pin
from lumbung.circulation.models.recall import Recall, Urgency
from lumbung.circulation.models.rule import LoanRule
from lumbung.circulation.models.terminal import Terminal

__all__ = [
    "CashClosing",
    "Fee",
    "FeeAccount",
    "FeeEntry",
    "Hold",
    "Loan",
    "LoanRule",
    "Payment",
    "PhoneLending",
    "Pin",
    "Recall",
    "ReceiptSeries",
    "Renewal",
    "Terminal",
    "Urgency",
]
