"""Records as MARC 21, as they came in, with the copies the library has now."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lumbung.catalogue.domain.copy_fields import with_copies
from lumbung.catalogue.models import Record
from lumbung.formats import marc
from lumbung.formats.marc import Format

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
