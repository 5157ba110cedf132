"""Selection: what is asked for is accepted or declined, with a reason, a priority and the fund it is to be paid from."""

from django.db import transaction

from lumbung.acquisitions.events import PurchaseRequestAccepted, PurchaseRequestDeclined, PurchaseRequestReopened
from lumbung.acquisitions.models import Fund, PurchaseRequest
from lumbung.acquisitions.models.wanted import MOST_COPIES
from lumbung.acquisitions.refusals import (
    COPIES_OUT_OF_RANGE,
    FUND_NOT_IN_USE,
    PRIORITY_UNKNOWN,
    REASON_EMPTY,
    REQUEST_DECIDED,
    REQUEST_NOT_DECIDED,
    REQUEST_ON_ORDER,
    REQUEST_WITHDRAWN,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused

LONGEST_REASON = 300
States = PurchaseRequest.States


@transaction.atomic
def accept_request(
    request: PurchaseRequest,
    *,
    priority: int,
    by: events.Actor | None,
    fund: Fund | None = None,
    copies: int | None = None,
    reason: str = "",
) -> PurchaseRequest:
    """Accept it, for ``copies`` (as many as were asked for, unless told). Refuses one that is decided, a priority nobody knows, a fund
    that is not in use, and copies out of range. No money is bound before it is ordered."""
    current = _locked(request)
    wanted = current.copies if copies is None else copies
    reasons: list[Reason] = _against_deciding(current)
    if priority not in PurchaseRequest.Priorities.values:
        reasons.append(PRIORITY_UNKNOWN())
    if fund is not None and not fund.is_active:
        reasons.append(FUND_NOT_IN_USE(fund=fund))
    if not 1 <= wanted <= MOST_COPIES:
        reasons.append(COPIES_OUT_OF_RANGE(most=MOST_COPIES))
    if reasons:
        raise Refused(reasons)
    current.priority, current.fund, current.copies = priority, fund, wanted
    _decide(current, States.ACCEPTED, reason, by)
    told = PurchaseRequestAccepted(purchase_request=current.pk, member=current.member_id, priority=priority)
    events.record(told, by=by)
    return current


@transaction.atomic
def decline_request(request: PurchaseRequest, *, reason: str, by: events.Actor | None) -> PurchaseRequest:
    """Decline it. Refuses one that is decided, and a decision without a reason: whoever asked is told it."""
    current = _locked(request)
    reasons: list[Reason] = _against_deciding(current)
    if not reason.strip():
        reasons.append(REASON_EMPTY())
    if reasons:
        raise Refused(reasons)
    _decide(current, States.DECLINED, reason, by)
    events.record(PurchaseRequestDeclined(purchase_request=current.pk, member=current.member_id), by=by)
    return current


@transaction.atomic
def reopen_request(request: PurchaseRequest, *, by: events.Actor | None) -> PurchaseRequest:
    """Take the decision back: it waits for one again, for as many copies as were asked for. Refuses one that nobody decided, one
    that its member withdrew, and one that is on an order."""
    current = _locked(request)
    reasons: list[Reason] = [REQUEST_NOT_DECIDED()] if current.state == States.ASKED else []
    reasons += [REQUEST_WITHDRAWN()] if current.state == States.WITHDRAWN else []
    if any(line.dropped < line.copies for line in current.lines.all()):
        reasons.append(REQUEST_ON_ORDER())
    if reasons:
        raise Refused(reasons)
    current.state, current.decided_at, current.decided_by_id = States.ASKED, None, None
    current.reason, current.priority, current.fund = "", None, None
    current.copies = current.asked_copies
    current.save()
    events.record(PurchaseRequestReopened(purchase_request=current.pk, member=current.member_id), by=by)
    return current


def _against_deciding(request: PurchaseRequest) -> list[Reason]:
    if request.state == States.WITHDRAWN:
        return [REQUEST_WITHDRAWN()]
    return [] if request.state == States.ASKED else [REQUEST_DECIDED()]


def _decide(request: PurchaseRequest, state: str, reason: str, by: events.Actor | None) -> None:
    request.state, request.reason = state, reason.strip()[:LONGEST_REASON]
    request.decided_at, request.decided_by_id = clock.now(), by.pk if by else None
    request.save()


def _locked(request: PurchaseRequest) -> PurchaseRequest:
    return PurchaseRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
