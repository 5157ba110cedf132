"""The drawer of a branch, counted as a shift begins and at its end, or that of the day."""

from django.db import transaction

from lumbung.circulation.events import CashClosed, CashOpened
from lumbung.circulation.models import CashClosing, CashOpening, Payment
from lumbung.circulation.queries.fees import cash_begun_with, cash_in_drawer, open_shift
from lumbung.circulation.refusals import AMOUNT_WRONG, COUNTED_LESS, COUNTED_MORE, LEFT_MORE_THAN_COUNTED, SHIFT_OPEN
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.words import day_and_time, rupiah
from lumbung.organization.models import Branch


@transaction.atomic
def open_cash(branch: Branch, counted: int, *, note: str = "", by: events.Actor | None) -> CashOpening:
    """Count the drawer as a shift begins; from then on it is reckoned from what was found in it. Amounts are whole rupiah.

    Refuses while a shift is open, an amount below nothing, and a difference nobody explains.
    """
    Branch.objects.select_for_update(no_key=True).get(pk=branch.pk)
    expected = cash_in_drawer(branch)
    reasons: list[Reason] = []
    if there := open_shift(branch):
        reasons.append(SHIFT_OPEN(at=day_and_time(there.opened_at.astimezone(branch.zone))))
    if counted < 0:
        reasons.append(AMOUNT_WRONG())
    reasons += _unexplained(counted, expected, note)
    if reasons:
        raise Refused(reasons)
    opening = CashOpening.objects.create(
        branch=branch,
        opened_at=clock.now(),
        opened_by_id=by.pk if by is not None else None,
        expected=expected,
        counted=counted,
        note=note.strip()[:200],
    )
    events.record(CashOpened(opening=opening.pk, branch=branch.pk, expected=expected, counted=counted), by=by)
    return opening


@transaction.atomic
def close_cash(branch: Branch, counted: int, *, left: int = 0, note: str = "", by: events.Actor | None) -> CashClosing:
    """Count the drawer: all cash that came and went since the last closing is closed with it, and so is the shift that was opened.

    Amounts are whole rupiah. ``left`` stays for the next day. Refuses amounts below nothing, to leave more than there is, and a
    difference nobody explains.
    """
    Branch.objects.select_for_update(no_key=True).get(pk=branch.pk)
    # Cash a desk takes at this very moment is not seen here, and so belongs to the next closing.
    payments = list(
        Payment.objects.select_for_update(no_key=True).filter(
            branch=branch, method=Payment.Methods.CASH, state=Payment.States.RECEIVED, closing=None
        )
    )
    expected = cash_begun_with(branch) + sum(payment.moved for payment in payments)
    reasons: list[Reason] = []
    if counted < 0 or left < 0:
        reasons.append(AMOUNT_WRONG())
    elif left > counted:
        reasons.append(LEFT_MORE_THAN_COUNTED())
    reasons += _unexplained(counted, expected, note)
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
    CashOpening.objects.filter(branch=branch, closing=None).update(closing=closing)
    events.record(CashClosed(closing=closing.pk, branch=branch.pk, expected=expected, counted=counted), by=by)
    return closing


def _unexplained(counted: int, expected: int, note: str) -> list[Reason]:
    """The difference that nobody explains, with how much it is."""
    if counted == expected or note.strip():
        return []
    differs = COUNTED_LESS if counted < expected else COUNTED_MORE
    return [differs(difference=rupiah(abs(counted - expected)), expected=rupiah(expected))]
