"""Every morning: tell members what the night did to their loans by itself, one letter a member of each kind, each loan once."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError

from lumbung.circulation.models import Fee, Loan
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.rooms import belongs_to
from lumbung.kernel.ui.words import rupiah
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import branch_of
from lumbung.reactions.letters import write_to

BACK = timedelta(days=3)
"""How far a morning looks back, should one have been missed."""
STRETCH = 500
Line = Callable[[Loan, JournalEntry], dict[str, Any]]


@belongs_to("circulation")
def tell_of_renewals() -> int:
    """Write the letters on what was renewed of itself; returns how many. Not on what is back, or is due another day by now."""

    def stands(loan: Loan, entry: JournalEntry) -> bool:
        is_as_renewed = loan.due_at == datetime.fromisoformat(entry.data["due_at"])
        return is_as_renewed and loan.stopped_at is None

    return _tell("renewed_of_itself", "Renewed", stands, _renewed)


@belongs_to("circulation")
def tell_of_losses() -> int:
    """Write the letters on what counts as lost by now; returns how many. Not on what is back or was found since."""
    return _tell("counted_lost", "LoanReportedLost", lambda loan, entry: loan.reported_lost_at is not None, _lost)


def _tell(code: str, event: str, stands: Callable[[Loan, JournalEntry], bool], line: Line) -> int:
    entries: dict[int, dict[int, JournalEntry]] = defaultdict(dict)
    told = JournalEntry.objects.filter(name=event, at__gte=clock.now() - BACK, data__of_itself=True, member__isnull=False)
    for entry in told.order_by("pk"):
        entries[entry.data["member"]][entry.data["loan"]] = entry
    written, members = 0, sorted(entries)
    for start in range(0, len(members), STRETCH):
        last = {loan: entry for member in members[start : start + STRETCH] for loan, entry in entries[member].items()}
        fresh = unspoken([_occasion(entry) for entry in last.values()])
        last = {loan: entry for loan, entry in last.items() if _occasion(entry) in fresh}
        by_member: dict[int, list[Loan]] = defaultdict(list)
        for loan in _loans(last):
            if stands(loan, last[loan.pk]):
                by_member[loan.borrower.pk].append(loan)
        written += sum(_write(code, loans, last, line) for loans in by_member.values())
    return written


def _loans(keys: Mapping[int, JournalEntry]) -> list[Loan]:
    if not keys:
        return []
    loans = (
        Loan.objects.open()
        .filter(pk__in=keys)
        .select_related("item__record", "member__user")
        .defer("item__record__marc", "item__record__findable")
    )
    return list(loans.order_by("member", "due_at", "pk"))


def _write(code: str, loans: list[Loan], entries: Mapping[int, JournalEntry], line: Line) -> bool:
    facts = {"lines": [line(loan, entries[loan.pk]) for loan in loans]}
    occasions = [_occasion(entries[loan.pk]) for loan in loans]
    try:
        return write_to(loans[0].borrower, code, facts, occasions=occasions) is not None
    except IntegrityError:
        return False  # another worker wrote it between our question and our letter


def _renewed(loan: Loan, entry: JournalEntry) -> dict[str, Any]:
    branch, terms = branch_of(loan.lent_from_id), loan.terms
    return {
        "title": loan.item.title_told,
        "branch": branch.name,
        "due_on": loan.due_at.astimezone(branch.zone).date(),
        "was_due_on": datetime.fromisoformat(entry.data["was_due_at"]).astimezone(branch.zone).date(),
        "left": max(terms.renewal_limit - loan.renewal_count, 0),
    }


def _lost(loan: Loan, entry: JournalEntry) -> dict[str, Any]:
    branch, terms = branch_of(loan.lent_from_id), loan.terms
    fees = Fee.objects.filter(loan=loan, kind__in=[Fee.Kinds.LOST, Fee.Kinds.PROCESSING]).open()
    charged = sum(fee.left for fee in fees)
    until = entry.at + timedelta(days=terms.refund_days)
    return {
        "title": loan.item.title_told,
        "branch": branch.name,
        "due_on": loan.due_at.astimezone(branch.zone).date(),
        "charged": rupiah(charged) if charged else "",
        "until": until.astimezone(branch.zone).date() if terms.refund_days else None,
        "copies": terms.lost_copies,
    }


def _occasion(entry: JournalEntry) -> str:
    return f"overnight:{entry.pk}"
