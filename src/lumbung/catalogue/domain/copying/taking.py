"""Taking a foreign record over: a record of ours, with its copies, in one transaction."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from lumbung.catalogue.domain.copies import add_copies
from lumbung.catalogue.domain.copying.mapping import mapped
from lumbung.catalogue.domain.copying.profiles import profile_of
from lumbung.catalogue.domain.copying.twins import twins_of
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.events.copying import RecordTakenOver
from lumbung.catalogue.models import ForeignRecord, Record, TakeOverProfile
from lumbung.catalogue.refusals import ALREADY_HERE
from lumbung.formats import marc
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused


def prepared(foreign: ForeignRecord, profile: TakeOverProfile | None = None) -> marc.Record:
    """What the foreign record would become here, by this profile or its target's own."""
    return mapped(foreign.marc_record, profile or profile_of(foreign.answer.target))


@transaction.atomic
def take_over(
    foreign: ForeignRecord,
    *,
    by: events.Actor | None,
    profile: TakeOverProfile | None = None,
    barcodes: Sequence[str] = (),
    despite_twin: bool = False,
    **shared: Any,
) -> Record:
    """Add the record, and a copy for each barcode; ``shared`` is what the copies have in common, as ``add_copies`` takes it.

    Refuses what ``add_record`` and ``add_copies`` refuse, and, unless told that it is known, an edition that is here by its number.
    """
    made = prepared(foreign, profile)
    [twin] = twins_of([made])
    if twin is not None and twin.is_sure and not despite_twin:
        raise Refused(ALREADY_HERE(record=twin.record.pk, title=twin.record.title_told))
    record = add_record(made, by=by)
    if barcodes:
        call_number = shared.pop("call_number", "") or _call_number(made)
        add_copies(record, barcodes, by=by, call_number=call_number, **shared)
    ForeignRecord.objects.filter(pk=foreign.pk).update(taken=record, taken_at=clock.now())
    events.record(RecordTakenOver(record=record.pk, target=foreign.answer.target_id), by=by)
    return record


def _call_number(made: marc.Record) -> str:
    field = made.first("090")
    return field.join("ab") if field is not None else ""
