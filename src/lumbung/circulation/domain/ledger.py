"""The one place that writes in members' accounts: every line moves the fee, and what is owed or in credit, by the same amount.

Who writes holds the account's row (``locked``), so what stands on it cannot change in between; the constraints of the tables have
the last word. Locks are taken in one order: member (where the verb needs it), account, then receipt series.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Sum

from lumbung.circulation.models import Fee, FeeAccount, FeeEntry, Payment, ReceiptSeries
from lumbung.kernel import clock, events

Kinds = FeeEntry.Kinds
PAID = [Kinds.PAYMENT, Kinds.CANCELLATION, Kinds.CREDIT]
"""The kinds of line that, on a fee, tell what was paid of it and not taken back."""


def locked(member: int) -> FeeAccount:
    """The account of the member of this key, made when there is none yet, locked until the transaction ends."""
    return _locked(member) or _made(member)


def fee_locked(key: int) -> tuple[FeeAccount, Fee]:
    """A fee and its account, both as they are now and locked. Raises ``Fee.DoesNotExist``."""
    member = Fee.objects.values_list("account__member", flat=True).get(pk=key)
    account = locked(member)
    return account, Fee.objects.get(pk=key)


@dataclass(frozen=True)
class Line:
    """What a line says besides its amount."""

    kind: FeeEntry.Kinds
    by: events.Actor | None
    reason: str = ""
    payment: Payment | None = None


def post(account: FeeAccount, amount: int, line: Line, *, fee: Fee | None = None) -> FeeEntry:
    """Write one line: on the fee, or with none on the credit of the member. ``amount`` is rupiah, below nothing for less to owe."""
    if fee is not None:
        if line.kind == Kinds.CHARGE:
            fee.amount += amount
        else:
            fee.settled -= amount
        fee.save(update_fields=["amount", "settled"])
        account.owed += amount
    else:
        account.credit -= amount
    account.save(update_fields=["owed", "credit"])
    return FeeEntry.objects.create(
        account=account,
        fee=fee,
        payment=line.payment,
        kind=line.kind,
        amount=amount,
        at=clock.now(),
        by_id=line.by.pk if line.by is not None else None,
        reason=line.reason.strip()[:200],
    )


def paid_of(fee: Fee) -> int:
    """How much of it was paid with money and not taken back since."""
    return -(fee.entries.filter(kind__in=PAID).aggregate(sum=Sum("amount"))["sum"] or 0)


def next_receipt(year: int) -> str:
    """The next number of the year, such as 2026-000042. Its series is locked until the transaction ends, so no number is left out."""
    series, _ = ReceiptSeries.objects.get_or_create(year=year)
    series = ReceiptSeries.objects.select_for_update(no_key=True).get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{year}-{series.last:06d}"


def _locked(member: int) -> FeeAccount | None:
    return FeeAccount.objects.select_for_update(no_key=True).filter(member=member).first()


def _made(member: int) -> FeeAccount:
    try:
        with transaction.atomic():
            FeeAccount.objects.create(member_id=member)
    except IntegrityError:
        pass  # another desk made it at this moment
    return FeeAccount.objects.select_for_update(no_key=True).get(member=member)
