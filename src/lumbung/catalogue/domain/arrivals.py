"""Titles with their copies from the system that a library leaves: many at a time, past the ORM (decision 0011), and out again.

Whoever calls has looked at the rows; here the database has the last word on barcodes. What the copies need (branch, location, type) is
there already.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import ProtectedError

from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.domain.imports.stretch import (
    ITEM_COLUMNS,
    LONGEST_ACCESSION,
    LONGEST_CALL_NUMBER,
    LONGEST_COPY,
    LONGEST_VENDOR,
    RECORD_COLUMNS,
)
from lumbung.catalogue.domain.removal import whereabouts
from lumbung.catalogue.domain.shelf_order import shelf_key
from lumbung.catalogue.events import TitlesArrived, TitlesWithdrawn
from lumbung.catalogue.models import Identifier, Item, Record
from lumbung.catalogue.models.volume import LONGEST as LONGEST_VOLUME
from lumbung.catalogue.refusals import IN_USE
from lumbung.formats import marc
from lumbung.kernel import events, rows
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode
from lumbung.organization.refusals import BARCODE_TAKEN_BY_ITEM, BARCODE_TAKEN_BY_MEMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingCopy:
    """A copy; branch, location and item type are primary keys."""

    barcode: str
    branch: int
    item_type: int
    location: int | None = None
    call_number: str = ""
    volume: str = ""
    copy: str = ""
    accession_number: str = ""
    accessioned_on: date | None = None
    source: str = ""
    vendor: str = ""
    price: Decimal | None = None
    status: str = Item.Statuses.AVAILABLE.value
    note: str = ""
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingTitle:
    """A title, or (``key``) one that is there already and is given copies."""

    record: marc.Record
    created_at: datetime
    updated_at: datetime
    suppressed: bool = False
    copies: Sequence[ArrivingCopy] = ()
    key: int | None = None


@dataclass(slots=True)
class Arrived:
    """The keys of the titles in their order, and for each of their copies its key or why it has none."""

    titles: list[int] = field(default_factory=list)
    copies: list[list[int | Reason]] = field(default_factory=list)


@transaction.atomic
def bring_in(titles: Sequence[ArrivingTitle], *, by: events.Actor | None) -> Arrived:
    """Store titles and copies. A copy whose barcode is taken, here or by an earlier one, is left out with that reason."""
    fresh = rows.reserve(Record, sum(each.key is None for each in titles))
    given = iter(fresh)
    keys = [each.key if each.key is not None else next(given) for each in titles]
    _store_records([(key, each) for key, each in zip(keys, titles, strict=True) if each.key is None])
    arrived = Arrived(keys, _store_copies(titles, keys))
    touched = sorted(each.key for each in titles if each.key is not None and each.copies)
    if fresh or touched:
        first, last = (fresh[0], fresh[-1]) if fresh else (None, None)
        events.record(TitlesArrived(first=first, last=last, touched=touched), by=by)
    return arrived


@transaction.atomic
def take_out(records: Collection[int], items: Collection[int], *, by: events.Actor | None) -> None:
    """Remove copies, then titles, with everything read out of them, and free the barcodes. Refuses what something still stands on."""
    going = Item.objects.filter(pk__in=items)
    freed = list(going.values_list("barcode", "record"))
    try:
        with transaction.atomic():
            going.delete()
            Identifier.objects.filter(record__in=records).delete()
            Record.objects.filter(pk__in=records).defer("marc", "findable").delete()
    except ProtectedError as error:
        raise Refused(IN_USE(where=whereabouts(error.protected_objects))) from error
    barcodes.release([barcode for barcode, _ in freed])
    events.record(TitlesWithdrawn(records=sorted({*records, *(record for _, record in freed)})), by=by)


def _store_records(fresh: Sequence[tuple[int, ArrivingTitle]]) -> None:
    adapt = connection.ops.adapt_datetimefield_value
    stored, numbers = [], []
    for key, each in fresh:
        columns, identifiers = bibliographic.columns_of(each.record)
        dates = (adapt(each.created_at), adapt(each.updated_at))
        stored.append((key, marc.dumps(each.record), *columns, each.suppressed, 1, None, *dates))
        numbers += [(key, *number) for number in identifiers]
    rows.insert(Record, RECORD_COLUMNS, stored)
    rows.insert(Identifier, ("record_id", "kind", "value"), numbers)


def _store_copies(titles: Sequence[ArrivingTitle], keys: Sequence[int]) -> list[list[int | Reason]]:
    """Claim the barcodes in one statement, and store the copies that got theirs."""
    met: set[str] = set()
    first = [[_is_first(copy.barcode, met) for copy in each.copies] for each in titles]
    wanted = [
        copy.barcode
        for each, marks in zip(titles, first, strict=True)
        for copy, new in zip(each.copies, marks, strict=True)
        if new
    ]
    taken = barcodes.claim_all(wanted, Barcode.Names.ITEM)
    free = iter(rows.reserve(Item, len(wanted) - len(taken)))
    told: list[list[int | Reason]] = []
    stored = []
    for each, key, marks in zip(titles, keys, first, strict=True):
        own: list[int | Reason] = []
        for copy, new in zip(each.copies, marks, strict=True):
            holder = taken.get(barcodes.normal(copy.barcode)) if new else Barcode.Names.ITEM
            if holder is not None:
                refusal = BARCODE_TAKEN_BY_ITEM if holder == Barcode.Names.ITEM else BARCODE_TAKEN_BY_MEMBER
                own.append(refusal(barcode=copy.barcode))
                continue
            own.append(next(free))
            stored.append((own[-1], *_item_row(key, copy)))
        told.append(own)
    rows.insert(Item, ("id", *ITEM_COLUMNS), stored)
    return told


def _is_first(barcode: str, met: set[str]) -> bool:
    name = barcodes.normal(barcode)
    is_new = name not in met
    met.add(name)
    return is_new


def _item_row(record: int, copy: ArrivingCopy) -> tuple[Any, ...]:
    call_number, number = copy.call_number[:LONGEST_CALL_NUMBER], copy.copy[:LONGEST_COPY]
    volume = copy.volume[:LONGEST_VOLUME]
    return (
        record,
        copy.barcode,
        copy.branch,
        copy.branch,
        copy.location,
        copy.item_type,
        call_number,
        volume,
        number,
        shelf_key(call_number, number, volume),
        copy.accession_number[:LONGEST_ACCESSION],
        connection.ops.adapt_datefield_value(copy.accessioned_on),
        copy.source,
        copy.vendor[:LONGEST_VENDOR],
        connection.ops.adapt_decimalfield_value(copy.price, 12, 2) if copy.price is not None else None,
        copy.status,
        copy.note,
        False,
        None,
        connection.ops.adapt_datetimefield_value(copy.added_at),
    )
