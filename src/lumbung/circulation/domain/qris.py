"""A QRIS code made for one payment by a provider, and the provider's word that it was paid: money is received once, and never lost.

The code is asked for outside of any transaction, after the payment was written down as waiting. Whatever the provider says twice, late or
after the code was given up changes nothing twice: what was paid is received, and beyond what is still owed becomes the member's credit.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from lumbung.circulation.domain import ledger
from lumbung.circulation.domain.payments import receive_all, reject_payment, tell_of_payment
from lumbung.circulation.models import Payment
from lumbung.circulation.models.payment_ways import Outcomes
from lumbung.circulation.refusals import QRIS_AMOUNT_DIFFERS, QRIS_NO_ANSWER
from lumbung.kernel import events
from lumbung.kernel.outside.failures import Failed
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch

States = Payment.States


def ask_for_qris(
    member: Member, amount: int, *, at: Branch, by: events.Actor | None, code_for: Callable[[str, int], str]
) -> Payment:
    """A payment that waits, with the code the member scans; ``code_for`` asks the provider for it by order and amount.

    Refuses what ``tell_of_payment`` refuses, and a provider that gives no answer: then the payment is rejected at once.
    """
    payment = tell_of_payment(member, amount, method=Payment.Methods.QRIS, at=at, by=by)
    order = f"LB-{payment.pk}-{get_random_string(8)}"
    Payment.objects.filter(pk=payment.pk).update(once=_occasion(order))
    try:
        payment.qr_text = code_for(order, amount)
    except Failed as failed:
        reject_payment(payment, reason=_("Penyedia QRIS tidak menjawab."), by=by)
        raise Refused(QRIS_NO_ANSWER(why=failed.failure.label)) from None
    payment.save(update_fields=["qr_text"])
    return payment


@transaction.atomic
def hear_of_qris(order: str, amount: int, outcome: Outcomes) -> Payment:
    """The provider says what became of an order. Refuses another amount than was asked.

    Raises ``Payment.DoesNotExist`` for no order of ours.
    """
    member = Payment.objects.values_list("member", flat=True).get(once=_occasion(order))
    ledger.locked(member)
    payment = Payment.objects.select_related("branch").get(once=_occasion(order))
    if payment.amount != amount:
        raise Refused(QRIS_AMOUNT_DIFFERS())
    if outcome == Outcomes.PAID and payment.state in {States.WAITING, States.REJECTED}:
        return receive_all(payment, by=None)
    if outcome == Outcomes.OVER and payment.state == States.WAITING:
        return reject_payment(payment, reason=_("Tidak dibayar sampai waktunya habis."), by=None)
    return payment


def _occasion(order: str) -> str:
    return f"qris:{order}"
