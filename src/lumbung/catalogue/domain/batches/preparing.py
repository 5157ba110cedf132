"""Working out what a batch would change, before anything is changed."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from lumbung.catalogue.domain.batches.item_changes import ItemChanges, as_kept, changes_of
from lumbung.catalogue.domain.batches.steps import Step, applied, steps_of
from lumbung.catalogue.domain.item_selection import item_selection_of
from lumbung.catalogue.domain.marc_check import remarks_on
from lumbung.catalogue.domain.marc_shape import meant
from lumbung.catalogue.domain.record_selection import selection_of, stretched
from lumbung.catalogue.domain.records import faults
from lumbung.catalogue.models import Batch, BatchLine, Item, Record
from lumbung.formats import marc
from lumbung.kernel.refusals import Refused
from lumbung.organization.models import Location

STRETCH = 200
LABEL = 200
States, Outcomes = Batch.States, BatchLine.Outcomes


def prepare_batch(batch: Batch) -> Batch:
    """Work out every difference; asked again, it begins anew. What stands in the way is told in the batch, and raised if unforeseen."""
    batch.lines.all().delete()
    Batch.objects.filter(pk=batch.pk, state=States.PREPARING).update(
        expected=0, looked_at=0, unchanged=0, unknown=[], stopped_because=""
    )
    try:
        if batch.kind == Batch.Kinds.RECORDS:
            _prepare_records(batch)
        else:
            _prepare_items(batch)
    except Refused as refused:
        Batch.objects.filter(pk=batch.pk).update(stopped_because="; ".join(map(str, refused.reasons)))
    else:
        Batch.objects.filter(pk=batch.pk, state=States.PREPARING).update(state=States.READY)
    batch.refresh_from_db()
    return batch


def _prepare_records(batch: Batch) -> None:
    selection, steps = selection_of(batch.selection), steps_of(batch.steps)
    Batch.objects.filter(pk=batch.pk).update(expected=selection.count(), unknown=selection.unknown())
    for keys in selection.stretches(STRETCH):
        records = Record.objects.filter(pk__in=keys).order_by("pk")
        if not _keep(batch, len(keys), list(_record_lines(batch, records, steps))):
            return


def _record_lines(batch: Batch, records: Iterable[Record], steps: Sequence[Step]) -> Iterator[BatchLine]:
    for record in records:
        if outcome := _outcome(record, steps):
            yield BatchLine(
                batch=batch, record=record, key=record.pk, label=record.title[:LABEL], outcome=outcome, version=record.version
            )


def _outcome(record: Record, steps: Sequence[Step]) -> str:
    """What would become of the record; empty when it would stay as it is."""
    before = record.marc_record
    try:
        made = applied(before, steps)
    except Refused:
        return Outcomes.REFUSED
    if meant(marc.to_json(made)) == meant(record.marc):
        return ""
    blocked = faults(made) or any(each.blocks for each in remarks_on(made, before=before))
    return Outcomes.REFUSED if blocked else Outcomes.PLANNED


def _prepare_items(batch: Batch) -> None:
    selection, changes = item_selection_of(batch.selection), changes_of(batch.steps[0])
    chosen = selection.items().order_by("pk")
    Batch.objects.filter(pk=batch.pk).update(expected=chosen.count(), unknown=selection.unknown_barcodes())
    homes = dict(Location.objects.values_list("pk", "branch_id"))
    for keys in stretched(list(chosen.values_list("pk", flat=True)), STRETCH):
        items = list(chosen.filter(pk__in=keys))
        lines = [line for item in items if (line := _item_line(batch, item, changes, homes))]
        if not _keep(batch, len(items), lines):
            return


def _item_line(batch: Batch, item: Item, changes: ItemChanges, homes: Mapping[int, int]) -> BatchLine | None:
    """What would become of the item; None when it would stay as it is."""
    outcome, after = Outcomes.REFUSED, dict[str, Any]()
    with contextlib.suppress(Refused):
        if not (after := changes.wanted(item)):
            return None
        outcome = Outcomes.REFUSED if changes.refused(item, after, homes) else Outcomes.PLANNED
    label = f"{item.barcode} · {item.record.title}"[:LABEL]
    return BatchLine(
        batch=batch, record_id=item.record_id, item=item, key=item.pk, label=label, outcome=outcome,
        before=as_kept(item, after), after=after,
    )  # fmt: skip


@transaction.atomic
def _keep(batch: Batch, count: int, lines: Sequence[BatchLine]) -> bool:
    """Store what was worked out. False when somebody dropped the batch meanwhile."""
    going = Batch.objects.filter(pk=batch.pk, state=States.PREPARING)
    if not going.update(looked_at=F("looked_at") + count, unchanged=F("unchanged") + count - len(lines)):
        return False
    BatchLine.objects.bulk_create(lines)
    return True
