"""Titles with their copies, and a copy by its barcode, as they stand at this moment."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from lumbung.accounts.domain.api_access import ApiRequest, Public, Scoped
from lumbung.catalogue import permissions as catalogue
from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.models import Identifier, Material, Record
from lumbung.catalogue.queries import item_by_barcode, items_of
from lumbung.circulation.api.shapes import ItemOut, told_item
from lumbung.circulation.queries import Availability, availability_of, item_states

records = Router()
items = Router()


class IdentifierOut(Schema):
    kind: Identifier.Kinds
    value: str


class AvailabilityOut(Schema):
    """``total`` without the lost and withdrawn; ``available`` to borrow now; ``in_house`` to read in the library."""

    total: int
    available: int
    in_house: int
    waiting: int


class RecordOut(Schema):
    id: int
    version: int
    material: Material
    title: str
    responsibility: str
    creator: str
    edition: str
    place: str
    publisher: str
    year: int | None
    language: str
    classification: str
    subjects: list[str]
    identifiers: list[IdentifierOut]
    suppressed: bool
    availability: AvailabilityOut
    items: list[ItemOut]


@records.get("/{int:key}", auth=Public(), response=RecordOut)
def record(request: ApiRequest, key: int) -> dict[str, Any]:
    """A title with its copies and whether they can be had. The whole MARC is at ``/records/<id>/marc``."""
    caller = request.auth
    sees_all = caller.may(catalogue.RECORDS_READ, catalogue.SEE)
    seen = Record.objects.all() if sees_all else Record.objects.shown_to_public()
    found = get_object_or_404(seen.prefetch_related("identifiers"), pk=key)
    copies = list(items_of(found))
    states = item_states(copies)
    return {
        **_described(found),
        "availability": _told(availability_of([key])[key]),
        "items": [told_item(item, states[item.pk]) for item in copies],
    }


@items.get("/{path:barcode}", auth=Scoped(catalogue.ITEMS_READ, catalogue.SEE), response=ItemOut)
def item(request: ApiRequest, barcode: str) -> dict[str, Any]:
    """A copy by its barcode, in upper or lower case."""
    found = item_by_barcode(barcode)
    if found is None:
        raise Http404
    return told_item(found, item_states([found])[found.pk])


def _described(record: Record) -> dict[str, Any]:
    columns = (
        "version", "material", "title", "responsibility", "creator", "edition", "place", "publisher", "year", "language",
        "classification", "suppressed",
    )  # fmt: skip
    return {
        "id": record.pk,
        **{name: getattr(record, name) for name in columns},
        "subjects": [subject.text for subject in describe(record.marc_record).subjects],
        "identifiers": [{"kind": each.kind, "value": each.value} for each in record.identifiers.all()],
    }


def _told(availability: Availability) -> dict[str, int]:
    return {name: getattr(availability, name) for name in ("total", "available", "in_house", "waiting")}
