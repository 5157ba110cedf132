"""The drawer of a branch, counted at the end of the day or of a shift."""

from django.db import transaction

from lumbung.circulation.events import CashClosed
from lumbung.circulation.models import CashClosing, Payment
from lumbung.circulation.queries.fees import last_closing
from lumbung.circulation.refusals import AMOUNT_WRONG, LEFT_MORE_THAN_COUNTED, NOTE_FOR_DIFFERENCE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.models import Branch


@transaction.atomic
def close_cash(branch: Branch, counted: int, *, left: int = 0, note: str = "", by: events.Actor | None) -> CashClosing:
    """Count the drawer: all cash that came and went since the last closing is closed with it. Amounts are whole rupiah.

    ``left`` stays for the next day. Refuses amounts below nothing, to leave more than there is, and a difference nobody explains.
    """
    Branch.objects.select_for_update(no_key=True).get(pk=branch.pk)
    # Cash a desk takes at this very moment is not seen here, and so belongs to the next closing.
    payments = list(
        Payment.objects.select_for_update(no_key=True).filter(
            branch=branch, method=Payment.Methods.CASH, state=Payment.States.RECEIVED, closing=None
        )
    )
    before = last_closing(branch)
    expected = (before.left if before else 0) + sum(payment.moved for payment in payments)
    reasons: list[Reason] = []
    if counted < 0 or left < 0:
        reasons.append(AMOUNT_WRONG())
    elif left > counted:
        reasons.append(LEFT_MORE_THAN_COUNTED())
    if counted != expected and not note.strip():
        reasons.append(NOTE_FOR_DIFFERENCE())
    if reasons:
        raise Refused(reasons)
    closing = CashClosing.objects.create(
        branch=branch,
        closed_at=clock.now(),
        closed_by_id=by.pk if by is not None else None,
        expected=expected,
        counted=counted,
        left=left,
        note=note.strip()[:200],
    )
    Payment.objects.filter(pk__in=[payment.pk for payment in payments]).update(closing=closing)
    events.record(CashClosed(closing=closing.pk, branch=branch.pk, expected=expected, counted=counted), by=by)
    return closing
