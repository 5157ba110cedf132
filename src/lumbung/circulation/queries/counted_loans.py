"""Which loans count against a limit that a rule sets."""

from collections.abc import Collection
from datetime import datetime

from lumbung.circulation.models import Loan, LoanKinds
from lumbung.circulation.queries.rules import Ruling
from lumbung.organization.queries import lineage


def counted(ruling: Ruling, loans: Collection[Loan], now: datetime) -> int:
    """How many of the loans (each with its item and title) count against the limit that this rule sets."""
    return sum(_counts(ruling, loan, now) for loan in loans)


def _counts(ruling: Ruling, loan: Loan, now: datetime) -> bool:
    """Whether the limit the rule sets counts this loan: of the items, the place and the kind of lending that it speaks of. What is
    reported lost counts no more: its price is owed instead."""
    if loan.reported_lost_at is not None:
        return False
    says = ruling.speaks_of
    if says.get("branch") not in {None, *lineage(loan.lent_from_id)} or says.get("item_type") not in {
        None,
        loan.item.item_type_id,
    }:
        return False
    if says.get("location") not in {None, loan.item.location_id}:
        return False
    if "material" in says and loan.item.record.material != says["material"]:
        return False
    if "new_for_days" in says and (now - loan.item.added_at).days > says["new_for_days"]:
        return False
    return loan.kind == says["loan_kind"] if "loan_kind" in says else loan.kind != LoanKinds.ON_SITE
