"""Which loans count against a limit that a rule sets."""

from collections.abc import Collection
from datetime import datetime

from lumbung.circulation.models import Loan, LoanKinds
from lumbung.circulation.queries.rulings import Ruling, is_there


def counted(ruling: Ruling, loans: Collection[Loan], now: datetime) -> int:
    """How many of the loans (each with its item and title) count against the limit that this rule sets."""
    return sum(_counts(ruling, loan, now) for loan in loans)


def _counts(ruling: Ruling, loan: Loan, now: datetime) -> bool:
    """Whether the limit the rule sets counts this loan: of the items, the place and the kind of lending that it speaks of. What is
    reported lost counts no more: its price is owed instead."""
    if loan.reported_lost_at is not None:
        return False
    return _is_of_such(ruling, loan, now) and _is_from_there(ruling, loan)


def _is_from_there(ruling: Ruling, loan: Loan) -> bool:
    """Whether it was lent where the rule speaks of, and the copy is of, and stands at, the branches it speaks of."""
    said, item = ruling.speaks_of.get, loan.item
    told = (("branch", loan.lent_from_id), ("owner", item.branch_id), ("stands", item.returns_to_id or item.branch_id))
    return all(is_there(said(name), branch) for name, branch in told)


def _is_of_such(ruling: Ruling, loan: Loan, now: datetime) -> bool:
    says, item = ruling.speaks_of, loan.item
    if says.get("item_type") not in {None, item.item_type_id} or says.get("location") not in {None, item.location_id}:
        return False
    if "material" in says and item.record.material != says["material"]:
        return False
    if "new_for_days" in says and (now - item.added_at).days > says["new_for_days"]:
        return False
    return loan.kind == says["loan_kind"] if "loan_kind" in says else loan.kind != LoanKinds.ON_SITE
