"""What members owe: charging, waiving, writing off, correcting, taking back. Amounts are whole rupiah; money itself is in ``payments``."""

from typing import Any

from django.db import transaction

from lumbung.catalogue.models import Item
from lumbung.circulation.domain.ledger import Kinds, Line, fee_locked, locked, paid_of, post
from lumbung.circulation.events import FeeCharged, FeeCorrected, FeeReversed, FeeWaived, FeeWrittenOff
from lumbung.circulation.models import Fee, FeeAccount, Loan
from lumbung.circulation.refusals import AMOUNT_OVER_FEE, AMOUNT_WRONG, FEE_CHANGED, FEE_SETTLED, REASON_MISSING
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.words import rupiah
from lumbung.members.models import Member
from lumbung.organization.models import Branch

MOST = 1_000_000_000
"""No single amount is more than this many rupiah: what is, is a slip of the finger or a barcode in the wrong box."""


@transaction.atomic
def charge(
    member: Member,
    kind: Fee.Kinds | str,
    amount: int,
    *,
    by: events.Actor | None,
    branch: Branch | None = None,
    loan: Loan | None = None,
    item: Item | None = None,
    note: str = "",
    once: str = "",
) -> Fee:
    """Charge the member ``amount`` rupiah. With ``once`` that occasion is charged once: asked again, the fee there is comes back.

    Refuses an amount of nothing or less, and one above ``MOST``.
    """
    if not 0 < amount <= MOST:
        raise Refused(AMOUNT_WRONG())
    account = locked(member.pk)
    if once and (there := Fee.objects.filter(once=once).first()):
        return there
    facts = {"branch": branch, "loan": loan, "item": item, "note": note.strip()[:200], "once": once or None}
    return _charged(account, Fee.Kinds(kind), amount, by=by, **facts)


@transaction.atomic
def raise_to(member: Member, kind: Fee.Kinds, amount: int, *, once: str, by: events.Actor | None, **facts: Any) -> Fee | None:
    """See to it that the occasion ``once`` has been charged ``amount`` in all: what is missing is added, nothing is taken off.

    For fees that grow with time; it may be asked as often as one likes. ``facts`` as for ``charge``. None when nothing is to be charged.
    """
    if amount <= 0:
        return Fee.objects.filter(once=once).first()
    account = locked(member.pk)
    fee = Fee.objects.filter(once=once).first()
    if fee is None:
        return _charged(account, kind, min(amount, MOST), by=by, once=once, **facts)
    if (more := min(amount, MOST) - fee.amount) > 0:
        post(account, more, Line(Kinds.CHARGE, by), fee=fee)
        events.record(FeeCharged(fee=fee.pk, member=member.pk, kind=kind, amount=more), by=by)
    return fee


@transaction.atomic
def bring_forward(member: Member, amount: int, *, kind: Fee.Kinds | str, note: str, once: str, by: events.Actor | None) -> Fee:
    """Enter what a member owed in the system the library comes from. ``once`` names the row there, so a second import adds nothing."""
    return charge(member, kind, amount, by=by, note=note, once=once)


@transaction.atomic
def waive(fee: Fee, amount: int | None = None, *, reason: str, by: events.Actor | None, seen_left: int | None = None) -> Fee:
    """Let the member off ``amount`` of the fee, or all that is left. Refuses without a reason, more than is left, and where
    ``seen_left``, what was left before the eyes of whoever decided, is not what is left: pressed twice it is done once."""
    account, fee, off = _to_take_off(fee, amount, reason, seen_left)
    post(account, -off, Line(Kinds.WAIVER, by, reason), fee=fee)
    events.record(FeeWaived(fee=fee.pk, member=account.member_id, amount=off), by=by)
    return fee


@transaction.atomic
def write_off(fee: Fee, *, reason: str, by: events.Actor | None) -> Fee:
    """Give up what is left of a fee that will never be paid. Refuses without a reason, and a fee that is settled."""
    account, fee, off = _to_take_off(fee, None, reason, None)
    post(account, -off, Line(Kinds.WRITE_OFF, by, reason), fee=fee)
    events.record(FeeWrittenOff(fee=fee.pk, member=account.member_id, amount=off), by=by)
    return fee


@transaction.atomic
def correct(fee: Fee, amount: int, *, reason: str, by: events.Actor | None, seen_left: int | None = None) -> Fee:
    """Lower what a fee charged too much by ``amount``: it was wrong from the start. Refuses as ``waive`` does."""
    account, fee, off = _to_take_off(fee, amount, reason, seen_left)
    post(account, -off, Line(Kinds.CORRECTION, by, reason), fee=fee)
    events.record(FeeCorrected(fee=fee.pk, member=account.member_id, amount=off), by=by)
    return fee


@transaction.atomic
def take_back(fee: Fee, *, reason: str, by: events.Actor | None, amount: int | None = None) -> int:
    """The fee should not stand, as when a lost item comes back: what is left of it goes, what was paid becomes the member's credit.

    With ``amount`` only so much of it goes, what is left first. Returns the credit given. Asked again for all of it does nothing.
    """
    account, fee = fee_locked(fee.pk)
    left, paid = fee.left, paid_of(fee)
    if amount is not None:
        left, paid = min(left, amount), min(paid, max(0, amount - fee.left))
    if not left and not paid:
        return 0
    if left:
        post(account, -left, Line(Kinds.REVERSAL, by, reason), fee=fee)
    if paid:
        post(account, paid, Line(Kinds.CREDIT, by, reason), fee=fee)
        post(account, -paid, Line(Kinds.REVERSAL, by, reason), fee=fee)
        post(account, -paid, Line(Kinds.CREDIT, by, reason))
    events.record(FeeReversed(fee=fee.pk, member=account.member_id, amount=left + paid, credit=paid), by=by)
    return paid


@transaction.atomic
def reverse(fee: Fee, *, reason: str, by: events.Actor | None) -> int:
    """Take a fee back by hand, as ``take_back``. Refuses without a reason, and one of which nothing is left and nothing was paid."""
    _account, fee = fee_locked(fee.pk)
    reasons: list[Reason] = []
    if not reason.strip():
        reasons.append(REASON_MISSING())
    if not fee.left and not paid_of(fee):
        reasons.append(FEE_SETTLED())
    if reasons:
        raise Refused(reasons)
    return take_back(fee, reason=reason, by=by)


def _charged(account: FeeAccount, kind: Fee.Kinds, amount: int, *, by: events.Actor | None, **facts: Any) -> Fee:
    # The row is made with its whole amount, and the line that says so beside it: a fee of nothing is never there.
    fee = Fee.objects.create(account=account, kind=kind, amount=amount, charged_at=clock.now(), **facts)
    fee.amount = 0
    post(account, amount, Line(Kinds.CHARGE, by), fee=fee)
    events.record(FeeCharged(fee=fee.pk, member=account.member_id, kind=kind, amount=amount), by=by)
    return fee


def _to_take_off(fee: Fee, amount: int | None, reason: str, seen_left: int | None) -> tuple[FeeAccount, Fee, int]:
    """The account and fee, locked, and how much of it goes."""
    account, fee = fee_locked(fee.pk)
    reasons: list[Reason] = []
    if not reason.strip():
        reasons.append(REASON_MISSING())
    if not fee.is_open:
        reasons.append(FEE_SETTLED())
    elif seen_left is not None and seen_left != fee.left:
        reasons.append(FEE_CHANGED(left=rupiah(fee.left)))
    elif amount is not None and not 0 < amount <= fee.left:
        reasons.append(AMOUNT_OVER_FEE(left=rupiah(fee.left)) if amount > 0 else AMOUNT_WRONG())
    if reasons:
        raise Refused(reasons)
    return account, fee, fee.left if amount is None else amount
