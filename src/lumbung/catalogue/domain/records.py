"""Bibliographic records: add, change, suppress, remove."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.domain.authorities.linking import replace_headings
from lumbung.catalogue.domain.covers import forget_picture
from lumbung.catalogue.domain.marc_shape import meant, shape_faults, stored_marc
from lumbung.catalogue.domain.removal import whereabouts
from lumbung.catalogue.events import RecordAdded, RecordChanged, RecordRemoved, RecordRestored, RecordSuppressed
from lumbung.catalogue.models import Batch, Identifier, ImportRun, Record, Revision
from lumbung.catalogue.models.revision import packed
from lumbung.catalogue.refusals import (
    HAS_ITEMS,
    IN_USE,
    NO_FIELDS,
    NO_TITLE,
    RECORD_GONE,
    STALE,
    VERSION_UNKNOWN,
)
from lumbung.formats import marc
from lumbung.kernel import channel, clock, events
from lumbung.kernel.refusals import Reason, Refused


@transaction.atomic
def add_record(given: marc.Record, *, by: events.Actor | None) -> Record:
    """Add a bibliographic record. Refuses one without a title, and every field that MARC 21 has no place for."""
    _refuse(faults(given))
    now = clock.now()
    columns, numbers = bibliographic.columns_of(given)
    record = Record.objects.create(marc=stored_marc(given), created_at=now, updated_at=now, **columns._asdict())
    identify(record, numbers)
    replace_headings([(record.pk, given)])
    events.record(RecordAdded(record=record.pk), by=by)
    return record


@transaction.atomic
def change_record(record: Record, given: marc.Record, *, version: int, by: events.Actor | None) -> Record:
    """Put ``given`` in place of the record's MARC. ``version`` is the one the editor started from.

    Refuses when somebody changed the record since, and as ``add_record`` does. What stood before is kept as a revision; when
    nothing differs nothing happens.
    """
    current = _locked(record)
    _refuse(([STALE()] if current.version != version else []) + faults(given))
    if replace_marc(current, given, by=by):
        events.record(RecordChanged(record=current.pk, version=current.version), by=by)
    return current


@transaction.atomic
def restore_version(record: Record, wanted: int, *, version: int, by: events.Actor | None) -> Record:
    """Make the record say again what it said in version ``wanted``. That is a change like any other, and can be taken back too.

    ``version`` is the one that was looked at. Refuses when somebody changed the record since, or never had that version.
    """
    current = _locked(record)
    kept = current.revisions.filter(was=wanted).first()
    _refuse(([STALE()] if current.version != version else []) + ([] if kept else [VERSION_UNKNOWN(version=wanted)]))
    if kept and replace_marc(current, kept.marc_before, by=by, restored=wanted):
        events.record(RecordRestored(record=current.pk, version=current.version, restored=wanted), by=by)
    return current


def overlay(
    record: int, make: Callable[[marc.Record], marc.Record], *, run: ImportRun, by: events.Actor | None
) -> Record | None:
    """Let an import change the record to what ``make`` makes of it. None when that is the same. Only inside a transaction."""
    current = _locked(Record(pk=record))
    if not replace_marc(current, make(current.marc_record), by=by, run=run):
        return None
    events.record(RecordChanged(record=current.pk, version=current.version), by=by)
    return current


def take_back(record: int, *, run: ImportRun, by: events.Actor | None) -> None:
    """Make the record say again what it said before the import changed it. Only inside a transaction."""
    current = _locked(Record(pk=record))
    made = current.revisions.filter(import_run=run).order_by("was")
    first = made[0]
    made.update(import_run=None)
    replace_marc(current, first.marc_before, by=by, restored=first.was)
    events.record(RecordRestored(record=current.pk, version=current.version, restored=first.was), by=by)


def change_in_batch(
    record: Record, given: marc.Record, *, batch: Batch, by: events.Actor | None, restored: int | None = None
) -> bool:
    """Let a batch, which tells the journal of many at once, put ``given`` in the place of a locked record's MARC.

    False when it is the same.
    """
    return replace_marc(record, given, by=by, batch=batch, restored=restored)


def replace_marc(
    current: Record,
    given: marc.Record,
    *,
    by: events.Actor | None,
    restored: int | None = None,
    run: ImportRun | None = None,
    batch: Batch | None = None,
) -> bool:
    """Put ``given`` in the place of the locked record's MARC, keeping what stood there. False when it is the same. Part of a verb."""
    stored, before, was = stored_marc(given), current.marc, current.version
    if meant(stored) == meant(before):
        return False
    columns, numbers = bibliographic.columns_of(given)
    _update(current, marc=stored, **columns._asdict())
    current.identifiers.all().delete()
    identify(current, numbers)
    replace_headings([(current.pk, given)])
    Revision.objects.create(
        record=current,
        was=was,
        became=current.version,
        before=packed(before),
        restored=restored,
        import_run=run,
        batch=batch,
        at=current.updated_at,
        by_id=by.pk if by is not None else None,
        channel=channel.current(),
    )
    return True


@transaction.atomic
def set_suppressed(record: Record, value: bool, *, by: events.Actor | None) -> Record:
    """Hide the record from the public, or show it again. Says nothing when it already is so."""
    current = _locked(record)
    if current.suppressed != value:
        _update(current, suppressed=value)
        events.record(RecordSuppressed(record=current.pk, suppressed=value), by=by)
    return current


@transaction.atomic
def remove_record(record: Record, *, by: events.Actor | None) -> None:
    """Remove the record. Refuses while it has items or anything else (a hold, say) stands on it."""
    current = _locked(record)
    if count := current.items.count():
        raise Refused(HAS_ITEMS(count=count))
    key = current.pk
    forget_picture(current.cover)
    try:
        with transaction.atomic():
            current.delete()
    except ProtectedError as error:
        raise Refused(IN_USE(where=whereabouts(error.protected_objects))) from error
    events.record(RecordRemoved(record=key), by=by)


def _locked(record: Record) -> Record:
    current = Record.objects.select_for_update().filter(pk=record.pk).first()
    if current is None:
        raise Refused(RECORD_GONE())
    return current


def _update(record: Record, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(record, name, value)
    record.version += 1
    record.updated_at = clock.now()
    record.save(update_fields=[*columns, "version", "updated_at"])


def identify(record: Record, numbers: list[bibliographic.Number]) -> None:
    """Write down the numbers of a record that has none yet. Part of a verb."""
    Identifier.objects.bulk_create(Identifier(record=record, kind=kind, value=value) for kind, value in numbers)


def faults(given: marc.Record) -> list[Reason]:
    """Everything that keeps such a record from being kept."""
    if not given.fields:
        return [NO_FIELDS()]
    return [*([] if bibliographic.has_title(given) else [NO_TITLE()]), *shape_faults(given)]


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
