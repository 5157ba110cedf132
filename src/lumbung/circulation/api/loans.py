"""Lending, taking back and renewing at the desk of any program: ``/api/v1/loans`` and ``/api/v1/items/<barcode>/return``."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.accounts.domain.permissions import may
from lumbung.catalogue.models import Item
from lumbung.catalogue.queries import item_by_barcode, titled_item_by_barcode
from lumbung.circulation.api.shapes import HoldOut, LoanOut, branch_coded, member_coded, told_hold, told_loan
from lumbung.circulation.domain import loans
from lumbung.circulation.models import Hold, Loan, LoanKinds
from lumbung.circulation.permissions import LEND, LOANS_READ, LOANS_WRITE, SEE, WAIVE
from lumbung.circulation.queries import loans_visible_to
from lumbung.kernel import clock
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Body, Key, Listing, Name, PageNumber, PageSize, Prose, Word, listing

router = Router()
returns = Router()


class CheckOutIn(Body):
    """``item`` is a barcode, ``member`` a card number or identifier, ``branch`` a code, ``waive`` codes of waivable refusals."""

    item: Name
    member: Name
    branch: Name
    kind: LoanKinds = LoanKinds.NORMAL
    waive: list[Word] = Field(default_factory=list)
    waive_reason: Prose = ""


class RenewalIn(Body):
    waive: list[Word] = Field(default_factory=list)
    waive_reason: Prose = ""


class RenewedOut(LoanOut):
    """The loan with its new due date; ``was_due_at`` is the old one."""

    was_due_at: datetime


class ReturnIn(Body):
    branch: Name


class ReturnOut(Schema):
    """``loan`` is null when the item was not on loan. ``hold`` is whom it is now set aside for; ``send_to`` where it must go."""

    item: str
    loan: LoanOut | None
    hold: HoldOut | None
    send_to: str | None
    overdue_days: int
    was_lost: bool


class LoanStates(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    RETURNED = "returned"


class LoanSearch(Schema):
    """``member``: only the loans of this member, by key."""

    member: Key | None = None
    state: LoanStates = LoanStates.OPEN
    page: PageNumber = 1
    size: PageSize = 20


@router.post("", auth=Scoped(LOANS_WRITE, LEND), response={201: LoanOut})
def check_out(request: ApiRequest, given: CheckOutIn, response: HttpResponse) -> Status[dict[str, Any]]:
    """Lend an item. Refused (409) with every reason at once; the waivable ones may be named in ``waive`` by whoever may."""
    item, member, branch = _item(given.item), member_coded(given.member), branch_coded(given.branch)
    loan = loans.check_out(
        item,
        to=member,
        at=branch,
        by=request.auth.actor,
        kind=given.kind,
        waive=_waived(request, given.waive),
        waive_reason=given.waive_reason,
    )
    response["Location"] = f"{request.path}/{loan.pk}"
    return Status(201, told_loan(loan, item))


@router.get("", auth=Scoped(LOANS_READ, SEE), response=Listing[LoanOut])
def list_loans(request: ApiRequest, search: Query[LoanSearch]) -> dict[str, Any]:
    """Loans, soonest due first."""
    found = loans_visible_to(request.auth.actor).order_by("due_at", "id")
    match search.state:
        case LoanStates.OPEN:
            found = found.open()
        case LoanStates.OVERDUE:
            found = found.overdue(clock.now())
        case LoanStates.RETURNED:
            found = found.filter(returned_at__isnull=False)
    if search.member is not None:
        found = found.filter(member=search.member)
    return listing(found, search.page, search.size, told_loan)


@router.get("/{int:key}", auth=Scoped(LOANS_READ, SEE), response=LoanOut)
def loan(request: ApiRequest, key: int) -> dict[str, Any]:
    """One loan."""
    return told_loan(get_object_or_404(loans_visible_to(request.auth.actor), pk=key))


@router.post("/{int:key}/renewal", auth=Scoped(LOANS_WRITE, LEND), response=RenewedOut)
def renew(request: ApiRequest, key: int, given: RenewalIn | None = None) -> dict[str, Any]:
    """Record the loan again with a new due date."""
    given = given or RenewalIn()
    before = get_object_or_404(loans_visible_to(request.auth.actor), pk=key)
    after = loans.renew(before, by=request.auth.actor, waive=_waived(request, given.waive), waive_reason=given.waive_reason)
    return told_renewal(before, after)


@router.delete("/{int:key}", auth=Scoped(LOANS_WRITE, LEND), response=ReturnOut)
def take_back(request: ApiRequest, key: int, branch: Word) -> dict[str, Any]:
    """Take the item of an open loan back at ``branch``."""
    returned = get_object_or_404(
        Loan.objects.open().select_related("item__record").defer("item__record__marc", "item__record__findable"), pk=key
    )
    return _check_in(returned.item, branch, request)


@returns.post("/{path:barcode}/return", auth=Scoped(LOANS_WRITE, LEND), response=ReturnOut)
def return_item(request: ApiRequest, barcode: str, given: ReturnIn) -> dict[str, Any]:
    """Take an item back, whoever brings it and whether or not it was on loan."""
    item = item_by_barcode(barcode)
    if item is None:
        raise Http404
    return _check_in(item, given.branch, request)


def told_renewal(before: Loan, after: Loan) -> dict[str, Any]:
    """The renewed loan, with the date it was due before."""
    return {**told_loan(after, before.item), "was_due_at": before.due_at.astimezone(UTC)}


def _check_in(item: Item, branch: str, request: ApiRequest) -> dict[str, Any]:
    done = loans.check_in(item, at=branch_coded(branch), by=request.auth.actor)
    return {
        "item": item.barcode,
        "loan": told_loan(done.loan, item) if done.loan else None,
        "hold": told_hold(_readable(done.hold)) if done.hold else None,
        "send_to": done.send_to.code if done.send_to else None,
        "overdue_days": done.overdue_days,
        "was_lost": done.was_lost,
    }


def _readable(hold: Hold) -> Hold:
    return Hold.objects.select_related("record", "item", "member").defer("record__marc", "record__findable").get(pk=hold.pk)


def _item(barcode: str) -> Item:
    if item := titled_item_by_barcode(barcode):
        return item
    raise UnknownName("item", barcode)


def _waived(request: ApiRequest, codes: list[str]) -> frozenset[str]:
    if codes and not may(request.auth.actor, WAIVE):
        raise PermissionDenied(WAIVE)
    return frozenset(codes)
