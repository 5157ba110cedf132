"""What members owe and pay, for other programs of the library: ``/api/v1/fees`` and ``/api/v1/payments``. Amounts are whole rupiah."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.circulation.api.shapes import Borrower, branch_coded, member_coded, told_borrower
from lumbung.circulation.domain import fees, payments
from lumbung.circulation.models import Fee, Payment
from lumbung.circulation.permissions import FEES, FEES_READ, FEES_WRITE, WAIVE_FEES
from lumbung.circulation.queries import fees_visible_to, payments_visible_to
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Body, Key, Listing, Name, PageNumber, PageSize, Sum, Word, listing

router = Router()
money = Router()


class FeeOut(Schema):
    """``left`` is what of ``amount`` is still owed; ``loan`` and ``item`` are null once the borrower is forgotten."""

    id: int
    kind: Fee.Kinds
    amount: int
    left: int
    charged_at: datetime
    note: str
    loan: int | None
    item: str | None
    branch: str | None
    member: Borrower


class PaymentOut(Schema):
    """``amount`` is below nothing where money was given back; ``receipt`` is null until it was received."""

    id: int
    amount: int
    method: Payment.Methods
    state: Payment.States
    receipt: str | None
    reference: str
    branch: str
    made_at: datetime
    member: Borrower


class FeeStates(StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    ALL = "all"


class FeeSearch(Schema):
    """``member``: only the fees of this member, by key."""

    member: Key | None = None
    state: FeeStates = FeeStates.OPEN
    page: PageNumber = 1
    size: PageSize = 20


class FeeIn(Body):
    """``member`` is a card number or identifier. ``once`` names the occasion: sent again, the fee there is comes back."""

    member: Name
    kind: Fee.Kinds
    amount: Sum
    branch: Name | None = None
    note: Word = ""
    once: Word = ""


class WaiverIn(Body):
    """``amount`` of what is left; all of it where none is said."""

    reason: Name
    amount: Sum | None = None


class PaymentIn(Body):
    """``fees`` are settled in their order; without any the oldest first. ``once`` names the payment: sent again, it is received once."""

    member: Name
    amount: Sum
    method: Payment.Methods
    branch: Name
    fees: list[Key] = Field(default_factory=list)
    reference: Word = ""
    once: Word = ""


@router.get("", auth=Scoped(FEES_READ, FEES), response=Listing[FeeOut])
def list_fees(request: ApiRequest, search: Query[FeeSearch]) -> dict[str, Any]:
    """Fees, oldest first."""
    found = fees_visible_to(request.auth.actor).order_by("charged_at", "id")
    match search.state:
        case FeeStates.OPEN:
            found = found.open()
        case FeeStates.SETTLED:
            found = found.settled()
    if search.member is not None:
        found = found.filter(account__member=search.member)
    return listing(found, search.page, search.size, told_fee)


@router.get("/{int:key}", auth=Scoped(FEES_READ, FEES), response=FeeOut)
def fee(request: ApiRequest, key: int) -> dict[str, Any]:
    """One fee."""
    return told_fee(get_object_or_404(fees_visible_to(request.auth.actor), pk=key))


@router.post("", auth=Scoped(FEES_WRITE, FEES), response={201: FeeOut})
def charge_fee(request: ApiRequest, given: FeeIn, response: HttpResponse) -> Status[dict[str, Any]]:
    """Charge a member."""
    branch = branch_coded(given.branch) if given.branch else None
    charged = fees.charge(
        member_coded(given.member),
        given.kind,
        given.amount,
        by=request.auth.actor,
        branch=branch,
        note=given.note,
        once=_occasion(given.once),
    )
    response["Location"] = f"{request.path}/{charged.pk}"
    return Status(201, told_fee(fees_visible_to(request.auth.actor).get(pk=charged.pk)))


@router.post("/{int:key}/waiver", auth=Scoped(FEES_WRITE, WAIVE_FEES), response=FeeOut)
def waive_fee(request: ApiRequest, key: int, given: WaiverIn) -> dict[str, Any]:
    """Let the member off the fee, or part of it."""
    waived = get_object_or_404(fees_visible_to(request.auth.actor), pk=key)
    fees.waive(waived, given.amount, reason=given.reason, by=request.auth.actor)
    return told_fee(fees_visible_to(request.auth.actor).get(pk=key))


@money.post("", auth=Scoped(FEES_WRITE, FEES), response={201: PaymentOut})
def take_payment(request: ApiRequest, given: PaymentIn, response: HttpResponse) -> Status[dict[str, Any]]:
    """Receive money; it has its receipt number at once."""
    taken = payments.take_payment(
        member_coded(given.member),
        given.amount,
        method=given.method,
        at=branch_coded(given.branch),
        by=request.auth.actor,
        fees=_named(request, given.fees),
        reference=given.reference,
        once=_occasion(given.once),
    )
    response["Location"] = f"{request.path}/{taken.pk}"
    return Status(201, told_payment(payments_visible_to(request.auth.actor).get(pk=taken.pk)))


@money.get("/{int:key}", auth=Scoped(FEES_READ, FEES), response=PaymentOut)
def payment(request: ApiRequest, key: int) -> dict[str, Any]:
    """One payment."""
    return told_payment(get_object_or_404(payments_visible_to(request.auth.actor), pk=key))


def told_fee(fee: Fee) -> dict[str, Any]:
    """A fee with what it is for, as one of the queries reads it."""
    return {
        "id": fee.pk,
        "kind": fee.kind,
        "amount": fee.amount,
        "left": fee.left,
        "charged_at": fee.charged_at.astimezone(UTC),
        "note": fee.note,
        "loan": fee.loan_id,
        "item": fee.item.barcode if fee.item else None,
        "branch": fee.branch.code if fee.branch else None,
        "member": told_borrower(fee.account.member),
    }


def told_payment(payment: Payment) -> dict[str, Any]:
    """Money as it was received, given back, or is waited for."""
    return {
        "id": payment.pk,
        "amount": payment.moved,
        "method": payment.method,
        "state": payment.state,
        "receipt": payment.receipt_number,
        "reference": payment.reference,
        "branch": payment.branch.code,
        "made_at": payment.made_at.astimezone(UTC),
        "member": told_borrower(payment.member),
    }


def _occasion(once: str) -> str:
    """Apart from the occasions that the library itself names."""
    return f"api:{once}"[:120] if once else ""


def _named(request: ApiRequest, keys: list[int]) -> list[Fee]:
    """These fees in this order. Raises an error of the request (422) for one that there is not."""
    there = fees_visible_to(request.auth.actor).in_bulk(keys)
    for key in keys:
        if key not in there:
            raise UnknownName("fees", key)
    return [there[key] for key in keys]
