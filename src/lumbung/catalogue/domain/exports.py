"""Letting records out, as they came in, with the copies the library has now."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from lumbung.catalogue.domain.copy_fields import with_copies
from lumbung.catalogue.models import Item, Record
from lumbung.formats import marc
from lumbung.formats.marc import Format
from lumbung.organization.models import Branch

STRETCH = 500
TooLong = Callable[[Record, str], None]


def export_records(
    records: Iterable[Record], form: Format, *, copies: bool = True, too_long: TooLong = lambda record, why: None
) -> Iterator[bytes]:
    """The file, piece by piece; memory does not grow with it. Records need ``marc``.

    With ``copies`` our items stand in 952, as an import reads them; without, records go out exactly as they are kept.
    ISO 2709 cannot carry a record over 99,999 bytes or a field over 9,999: such a one is left out and told to ``too_long`` with the
    reason; MARCXML and MARC-in-JSON (one record a line) carry them all.
    """
    told = with_copies(records) if copies else ((each, each.marc_record) for each in records)
    if form is Format.MARCXML:
        yield marc.COLLECTION_START.encode()
        yield from (marc.to_marcxml(record).encode() for _, record in told)
        yield marc.COLLECTION_END.encode()
    elif form is Format.MARC_IN_JSON:
        yield from (_line(marc.to_json(record)) for _, record in told)
    else:
        for kept, record in told:
            try:
                yield marc.to_iso2709(record)
            except marc.RecordTooLong as error:
                too_long(kept, str(error))


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def all_records() -> Iterator[Record]:
    """Every record with its MARC, in the order of their keys, a stretch at a time."""
    return records_of()


def records_of(*, material: str = "", branch: Branch | None = None, added_since: date | None = None) -> Iterator[Record]:
    """The records with their MARC, in the order of their keys, a stretch at a time; of one material, with a copy in the branch,
    added on that day (in the zone now active) or later, where these are given."""
    chosen = Record.objects.order_by("pk").only("marc")
    if material:
        chosen = chosen.filter(material=material)
    if branch is not None:
        chosen = chosen.filter(Exists(Item.objects.filter(record=OuterRef("pk"), branch=branch)))
    if added_since is not None:
        chosen = chosen.filter(created_at__gte=timezone.make_aware(datetime.combine(added_since, time.min)))
    last = 0
    while some := list(chosen.filter(pk__gt=last)[:STRETCH]):
        yield from some
        last = some[-1].pk
