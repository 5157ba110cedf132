"""Letting records out, as they came in."""

import json
from collections.abc import Callable, Iterable, Iterator

from lumbung.catalogue.models import Record
from lumbung.formats import marc
from lumbung.formats.marc import Format

STRETCH = 500
TooLong = Callable[[Record, str], None]


def export_records(records: Iterable[Record], form: Format, *, too_long: TooLong = lambda record, why: None) -> Iterator[bytes]:
    """The file, piece by piece; memory does not grow with it. Records need ``marc``.

    ISO 2709 cannot carry a record over 99,999 bytes or a field over 9,999: such a one is left out and told to ``too_long`` with the
    reason; MARCXML and MARC-in-JSON (one record a line) carry them all.
    """
    if form is Format.MARCXML:
        yield marc.COLLECTION_START.encode()
        yield from (marc.to_marcxml(each.marc_record).encode() for each in records)
        yield marc.COLLECTION_END.encode()
    elif form is Format.MARC_IN_JSON:
        yield from (json.dumps(each.marc, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for each in records)
    else:
        for each in records:
            try:
                yield marc.to_iso2709(each.marc_record)
            except marc.RecordTooLong as error:
                too_long(each, str(error))


def all_records() -> Iterator[Record]:
    """Every record with its MARC, in the order of their keys, a stretch at a time."""
    last = 0
    while some := list(Record.objects.filter(pk__gt=last).order_by("pk").only("marc")[:STRETCH]):
        yield from some
        last = some[-1].pk
