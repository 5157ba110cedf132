"""Records: the newest, the whole MARC of one, adding, changing; and their copies."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError, ValidationError
from ninja.responses import Status

from lumbung.accounts.domain.api_access import ApiRequest, Caller, Public, Scoped
from lumbung.catalogue.api import marc
from lumbung.catalogue.domain import items as copies
from lumbung.catalogue.domain import records
from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.catalogue.domain.holdings import statements_of
from lumbung.catalogue.domain.marc_fields import with_tags
from lumbung.catalogue.models import Item, ItemType, Material, Record
from lumbung.catalogue.models.record import RecordQuerySet
from lumbung.catalogue.permissions import EDIT, ITEMS, ITEMS_WRITE, RECORDS_READ, RECORDS_WRITE, SEE
from lumbung.catalogue.queries import item_by_barcode
from lumbung.formats.holdings import Kind
from lumbung.formats.marc import MalformedRecord, from_json
from lumbung.formats.marc import Record as Marc
from lumbung.formats.marc.marcjson import is_text
from lumbung.kernel.api.problems import UnknownName
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


class FieldsIn(Body):
    """``fields`` as MARC-in-JSON has them; ``remove`` are tags."""

    fields: Annotated[list[dict[str, Any]], Field(default_factory=list)]
    remove: Annotated[list[Annotated[str, Field(min_length=3, max_length=3)]], Field(default_factory=list)]

    def applied_to(self, record: Marc) -> Marc:
        try:
            given = from_json({"leader": record.leader, "fields": self.fields})
        except MalformedRecord as error:
            raise HttpError(422, "fields") from error
        if not is_text(given):
            raise HttpError(422, "fields")
        if wrong := _of_another_shape(self.fields):
            raise ValidationError(wrong)
        return with_tags(record, given.fields, frozenset(self.remove))


def _of_another_shape(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a field of data is given as mere text, or a control field with subfields: as an error has it, with the way there."""
    told = {
        True: ("control_field", gettext("Ruas kendali (00X) berisi teks saja, tanpa indikator dan subruas.")),
        False: ("data_field", gettext("Ruas data ditulis dengan ind1, ind2, dan subfields.")),
    }
    wrong = [
        (("body", "fields", at, tag), *told[tag.startswith("00")])
        for at, each in enumerate(fields)
        for tag, content in each.items()
        if tag.startswith("00") is not isinstance(content, str)
    ]
    return [{"loc": loc, "type": code, "msg": sentence} for loc, code, sentence in wrong]


class ItemIn(Body):
    """``branch``, ``location`` and ``item_type`` are codes."""

    barcode: Annotated[Name, Field(max_length=60)]
    branch: Name
    item_type: Name
    location: Word = ""
    call_number: Annotated[Word, Field(max_length=120)] = ""
    volume: Annotated[Word, Field(max_length=80)] = ""
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
    """The whole record: ``?format=json``, ``xml``, ``iso2709``, ``mods`` or ``dc`` (Dublin Core), else as ``Accept`` says.
    ``ETag`` is its version."""
    record = get_object_or_404(_seen_by(request.auth), pk=key)
    response = marc.answer(request, record.marc_record, format)
    response["ETag"] = f'"{record.version}"'
    return response


class StatedOut(Schema):
    kind: Kind
    text: str


class HoldingOut(Schema):
    """``statements`` as readers are told them; ``standard`` as ISO 10324 and Z39.71 punctuate."""

    branch: str
    shelf: str
    call_number: str
    note: str
    statements: list[StatedOut]
    standard: list[str]


@router.get("/{int:key}/holdings", auth=Public(), response=list[HoldingOut])
def record_holdings(request: ApiRequest, key: int) -> list[dict[str, Any]]:
    """What each branch holds of a serial or a work in parts, as statements; ``branch`` is its code."""
    record = get_object_or_404(_seen_by(request.auth), pk=key)
    return [
        {
            "branch": each.branch_code,
            "shelf": each.shelf,
            "call_number": each.call_number,
            "note": each.note,
            "statements": [{"kind": kind, "text": text} for kind, (_, text) in zip(each.kinds, each.lines, strict=True)],
            "standard": each.standard,
        }
        for each in statements_of(record.marc_record)
    ]


@router.put("/{int:key}/marc", auth=Scoped(RECORDS_WRITE, EDIT), response=StoredOut, openapi_extra=marc.IN_ANY_FORM)
def change_record(request: ApiRequest, response: HttpResponse, key: int, version: int | None = None) -> Record:
    """Put another record in its place. ``If-Match`` (the ``ETag`` that was read) or ``version`` names what it was made from; refused
    when that is no longer the one that stands."""
    record = get_object_or_404(Record.objects.listed(), pk=key)
    changed = records.change_record(record, marc.sent(request), version=_seen(request, version), by=request.auth.actor)
    response["ETag"] = f'"{changed.version}"'
    return changed


@router.patch("/{int:key}/marc", auth=Scoped(RECORDS_WRITE, EDIT), response=StoredOut)
def change_fields(request: ApiRequest, response: HttpResponse, key: int, given: FieldsIn, version: int | None = None) -> Record:
    """Change some fields: those sent take the place of all of their tags, tags in ``remove`` go, the rest stays as it is.
    ``If-Match`` or ``version`` as for the whole record."""
    seen = _seen(request, version)
    record = get_object_or_404(Record, pk=key)
    changed = records.change_record(record, given.applied_to(record.marc_record), version=seen, by=request.auth.actor)
    response["ETag"] = f'"{changed.version}"'
    return changed


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
        volume=given.volume,
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


def _seen(request: ApiRequest, version: int | None) -> int:
    """The version that the change was made from. 428 when nobody says, 422 when ``If-Match`` is no ETag of ours."""
    told = request.headers.get("If-Match", "").strip()
    if not told and version is None:
        raise HttpError(428, "If-Match")
    if not told:
        return version or 0
    digits = told.removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):  # noqa: PLR2004 -- fits the column
        raise HttpError(422, "If-Match")
    return int(digits)


def _seen_by(caller: Caller) -> RecordQuerySet:
    seen = Record.objects.all()
    return seen if caller.may(RECORDS_READ, SEE) else seen.shown_to_public()


def _coded(name: str, row: T | None, code: str) -> T:
    if row is None:
        raise UnknownName(name, code)
    return row


def _told(item: Item) -> dict[str, Any]:
    return {"barcode": item.barcode, "record": item.record_id, "status": item.status}
