"""Exports made in the background: asked for, written with how far they are, kept for a week."""

import contextlib
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from typing import BinaryIO, cast

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from lumbung.catalogue.domain.exports.forms import FORMS
from lumbung.catalogue.domain.exports.told import Told
from lumbung.catalogue.domain.record_selection import RecordSelection, selection_of
from lumbung.catalogue.events_of_many import ExportFinished, ExportStarted
from lumbung.catalogue.models import ExportRun, Record
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

FOLDER = "exports"
EVERY = 500
MOST_NAMED = 200
KEPT = timedelta(days=7)
States = ExportRun.States


@transaction.atomic
def start_export(form: str, selection: RecordSelection, *, copies: bool, by: events.Actor | None) -> ExportRun:
    """Ask for a file of these records in this form (a word of ``FORMS``)."""
    run = ExportRun.objects.create(
        form=form,
        selection=selection.stored(),
        copies=copies,
        created_by_id=by.pk if by is not None else None,
        created_at=clock.now(),
    )
    events.record(ExportStarted(export_run=run.pk, form=form), by=by)
    return run


def run_export(run: ExportRun, *, pages: str = "") -> ExportRun:
    """Write the file; asked again after a stop it is written anew. What stands in the way is told in the run, and raised if unforeseen."""
    if not ExportRun.objects.filter(pk=run.pk, state__in=[States.WAITING, States.RUNNING]).update(state=States.RUNNING):
        return run
    selection = selection_of(run.selection)
    try:
        ExportRun.objects.filter(pk=run.pk).update(expected=selection.count(), written=0)
        _write(run, selection, pages)
    except Refused as refused:
        _fail(run, "; ".join(map(str, refused.reasons)))
    except Exception as error:
        _fail(run, str(error))
        raise
    run.refresh_from_db()
    return run


def _write(run: ExportRun, selection: RecordSelection, pages: str) -> None:
    form, left_out, counted = FORMS[run.form], list[int](), _Counted(run, selection)
    told = Told(copies=run.copies, pages=pages, too_long=lambda record, why: left_out.append(record.pk))
    with tempfile.TemporaryFile() as file:
        for piece in form.write(iter(counted), told):
            file.write(piece)
        size = file.tell()
        file.seek(0)
        stored = default_storage.save(f"{FOLDER}/{run.pk}.{form.ending}", File(cast(BinaryIO, file)))
    with transaction.atomic():
        ExportRun.objects.filter(pk=run.pk).update(
            state=States.FINISHED,
            written=counted.count - len(left_out),
            left_out=left_out[:MOST_NAMED],
            stored_file=stored,
            file_size=size,
            finished_at=clock.now(),
        )
        finished = ExportFinished(export_run=run.pk, records=counted.count - len(left_out), left_out=len(left_out))
        events.record(finished, by=run.created_by)


def _fail(run: ExportRun, because: str) -> None:
    with contextlib.suppress(Exception):
        ExportRun.objects.filter(pk=run.pk).update(state=States.FAILED, stopped_because=because, finished_at=clock.now())


class _Counted:
    """The records on their way out, with the run told how many have passed."""

    def __init__(self, run: ExportRun, selection: RecordSelection) -> None:
        self.run, self.selection, self.count = run, selection, 0

    def __iter__(self) -> Iterator[Record]:
        for self.count, record in enumerate(self.selection.records(), start=1):  # noqa: B020 -- the count is the point
            if self.count % EVERY == 0:
                ExportRun.objects.filter(pk=self.run.pk).update(written=self.count)
            yield record


def forget_exports() -> None:
    """Remove the files of exports older than KEPT; what was exported, when and by whom stays known."""
    for run in ExportRun.objects.filter(created_at__lt=clock.now() - KEPT).exclude(stored_file=""):
        default_storage.delete(run.stored_file)
        ExportRun.objects.filter(pk=run.pk).update(stored_file="")
