"""What a batch makes of each record or item, side by side, for people to look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lumbung.catalogue.domain.batches.item_changes import REFERENCES, changes_of
from lumbung.catalogue.domain.batches.steps import Step, applied, steps_of
from lumbung.catalogue.domain.comparison import Row, compared
from lumbung.catalogue.domain.marc_check import remarks_on
from lumbung.catalogue.domain.records import faults
from lumbung.catalogue.models import Batch, BatchLine, Item, Record, Revision
from lumbung.catalogue.refusals import CHANGED_MEANWHILE, ITEM_GONE, RECORD_GONE
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.refusals import Refused
from lumbung.organization.models import Location

Outcomes = BatchLine.Outcomes
LOOKED_AT = {Outcomes.PLANNED, Outcomes.REFUSED}


@dataclass(frozen=True)
class RecordDifference:
    """A line with the fields that differ, and the sentences that say why it is refused or left."""

    line: BatchLine
    rows: Sequence[Row]
    reasons: Sequence[str]


@dataclass(frozen=True)
class ItemDifference:
    """The same for an item: label, what stood, what comes."""

    line: BatchLine
    rows: Sequence[tuple[str, str, str]]
    reasons: Sequence[str]


def differences(batch: Batch, lines: Iterable[BatchLine]) -> list[RecordDifference] | list[ItemDifference]:
    """What these lines of the batch make, in the language of whoever looks."""
    rows = list(lines)
    return _of_records(batch, rows) if batch.kind == Batch.Kinds.RECORDS else _of_items(batch, rows)


def _of_records(batch: Batch, lines: Sequence[BatchLine]) -> list[RecordDifference]:
    steps, keys = steps_of(batch.steps), [line.key for line in lines]
    records = Record.objects.in_bulk(keys)
    revisions = {each.record_id: each for each in Revision.objects.filter(batch=batch, record__in=keys, restored__isnull=True)}
    told = []
    for line in lines:
        record, revision = records.get(line.key), revisions.get(line.key)
        if record is None:
            told.append(RecordDifference(line, [], [str(RECORD_GONE())]))
        elif revision is not None:
            told.append(_of_record(line, revision.marc_before, steps))
        elif line.outcome in LOOKED_AT:
            told.append(_of_record(line, record.marc_record, steps))
        else:
            told.append(RecordDifference(line, [], [str(CHANGED_MEANWHILE())]))
    return told


def _of_record(line: BatchLine, before: Marc, steps: Sequence[Step]) -> RecordDifference:
    try:
        made = applied(before, steps)
    except Refused as refused:
        return RecordDifference(line, [], [str(each) for each in refused.reasons])
    rows = [each for each in compared(before, made) if not each.same]
    reasons = [str(each) for each in faults(made)] if line.outcome == Outcomes.REFUSED else []
    if line.outcome == Outcomes.REFUSED:
        reasons += [
            f"{each.tag}: {each.sentence}"
            for each in remarks_on(made, before=before)
            if each.blocks and each.kind != "no_title"
        ]
    return RecordDifference(line, rows, list(dict.fromkeys(reasons)))


def _of_items(batch: Batch, lines: Sequence[BatchLine]) -> list[ItemDifference]:
    changes = changes_of(batch.steps[0])
    items = (
        Item.objects.select_related("record").defer("record__marc", "record__findable").in_bulk([line.key for line in lines])
    )
    names = _names(lines)
    homes = dict(Location.objects.values_list("pk", "branch_id"))
    told = []
    for line in lines:
        rows = [
            (_label(name), _said(name, line.before[name], names), _said(name, line.after[name], names)) for name in line.after
        ]
        item, reasons = items.get(line.key), list[str]()
        if item is None:
            reasons = [str(ITEM_GONE())]
        elif line.outcome == Outcomes.REFUSED:
            try:
                reasons = [str(each) for each in changes.refused(item, changes.wanted(item), homes)]
            except Refused as refused:
                reasons = [str(each) for each in refused.reasons]
        elif line.outcome == Outcomes.LEFT:
            reasons = [str(CHANGED_MEANWHILE())]
        told.append(ItemDifference(line, rows, reasons))
    return told


def _names(lines: Sequence[BatchLine]) -> dict[str, dict[int, str]]:
    """What the keys in these lines are called."""
    names = {}
    for name, rows in REFERENCES.items():
        keys = {side[name] for line in lines for side in (line.before, line.after) if side.get(name) is not None}
        names[name] = {pk: str(row) for pk, row in rows.in_bulk(keys).items()} if keys else {}
    return names


def _label(name: str) -> str:
    return str(getattr(Item._meta.get_field(name), "verbose_name", name)).capitalize()


def _said(name: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    if value is None or value == "":
        return ""
    if name in REFERENCES:
        return names[name].get(value, f"#{value}")
    choices = {"status": Item.Statuses, "source": Item.Sources}.get(name)
    return str(dict(choices.choices).get(value, value)) if choices else str(value)
