from lumbung.circulation.models.article import ArticleRequest, ArticleTerms
from lumbung.circulation.models.booking import BookedDay, Booking
from lumbung.circulation.models.closed_doors import ClosedDoors
from lumbung.circulation.models.fee import PAID, Fee, FeeAccount, FeeEntry
from lumbung.circulation.models.handover import DutyDay, Handover, Rest
from lumbung.circulation.models.handover_place import HandoverPlace, VisitDay
from lumbung.circulation.models.hold import Hold
from lumbung.circulation.models.limit_set import LimitSet
from lumbung.circulation.models.loan import DueDateMove, DueDateShift, Loan, Renewal
from lumbung.circulation.models.offline import OfflineEntry
from lumbung.circulation.models.package import TermPackage
from lumbung.circulation.models.parcel import DeliveryTerms, KeptAddress
from lumbung.circulation.models.payment import CashClosing, CashOpening, Payment, ReceiptSeries
from lumbung.circulation.models.payment_ways import PaymentWays
from lumbung.circulation.models.personal_rule import PersonalRule
from lumbung.circulation.models.phone_lending import PhoneLending
from lumbung.circulation.models.pin import Pin
from lumbung.circulation.models.policy import (
    VALUES,
    ArticleScope,
    ClosedDays,
    DueBy,
    FinePer,
    GivesBack,
    HoldFrom,
    HoldOf,
    LoanKinds,
    LossReturns,
    PickupAt,
    Policy,
    ReturnTo,
    WaitingCounted,
)
from lumbung.circulation.models.recall import LocalFirst, Recall, Urgency
from lumbung.circulation.models.rule import CRITERIA, LoanRule, RuleBook
from lumbung.circulation.models.terminal import Terminal

__all__ = [
    "CRITERIA",
    "PAID",
    "VALUES",
    "ArticleRequest",
    "ArticleScope",
    "ArticleTerms",
    "BookedDay",
    "Booking",
    "CashClosing",
    "CashOpening",
    "ClosedDays",
    "ClosedDoors",
    "DeliveryTerms",
    "DueBy",
    "DueDateMove",
    "DueDateShift",
    "DutyDay",
    "Fee",
    "FeeAccount",
    "FeeEntry",
    "FinePer",
    "GivesBack",
    "Handover",
    "HandoverPlace",
    "Hold",
    "HoldFrom",
    "HoldOf",
    "KeptAddress",
    "LimitSet",
    "Loan",
    "LoanKinds",
    "LoanRule",
    "LocalFirst",
    "LossReturns",
    "OfflineEntry",
    "Payment",
    "PaymentWays",
    "PersonalRule",
    "PhoneLending",
    "PickupAt",
    "Pin",
    "Policy",
    "Recall",
    "ReceiptSeries",
    "Renewal",
    "Rest",
    "ReturnTo",
    "RuleBook",
    "TermPackage",
    "Terminal",
    "Urgency",
    "VisitDay",
    "WaitingCounted",
]
