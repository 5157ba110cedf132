from lumbung.circulation.models.hold import Hold
from lumbung.circulation.models.loan import Loan, Renewal
from lumbung.circulation.models.rule import LoanRule

__all__ = ["Hold", "Loan", "LoanRule", "Renewal"]
