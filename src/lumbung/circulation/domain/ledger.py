"""The one place that writes in members' accounts: every line moves the fee, and what is owed or in credit, by the same amount.

Who writes holds the account's row (``locked``), so what stands on it cannot change in between; the constraints of the tables have
the last word. Locks are taken in one order: member (where the verb needs it), account, then receipt series.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from lumbung.circulation.models import PAID, Fee, FeeAccount, FeeEntry, Payment, ReceiptSeries
from lumbung.circulation.refusals import CREDIT_SPENT
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.kernel.whole_rows import row_again, row_of

Kinds = FeeEntry.Kinds


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


def join(gone: int, kept: int) -> dict[str, Any] | None:
    """Put the account of one member into that of another: every fee and line, what is owed and in credit, the longer suspension.

    Returns what ``part`` needs to take it back; None where there was no account.
    """
    old = _locked(gone)
    if old is None:
        return None
    account = locked(kept)
    told = {
        "row": row_of(old),
        "fees": list(old.fees.values_list("pk", flat=True)),
        "entries": list(old.entries.values_list("pk", flat=True)),
        "suspended_until": account.suspended_until,
    }
    old.fees.update(account=account)
    old.entries.update(account=account)
    account.owed, account.credit = account.owed + old.owed, account.credit + old.credit
    account.suspended_until = max((day for day in (account.suspended_until, old.suspended_until) if day), default=None)
    told["suspended"] = account.suspended_until
    account.save()
    FeeAccount.objects.filter(pk=old.pk).delete()
    return told


def part(told: dict[str, Any], kept: int) -> None:
    """Take ``join`` back: fees that were the other's are theirs again, with all that was paid of them since. Refuses when credit that
    one had was spent on what the other owed."""
    account, back = locked(kept), row_again(FeeAccount, told["row"])
    account.fees.filter(pk__in=told["fees"]).update(account=back)
    account.entries.filter(pk__in=told["entries"]).update(account=back)
    FeeEntry.objects.filter(fee__account=back).update(account=back)
    for each in (account, back):
        each.owed = each.fees.aggregate(sum=Sum(F("amount") - F("settled")))["sum"] or 0
        each.credit = -(each.entries.filter(fee=None).aggregate(sum=Sum("amount"))["sum"] or 0)
        if each.credit < 0:
            raise Refused(CREDIT_SPENT())
    before, then = (date.fromisoformat(day) if day else None for day in (told["suspended_until"], told["suspended"]))
    if account.suspended_until == then:
        account.suspended_until = before
    account.save()
    back.save()


def _locked(member: int) -> FeeAccount | None:
    return FeeAccount.objects.select_for_update(no_key=True).filter(member=member).first()


def _made(member: int) -> FeeAccount:
    try:
        with transaction.atomic():
            FeeAccount.objects.create(member_id=member)
    except IntegrityError:
        pass  # another desk made it at this moment
    return FeeAccount.objects.select_for_update(no_key=True).get(member=member)
