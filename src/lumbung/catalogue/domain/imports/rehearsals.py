"""A dry run and the import that follows it, with the same file and the same options."""

from datetime import timedelta
from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from lumbung.catalogue.domain.imports.options import options_of
from lumbung.catalogue.domain.imports.runs import start_import
from lumbung.catalogue.models import ImportRun
from lumbung.catalogue.refusals import FILE_GONE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

KEPT = timedelta(days=7)


def follow_up(rehearsal: ImportRun, *, by: events.Actor | None) -> ImportRun:
    """Make the import of which ``rehearsal`` was the dry run, waiting. Refuses as ``start_import``, and when the file is gone."""
    if not rehearsal.stored_file or not default_storage.exists(rehearsal.stored_file):
        raise Refused(FILE_GONE(run=rehearsal.pk))
    with default_storage.open(rehearsal.stored_file, "rb") as file:
        run = start_import(cast(BinaryIO, file), name=rehearsal.file_name, by=by, options=options_of(rehearsal.options))
    _forget_file(rehearsal)
    return run


def forget_rehearsals() -> None:
    """Remove the files of dry runs that nobody followed up within KEPT; their reports stay."""
    old = ImportRun.objects.filter(dry_run=True, created_at__lt=clock.now() - KEPT).exclude(stored_file="")
    for rehearsal in old:
        _forget_file(rehearsal)


def _forget_file(rehearsal: ImportRun) -> None:
    kept, rehearsal.stored_file = rehearsal.stored_file, ""
    rehearsal.save(update_fields=["stored_file"])
    default_storage.delete(kept)
