"""Requests for titles: ``/api/v1/purchase-requests``."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Scoped
from lumbung.acquisitions.domain.requests import HIGHEST_PRICE, ask_for
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.acquisitions.models.wanted import FACTS, MOST_COPIES
from lumbung.acquisitions.permissions import ASK, REQUESTS_READ, REQUESTS_WRITE, SEE
from lumbung.acquisitions.queries.requests import requests_visible_to
from lumbung.catalogue.models import Record
from lumbung.kernel.api.problems import UnknownName
from lumbung.kernel.api.shapes import Body, Key, Listing, Name, PageNumber, PageSize, Word, listing
from lumbung.members.queries import member_by_barcode

router = Router()


class RequestIn(Body):
    """``title`` with what else is known, or ``record`` for more copies of one; ``member`` is a card number or identifier,
    ``price_guess`` in rupiah."""

    title: Word = ""
    creator: Word = ""
    publisher: Word = ""
    year: Word = ""
    isbn: Word = ""
    record: Key | None = None
    copies: int = Field(1, ge=1, le=MOST_COPIES)
    why: Word = ""
    price_guess: int | None = Field(None, ge=0, le=HIGHEST_PRICE)
    member: Name | None = None


class RequestOut(Schema):
    """``priority`` is 1 (urgent) to 3; ``fund`` is told by its name and year."""

    id: int
    title: str
    creator: str
    publisher: str
    year: str
    isbn: str
    record: int | None
    copies: int
    why: str
    price_guess: int | None
    member: int | None
    asked_at: datetime
    state: PurchaseRequest.States
    decided_at: datetime | None
    reason: str
    priority: int | None
    fund: str


class RequestSearch(Schema):
    state: PurchaseRequest.States | None = None
    page: PageNumber = 1
    size: PageSize = 20


@router.get("", auth=Scoped(REQUESTS_READ, SEE), response=Listing[RequestOut])
def list_purchase_requests(request: ApiRequest, search: Query[RequestSearch]) -> dict[str, Any]:
    """What the library was asked to get, newest first."""
    found = requests_visible_to(request.auth.actor).select_related("fund")
    found = found.filter(state=search.state) if search.state else found
    return listing(found, search.page, search.size, _told)


@router.get("/{int:key}", auth=Scoped(REQUESTS_READ, SEE), response=RequestOut)
def read_purchase_request(request: ApiRequest, key: int) -> dict[str, Any]:
    """One request."""
    return _told(get_object_or_404(requests_visible_to(request.auth.actor).select_related("fund"), pk=key))


@router.post("", auth=Scoped(REQUESTS_WRITE, ASK), response={201: RequestOut})
def note_purchase_request(request: ApiRequest, given: RequestIn) -> Status[dict[str, Any]]:
    """Note that a member, or the library itself, asks for a title."""
    member = member_by_barcode(given.member) if given.member else None
    if given.member and member is None:
        raise UnknownName("member", given.member)
    record = Record.objects.listed().filter(pk=given.record).first() if given.record else None
    if given.record and record is None:
        raise UnknownName("record", given.record)
    facts = {name: getattr(given, name) for name in FACTS}
    more: dict[str, Any] = {name: getattr(given, name) for name in ("copies", "why", "price_guess")}
    return Status(201, _told(ask_for(facts, member=member, record=record, by=request.auth.actor, **more)))


def _told(row: PurchaseRequest) -> dict[str, Any]:
    plain = ("copies", "why", "price_guess", "asked_at", "state", "decided_at", "reason", "priority")
    told = {name: getattr(row, name) for name in plain}
    return {
        "id": row.pk,
        **row.facts,
        "record": row.record_id,
        **told,
        "member": row.member_id,
        "fund": str(row.fund) if row.fund else "",
    }
