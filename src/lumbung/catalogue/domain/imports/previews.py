"""What an import would do to a record that is there already, field by field, before it does it."""

from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from lumbung.catalogue.domain.imports.options import options_of
from lumbung.catalogue.domain.overlaying import combined
from lumbung.catalogue.models import ImportRejection, Record
from lumbung.catalogue.refusals import DUPLICATE_MERGED, DUPLICATE_OVERLAID, FILE_GONE, RECORD_GONE
from lumbung.formats import marc
from lumbung.kernel.refusals import Refused

SHOWN = frozenset({DUPLICATE_MERGED.code, DUPLICATE_OVERLAID.code})


def preview_of(report: ImportRejection) -> tuple[Record, marc.Record]:
    """Our record as it is, and what the entry of a dry run that this report is about would make of it.

    Refuses when the record, or the file, which is kept for a week, is gone.
    """
    run, options = report.import_run, options_of(report.import_run.options)
    record = Record.objects.filter(pk=report.facts.get("record")).first()
    if record is None:
        raise Refused(RECORD_GONE())
    if not run.stored_file or not default_storage.exists(run.stored_file):
        raise Refused(FILE_GONE(run=run.pk))
    with default_storage.open(run.stored_file, "rb") as file:
        stream = cast(BinaryIO, file.file)
        entries = marc.read(stream, form=options.format, encoding=options.encoding, offset=report.offset)
        entry = next(entries, None)
    theirs = entry.record if entry else None
    return record, combined(record.marc_record, theirs, options.choices_made) if theirs else record.marc_record
