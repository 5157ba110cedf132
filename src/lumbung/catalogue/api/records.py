"""Records: the newest, the whole MARC of one, adding, changing; and their copies."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Caller, Public, Scoped
from lumbung.catalogue.api import marc
from lumbung.catalogue.domain import items as copies
from lumbung.catalogue.domain import records
from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.catalogue.models import Item, ItemType, Material, Record
from lumbung.catalogue.models.record import RecordQuerySet
from lumbung.catalogue.permissions import EDIT, ITEMS, ITEMS_WRITE, RECORDS_READ, RECORDS_WRITE, SEE
from lumbung.catalogue.queries import item_by_barcode
from lumbung.kernel.api.shapes import Body, Listing, Name, PageNumber, PageSize, Prose, Word, listing
from lumbung.organization.models import Branch, Location

T = TypeVar("T")

router = Router()
items = Router()


class BriefRecordOut(Schema):
    id: int
    version: int
    material: Material
    title: str
    creator: str
    publisher: str
    year: int | None
    language: str
    classification: str
    suppressed: bool
    updated_at: datetime


class RecordSearch(Schema):
    """``isbn`` finds titles by their number, in 10 or 13 digits. To search by words there is ``/search``."""

    isbn: Word = ""
    page: PageNumber = 1
    size: PageSize = 20


class StoredOut(Schema):
    """``version`` is what the next change must name."""

    id: int
    version: int


class ItemIn(Body):
    """``branch``, ``location`` and ``item_type`` are codes."""

    barcode: Annotated[Name, Field(max_length=60)]
    branch: Name
    item_type: Name
    location: Word = ""
    call_number: Annotated[Word, Field(max_length=120)] = ""
    copy_number: Annotated[Word, Field(max_length=20)] = ""
    accession_number: Annotated[Word, Field(max_length=60)] = ""
    price: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None
    note: Prose = ""


class StatusIn(Body):
    status: Item.Statuses


class CopyOut(Schema):
    barcode: str
    record: int
    status: Item.Statuses


@router.get("", auth=Public(), response=Listing[BriefRecordOut])
def list_records(request: ApiRequest, search: Query[RecordSearch]) -> dict[str, Any]:
    """Titles, newest first."""
    found = _seen_by(request.auth).listed().order_by("-created_at", "-id")
    if search.isbn:
        number = isbn_13(search.isbn) or search.isbn
        found = found.filter(identifiers__kind="isbn", identifiers__value=number).distinct()
    return listing(found, search.page, search.size, lambda record: record)


@router.post("", auth=Scoped(RECORDS_WRITE, EDIT), response={201: StoredOut}, openapi_extra=marc.IN_ANY_FORM)
def add_record(request: ApiRequest, response: HttpResponse) -> Status[Record]:
    """Add a record, sent as MARC-in-JSON, MARCXML or ISO 2709."""
    added = records.add_record(marc.sent(request), by=request.auth.actor)
    response["Location"] = f"{request.path}/{added.pk}"
    return Status(201, added)


@router.get("/{int:key}/marc", auth=Public())
def record_in_marc(request: ApiRequest, key: int, format: Word = "") -> HttpResponse:  # noqa: A002 -- the name of the parameter
    """The whole record: ``?format=json``, ``xml`` or ``iso2709``, else as ``Accept`` says. ``ETag`` is its version."""
    record = get_object_or_404(_seen_by(request.auth), pk=key)
    response = marc.answer(request, record.marc_record, format)
    response["ETag"] = f'"{record.version}"'
    return response


@router.put("/{int:key}/marc", auth=Scoped(RECORDS_WRITE, EDIT), response=StoredOut, openapi_extra=marc.IN_ANY_FORM)
def change_record(request: ApiRequest, key: int, version: int) -> Record:
    """Put another record in its place. Refused when ``version`` is no longer the one that stands."""
    record = get_object_or_404(Record.objects.listed(), pk=key)
    return records.change_record(record, marc.sent(request), version=version, by=request.auth.actor)


@router.post("/{int:key}/items", auth=Scoped(ITEMS_WRITE, ITEMS), response={201: CopyOut})
def add_item(request: ApiRequest, key: int, given: ItemIn, response: HttpResponse) -> Status[dict[str, Any]]:
    """Add a copy of the title."""
    record = get_object_or_404(Record.objects.listed(), pk=key)
    branch = _coded("branch", Branch.objects.filter(code=given.branch).first(), given.branch)
    location = None
    if given.location:
        location = _coded("location", Location.objects.filter(branch=branch, code=given.location).first(), given.location)
    added = copies.add_item(
        record,
        barcode=given.barcode,
        branch=branch,
        location=location,
        item_type=_coded("item_type", ItemType.objects.filter(code=given.item_type).first(), given.item_type),
        call_number=given.call_number,
        copy=given.copy_number,
        accession_number=given.accession_number,
        price=given.price,
        note=given.note,
        by=request.auth.actor,
    )
    response["Location"] = f"/api/v1/items/{added.barcode}"
    return Status(201, _told(added))


@items.put("/{path:barcode}/status", auth=Scoped(ITEMS_WRITE, ITEMS), response=CopyOut)
def set_status(request: ApiRequest, barcode: str, given: StatusIn) -> dict[str, Any]:
    """Say how a copy fares: lost, in repair, withdrawn …"""
    item = item_by_barcode(barcode)
    if item is None:
        raise Http404
    return _told(copies.set_status(item, given.status, by=request.auth.actor))


def _seen_by(caller: Caller) -> RecordQuerySet:
    seen = Record.objects.all()
    return seen if caller.may(RECORDS_READ, SEE) else seen.shown_to_public()


def _coded(name: str, row: T | None, code: str) -> T:
    if row is None:
        raise HttpError(422, f"{name}: {code}")
    return row


def _told(item: Item) -> dict[str, Any]:
    return {"barcode": item.barcode, "record": item.record_id, "status": item.status}
