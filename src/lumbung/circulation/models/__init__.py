from lumbung.circulation.models.fee import Fee, FeeAccount, FeeEntry
from lumbung.circulation.models.hold import Hold
from lumbung.circulation.models.loan import Loan, Renewal
from lumbung.circulation.models.payment import CashClosing, Payment, ReceiptSeries
from lumbung.circulation.models.rule import LoanRule

__all__ = [
    "CashClosing",
    "Fee",
    "FeeAccount",
    "FeeEntry",
    "Hold",
    "Loan",
    "LoanRule",
    "Payment",
    "ReceiptSeries",
    "Renewal",
]
