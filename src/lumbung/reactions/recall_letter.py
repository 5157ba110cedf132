"""Somebody waits for what a member has: ask them to bring it back sooner."""

from datetime import datetime

from lumbung.circulation.models import Loan
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.ui.words import rupiah
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import branch_of
from lumbung.reactions.letters import write_to


def recall_letter(entry: JournalEntry) -> None:
    """Once for each recall; not for a loan that ended, or was moved again, before its turn came."""
    occasion = f"recall:{entry.pk}"
    loans = (
        Loan.objects.running()
        .select_related("item__record", "member__user")
        .defer("item__record__marc", "item__record__findable")
    )
    loan = loans.filter(pk=entry.data["loan"]).first()
    due_at, was_due_at = (datetime.fromisoformat(entry.data[name]) for name in ("due_at", "was_due_at"))
    if loan is None or loan.due_at != due_at or not unspoken([occasion]):
        return
    branch = branch_of(loan.lent_from_id)
    facts = {
        "title": loan.item.title_told,
        "branch": branch.name,
        "due_on": due_at.astimezone(branch.zone).date(),
        "was_due_on": was_due_at.astimezone(branch.zone).date(),
        "fine": rupiah(loan.terms.recall_fine) if loan.terms.recall_fine else "",
    }
    write_to(loan.borrower, "recall", facts, occasions=[occasion])
