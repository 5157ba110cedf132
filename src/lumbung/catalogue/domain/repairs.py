"""Copies on their way to be repaired and back."""

from datetime import date

from django.db import IntegrityError, transaction

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.events_of_many import RepairFinished, SentToRepair
from lumbung.catalogue.models import Item, Repair
from lumbung.catalogue.refusals import (
    EXPECTED_IN_THE_PAST,
    ITEM_GONE,
    ITEM_IS_LENT,
    ITEM_IS_WITHDRAWN,
    PROBLEM_EMPTY,
    REPAIR_OPEN,
    REPAIR_OVER,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.queries import library

Outcomes, Statuses = Repair.Outcomes, Item.Statuses
AFTERWARDS = {Outcomes.REPAIRED: Statuses.AVAILABLE, Outcomes.BEYOND: Statuses.DAMAGED}


@transaction.atomic
def send_to_repair(
    item: Item, *, problem: str, place: str = "", expected_on: date | None = None, by: events.Actor | None
) -> Repair:
    """Put the copy in the queue of repairs; its status becomes "in repair". Refuses one that is lent, withdrawn, or in the queue already,
    a missing problem, and a day that has passed."""
    current = Item.objects.select_for_update().filter(pk=item.pk).first()
    if current is None:
        raise Refused(ITEM_GONE())
    today = clock.today(library().zone)
    if reasons := _faults(current, problem, expected_on, today):
        raise Refused(reasons)
    actor = by.pk if by is not None else None
    try:
        with transaction.atomic():
            repair = Repair.objects.create(
                item=current,
                problem=problem.strip(),
                place=place.strip(),
                sent_on=today,
                expected_on=expected_on,
                sent_by_id=actor,
            )
    except IntegrityError:  # another desk was quicker
        raise Refused(REPAIR_OPEN(barcode=current.barcode)) from None
    set_status(current, Statuses.IN_REPAIR, because=Item.Causes.REPAIR, why=repair.problem, by=by)
    events.record(SentToRepair(repair=repair.pk, item=current.pk, record=current.record_id), by=by)
    return repair


def _faults(item: Item, problem: str, expected_on: date | None, today: date) -> list[Reason]:
    found = []
    if not problem.strip():
        found.append(PROBLEM_EMPTY())
    if expected_on is not None and expected_on < today:
        found.append(EXPECTED_IN_THE_PAST())
    if item.status == Statuses.WITHDRAWN:
        found.append(ITEM_IS_WITHDRAWN(barcode=item.barcode))
    if lending.lent_among([item.pk]):
        found.append(ITEM_IS_LENT(barcode=item.barcode))
    if item.repairs.filter(done_on=None).exists():
        found.append(REPAIR_OPEN(barcode=item.barcode))
    return found


@transaction.atomic
def finish_repair(repair: Repair, *, outcome: str, note: str = "", by: events.Actor | None) -> Repair:
    """Say how it came back: repaired is available again, beyond repair is damaged (to be weeded). A status somebody set meanwhile stays.

    Refuses a repair that is over, and an unknown outcome.
    """
    current = Repair.objects.select_for_update(of=("self",)).select_related("item").get(pk=repair.pk)
    if current.done_on is not None or outcome not in Outcomes.values:
        raise Refused(REPAIR_OVER())
    current.done_on, current.outcome, current.note = clock.today(library().zone), outcome, note.strip()
    current.done_by_id = by.pk if by is not None else None
    current.save(update_fields=["done_on", "outcome", "note", "done_by"])
    if current.item.status == Statuses.IN_REPAIR:
        set_status(current.item, AFTERWARDS[Outcomes(outcome)], because=Item.Causes.REPAIRED, why=current.note, by=by)
    finished = RepairFinished(repair=current.pk, item=current.item_id, record=current.item.record_id, outcome=outcome)
    events.record(finished, by=by)
    return current
