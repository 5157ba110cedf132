"""Taking a whole batch back. What people changed since stays; only what the batch did goes."""

from django.db import transaction

from lumbung.catalogue.domain.batches.item_changes import as_kept, write
from lumbung.catalogue.domain.records import change_in_batch
from lumbung.catalogue.domain.taking_back import without_change
from lumbung.catalogue.events_of_many import RecordsBatched
from lumbung.catalogue.models import Batch, BatchLine, Item, Record, Revision
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

STRETCH = 100
Kinds, States, Outcomes = Batch.Kinds, Batch.States, BatchLine.Outcomes


def undo_batch(batch: Batch) -> Batch:
    """Give everything that the batch changed back; asked again, it goes on. Where somebody changed the same field since, that stays and
    the line says so (``left``)."""
    while _undo_stretch(batch.pk):
        pass
    Batch.objects.filter(pk=batch.pk, state=States.UNDOING).update(state=States.UNDONE, finished_at=clock.now())
    batch.refresh_from_db()
    return batch


@transaction.atomic
def _undo_stretch(key: int) -> bool:
    batch = Batch.objects.select_for_update(of=("self",)).select_related("created_by").get(pk=key)
    lines = list(batch.lines.filter(outcome=Outcomes.CHANGED)[:STRETCH])
    if batch.state != States.UNDOING or not lines:
        return False
    whole = _restore_records(batch, lines) if batch.kind == Kinds.RECORDS else _restore_items(batch, lines)
    for line in lines:
        line.outcome = Outcomes.UNDONE if line.key in whole else Outcomes.LEFT
    BatchLine.objects.bulk_update(lines, ["outcome"], batch_size=STRETCH)
    Batch.objects.filter(pk=key).update(reached=lines[-1].key)
    return True


def _restore_records(batch: Batch, lines: list[BatchLine]) -> set[int]:
    """The keys of those that say again all they said."""
    keys, whole, touched = [line.key for line in lines], set[int](), []
    records = Record.objects.select_for_update().in_bulk(keys)
    made = Revision.objects.filter(batch=batch, record__in=keys, restored__isnull=True)
    revisions = {each.record_id: each for each in made}
    for key, revision in revisions.items():
        if (record := records.get(key)) is None:
            continue
        before, clashes = without_change(record, revision)
        if change_in_batch(record, before, batch=batch, by=batch.created_by, restored=revision.was):
            touched.append(key)
        if not clashes:
            whole.add(key)
    if touched:
        events.record(RecordsBatched(batch=batch.pk, records=sorted(touched), undone=True), by=batch.created_by)
    return whole


def _restore_items(batch: Batch, lines: list[BatchLine]) -> set[int]:
    whole = set[int]()
    items = Item.objects.select_for_update().in_bulk([line.key for line in lines])
    for line in lines:
        if (item := items.get(line.key)) is None:
            continue
        now = as_kept(item, line.after)
        same = {name: line.before[name] for name in line.after if now[name] == line.after[name]}
        try:
            with transaction.atomic():
                write(item, same, by=batch.created_by)
        except Refused:
            continue
        if len(same) == len(line.after):
            whole.add(item.pk)
    return whole
