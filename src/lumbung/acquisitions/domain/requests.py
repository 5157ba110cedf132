"""Asking the library to get a title, and taking that back."""

from collections.abc import Mapping

from django.db import transaction

from lumbung.acquisitions.domain.describing import facts_of, plain
from lumbung.acquisitions.events import PurchaseRequested, PurchaseRequestWithdrawn
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.acquisitions.queries.requests import requests_like
from lumbung.acquisitions.refusals import ASKED_ALREADY, PRICE_TOO_HIGH, REQUEST_DECIDED, TOO_MANY_REQUESTS
from lumbung.catalogue.models import Record
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.words import rupiah
from lumbung.members.models import Member
from lumbung.organization.models import Branch

MOST_OPEN = 20
HIGHEST_PRICE = 999_999_999
LONGEST_WHY = 500
States = PurchaseRequest.States


@transaction.atomic
def ask_for(
    facts: Mapping[str, str],
    *,
    by: events.Actor | None,
    member: Member | None = None,
    record: Record | None = None,
    copies: int = 1,
    why: str = "",
    price_guess: int | None = None,
    pickup_branch: Branch | None = None,
    origin: str = "",
) -> PurchaseRequest:
    """Note that a member, or without one whoever acts, asks for a title: ``facts`` (title, creator, publisher, year, isbn), or more
    copies of ``record``. ``pickup_branch``: the member wants it held there. The same ``origin`` gives the request that there is.

    Refuses without a title, a wrong ISBN, copies and prices (rupiah) out of range, what this member asked for already, and a member
    with MOST_OPEN requests that nobody decided.
    """
    if origin and (there := PurchaseRequest.objects.filter(origin=origin).first()):
        return there
    told, reasons = plain({**facts_of(record), **{k: v for k, v in facts.items() if v}} if record else facts, copies)
    if price_guess is not None and not 0 <= price_guess <= HIGHEST_PRICE:
        reasons.append(PRICE_TOO_HIGH(most=rupiah(HIGHEST_PRICE)))
    if member is not None:
        member = Member.objects.select_for_update(of=("self",), no_key=True).standing(member.pk)
        reasons += _reasons_of(member, told, record)
    if reasons:
        raise Refused(reasons)
    is_own = by is None or (member is not None and member.user_id == by.pk)
    request = PurchaseRequest.objects.create(
        **told,
        record=record,
        copies=copies,
        asked_copies=copies,
        member=member,
        noted_by_id=None if is_own or by is None else by.pk,
        why=why.strip()[:LONGEST_WHY],
        price_guess=price_guess,
        pickup_branch=pickup_branch if member is not None else None,
        asked_at=clock.now(),
        origin=origin,
    )
    events.record(PurchaseRequested(purchase_request=request.pk, member=member.pk if member else None), by=by)
    return request


@transaction.atomic
def withdraw(request: PurchaseRequest, *, by: events.Actor) -> PurchaseRequest:
    """Its member wants it no more, and may ask for the title again. Refuses one that is decided. Withdrawn twice, it is so once."""
    request = PurchaseRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.state == States.WITHDRAWN:
        return request
    if request.state != States.ASKED:
        raise Refused(REQUEST_DECIDED())
    request.state, request.decided_at = States.WITHDRAWN, clock.now()
    request.save(update_fields=["state", "decided_at"])
    events.record(PurchaseRequestWithdrawn(purchase_request=request.pk, member=request.member_id), by=by)
    return request


def _reasons_of(member: Member, told: Mapping[str, str], record: Record | None) -> list[Reason]:
    waiting = PurchaseRequest.objects.filter(member=member, state=States.ASKED).count()
    reasons: list[Reason] = [TOO_MANY_REQUESTS(most=MOST_OPEN)] if waiting >= MOST_OPEN else []
    like = requests_like(told["title"], told["isbn"], record.pk if record else None, of=member.pk)
    if any(each.state == States.ASKED for each in like):
        reasons.append(ASKED_ALREADY())
    return reasons
