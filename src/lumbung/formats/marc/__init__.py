"""MARC 21 records and the ways they travel: ISO 2709, MARCXML and MARC-in-JSON.

Readers yield an ``Entry`` for every stretch of a file, good or bad, and never raise for what the file holds; ``to_…`` write one record.
"""

from lumbung.formats.marc.defects import Defect, Kind
from lumbung.formats.marc.entry import Encoding, Entry
from lumbung.formats.marc.iso2709 import read_iso2709
from lumbung.formats.marc.iso2709_writer import RecordTooLong, to_iso2709
from lumbung.formats.marc.marcjson import MalformedRecord, dumps, fields_by_tag, from_json, read_marcjson, to_json
from lumbung.formats.marc.marcxml import read_marcxml
from lumbung.formats.marc.marcxml_writer import COLLECTION_END, COLLECTION_START, to_marcxml
from lumbung.formats.marc.reading import Format, format_of, read
from lumbung.formats.marc.record import Field, Record

__all__ = [
    "COLLECTION_END",
    "COLLECTION_START",
    "Defect",
    "Encoding",
    "Entry",
    "Field",
    "Format",
    "Kind",
    "MalformedRecord",
    "Record",
    "RecordTooLong",
    "dumps",
    "fields_by_tag",
    "format_of",
    "from_json",
    "read",
    "read_iso2709",
    "read_marcjson",
    "read_marcxml",
    "to_iso2709",
    "to_json",
    "to_marcxml",
]
