"""The course of a batch: asked for, agreed to or dropped, taken back. The work between is done in the background."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from lumbung.catalogue.domain.batches.item_changes import ItemChanges
from lumbung.catalogue.domain.batches.steps import Step
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.domain.record_selection import RecordSelection
from lumbung.catalogue.events_of_many import BatchDropped, BatchStarted, BatchTakenBack, BatchWorkedOut
from lumbung.catalogue.models import Batch
from lumbung.catalogue.refusals import BATCH_NOT_FINISHED, BATCH_NOT_READY, NOTHING_TO_CHANGE
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

States = Batch.States


def start_record_batch(selection: RecordSelection, steps: Sequence[Step], *, name: str, by: events.Actor | None) -> Batch:
    """Ask for the differences these steps would make. Refuses a selection that says nothing, no steps, and every step that says none."""
    selection.refuse_everything()
    reasons = [reason for step in steps for reason in step.faults()] or ([] if steps else [NOTHING_TO_CHANGE()])
    if reasons:
        raise Refused(reasons)
    return _started(Batch.Kinds.RECORDS, selection.stored(), [each.kept().stored() for each in steps], name=name, by=by)


def start_item_batch(selection: Selection, changes: ItemChanges, *, name: str, by: events.Actor | None) -> Batch:
    """The same for items."""
    selection.refuse_everything()
    if reasons := changes.faults():
        raise Refused(reasons)
    return _started(Batch.Kinds.ITEMS, selection.stored(), [changes.kept().stored()], name=name, by=by)


@transaction.atomic
def _started(kind: str, selection: dict[str, Any], steps: list[dict[str, Any]], *, name: str, by: events.Actor | None) -> Batch:
    batch = Batch.objects.create(
        kind=kind,
        name=name,
        selection=selection,
        steps=steps,
        created_by_id=by.pk if by is not None else None,
        created_at=clock.now(),
    )
    events.record(BatchWorkedOut(batch=batch.pk, kind=kind), by=by)
    return batch


@transaction.atomic
def go_ahead(batch: Batch, *, by: events.Actor | None) -> Batch:
    """Agree to what was worked out; the work begins in the background. Refuses a batch that is not ready."""
    current = _locked(batch)
    if current.state != States.READY:
        raise Refused(BATCH_NOT_READY(state=current.get_state_display()))
    _move_to(current, States.RUNNING)
    planned = current.lines.filter(outcome="planned").count()
    events.record(BatchStarted(batch=current.pk, kind=current.kind, planned=planned), by=by)
    return current


@transaction.atomic
def drop_batch(batch: Batch, *, by: events.Actor | None) -> Batch:
    """Let it be: nothing was changed and nothing will be. Refuses a batch that was begun."""
    current = _locked(batch)
    if current.state not in {States.READY, States.PREPARING}:
        raise Refused(BATCH_NOT_READY(state=current.get_state_display()))
    current.lines.all().delete()
    _move_to(current, States.DROPPED)
    events.record(BatchDropped(batch=current.pk), by=by)
    return current


@transaction.atomic
def take_back_batch(batch: Batch, *, by: events.Actor | None) -> Batch:
    """Ask for everything it changed to be given back; the work begins in the background. Refuses a batch that is not finished."""
    current = _locked(batch)
    if current.state != States.FINISHED:
        raise Refused(BATCH_NOT_FINISHED(state=current.get_state_display()))
    _move_to(current, States.UNDOING)
    events.record(BatchTakenBack(batch=current.pk), by=by)
    return current


def _move_to(batch: Batch, state: str) -> None:
    batch.state, batch.reached, batch.finished_at, batch.stopped_because = state, 0, None, ""
    batch.save(update_fields=["state", "reached", "finished_at", "stopped_because"])


def _locked(batch: Batch) -> Batch:
    return Batch.objects.select_for_update().get(pk=batch.pk)
