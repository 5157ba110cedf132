"""Where Koha's records stand, and reading one."""

import json
from io import BytesIO

from lumbung.formats import marc
from lumbung.formats.marc import Record
from lumbung.moving.domain.koha.tables import MARC
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import Row

XML = "coalesce(format, 'marcxml') = 'marcxml'"


def table_of_records(source: Source) -> tuple[str, str]:
    """The table that holds the records, and which of its rows do."""
    return ("biblio_metadata", XML) if "biblio_metadata" in source.staged.columns else (MARC, "1")


def read_record(row: Row) -> Record | None:
    """The record of a row of that table; None when it cannot be read."""
    if "record" in row:
        return marc.from_json(json.loads(text_of(row, "record")))
    told = text_of(row, "metadata").encode("utf-8", "replace")
    return next((entry.record for entry in marc.read_marcxml(BytesIO(told))), None)
