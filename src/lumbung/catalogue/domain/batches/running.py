"""Carrying out what was worked out: a stretch at a time, each with how far it is."""

from django.db import transaction

from lumbung.catalogue.domain.batches.item_changes import as_kept, write
from lumbung.catalogue.domain.batches.steps import applied, steps_of
from lumbung.catalogue.domain.records import change_in_batch, faults
from lumbung.catalogue.events_of_many import BatchFinished, RecordsBatched
from lumbung.catalogue.models import Batch, BatchLine, Item, Record
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

STRETCH = 100
Kinds, States, Outcomes = Batch.Kinds, Batch.States, BatchLine.Outcomes


def run_batch(batch: Batch) -> Batch:
    """Change every record or item as planned; asked again, it goes on. One that was changed since it was looked at is left as it is."""
    while _run_stretch(batch.pk):
        pass
    return _ended(batch)


@transaction.atomic
def _run_stretch(key: int) -> bool:
    """The next lines. False when none are left."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("created_by").get(pk=key)
    lines = list(batch.lines.filter(outcome=Outcomes.PLANNED)[:STRETCH])
    if batch.state != States.RUNNING or not lines:
        return False
    done = _change_records(batch, lines) if batch.kind == Kinds.RECORDS else _change_items(batch, lines)
    for line in lines:
        line.outcome = Outcomes.CHANGED if line.key in done else Outcomes.LEFT
    BatchLine.objects.bulk_update(lines, ["outcome"], batch_size=STRETCH)
    Batch.objects.filter(pk=key).update(reached=lines[-1].key)
    return True


def _change_records(batch: Batch, lines: list[BatchLine]) -> set[int]:
    steps, done = steps_of(batch.steps), set[int]()
    records = Record.objects.select_for_update().in_bulk([line.key for line in lines])
    for line in lines:
        record = records.get(line.key)
        if record is None or record.version != line.version:
            continue
        made = applied(record.marc_record, steps)
        if not faults(made) and change_in_batch(record, made, batch=batch, by=batch.created_by):
            done.add(record.pk)
    if done:
        events.record(RecordsBatched(batch=batch.pk, records=sorted(done), undone=False), by=batch.created_by)
    return done


def _change_items(batch: Batch, lines: list[BatchLine]) -> set[int]:
    done = set[int]()
    items = Item.objects.select_for_update().in_bulk([line.key for line in lines])
    for line in lines:
        item = items.get(line.key)
        if item is None or as_kept(item, line.before) != line.before:
            continue
        try:
            with transaction.atomic():
                write(item, line.after, by=batch.created_by)
        except Refused:
            continue
        done.add(item.pk)
    return done


@transaction.atomic
def _ended(batch: Batch) -> Batch:
    if Batch.objects.filter(pk=batch.pk, state=States.RUNNING).update(state=States.FINISHED, finished_at=clock.now()):
        batch.refresh_from_db()
        changed = batch.lines.filter(outcome=Outcomes.CHANGED).count()
        left = batch.lines.filter(outcome=Outcomes.LEFT).count()
        events.record(BatchFinished(batch=batch.pk, changed=changed, left=left), by=batch.created_by)
    batch.refresh_from_db()
    return batch
