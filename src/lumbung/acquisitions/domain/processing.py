"""From the parcel to the shelf: each new copy is catalogued, labelled and shelved, each step with its day and whoever did it."""

from django.db import transaction

from lumbung.acquisitions.events import CopyProcessed, CopyShelved, CopyStepTakenBack
from lumbung.acquisitions.models import NewCopy, Steps
from lumbung.acquisitions.refusals import BARCODE_NOT_NEW, NO_STEP_TO_TAKE_BACK, STEP_TAKEN, STEP_TOO_EARLY, STEP_UNKNOWN
from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.models import Item
from lumbung.catalogue.queries import item_by_barcode
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused


@transaction.atomic
def tick(copy: NewCopy, step: str, *, by: events.Actor | None) -> NewCopy:
    """Note that the step is done. With the last one the copy is "available", unless somebody set another status meanwhile. Refuses a step
    that is done already, and one before which another must come."""
    if step not in Steps.values:
        raise Refused(STEP_UNKNOWN(step=step))
    current, wanted = _locked(copy), Steps(step)
    ahead = current.next_step
    if ahead is None or list(Steps).index(wanted) < list(Steps).index(ahead):
        raise Refused(STEP_TAKEN(barcode=current.item.barcode, step=wanted.label))
    if wanted != ahead:
        raise Refused(STEP_TOO_EARLY(barcode=current.item.barcode, first=ahead.label))
    setattr(current, f"{step}_at", clock.now())
    setattr(current, f"{step}_by_id", by.pk if by else None)
    current.save(update_fields=[f"{step}_at", f"{step}_by"])
    item = current.item
    if wanted is not Steps.SHELVED:
        events.record(CopyProcessed(item=item.pk, record=item.record_id, step=step), by=by)
        return current
    if item.status == Item.Statuses.IN_PROCESS:
        set_status(item, Item.Statuses.AVAILABLE, because=Item.Causes.SHELVED, by=by)
    events.record(CopyShelved(item=item.pk, record=item.record_id), by=by)
    return current


def tick_by_barcode(barcode: str, step: str, *, by: events.Actor | None) -> NewCopy:
    """The same for the copy with this barcode. Refuses a barcode that is no new copy's."""
    return tick(new_copy_by_barcode(barcode), step, by=by)


def new_copy_by_barcode(barcode: str) -> NewCopy:
    """The new copy with this barcode. Refuses one that is no new copy's."""
    item = item_by_barcode(barcode)
    copy = NewCopy.objects.filter(item=item).first() if item else None
    if copy is None:
        raise Refused(BARCODE_NOT_NEW(barcode=barcode.strip()))
    return copy


@transaction.atomic
def untick(copy: NewCopy, *, by: events.Actor | None) -> NewCopy:
    """Take back the last step. Refuses where none is done, and for a copy on the shelf, which readers may have in hand."""
    current = _locked(copy)
    done = [step for step in Steps if getattr(current, f"{step.value}_at")]
    if not done or current.shelved_at:
        raise Refused(NO_STEP_TO_TAKE_BACK(barcode=current.item.barcode))
    last = done[-1].value
    setattr(current, f"{last}_at", None)
    setattr(current, f"{last}_by_id", None)
    current.save(update_fields=[f"{last}_at", f"{last}_by"])
    events.record(CopyStepTakenBack(item=current.item_id, record=current.item.record_id, step=last), by=by)
    return current


def _locked(copy: NewCopy) -> NewCopy:
    return NewCopy.objects.select_for_update(of=("self",)).select_related("item").get(pk=copy.pk)
