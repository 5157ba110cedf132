"""Items, the copies in hand: add, change, set the status, remove."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from lumbung.catalogue.domain.removal import whereabouts
from lumbung.catalogue.domain.shelf_order import shelf_key
from lumbung.catalogue.events import ItemAdded, ItemChanged, ItemRemoved, ItemStatusSet
from lumbung.catalogue.events.binding import TitleUnbound
from lumbung.catalogue.models import Item, ItemType, Record
from lumbung.catalogue.models.titles_of_copies import titles_in
from lumbung.catalogue.refusals import IN_USE, ITEM_GONE, LOCATION_ELSEWHERE, PRICE_NEGATIVE, SOURCE_UNKNOWN, STATUS_UNKNOWN
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode, Branch, Location

LONGEST_WHY = 300
CHANGEABLE = frozenset(
    {
        "barcode",
        "branch",
        "location",
        "item_type",
        "call_number",
        "volume",
        "copy",
        "accession_number",
        "accessioned_on",
        "source",
        "vendor",
        "price",
        "note",
    }
)


@transaction.atomic
def add_item(
    record: Record,
    *,
    barcode: str,
    branch: Branch,
    item_type: ItemType,
    by: events.Actor | None,
    location: Location | None = None,
    call_number: str = "",
    volume: str = "",
    copy: str = "",
    accession_number: str = "",
    accessioned_on: date | None = None,
    source: str = "",
    vendor: str = "",
    price: Decimal | None = None,
    note: str = "",
) -> Item:
    """Add a copy of the record. Refuses a barcode that is empty or taken, a location of another branch, a price below zero."""
    reasons, claimed = _claimed(barcode)
    item = Item(
        record=record,
        barcode=claimed,
        branch=branch,
        held_at=branch,
        location=location,
        item_type=item_type,
        call_number=call_number.strip(),
        shelf_key=shelf_key(call_number, copy, volume),
        volume=volume.strip(),
        copy=copy.strip(),
        accession_number=accession_number.strip(),
        accessioned_on=accessioned_on,
        source=source,
        vendor=vendor.strip(),
        price=price,
        note=note.strip(),
        added_at=clock.now(),
    )
    _refuse(reasons + _faults(item))
    item.save(force_insert=True)
    events.record(ItemAdded(item=item.pk, record=record.pk, barcode=item.barcode), by=by)
    return item


@transaction.atomic
def change_item(item: Item, *, by: events.Actor | None, **changes: Any) -> Item:
    """Change the named fields (CHANGEABLE). A new barcode takes the place of the old; refuses as ``add_item`` does."""
    current = _locked(item)
    stands_at_home, barcode = current.held_at_id == current.branch_id, current.barcode
    changed = set_changed(current, changes, allowed=CHANGEABLE)
    reasons: list[Reason] = []
    if "barcode" in changed:
        reasons, current.barcode = _exchanged(barcode, current.barcode)
    if "branch" in changed and stands_at_home:
        current.held_at = current.branch
    if "branch" in changed:
        current.returns_to = None
    _refuse(reasons + _faults(current))
    if changed:
        current.shelf_key = shelf_key(current.call_number, current.copy, current.volume)
        current.save(update_fields=[*changed, "shelf_key", "held_at", "returns_to"])
        events.record(ItemChanged(item=current.pk, record=current.record_id, fields=changed), by=by)
    return current


@transaction.atomic
def set_status(item: Item, status: str, *, because: str = "", why: str = "", by: events.Actor | None) -> Item:
    """Say how the item fares, for what cause (``Item.Causes``) and in words ``why``. Refuses an unknown status; says nothing when it
    already is so."""
    if status not in Item.Statuses.values:
        raise Refused(STATUS_UNKNOWN(status=status))
    current = _locked(item)
    was = current.status
    if was != status:
        current.status = status
        current.save(update_fields=["status"])
        told = {"because": str(because), "why": why.strip()[:LONGEST_WHY]}
        events.record(ItemStatusSet(item=current.pk, record=current.record_id, status=status, was=was, **told), by=by)
    return current


@transaction.atomic
def remove_item(item: Item, *, by: events.Actor | None) -> None:
    """Remove the item and free its barcode; titles bound into it lose it. Refuses one that was ever lent, or on which anything stands."""
    current = _locked(item)
    removed = ItemRemoved(item=current.pk, record=current.record_id, barcode=current.barcode)
    unbound = [TitleUnbound(item=current.pk, record=title) for title in titles_in(current)[1:]]
    try:
        with transaction.atomic():
            current.delete()
    except ProtectedError as error:
        raise Refused(IN_USE(where=whereabouts(error.protected_objects))) from error
    barcodes.release([removed.barcode])
    for each in unbound:
        events.record(each, by=by)
    events.record(removed, by=by)


def _locked(item: Item) -> Item:
    current = Item.objects.select_for_update().filter(pk=item.pk).first()
    if current is None:
        raise Refused(ITEM_GONE())
    return current


def _claimed(barcode: str) -> tuple[list[Reason], str]:
    """The barcode, taken; or why it cannot be, so that other reasons can be told with it."""
    try:
        return [], barcodes.claim(barcode, Barcode.Names.ITEM)
    except Refused as refused:
        return list(refused.reasons), barcode


def _exchanged(old: str, new: str) -> tuple[list[Reason], str]:
    if barcodes.normal(old) == barcodes.normal(new):
        return [], new.strip()
    reasons, claimed = _claimed(new)
    if not reasons:
        barcodes.release([old])
    return reasons, claimed


def _faults(item: Item) -> list[Reason]:
    faults = []
    if item.location is not None and item.location.branch_id != item.branch_id:
        faults.append(LOCATION_ELSEWHERE(location=item.location.name, branch=item.branch.name))
    if item.price is not None and item.price < 0:
        faults.append(PRICE_NEGATIVE())
    if item.source and item.source not in Item.Sources.values:
        faults.append(SOURCE_UNKNOWN(source=item.source))
    return faults


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
