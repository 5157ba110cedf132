"""From the bytes of an answer to records."""

import io

from lumbung.formats import marc
from lumbung.formats.marc import Encoding

LARGEST = 4 * 1024 * 1024
"""Bytes that one answer may have, whatever the protocol."""


def records_in(data: bytes, *, xml: bool, encoding: str = Encoding.AUTO) -> list[marc.Record]:
    """The records that can be read; what cannot is left out."""
    entries = marc.read_marcxml(io.BytesIO(data)) if xml else marc.read_iso2709(io.BytesIO(data), encoding=Encoding(encoding))
    return [each.record for each in entries if each.record is not None]
