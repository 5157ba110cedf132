"""Money: received at the desk, told of by a member and seen to arrive, given back, cancelled. Amounts are whole rupiah."""

from collections.abc import Collection

from django.db import transaction

from lumbung.circulation.domain import ledger
from lumbung.circulation.domain.ledger import Kinds, Line, post
from lumbung.circulation.events import PaymentCancelled, PaymentReceived, PaymentRejected, PaymentTold
from lumbung.circulation.models import Fee, FeeAccount, FeeEntry, Payment
from lumbung.circulation.refusals import (
    AMOUNT_OVER_CREDIT,
    AMOUNT_OVER_OWED,
    AMOUNT_WRONG,
    PAYMENT_COUNTED,
    PAYMENT_NOT_RECEIVED,
    PAYMENT_NOT_WAITING,
    PAYMENT_USED,
    REASON_MISSING,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.words import rupiah
from lumbung.members.models import Member
from lumbung.organization.models import Branch

Methods, States = Payment.Methods, Payment.States


@transaction.atomic
def take_payment(
    member: Member,
    amount: int,
    *,
    method: Payment.Methods | str,
    at: Branch,
    by: events.Actor | None,
    fees: Collection[Fee] = (),
    reference: str = "",
    once: str = "",
) -> Payment:
    """Receive ``amount`` rupiah and give it a receipt number. It settles ``fees`` in their order, or without any the oldest first.

    Refuses nothing or less, more than those fees leave open, and with the method ``credit`` more than the member's credit. With
    ``once`` the same money is received once: asked again, the payment there is comes back.
    """
    account = ledger.locked(member.pk)
    if once and (there := Payment.objects.filter(once=once).first()):
        return there
    payment = Payment(
        member=member, amount=amount, method=method, branch=at, reference=reference.strip()[:80], once=once or None
    )
    return _receive(account, payment, fees=fees, by=by)


@transaction.atomic
def tell_of_payment(
    member: Member,
    amount: int,
    *,
    method: Payment.Methods | str,
    at: Branch,
    by: events.Actor | None,
    proof: str = "",
    reference: str = "",
) -> Payment:
    """The member says that money was sent, with the stored file ``proof``: it waits until staff have seen it arrive.

    Refuses nothing or less, and more than is owed beyond what waits already.
    """
    account = ledger.locked(member.pk)
    waiting = sum(Payment.objects.filter(member=member, state=States.WAITING).values_list("amount", flat=True))
    if amount <= 0:
        raise Refused(AMOUNT_WRONG())
    if amount > account.owed - waiting:
        raise Refused(AMOUNT_OVER_OWED(owed=rupiah(max(0, account.owed - waiting))))
    payment = Payment.objects.create(
        member=member,
        amount=amount,
        method=method,
        state=States.WAITING,
        branch=at,
        proof=proof,
        reference=reference.strip()[:80],
        made_at=clock.now(),
    )
    events.record(PaymentTold(payment=payment.pk, member=member.pk, amount=amount, method=payment.method), by=by)
    return payment


@transaction.atomic
def verify_payment(payment: Payment, *, by: events.Actor | None) -> Payment:
    """The money that was told of is there: receive it. Refuses one that does not wait, and more than is still owed."""
    account = ledger.locked(payment.member_id)
    return _receive(account, _waiting(payment), fees=(), by=by)


@transaction.atomic
def receive_all(payment: Payment, *, by: events.Actor | None) -> Payment:
    """The money is there, whatever became of the payment meanwhile: receive it, and what is more than is owed becomes credit.

    For a provider's word, which nobody can send back. Nothing happens to a payment that is received or cancelled.
    """
    account = ledger.locked(payment.member_id)
    payment = Payment.objects.select_related("branch").get(pk=payment.pk)
    if payment.state not in {States.WAITING, States.REJECTED}:
        return payment
    payment.reason = ""
    _stamp(payment, by)
    _settle(account, payment, _to_settle(account, ()), by=by)
    return payment


@transaction.atomic
def reject_payment(payment: Payment, *, reason: str, by: events.Actor | None) -> Payment:
    """No such money came. Refuses one that does not wait, and to say so without a reason."""
    ledger.locked(payment.member_id)
    payment = _waiting(payment)
    if not reason.strip():
        raise Refused(REASON_MISSING())
    payment.state, payment.reason = States.REJECTED, reason.strip()[:200]
    payment.save(update_fields=["state", "reason"])
    events.record(PaymentRejected(payment=payment.pk, member=payment.member_id, amount=payment.amount), by=by)
    return payment


@transaction.atomic
def cancel_payment(payment: Payment, *, reason: str, by: events.Actor | None) -> Payment:
    """Take back a payment that was a slip; its fees are open again, its receipt number stays used.

    Refuses without a reason, one that was not received, cash that a closing has counted, and money that has moved on since.
    """
    account = ledger.locked(payment.member_id)
    payment = Payment.objects.get(pk=payment.pk)
    lines = list(payment.entries.select_related("fee"))
    if reasons := _against_cancelling(account, payment, lines, reason):
        raise Refused(reasons)
    payment.state, payment.reason = States.CANCELLED, reason.strip()[:200]
    payment.save(update_fields=["state", "reason"])
    for line in lines:
        post(account, -line.amount, Line(Kinds.CANCELLATION, by, reason, payment), fee=line.fee)
    events.record(PaymentCancelled(payment=payment.pk, member=payment.member_id, amount=payment.amount), by=by)
    return payment


@transaction.atomic
def pay_out(
    member: Member, amount: int, *, method: Payment.Methods | str, at: Branch, by: events.Actor | None, once: str = ""
) -> Payment:
    """Give the member ``amount`` of their credit back, with a receipt number. Refuses nothing or less, and more than the credit."""
    account = ledger.locked(member.pk)
    if once and (there := Payment.objects.filter(once=once).first()):
        return there
    if amount <= 0 or method == Methods.CREDIT:
        raise Refused(AMOUNT_WRONG())
    if amount > account.credit:
        raise Refused(AMOUNT_OVER_CREDIT(credit=rupiah(account.credit)))
    payment = Payment(member=member, amount=amount, method=method, branch=at, is_pay_out=True, once=once or None)
    _stamp(payment, by)
    post(account, amount, Line(Kinds.PAY_OUT, by, payment=payment))
    return payment


def _receive(account: FeeAccount, payment: Payment, *, fees: Collection[Fee], by: events.Actor | None) -> Payment:
    open_fees = _to_settle(account, fees)
    owed = sum(fee.left for fee in open_fees)
    if payment.amount <= 0:
        raise Refused(AMOUNT_WRONG())
    reasons: list[Reason] = []
    if payment.amount > owed:
        reasons.append(AMOUNT_OVER_OWED(owed=rupiah(owed)))
    if payment.method == Methods.CREDIT and payment.amount > account.credit:
        reasons.append(AMOUNT_OVER_CREDIT(credit=rupiah(account.credit)))
    if reasons:
        raise Refused(reasons)
    _stamp(payment, by)
    if payment.method == Methods.CREDIT:
        post(account, payment.amount, Line(Kinds.PAYMENT, by, payment=payment))
    _settle(account, payment, open_fees, by=by)
    return payment


def _settle(account: FeeAccount, payment: Payment, fees: Collection[Fee], *, by: events.Actor | None) -> None:
    """Give the money to the fees in their order; what none of them needs becomes credit."""
    line, left = Line(Kinds.PAYMENT, by, payment=payment), payment.amount
    for fee in fees:
        if part := min(left, fee.left):
            post(account, -part, line, fee=fee)
            left -= part
    if left:
        post(account, -left, line)


def _to_settle(account: FeeAccount, fees: Collection[Fee]) -> list[Fee]:
    """The open fees of the account, or of those asked for the ones that are, as they are now that the account is locked."""
    open_fees = {fee.pk: fee for fee in Fee.objects.open().filter(account=account)}
    return [open_fees[fee.pk] for fee in fees if fee.pk in open_fees] if fees else list(open_fees.values())


def _stamp(payment: Payment, by: events.Actor | None) -> None:
    """It is received now, by whom, with its number."""
    payment.state, payment.made_at = States.RECEIVED, clock.now()
    payment.taken_by_id = by.pk if by is not None else None
    payment.receipt_number = ledger.next_receipt(payment.made_at.astimezone(payment.branch.zone).year)
    payment.save()
    event = PaymentReceived(
        payment=payment.pk,
        member=payment.member_id,
        branch=payment.branch_id,
        amount=payment.moved,
        method=payment.method,
    )
    events.record(event, by=by)


def _waiting(payment: Payment) -> Payment:
    payment = Payment.objects.select_related("branch").get(pk=payment.pk)
    if payment.state != States.WAITING:
        raise Refused(PAYMENT_NOT_WAITING())
    return payment


def _against_cancelling(account: FeeAccount, payment: Payment, lines: Collection[FeeEntry], reason: str) -> list[Reason]:
    reasons: list[Reason] = []
    if not reason.strip():
        reasons.append(REASON_MISSING())
    if payment.state != States.RECEIVED:
        return [*reasons, PAYMENT_NOT_RECEIVED()]
    if payment.closing_id is not None:
        reasons.append(PAYMENT_COUNTED())
    moved_on = any(line.fee is not None and -line.amount > ledger.paid_of(line.fee) for line in lines)
    if moved_on or any(line.fee is None and account.credit + line.amount < 0 for line in lines):
        reasons.append(PAYMENT_USED())
    return reasons
