"""Claims returned: the member says that an item was brought back which is still on loan. The shelf is searched, and one is right.

While it is searched the clock of the loan stands. It ends by ``check_in`` (found: nothing since the claim is charged), by
``fines.report_lost``, or because the member found it at home and the claim is withdrawn.
"""

from django.db import transaction

from lumbung.circulation.domain.fines import charge_overdue
from lumbung.circulation.events import ReturnClaimed, ReturnClaimWithdrawn
from lumbung.circulation.models import Loan
from lumbung.circulation.refusals import CLAIMED_RETURNED, LOAN_CLOSED, NOT_CLAIMED, REPORTED_LOST
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused


@transaction.atomic
def claim_return(loan: Loan, *, by: events.Actor | None) -> Loan:
    """The member says it is back: what it costs by now is charged, and its clock stops. Refuses a loan that ended, one that is
    searched for already, and one reported lost."""
    loan = _locked(loan)
    if loan.reported_lost_at is not None:
        raise Refused(REPORTED_LOST())
    if loan.claimed_returned_at is not None:
        raise Refused(CLAIMED_RETURNED())
    now = clock.now()
    if loan.due_at < now:
        charge_overdue(loan, now=now, by=by)
    loan.claimed_returned_at = now
    loan.save(update_fields=["claimed_returned_at"])
    events.record(ReturnClaimed(loan=loan.pk, item=loan.item_id, record=loan.item.record_id, member=loan.borrower.pk), by=by)
    return loan


@transaction.atomic
def withdraw_claim(loan: Loan, *, by: events.Actor | None) -> Loan:
    """The member has it after all: the loan goes on, and the days of the search count. Refuses one that is not searched for."""
    loan = _locked(loan)
    if loan.claimed_returned_at is None or loan.reported_lost_at is not None:
        raise Refused(NOT_CLAIMED())
    loan.claimed_returned_at = None
    loan.save(update_fields=["claimed_returned_at"])
    events.record(
        ReturnClaimWithdrawn(loan=loan.pk, item=loan.item_id, record=loan.item.record_id, member=loan.borrower.pk), by=by
    )
    return loan


def _locked(loan: Loan) -> Loan:
    """As it is now, open and locked, with its member, item and title."""
    loans = Loan.objects.select_for_update(of=("self",), no_key=True).open().select_related("member", "item__record")
    found = loans.defer("item__record__marc", "item__record__findable").filter(pk=loan.pk).first()
    if found is None:
        raise Refused(LOAN_CLOSED())
    return found
