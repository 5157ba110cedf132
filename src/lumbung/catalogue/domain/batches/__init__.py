"""Changing many records or items at once: chosen, worked out, looked at, carried out in the background, and taken back as a whole."""

from lumbung.catalogue.domain.batches.course import drop_batch, go_ahead, start_item_batch, start_record_batch, take_back_batch
from lumbung.catalogue.domain.batches.item_changes import ItemChanges, changes_of
from lumbung.catalogue.domain.batches.preparing import prepare_batch
from lumbung.catalogue.domain.batches.running import run_batch
from lumbung.catalogue.domain.batches.steps import Action, Step, steps_of
from lumbung.catalogue.domain.batches.undoing import undo_batch
from lumbung.catalogue.domain.batches.views import ItemDifference, RecordDifference, differences

__all__ = [
    "Action",
    "ItemChanges",
    "ItemDifference",
    "RecordDifference",
    "Step",
    "changes_of",
    "differences",
    "drop_batch",
    "go_ahead",
    "prepare_batch",
    "run_batch",
    "start_item_batch",
    "start_record_batch",
    "steps_of",
    "take_back_batch",
    "undo_batch",
]
